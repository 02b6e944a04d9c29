#include <algorithm>
#include <utility>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "sql_parser.h"
#include "translator.h"

namespace crossload::dialect {

bool is_number_kind(TypeKind kind) {
  return kind == TypeKind::kInteger || kind == TypeKind::kDecimal || kind == TypeKind::kFloat32 ||
         kind == TypeKind::kFloat64;
}

bool is_text_kind(TypeKind kind) {
  return kind == TypeKind::kText || kind == TypeKind::kEnum || kind == TypeKind::kSet;
}

bool is_moment_kind(TypeKind kind) {
  return kind == TypeKind::kDate || kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz;
}

bool is_number_text(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

std::string_view kind_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::kDynamic:
      return "a value of unknown type";
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kInteger:
      return "integer";
    case TypeKind::kDecimal:
      return "decimal";
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
      return "float";
    case TypeKind::kText:
      return "text";
    case TypeKind::kBytes:
      return "bytes";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTime:
      return "time";
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      return "timestamp";
    case TypeKind::kInterval:
      return "interval";
    case TypeKind::kUuid:
      return "UUID";
    case TypeKind::kJson:
      return "JSON";
    case TypeKind::kEnum:
      return "enum";
    case TypeKind::kSet:
      return "set";
    case TypeKind::kBit:
      return "bits";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kSpatial:
      return "spatial value";
    case TypeKind::kOther:
      break;
  }
  return "a type of the engine's own";
}

LogicalType of_kind(TypeKind kind) {
  LogicalType type;
  type.kind = kind;
  return type;
}

Translator::Translator(const TranslationContext& context) : context_(context) {}

void Translator::refuse(const std::string& construct) {
  throw Error(ErrorCode::kSchemaCopyFailed, construct);
}

void Translator::note(const std::string& text) {
  if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

std::string Translator::quoted(std::string_view name) const {
  return dialect_for(to()).quote(name);
}

std::string Translator::literal(std::string_view text) const {
  return dialect_for(to()).literal(std::string(text));
}

std::string Translator::wrapped(const Written& written, Rank at_least) const {
  return written.rank >= at_least ? written.sql : "(" + written.sql + ")";
}

Written Translator::made(std::string sql, TypeKind kind, Rank rank) const {
  Written written;
  written.sql = std::move(sql);
  written.rank = rank;
  written.source = written.target = of_kind(kind);
  return written;
}

Written Translator::truth(std::string sql, Rank rank) const {
  Written written = made(std::move(sql), TypeKind::kBoolean, rank);
  written.truth = from() != Engine::kPostgres;
  if (written.truth) written.source.kind = TypeKind::kInteger;
  return written;
}

Written Translator::plain_value(Written written) const {
  if (!written.truth) return written;
  written.truth = false;
  written.target.kind = TypeKind::kInteger;
  if (to() == Engine::kPostgres) {
    written.sql = "CAST(" + written.sql + " AS integer)";
    written.rank = Rank::kPrimary;
  }
  return written;
}

Written Translator::value(const Expr& expr, const Scope& scope) {
  return plain_value(any(expr, scope));
}

Written Translator::condition(const Expr& expr, const Scope& scope) {
  return as_condition(any(expr, scope));
}

Written Translator::as_condition(Written written) {
  const TypeKind kind = written.target.kind;
  if (kind == TypeKind::kBoolean || written.null_literal) return written;
  if (written.number && to() != Engine::kPostgres) return written;
  if (!is_number_kind(kind)) {
    refuse(std::string(kind_name(kind)) + " as a condition");
  }
  if (to() != Engine::kPostgres) {
    const Written number = numeric(std::move(written));
    return truth(number.sql, number.rank);
  }
  return truth(wrapped(numeric(std::move(written)), Rank::kOperator) + " <> 0", Rank::kComparison);
}

Written Translator::any(const Expr& expr, const Scope& scope) {
  switch (expr.kind) {
    case ExprKind::kNumber:
    case ExprKind::kString:
    case ExprKind::kBlob:
    case ExprKind::kBits:
    case ExprKind::kBoolean:
    case ExprKind::kNull:
      return literal_value(expr);
    case ExprKind::kColumn:
      return column(expr, scope);
    case ExprKind::kStar:
      refuse("* as a value");
    case ExprKind::kUnary:
      return unary(expr, scope);
    case ExprKind::kBinary:
      if (expr.text == "AND" || expr.text == "OR") return logical(expr, scope);
      if (expr.text == "=" || expr.text == "<>" || expr.text == "<" || expr.text == "<=" ||
          expr.text == ">" || expr.text == ">=") {
        return comparison(expr, scope);
      }
      return expr.text == "||" ? concatenated(expr, scope) : arithmetic(expr, scope);
    case ExprKind::kIs:
      return is_test(expr, scope);
    case ExprKind::kBetween:
      return between(expr, scope);
    case ExprKind::kIn:
      return expr.select ? in_query(expr, scope) : in_list(expr, scope);
    case ExprKind::kLike:
      return like(expr, scope);
    case ExprKind::kExists: {
      const std::string not_word = expr.negated ? "NOT " : "";
      return truth(not_word + "EXISTS (" + query(*expr.select, scope, nullptr) + ")",
                   expr.negated ? Rank::kNot : Rank::kPrimary);
    }
    case ExprKind::kSubquery:
      return subquery(expr, scope);
    case ExprKind::kCase:
      return case_value(expr, scope);
    case ExprKind::kCast:
      return cast(expr, scope);
    case ExprKind::kCall:
      return call(expr, scope);
    case ExprKind::kInterval:
      refuse("INTERVAL outside of date arithmetic");
    case ExprKind::kCollate:
      return collated(expr, scope);
    case ExprKind::kRow:
      refuse("a row of values");
    case ExprKind::kArray:
      refuse("ARRAY");
  }
  refuse("an expression");
}

Written Translator::literal_value(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::kNumber: {
      std::string text = expr.text;
      const bool hex = text.starts_with("0x") || text.starts_with("0X");
      if (hex && to() == Engine::kPostgres) text = std::to_string(std::stoull(text, nullptr, 16));
      const bool exponent = !hex && text.find_first_of("eE") != std::string::npos;
      const bool point = text.find('.') != std::string::npos;
      TypeKind kind = TypeKind::kInteger;
      if (point) kind = from() == Engine::kSqlite ? TypeKind::kFloat64 : TypeKind::kDecimal;
      if (exponent) kind = TypeKind::kFloat64;
      if (text.find_first_not_of("0123456789.eE+-xXabcdefABCDEF") != std::string::npos) {
        refuse("the number " + text);
      }
      Written written = made(text, kind);
      if (kind == TypeKind::kDecimal) {
        written.source.scale = static_cast<int>(text.size() - text.find('.') - 1);
      }
      written.number = text;
      written.surely_real = kind == TypeKind::kFloat64;
      written.nullable = false;
      return written;
    }
    case ExprKind::kString: {
      Written written = made(literal(expr.text), TypeKind::kText);
      written.text = expr.text;
      written.nullable = false;
      return written;
    }
    case ExprKind::kBlob: {
      Written written =
          made(to() == Engine::kPostgres ? "'\\x" + expr.text + "'::bytea" : "x'" + expr.text + "'",
               TypeKind::kBytes);
      written.nullable = false;
      return written;
    }
    case ExprKind::kBits: {
      constexpr std::size_t kMostBits = 62;
      if (expr.text.size() > kMostBits || expr.text.empty()) refuse("a bit string");
      if (from() == Engine::kPostgres) {
        if (to() == Engine::kPostgres) return made("B'" + expr.text + "'", TypeKind::kBit);
        refuse("a bit string");
      }
      Written written =
          made(std::to_string(std::stoull(expr.text, nullptr, 2)), TypeKind::kInteger);
      written.number = written.sql;
      written.nullable = false;
      return written;
    }
    case ExprKind::kBoolean: {
      Written written = truth(expr.text == "true" ? "TRUE" : "FALSE", Rank::kPrimary);
      written.nullable = false;
      return written;
    }
    default: {
      Written written = made("NULL", TypeKind::kDynamic);
      written.null_literal = true;
      return written;
    }
  }
}

Written Translator::unary(const Expr& expr, const Scope& scope) {
  if (expr.text == "NOT") {
    const Written inner = condition(*expr.args[0], scope);
    return truth("NOT " + wrapped(inner, Rank::kPrimary), Rank::kNot);
  }
  if (expr.text == "~") refuse("the operator ~");
  Written inner = numeric(value(*expr.args[0], scope));
  if (!is_number_kind(inner.target.kind)) {
    refuse(expr.text + " before " + std::string(kind_name(inner.target.kind)));
  }
  if (expr.text == "+") return inner;
  if (inner.number && !inner.number->starts_with('-')) {
    inner.number = "-" + *inner.number;
    inner.sql = *inner.number;
    return inner;
  }
  inner.sql = "-" + wrapped(inner, Rank::kPrimary);
  // -(-1), never the comment --1.
  if (inner.sql.starts_with("--")) inner.sql = "-(" + inner.sql.substr(1) + ")";
  inner.rank = Rank::kOperator;
  inner.number.reset();
  inner.column = nullptr;
  return inner;
}

Written Translator::logical(const Expr& expr, const Scope& scope) {
  const bool is_and = expr.text == "AND";
  const Rank rank = is_and ? Rank::kAnd : Rank::kOr;
  const Written left = condition(*expr.args[0], scope);
  const Written right = condition(*expr.args[1], scope);
  // Brackets around the other of the two tell people what binds tighter.
  const auto side = [&](const Written& each) {
    return each.rank == rank ? each.sql : wrapped(each, Rank::kNot);
  };
  return truth(side(left) + " " + expr.text + " " + side(right), rank);
}

Written Translator::case_value(const Expr& expr, const Scope& scope) {
  std::string sql = "CASE";
  std::size_t at = 0;
  const Expr* operand = expr.has_operand ? expr.args[at++].get() : nullptr;
  const std::size_t ends = expr.args.size() - (expr.has_else ? 1 : 0);
  std::vector<std::string> conditions;
  std::vector<Written> results;
  for (; at + 1 < expr.args.size() && at < ends; at += 2) {
    if (operand != nullptr) {
      // CASE x WHEN y compares as = does.
      Written left = value(*operand, scope);
      Written right = value(*expr.args[at], scope);
      match(left, right, false);
      conditions.push_back(wrapped(left, Rank::kOperator) + " = " +
                           wrapped(right, Rank::kOperator));
    } else {
      conditions.push_back(condition(*expr.args[at], scope).sql);
    }
    results.push_back(any(*expr.args[at + 1], scope));
  }
  if (expr.has_else) results.push_back(any(*expr.args.back(), scope));
  std::vector<Written*> pointers;
  for (Written& each : results) pointers.push_back(&each);
  LogicalType source;
  const LogicalType target = unify(pointers, source);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    sql += " WHEN " + conditions[i] + " THEN " + results[i].sql;
  }
  if (expr.has_else) sql += " ELSE " + results.back().sql;
  Written written = made(sql + " END", target.kind);
  written.source = source;
  written.moment_form = common_form({pointers.begin(), pointers.end()});
  written.target = target;
  written.truth =
      target.kind == TypeKind::kBoolean && from() != Engine::kPostgres &&
      std::any_of(results.begin(), results.end(), [](const Written& each) { return each.truth; });
  return written;
}

void Translator::changes(const char* what) const {
  if (context_.lasting) refuse(std::string(what) + ", which is not the same at any time,");
}

Written Translator::subquery(const Expr& expr, const Scope& scope) {
  std::vector<OutputColumn> outputs;
  const std::string sql = query(*expr.select, scope, &outputs);
  if (outputs.size() != 1) refuse("a query of several columns as a value");
  Written written = outputs[0].value;
  written.sql = "(" + sql + ")";
  written.rank = Rank::kPrimary;
  written.text.reset();
  written.number.reset();
  written.column = nullptr;
  written.nullable = true;
  return written;
}

Written Translator::is_test(const Expr& expr, const Scope& scope) {
  const std::string not_word = expr.negated ? "NOT " : "";
  if (expr.text == "NULL") {
    const Written inner = any(*expr.args[0], scope);
    return truth(wrapped(inner, Rank::kOperator) + " IS " + not_word + "NULL", Rank::kComparison);
  }
  if (expr.text != "DISTINCT") {
    const Written inner = condition(*expr.args[0], scope);
    return truth(wrapped(inner, Rank::kOperator) + " IS " + not_word + expr.text,
                 Rank::kComparison);
  }
  const bool rows = expr.args[0]->kind == ExprKind::kStar && expr.args[1]->kind == ExprKind::kStar;
  if (rows) return rows_test(expr, scope);
  Written left = value(*expr.args[0], scope);
  Written right = value(*expr.args[1], scope);
  match(left, right, false);
  const std::string a = wrapped(left, Rank::kOperator);
  const std::string b = wrapped(right, Rank::kOperator);
  switch (to()) {
    case Engine::kSqlite:
      return truth(a + " IS " + not_word + b, Rank::kComparison);
    case Engine::kPostgres:
      return truth(a + " IS " + (expr.negated ? "" : "NOT ") + "DISTINCT FROM " + b,
                   Rank::kComparison);
    case Engine::kMysql:
      if (!expr.negated) return truth(a + " <=> " + b, Rank::kComparison);
      return truth("NOT (" + a + " <=> " + b + ")", Rank::kNot);
  }
  refuse("IS DISTINCT FROM");
}

/// Collations that say what every engine can.
Written Translator::collated(const Expr& expr, const Scope& scope) {
  Written inner = any(*expr.args[0], scope);
  const std::string name = ascii_lower(expr.text);
  const bool exact = name == "binary" || name == "c" || name == "posix" || name == "ucs_basic" ||
                     name.ends_with("_bin");
  if (exact || name == "default") {
    inner.exact = exact || inner.exact;
    // Texts of a schema copy are compared byte by byte anyway, but for order in PostgreSQL.
    if (to() == Engine::kPostgres && exact && is_text_kind(inner.target.kind)) {
      inner.sql = wrapped(inner, Rank::kPrimary) + " COLLATE \"C\"";
      inner.rank = Rank::kOperator;
    } else if (to() == Engine::kSqlite && exact) {
      inner.sql = wrapped(inner, Rank::kPrimary) + " COLLATE BINARY";
      inner.rank = Rank::kOperator;
    }
    return inner;
  }
  refuse("COLLATE " + expr.text);
}

const KnownColumn* KnownTable::find(std::string_view column) const {
  const KnownColumn* folded = nullptr;
  for (const KnownColumn& each : columns) {
    if (each.name == column) return &each;
    if (folded == nullptr && ascii_iequals(each.name, column)) folded = &each;
  }
  return folded;
}

namespace {

/// MySQL's catalog escapes the quotes of its expressions: _utf8mb4\'a\'.
std::string plain_quotes(Engine source, std::string_view sql) {
  const bool escaped = source == Engine::kMysql && sql.find("\\'") != std::string_view::npos &&
                       sql.find('\'') == sql.find("\\'") + 1;
  std::string text;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (escaped && sql[i] == '\\' && i + 1 < sql.size()) ++i;
    text += sql[i];
  }
  return text;
}

template <typename Write>
Translation translate_with(std::string_view sql, const TranslationContext& context,
                           const Write& write) {
  Translation result;
  try {
    SqlParser parser(context.source, plain_quotes(context.source, sql));
    const ExprPtr tree = parser.expression();
    parser.expect_end();
    Translator translator(context);
    Scope scope;
    if (context.table != nullptr) {
      scope.tables.push_back(
          {context.table->name.name, context.table->name.schema, "", context.table});
    }
    const Written written = write(translator, *tree, scope);
    result.sql = written.sql;
    result.type = written.target;
    result.notes = translator.notes();
  } catch (const Error& error) {
    result.reason = error.message() + " has no translation";
  }
  return result;
}

}  // namespace

Translation translate_expression(std::string_view sql, const TranslationContext& context,
                                 ExpressionUse use) {
  return translate_with(
      sql, context, [&](Translator& translator, const Expr& tree, const Scope& scope) {
        return use == ExpressionUse::kCondition ? translator.condition(tree, scope)
                                                : translator.value(tree, scope);
      });
}

Translation translate_for_column(std::string_view sql, const KnownColumn& column,
                                 const TranslationContext& context) {
  return translate_with(sql, context,
                        [&](Translator& translator, const Expr& tree, const Scope& scope) {
                          return translator.assigned(translator.value(tree, scope), column);
                        });
}

}  // namespace crossload::dialect
