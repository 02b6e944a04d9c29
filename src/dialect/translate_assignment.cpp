#include <utility>

#include "moment_text.h"
#include "translator.h"

namespace crossload::dialect {
namespace {

/// A whole number for a boolean of PostgreSQL.
Written to_boolean(Written written) {
  if (written.number) {
    if (*written.number != "0" && *written.number != "1") {
      Translator::refuse("the number " + *written.number + " for a boolean");
    }
    written.sql = *written.number == "1" ? "TRUE" : "FALSE";
  } else {
    if (!is_number_kind(written.target.kind)) {
      Translator::refuse(std::string(kind_name(written.target.kind)) + " for a boolean");
    }
    written.sql = "(" + written.sql + ") <> 0";
    written.rank = Rank::kComparison;
  }
  written.target.kind = TypeKind::kBoolean;
  return written;
}

}  // namespace

Written Translator::assigned(Written written, const KnownColumn& column) {
  if (written.null_literal) return written;
  const TypeKind wanted = column.target.kind;
  TypeKind kind = written.target.kind;
  if (wanted == TypeKind::kBoolean) {
    if (kind == TypeKind::kBoolean) return written;
    if (to() != Engine::kPostgres && is_number_kind(kind)) return written;
    return to_boolean(std::move(written));
  }
  if (is_number_kind(wanted)) {
    if (written.text && !is_number_text(*written.text)) {
      refuse("the text '" + *written.text + "' for a number");
    }
    written = numeric(std::move(written));
    if (!is_number_kind(written.target.kind) && written.target.kind != TypeKind::kBoolean) {
      refuse(std::string(kind_name(kind)) + " for a number");
    }
    if (written.target.kind == TypeKind::kBoolean && to() == Engine::kPostgres) {
      written.sql = "CAST(" + written.sql + " AS integer)";
    }
    return written;
  }
  if (is_text_kind(wanted)) {
    if (kind == TypeKind::kTimestamp && from() == Engine::kSqlite && to() == Engine::kPostgres) {
      // SQLite's moments are texts of whole seconds.
      written.sql = "to_char(" + written.sql + ", 'YYYY-MM-DD HH24:MI:SS')";
      return written;
    }
    if (wanted == TypeKind::kEnum && !written.text) refuse("a value for an enum");
    return as_text(std::move(written));
  }
  if (is_moment_kind(wanted)) {
    // The sql may have been changed since.
    if (!written.clock.second.empty() && written.clock.first == written.sql) {
      written = made(written.clock.second, TypeKind::kTimestamp);
      kind = TypeKind::kTimestamp;
    }
    if (written.text) {
      const auto moment = read_moment(*written.text);
      if (!moment || (moment->utc && wanted != TypeKind::kTimestampTz)) {
        refuse("the text '" + *written.text + "' for a " + std::string(kind_name(wanted)));
      }
      return made(literal(moment_text(*moment, wanted, to())), wanted);
    }
    if (kind == wanted) return written;
    const bool utc = from() == Engine::kSqlite;
    if (kind == TypeKind::kTimestamp && wanted == TypeKind::kTimestampTz &&
        to() == Engine::kPostgres) {
      if (written.sql == kUtcNow) return made("CURRENT_TIMESTAMP", wanted);
      if (utc) written.sql = "(" + written.sql + ") AT TIME ZONE 'UTC'";
      written.rank = Rank::kOperator;
      return written;
    }
    const bool no_zones =
        to() == Engine::kMysql && kind != TypeKind::kDate && wanted != TypeKind::kDate;
    if (no_zones) return written;
    refuse(std::string(kind_name(kind)) + " for a " + std::string(kind_name(wanted)));
  }
  if (wanted == TypeKind::kUuid && (kind == TypeKind::kUuid || written.text)) return written;
  if (wanted == TypeKind::kJson && (kind == TypeKind::kJson || written.text)) return written;
  if (wanted == kind && kind == TypeKind::kBytes) return written;
  if (wanted == kind && kind == TypeKind::kTime) return written;
  refuse(std::string(kind_name(kind)) + " for " + std::string(kind_name(wanted)));
}

}  // namespace crossload::dialect
