#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/sqlite_affinity.h"

#include "translator.h"

namespace crossload::dialect {
namespace {

bool is_float(TypeKind kind) {
  return kind == TypeKind::kFloat32 || kind == TypeKind::kFloat64;
}

/// A SQLite value that is a floating-point number in every row.
bool is_surely_real(const Written& written) {
  if (written.column != nullptr) {
    return sqlite_affinity(written.column->source.declared, false) == SqliteAffinity::kReal;
  }
  return written.surely_real;
}

bool is_whole(const Written& written) {
  return written.source.kind == TypeKind::kInteger || written.target.kind == TypeKind::kInteger;
}

/// Digits behind the point, of a decimal or an integer.
std::optional<int> scale_of(const Written& written) {
  if (is_whole(written)) return 0;
  if (written.source.kind == TypeKind::kDecimal) return written.source.scale;
  return std::nullopt;
}

}  // namespace

Written Translator::arithmetic(const Expr& expr, const Scope& scope) {
  const std::string& op = expr.text;
  if (op == "->>" || op == "#>>") return json_text(expr, "the operator " + op, scope);
  if (op == "->" || op == "#>" || op == "#" || op == "@>" || op == "<@" || op == "&&" ||
      op == "?" || op == "?|" || op == "?&" || op == "@@" || op == "<->" || op == "<<" ||
      op == ">>") {
    refuse("the operator " + op);
  }
  Written left = value(*expr.args[0], scope);
  if (is_moment_kind(left.target.kind) || is_interval(*expr.args[1])) {
    return moment_arithmetic(expr, left, scope);
  }
  left = numeric(std::move(left));
  Written right = numeric(value(*expr.args[1], scope));
  for (const Written* each : {&left, &right}) {
    if (each->null_literal) return made("NULL", TypeKind::kInteger);
    if (!is_number_kind(each->target.kind)) {
      refuse(op + " of " + std::string(kind_name(each->target.kind)));
    }
  }
  if (op == "/") return division(left, right, expr);
  const bool whole = is_whole(left) && is_whole(right);
  if (op == "&" || op == "|") {
    if (!whole) refuse(op + " of numbers that are not whole");
    if (from() == Engine::kMysql || to() == Engine::kMysql) {
      note("MySQL's " + op + " gives numbers without a sign");
    }
  }
  if (op == "DIV") {
    if (!whole) refuse("DIV of numbers that are not whole");
    if (to() == Engine::kMysql) {
      return made(wrapped(left, Rank::kPrimary) + " DIV " + wrapped(right, Rank::kPrimary),
                  TypeKind::kInteger, Rank::kOperator);
    }
    return division(left, right, expr);
  }
  std::string divisor = wrapped(right, Rank::kPrimary);
  if (op == "%") {
    const bool sqlite = from() == Engine::kSqlite || to() == Engine::kSqlite;
    if (sqlite && !whole) refuse("% of numbers that are not whole");
    const bool sure = right.number && right.number->find_first_of("123456789") != std::string::npos;
    if (to() == Engine::kPostgres && from() != Engine::kPostgres && !sure) {
      divisor = "NULLIF(" + right.sql + ", 0)";
    }
  }
  TypeKind kind = TypeKind::kInteger;
  if (is_float(left.target.kind) || is_float(right.target.kind)) {
    kind = TypeKind::kFloat64;
  } else if (!whole) {
    kind = TypeKind::kDecimal;
  }
  // SQLite calculates with doubles; so must PostgreSQL, whose decimals are exact.
  Written written =
      made(wrapped(left, Rank::kPrimary) + " " + op + " " + divisor, kind, Rank::kOperator);
  if (kind == TypeKind::kDecimal) {
    const auto a = scale_of(left);
    const auto b = scale_of(right);
    if (a && b) written.source.scale = op == "*" ? *a + *b : std::max(*a, *b);
  }
  written.nullable = left.nullable || right.nullable || op == "%";
  written.surely_real = is_surely_real(left) || is_surely_real(right);
  return written;
}

Written Translator::division(const Written& left, const Written& right, const Expr& expr) {
  const bool whole = is_whole(left) && is_whole(right);
  const bool cuts = expr.text == "DIV" || (whole && from() != Engine::kMysql);
  const std::string a = wrapped(left, Rank::kPrimary);
  const std::string b = wrapped(right, Rank::kPrimary);
  const bool sure = right.number && right.number->find_first_of("123456789") != std::string::npos;
  const std::string divisor = to() == Engine::kPostgres && from() != Engine::kPostgres && !sure
                                  ? "NULLIF(" + right.sql + ", 0)"
                                  : b;
  if (from() == Engine::kSqlite && !whole && !is_surely_real(left) && !is_surely_real(right)) {
    refuse("/ of numbers that SQLite may keep as integers or not");
  }
  if (cuts) {
    const std::string op = to() == Engine::kMysql ? " DIV " : " / ";
    return made(a + op + divisor, TypeKind::kInteger, Rank::kOperator);
  }
  if (is_float(left.source.kind) || is_float(right.source.kind)) {
    Written quotient = made(a + " / " + divisor, TypeKind::kFloat64, Rank::kOperator);
    quotient.surely_real = is_surely_real(left) || is_surely_real(right);
    return quotient;
  }
  if (from() == to()) return made(a + " / " + divisor, TypeKind::kDecimal, Rank::kOperator);
  if (from() == Engine::kMysql) {
    // Its quotients have four digits more than the dividend.
    // Source: dev.mysql.com "Arithmetic Operators", div_precision_increment.
    constexpr int kMoreDigits = 4;
    const auto scale = scale_of(left);
    if (!scale) refuse("/ of a decimal whose digits are not known");
    const std::string digits = std::to_string(*scale + kMoreDigits);
    const std::string type = to() == Engine::kPostgres ? "numeric" : "REAL";
    Written written =
        made("ROUND(CAST(" + left.sql + " AS " + type + ") / " + divisor + ", " + digits + ")",
             TypeKind::kDecimal);
    written.source.scale = *scale + kMoreDigits;
    return written;
  }
  if (to() == Engine::kMysql) {
    note("quotients of decimals have four digits more than the dividend in MySQL");
    return made(a + " / " + divisor, TypeKind::kDecimal, Rank::kOperator);
  }
  const std::string dividend = to() == Engine::kSqlite ? "CAST(" + left.sql + " AS REAL)" : a;
  if (to() == Engine::kSqlite) note("SQLite calculates with decimals as floating-point numbers");
  return made(dividend + " / " + divisor,
              to() == Engine::kSqlite ? TypeKind::kFloat64 : TypeKind::kDecimal, Rank::kOperator);
}

Written Translator::as_text(Written written) {
  if (written.null_literal || written.text) return written;
  if (written.truth) written = plain_value(std::move(written));
  const TypeKind kind = written.target.kind;
  const auto cast_to = [&](std::string_view type) {
    written.sql = "CAST(" + written.sql + " AS " + std::string(type) + ")";
    written.rank = Rank::kPrimary;
    written.number.reset();
  };
  const std::string_view type = to() == Engine::kMysql    ? "CHAR"
                                : to() == Engine::kSqlite ? "TEXT"
                                                          : "text";
  switch (kind) {
    case TypeKind::kText:
      return written;
    case TypeKind::kSet:
      break;
    case TypeKind::kEnum:
      if (to() == Engine::kPostgres) cast_to(type);
      break;
    case TypeKind::kDecimal:
      if (ascii_lower(written.target.declared).starts_with("decimal_text")) break;
      if (from() == Engine::kSqlite || to() == Engine::kSqlite || !written.source.scale) {
        refuse("the text of a decimal");
      }
      cast_to(type);
      break;
    case TypeKind::kInteger:
      cast_to(type);
      break;
    case TypeKind::kUuid:
      if (to() == Engine::kPostgres) cast_to(type);
      break;
    case TypeKind::kDate:
      if (to() == Engine::kPostgres) changes("the text of a date");
      if (to() != Engine::kSqlite) cast_to(type);
      break;
    case TypeKind::kTimestamp:
      if (to() == Engine::kPostgres) changes("the text of a timestamp");
      if (from() == Engine::kSqlite || written.source.precision.value_or(6) != 0) {
        refuse("the text of a timestamp");
      }
      if (to() != Engine::kSqlite) cast_to(type);
      break;
    default:
      refuse("the text of " + std::string(kind_name(kind)));
  }
  written.source = written.target = of_kind(TypeKind::kText);
  written.column = nullptr;
  return written;
}

void Translator::concat_parts(const Expr& expr, const Scope& scope, std::vector<Written>& parts) {
  if (expr.kind == ExprKind::kBinary && expr.text == "||") {
    concat_parts(*expr.args[0], scope, parts);
    concat_parts(*expr.args[1], scope, parts);
    return;
  }
  parts.push_back(as_text(value(expr, scope)));
}

/// NULL where one of them is.
Written Translator::concat_of(const std::vector<Written>& parts) {
  std::string list;
  bool nullable = false;
  bool exact = true;
  const bool calls = to() == Engine::kMysql;
  for (const Written& part : parts) {
    if (!list.empty()) list += calls ? ", " : " || ";
    list += calls ? part.sql : wrapped(part, Rank::kPrimary);
    nullable = nullable || part.nullable;
    exact = exact && part.exact;
  }
  Written written = made(calls ? "CONCAT(" + list + ")" : list, TypeKind::kText,
                         calls || parts.size() == 1 ? Rank::kPrimary : Rank::kOperator);
  written.nullable = nullable;
  written.exact = exact;
  return written;
}

Written Translator::concatenated(const Expr& expr, const Scope& scope) {
  std::vector<Written> parts;
  concat_parts(expr, scope, parts);
  return concat_of(parts);
}

}  // namespace crossload::dialect
