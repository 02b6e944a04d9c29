#include <array>
#include <utility>

#include "call_translator.h"

namespace crossload::dialect {

bool CallTranslator::aggregate_call(Written& written) {
  static constexpr auto kAggregates = std::to_array<Special>({
      {"count", &CallTranslator::count},
      {"sum", &CallTranslator::sum},
      {"total", &CallTranslator::sum},
      {"avg", &CallTranslator::average},
      {"min", &CallTranslator::least_or_most},
      {"max", &CallTranslator::least_or_most},
      {"group_concat", &CallTranslator::joined_texts},
      {"string_agg", &CallTranslator::joined_texts},
      {"bool_and", &CallTranslator::all_or_any},
      {"bool_or", &CallTranslator::all_or_any},
      {"every", &CallTranslator::all_or_any},
      {"row_number", &CallTranslator::ranking},
      {"rank", &CallTranslator::ranking},
      {"dense_rank", &CallTranslator::ranking},
      {"lag", &CallTranslator::neighbour},
      {"lead", &CallTranslator::neighbour},
      {"first_value", &CallTranslator::neighbour},
      {"last_value", &CallTranslator::neighbour},
  });
  const bool scalar = (call_.text == "min" || call_.text == "max") && call_.args.size() > 1;
  if (scalar) return false;
  return find_special(kAggregates.data(), kAggregates.data() + kAggregates.size(), written);
}

/// MySQL has no FILTER: what it leaves out becomes NULL, which aggregates leave out.
std::string CallTranslator::filtered(const std::string& argument) {
  if (!call_.filter || to() != Engine::kMysql) return argument;
  return "CASE WHEN " + translator_.condition(*call_.filter, scope_).sql + " THEN " + argument +
         " END";
}

std::string CallTranslator::over() {
  if (!call_.window) return "";
  std::string inside;
  for (const ExprPtr& each : call_.window->partition) {
    const Written value = translator_.value(*each, scope_);
    translator_.expect_one_form(value, "PARTITION BY");
    inside += (inside.empty() ? "PARTITION BY " : ", ") + value.sql;
  }
  if (!call_.window->order.empty()) {
    inside += (inside.empty() ? "" : " ") + std::string("ORDER BY ") +
              translator_.order_list(call_.window->order, scope_);
  }
  if (!call_.window->frame.empty()) inside += " " + call_.window->frame;
  return " OVER (" + inside + ")";
}

Written CallTranslator::finished(const std::string& name, const std::string& arguments,
                                 Written like) {
  like.sql = name + "(" + arguments + ")";
  if (call_.filter && to() != Engine::kMysql) {
    like.sql += " FILTER (WHERE " + translator_.condition(*call_.filter, scope_).sql + ")";
  }
  like.sql += over();
  like.rank = Rank::kPrimary;
  like.text.reset();
  like.number.reset();
  like.column = nullptr;
  like.truth = false;
  return like;
}

Written CallTranslator::count() {
  Written like = made("", TypeKind::kInteger);
  like.nullable = false;
  if (call_.args.empty() || (call_.args.size() == 1 && call_.args[0]->kind == ExprKind::kStar)) {
    const bool counts_cases = call_.filter && to() == Engine::kMysql;
    return finished("COUNT", counts_cases ? filtered("1") : "*", like);
  }
  if (call_.args.size() != 1) Translator::refuse("COUNT of several values");
  const Written value = translator_.any(*call_.args[0], scope_);
  if (call_.distinct) translator_.expect_one_form(value, "COUNT(DISTINCT)");
  if (call_.distinct && !value.exact) {
    translator_.note("COUNT(DISTINCT) tells texts apart that the source takes for equal");
  }
  return finished("COUNT", (call_.distinct ? "DISTINCT " : "") + filtered(value.sql), like);
}

Written CallTranslator::sum() {
  expect_arguments(1, 1);
  const Written value = number_argument(0);
  Written like = value;
  like.nullable = true;
  if (call_.text == "total") {
    if (from() != Engine::kSqlite || call_.window) refuse();
    like = finished("SUM", filtered(value.sql), like);
    like.sql = "COALESCE(" + like.sql + ", 0.0)";
    return like;
  }
  return finished("SUM", (call_.distinct ? "DISTINCT " : "") + filtered(value.sql), like);
}

/// SQLite's is a double, PostgreSQL's has 16 digits, MySQL's four more than the values have.
Written CallTranslator::average() {
  expect_arguments(1, 1);
  const Written value = number_argument(0);
  const bool real =
      value.target.kind == TypeKind::kFloat64 || value.target.kind == TypeKind::kFloat32;
  const std::string argument = (call_.distinct ? "DISTINCT " : "") + filtered(value.sql);
  Written like =
      made("", real || from() == Engine::kSqlite ? TypeKind::kFloat64 : TypeKind::kDecimal);
  like.surely_real = true;
  Written average = finished("AVG", argument, like);
  if (from() == to() || real) return average;
  if (from() == Engine::kSqlite) {
    if (to() == Engine::kPostgres) {
      average.sql = "CAST(" + average.sql + " AS double precision)";
    } else {
      translator_.note("averages have four digits more than the values in MySQL");
    }
    return average;
  }
  if (from() == Engine::kMysql) {
    constexpr int kMoreDigits = 4;
    const bool whole = value.source.kind == TypeKind::kInteger;
    if (!whole && !value.source.scale) {
      Translator::refuse("AVG of a decimal whose digits are not known");
    }
    const int scale = (whole ? 0 : *value.source.scale) + kMoreDigits;
    average.sql = "ROUND(" + average.sql + ", " + std::to_string(scale) + ")";
    average.source.scale = scale;
    return average;
  }
  translator_.note(to() == Engine::kMysql
                       ? "averages have four digits more than the values in MySQL"
                       : "averages are floating-point numbers in SQLite");
  return average;
}

Written CallTranslator::least_or_most() {
  expect_arguments(1, 1);
  Written value = argument(0);
  if (value.target.kind == TypeKind::kBoolean) value = translator_.numeric(std::move(value));
  if (to() == Engine::kSqlite && value.target.declared.find("DECIMAL_TEXT") == 0) {
    value = translator_.numeric(std::move(value));
  }
  if (to() == Engine::kPostgres &&
      (value.target.kind == TypeKind::kUuid || value.target.kind == TypeKind::kBoolean)) {
    refuse();
  }
  if (is_text_kind(value.target.kind)) {
    if (value.source.kind == TypeKind::kEnum && from() != to()) {
      Translator::refuse("an order of enum labels");
    }
    translator_.note(
        "texts are put in order by the target's collation, which may differ from the source's");
  }
  translator_.expect_one_form(value, call_.text.c_str());
  Written like = value;
  like.nullable = true;
  return finished(call_.text == "min" ? "MIN" : "MAX", filtered(value.sql), like);
}

/// GROUP_CONCAT and string_agg.
Written CallTranslator::joined_texts() {
  expect_arguments(1, 2);
  if ((call_.text == "string_agg") != (from() == Engine::kPostgres)) refuse();
  const Written value = text_argument(0);
  const Written separator =
      call_.args.size() > 1 ? text_argument(1) : made(translator_.literal(","), TypeKind::kText);
  if (call_.args.size() > 1 && !separator.text) {
    Translator::refuse(call_.text + "() with a separator that is no constant");
  }
  const std::string distinct = call_.distinct ? "DISTINCT " : "";
  Written like = value;
  like.nullable = true;
  std::string order;
  if (!call_.order.empty()) {
    if (to() == Engine::kSqlite) {
      Translator::refuse(call_.text + "() with ORDER BY");
    } else {
      order = " ORDER BY " + translator_.order_list(call_.order, scope_);
    }
  }
  const std::string argument = distinct + filtered(value.sql);
  switch (to()) {
    case Engine::kPostgres:
      return finished("string_agg", argument + ", " + separator.sql + order, like);
    case Engine::kMysql:
      translator_.note("GROUP_CONCAT ends after group_concat_max_len bytes");
      return finished("GROUP_CONCAT", argument + order + " SEPARATOR " + separator.sql, like);
    case Engine::kSqlite:
      if (!call_.distinct) return finished("group_concat", argument + ", " + separator.sql, like);
      if (separator.text && *separator.text != ",") {
        Translator::refuse("DISTINCT texts with another separator than a comma");
      }
      return finished("group_concat", argument, like);
  }
  refuse();
}

Written CallTranslator::all_or_any() {
  expect_arguments(1, 1);
  const Written value = translator_.condition(*call_.args[0], scope_);
  Written like = translator_.truth("", Rank::kPrimary);
  const bool all = call_.text != "bool_or";
  if (to() == Engine::kPostgres) return finished(call_.text, value.sql, like);
  return finished(all ? "MIN" : "MAX", filtered(value.sql), like);
}

Written CallTranslator::ranking() {
  expect_arguments(0, 0);
  if (!call_.window) refuse();
  return finished(call_.text == "row_number" ? "ROW_NUMBER"
                  : call_.text == "rank"     ? "RANK"
                                             : "DENSE_RANK",
                  "", made("", TypeKind::kInteger));
}

Written CallTranslator::neighbour() {
  if (!call_.window) refuse();
  expect_arguments(1, call_.text == "lag" || call_.text == "lead" ? 2 : 1);
  Written like = argument(0);
  std::string arguments = like.sql;
  if (call_.args.size() > 1) {
    const Written distance = number_argument(1);
    if (!distance.number) refuse();
    arguments += ", " + distance.sql;
  }
  like.nullable = true;
  return finished(call_.text, arguments, like);
}

}  // namespace crossload::dialect
