#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

#include "like_pattern.h"
#include "moment_text.h"
#include "translator.h"

namespace crossload::dialect {
namespace {

constexpr const char* kFolds =
    "the source compares texts by a collation that takes some for equal; the target compares them "
    "byte by byte";

bool is_text_decimal(const Written& written) {
  return ascii_lower(written.target.declared).starts_with("decimal_text");
}

bool is_zero_or_one(const Written& written) {
  return written.number && (*written.number == "0" || *written.number == "1");
}

}  // namespace

Written Translator::numeric(Written written) {
  // The sql may have been changed since.
  if (!written.digits.second.empty() && written.digits.first == written.sql) {
    Written number = made(written.digits.second, TypeKind::kInteger);
    number.nullable = written.nullable;
    return number;
  }
  if (written.truth) return plain_value(std::move(written));
  if (written.target.kind == TypeKind::kBoolean && from() != Engine::kPostgres &&
      to() == Engine::kPostgres) {
    written.sql = "CAST(" + written.sql + " AS integer)";
    written.rank = Rank::kPrimary;
    written.target.kind = TypeKind::kInteger;
    written.column = nullptr;
  } else if (written.target.kind == TypeKind::kBoolean && from() != Engine::kPostgres) {
    written.target.kind = TypeKind::kInteger;
  } else if (is_text_decimal(written)) {
    written.sql = "CAST(" + written.sql + " AS NUMERIC)";
    written.rank = Rank::kPrimary;
    written.target.declared.clear();
    note("SQLite calculates with decimals as floating-point numbers");
  } else if (written.text && is_number_text(*written.text)) {
    written =
        made(*written.text, written.text->find('.') == std::string::npos ? TypeKind::kInteger
                                                                         : TypeKind::kDecimal);
    written.number = written.sql;
  }
  return written;
}

void Translator::match(Written& left, Written& right, bool ordered) {
  if (left.null_literal || right.null_literal) return;
  const bool left_literal = left.text || left.number;
  const bool right_literal = right.text || right.number;
  if (left_literal && right_literal) {
    if (left.text.has_value() == right.text.has_value()) return;
    refuse("the comparison of a text with a number");
  }
  if (match_spelling(left, right)) return;
  if (right_literal) {
    match_literal(left, right, ordered);
  } else if (left_literal) {
    match_literal(right, left, ordered);
  } else {
    match_kinds(left, right);
  }
  const bool texts = is_text_kind(left.target.kind) && is_text_kind(right.target.kind);
  if (!texts) return;
  if (!left.exact || !right.exact) note(kFolds);
  if (ordered) {
    if (left.source.kind == TypeKind::kEnum && to() != from()) refuse("an order of enum labels");
    if (!(left.text && right.text)) {
      note("texts are put in order by the target's collation, which may differ from the source's");
    }
  }
}

void Translator::match_literal(Written& value, Written& literal, bool ordered) {
  const TypeKind kind = value.target.kind;
  if (value.truth || kind == TypeKind::kBoolean || value.source.kind == TypeKind::kBoolean) {
    if (literal.text) {
      const std::string word = ascii_lower(*literal.text);
      if (from() != Engine::kPostgres) refuse("the comparison of a number with a text");
      const bool is_true = word == "t" || word == "true";
      if (!is_true && word != "f" && word != "false") refuse("the text of a boolean");
      literal = truth(is_true ? "TRUE" : "FALSE", Rank::kPrimary);
    } else if (to() == Engine::kPostgres) {
      if (is_zero_or_one(literal) && !ordered) {
        literal.sql = *literal.number == "1" ? "TRUE" : "FALSE";
        literal.number.reset();
        literal.target.kind = TypeKind::kBoolean;
      } else {
        value = numeric(std::move(value));
      }
    }
    return;
  }
  if (is_number_kind(kind)) {
    if (literal.text && !is_number_text(*literal.text)) {
      refuse("the comparison of a number with the text '" + *literal.text + "'");
    }
    value = numeric(std::move(value));
    literal = numeric(std::move(literal));
    return;
  }
  if (is_text_kind(kind)) {
    if (literal.text) return;
    const bool text_affinity = from() == Engine::kSqlite && value.column != nullptr &&
                               literal.number->find_first_of(".eE") == std::string::npos;
    if (!text_affinity) refuse("the comparison of a text with a number");
    literal = made(this->literal(*literal.number), TypeKind::kText);
    return;
  }
  if (kind == TypeKind::kJson || kind == TypeKind::kArray || kind == TypeKind::kSpatial ||
      kind == TypeKind::kOther || kind == TypeKind::kBit || kind == TypeKind::kInterval ||
      kind == TypeKind::kDynamic) {
    refuse("the comparison of " + std::string(kind_name(kind)) + " with a literal");
  }
  if (!literal.text) {
    refuse("the comparison of " + std::string(kind_name(kind)) + " with a number");
  }
  if (kind == TypeKind::kUuid) {
    literal = made(this->literal(ascii_lower(*literal.text)), TypeKind::kUuid);
  }
  if (kind == TypeKind::kBytes) refuse("the comparison of bytes with a text");
  if (!is_moment_kind(kind)) return;
  const auto moment = read_moment(*literal.text);
  const bool utc_only = kind == TypeKind::kTimestampTz && moment && !moment->utc && moment->time;
  if (!moment || (moment->utc && kind != TypeKind::kTimestampTz)) {
    refuse("the comparison of a " + std::string(kind_name(kind)) + " with '" + *literal.text + "'");
  }
  if (kind == TypeKind::kDate && moment->time && *moment->time != "00:00:00") {
    refuse("the comparison of a date with '" + *literal.text + "'");
  }
  if (utc_only) note("moments without a zone are taken for UTC in the target");
  literal = made(this->literal(moment_text(*moment, kind, to())), kind);
}

void Translator::match_kinds(Written& left, Written& right) {
  const auto is_truth = [](const Written& each) {
    return each.truth || each.target.kind == TypeKind::kBoolean ||
           each.source.kind == TypeKind::kBoolean;
  };
  const bool left_truth = is_truth(left);
  const bool right_truth = is_truth(right);
  if (left_truth && right_truth) return;
  if (left_truth) left = numeric(std::move(left));
  if (right_truth) right = numeric(std::move(right));
  const TypeKind a = left.target.kind;
  const TypeKind b = right.target.kind;
  if (is_number_kind(a) && is_number_kind(b)) {
    left = numeric(std::move(left));
    right = numeric(std::move(right));
    return;
  }
  if (is_text_kind(a) && is_text_kind(b)) {
    if (to() == Engine::kPostgres && (a == TypeKind::kEnum) != (b == TypeKind::kEnum)) {
      left = as_text(std::move(left));
      right = as_text(std::move(right));
    }
    return;
  }
  const bool same = a == b && (a == TypeKind::kUuid || a == TypeKind::kBytes || is_moment_kind(a) ||
                               a == TypeKind::kTime);
  if (same) return;
  const bool midnight = (a == TypeKind::kDate && b == TypeKind::kTimestamp) ||
                        (a == TypeKind::kTimestamp && b == TypeKind::kDate);
  if (midnight && from() != Engine::kSqlite) {
    if (to() != Engine::kSqlite) return;
    Written& date = a == TypeKind::kDate ? left : right;
    date.sql = wrapped(date, Rank::kPrimary) + " || ' 00:00:00'";
    date.rank = Rank::kOperator;
    return;
  }
  refuse("the comparison of " + std::string(kind_name(a)) + " with " + std::string(kind_name(b)));
}

LogicalType Translator::unify(std::vector<Written*> values, LogicalType& source) {
  const auto any_of_kind = [&](const auto& test) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Written* each) { return !each->null_literal && test(*each); });
  };
  const auto is_bool = [](const Written& each) {
    return each.truth || each.target.kind == TypeKind::kBoolean;
  };
  const auto fits_bool = [&](const Written& each) { return is_bool(each) || is_zero_or_one(each); };
  const bool all_bool =
      any_of_kind(is_bool) && !any_of_kind([&](const Written& each) { return !fits_bool(each); });
  LogicalType type;
  for (Written* each : values) {
    if (each->null_literal) continue;
    if (all_bool) {
      if (is_zero_or_one(*each) && to() == Engine::kPostgres) {
        each->sql = *each->number == "1" ? "TRUE" : "FALSE";
        each->target.kind = TypeKind::kBoolean;
      }
      source = each->source;
      type.kind = TypeKind::kBoolean;
      continue;
    }
    if (is_bool(*each)) *each = numeric(std::move(*each));
    const TypeKind kind = each->target.kind;
    const bool first = type.kind == TypeKind::kDynamic;
    if (first) {
      type = each->target;
      source = each->source;
    } else if (is_number_kind(type.kind) && is_number_kind(kind)) {
      if (kind == TypeKind::kFloat64 ||
          (kind == TypeKind::kDecimal && type.kind == TypeKind::kInteger)) {
        type = each->target;
        source = each->source;
      }
    } else if (is_text_kind(type.kind) && is_text_kind(kind)) {
      if (kind != type.kind && !each->text) *each = as_text(std::move(*each));
      type = of_kind(TypeKind::kText);
      source = of_kind(TypeKind::kText);
    } else if (type.kind != kind) {
      refuse("values of " + std::string(kind_name(type.kind)) + " and " +
             std::string(kind_name(kind)) + " in one place");
    }
  }
  if (type.kind == TypeKind::kDynamic) type.kind = TypeKind::kText;
  return type;
}

Written Translator::comparison(const Expr& expr, const Scope& scope) {
  const bool rows = expr.args[0]->kind == ExprKind::kRow || expr.args[1]->kind == ExprKind::kRow;
  if (rows) refuse("a comparison of rows");
  Written left = any(*expr.args[0], scope);
  Written right = any(*expr.args[1], scope);
  const bool ordered = expr.text != "=" && expr.text != "<>";
  match(left, right, ordered);
  return truth(
      wrapped(left, Rank::kOperator) + " " + expr.text + " " + wrapped(right, Rank::kOperator),
      Rank::kComparison);
}

Written Translator::between(const Expr& expr, const Scope& scope) {
  Written value = this->value(*expr.args[0], scope);
  Written low = this->value(*expr.args[1], scope);
  Written high = this->value(*expr.args[2], scope);
  Written again = value;
  match(value, low, true);
  match(again, high, true);
  if (value.sql != again.sql) {
    if (value.column == nullptr && again.column == nullptr) {
      refuse("BETWEEN of values of different types");
    }
    // A moment that is compared as a text with one of the two.
    const std::string both = wrapped(value, Rank::kOperator) + (expr.negated ? " < " : " >= ") +
                             wrapped(low, Rank::kOperator) + (expr.negated ? " OR " : " AND ") +
                             wrapped(again, Rank::kOperator) + (expr.negated ? " > " : " <= ") +
                             wrapped(high, Rank::kOperator);
    return truth(both, expr.negated ? Rank::kOr : Rank::kAnd);
  }
  return truth(wrapped(value, Rank::kOperator) + (expr.negated ? " NOT" : "") + " BETWEEN " +
                   wrapped(low, Rank::kOperator) + " AND " + wrapped(high, Rank::kOperator),
               Rank::kComparison);
}

Written Translator::in_list(const Expr& expr, const Scope& scope) {
  if (expr.args[0]->kind == ExprKind::kRow) refuse("IN of rows");
  const Written value = any(*expr.args[0], scope);
  Written written = value;
  std::string list;
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    Written left = value;
    Written right = any(*expr.args[i], scope);
    match(left, right, false);
    if (i > 1 && left.sql != written.sql) refuse("IN with values of different types");
    written = left;
    list += (i > 1 ? ", " : "") + right.sql;
  }
  return truth(
      wrapped(written, Rank::kOperator) + (expr.negated ? " NOT" : "") + " IN (" + list + ")",
      Rank::kComparison);
}

Written Translator::in_query(const Expr& expr, const Scope& scope) {
  if (expr.args[0]->kind == ExprKind::kRow) refuse("IN of rows");
  // Source: dev.mysql.com "Restrictions on Subqueries"; MariaDB's are the same.
  const bool limited = expr.select->limit || expr.select->offset;
  if (limited && to() == Engine::kMysql) refuse("IN with a query that has a LIMIT");
  Written value = this->value(*expr.args[0], scope);
  std::vector<OutputColumn> outputs;
  const std::string sql = query(*expr.select, scope, &outputs);
  if (outputs.size() != 1) refuse("IN with a query of several columns");
  Written right = outputs[0].value;
  right.text.reset();
  right.number.reset();
  const std::string before = right.sql;
  match(value, right, false);
  if (right.sql != before) refuse("IN with a query of another type");
  return truth(wrapped(value, Rank::kOperator) + (expr.negated ? " NOT" : "") + " IN (" + sql + ")",
               Rank::kComparison);
}

Written Translator::like(const Expr& expr, const Scope& scope) {
  Written value = as_text(this->value(*expr.args[0], scope));
  Written pattern = this->value(*expr.args[1], scope);
  if (expr.text == "REGEXP" || expr.text == "IREGEXP") {
    return regexp(expr, value, pattern, expr.text == "IREGEXP");
  }
  std::optional<char> escape;
  if (from() != Engine::kSqlite) escape = '\\';
  if (expr.args.size() > 2) {
    const Expr& given = *expr.args[2];
    if (given.kind != ExprKind::kString || given.text.size() > 1) refuse("LIKE with that ESCAPE");
    escape = given.text.empty() ? std::nullopt : std::optional(given.text[0]);
  }
  if (!pattern.text) refuse("LIKE with a pattern that is no constant");
  const LikePattern parts =
      expr.text == "GLOB" ? read_glob(*pattern.text) : read_like(*pattern.text, escape);
  if (!parts.known) refuse(expr.text + " '" + *pattern.text + "'");
  // SQLite folds ASCII letters, MySQL what the collation folds.
  bool folds = expr.text == "ILIKE";
  if (expr.text == "LIKE" && from() == Engine::kSqlite) folds = true;
  if (expr.text == "LIKE" && from() == Engine::kMysql) folds = !value.exact;
  if (!parts.has_letters()) folds = false;
  const std::string not_word = expr.negated ? " NOT" : "";
  const std::string operand = wrapped(value, Rank::kOperator);
  const auto with = [&](const std::string& word, const std::string& text) {
    const bool escapes =
        to() == Engine::kSqlite && word == " LIKE " && parts.has_wildcard_letters();
    return truth(operand + not_word + word + literal(text) + (escapes ? " ESCAPE '\\'" : ""),
                 Rank::kComparison);
  };
  switch (to()) {
    case Engine::kSqlite:
      if (!folds) return with(" GLOB ", parts.as_glob());
      note("SQLite's LIKE takes small and capital letters for equal in ASCII only");
      return with(" LIKE ", parts.as_like());
    case Engine::kPostgres:
      if (!folds) return with(" LIKE ", parts.as_like());
      if (from() == Engine::kMysql) {
        note("ILIKE takes small and capital letters for equal, not letters with accents");
        return with(" ILIKE ", parts.as_like());
      }
      return truth(wrapped(value, Rank::kPrimary) + " COLLATE \"C\"" + not_word + " ILIKE " +
                       literal(parts.as_like()),
                   Rank::kComparison);
    case Engine::kMysql:
      if (!folds) return with(" LIKE ", parts.as_like());
      note("LOWER() folds more letters than LIKE did in the source");
      return truth(
          "LOWER(" + value.sql + ")" + not_word + " LIKE LOWER(" + literal(parts.as_like()) + ")",
          Rank::kComparison);
  }
  refuse("LIKE");
}

/// The part of regular expressions that every engine reads alike.
Written Translator::regexp(const Expr& expr, const Written& value, const Written& pattern,
                           bool folds) {
  if (to() == Engine::kSqlite || from() == Engine::kSqlite) refuse("a regular expression");
  if (!pattern.text || !is_plain_regexp(*pattern.text)) refuse("that regular expression");
  if (from() == Engine::kMysql) folds = !value.exact;
  const std::string operand = wrapped(value, Rank::kOperator);
  if (to() == Engine::kPostgres) {
    const std::string op = std::string(expr.negated ? "!~" : "~") + (folds ? "*" : "");
    return truth(operand + " " + op + " " + pattern.sql, Rank::kComparison);
  }
  const std::string text = folds ? "(?i)" + *pattern.text : *pattern.text;
  return truth(operand + (expr.negated ? " NOT" : "") + " REGEXP " + literal(text),
               Rank::kComparison);
}

}  // namespace crossload::dialect
