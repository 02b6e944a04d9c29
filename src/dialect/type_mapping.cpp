#include "crossload/dialect/type_mapping.h"

#include <utility>

#include "crossload/base/strings.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

// The weaker of two verdicts, with both notes.
void add_verdict(MappedType& type, const MappedType& meaning) {
  if (meaning.verdict > type.verdict) type.verdict = meaning.verdict;
  if (meaning.note.empty()) return;
  type.note = type.note.empty() ? meaning.note : meaning.note + "; " + type.note;
}

MappedType target_type(Engine source, const LogicalType& type, const TargetTraits& target,
                       const ColumnUse& use) {
  switch (target.engine) {
    case Engine::kSqlite:
      return to_sqlite_type(source, type);
    case Engine::kPostgres:
      return to_postgres_type(source, type, use);
    case Engine::kMysql:
      return to_mysql_type(source, type, target, use);
  }
  return to_sqlite_type(source, type);
}

}  // namespace

MappedType map_type(Engine source, const Column& column, const TargetTraits& target,
                    const ColumnUse& use) {
  ColumnUse known = use;
  if (use.profile && !use.longest_key && use.profile->rows > 0 && !use.profile->sampled) {
    known.longest_key = use.profile->longest_text;
  }
  if (source != Engine::kSqlite) return target_type(source, column.type, target, known);
  if (target.engine == Engine::kSqlite) {
    MappedType same = mapped(column.type.kind, column.type.declared);
    same.type = column.type;
    return same;
  }
  MappedType meaning = meaning_of_sqlite(column, use);
  MappedType type = target_type(source, meaning.type, target, known);
  add_verdict(type, meaning);
  const TypeKind kind = meaning.type.kind;
  const bool moments = kind == TypeKind::kDate || kind == TypeKind::kTime ||
                       kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz;
  if (moments) {
    const bool all = use.profile && !use.profile->sampled;
    type.moment_form = all ? use.profile->moment_form.one() : std::string(MomentForm::kSeveral);
  }
  return type;
}

std::string_view to_string(MappingVerdict verdict) {
  switch (verdict) {
    case MappingVerdict::kSame:
      return "same";
    case MappingVerdict::kWidened:
      return "widened";
    case MappingVerdict::kLossy:
      return "lossy";
    case MappingVerdict::kUnsupported:
      return "unsupported";
  }
  return "?";
}

std::string sized(std::string_view name, std::optional<std::int64_t> first,
                  std::optional<std::int64_t> second) {
  std::string text(name);
  if (!first) return text;
  text += "(" + std::to_string(*first);
  if (second) text += "," + std::to_string(*second);
  return text + ")";
}

std::string bare_name(const LogicalType& type) {
  std::string name = ascii_lower(type.declared);
  const std::size_t open = name.find('(');
  if (open != std::string::npos) {
    const std::size_t close = name.find(')', open);
    name.erase(open, close == std::string::npos ? std::string::npos : close + 1 - open);
  }
  return std::string(trim(name));
}

bool is_declared(const LogicalType& type, std::string_view word) {
  const std::string name = ascii_lower(type.declared);
  if (!name.starts_with(word)) return false;
  return name.size() == word.size() || name[word.size()] == ' ' || name[word.size()] == '(';
}

bool is_padded_text(const LogicalType& type) {
  const std::string name = bare_name(type);
  return name == "char" || name == "character" || name == "bpchar" || name == "nchar";
}

bool is_varying_bits(const LogicalType& type) {
  const std::string name = bare_name(type);
  return name == "bit varying" || name == "varbit";
}

bool is_tinyint1(const LogicalType& type) {
  return ascii_lower(type.declared).starts_with("tinyint(1)");
}

MappedType mapped(TypeKind kind, std::string sql, std::string described) {
  MappedType type;
  type.type.kind = kind;
  type.type.declared = described.empty() ? ascii_lower(sql) : std::move(described);
  type.sql = std::move(sql);
  return type;
}

MappedType& lossy(MappedType& type, std::string note) {
  type.verdict = MappingVerdict::kLossy;
  type.note = std::move(note);
  return type;
}

MappedType& widened(MappedType& type, std::string note) {
  type.verdict = MappingVerdict::kWidened;
  type.note = std::move(note);
  return type;
}

MappedType& unsupported(MappedType& type, std::string note) {
  type.verdict = MappingVerdict::kUnsupported;
  type.note = std::move(note);
  return type;
}

}  // namespace crossload::dialect
