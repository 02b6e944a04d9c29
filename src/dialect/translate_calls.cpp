#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "crossload/base/strings.h"

#include "call_translator.h"
#include "function_table.h"

namespace crossload::dialect {
namespace {

/// "name($1, $2)" with the arguments in it.
std::string filled(std::string_view pattern, const std::vector<Written>& arguments) {
  std::string sql;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '$') {
      sql += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[++i] - '1');
    // A call's arguments stand between commas; elsewhere they need brackets of their own.
    const bool alone = (pattern[i - 2] == '(' || pattern[i - 2] == ' ') &&
                       (i + 1 == pattern.size() || pattern[i + 1] == ')' || pattern[i + 1] == ',');
    const bool bare = alone || arguments[index].rank == Rank::kPrimary;
    sql += bare ? arguments[index].sql : "(" + arguments[index].sql + ")";
  }
  return sql;
}

}  // namespace

Written Translator::call(const Expr& expr, const Scope& scope) {
  return CallTranslator(*this, expr, scope).run();
}

void CallTranslator::refuse() const {
  Translator::refuse("the function " + call_.text + "()");
}

void CallTranslator::expect_arguments(std::size_t least, std::size_t most) const {
  if (call_.args.size() < least || call_.args.size() > most) refuse();
}

std::optional<long> CallTranslator::whole_number(const Written& written) {
  if (!written.number) return std::nullopt;
  long value = 0;
  const std::string& text = *written.number;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Written CallTranslator::number_argument(std::size_t i) {
  Written written = translator_.numeric(argument(i));
  if (!is_number_kind(written.target.kind)) {
    Translator::refuse(call_.text + "() of " + std::string(kind_name(written.target.kind)));
  }
  return written;
}

bool CallTranslator::find_special(const Special* begin, const Special* end, Written& written) {
  const auto* found =
      std::find_if(begin, end, [&](const Special& special) { return special.name == call_.text; });
  if (found == end) return false;
  written = (this->*found->method)();
  return true;
}

Written CallTranslator::run() {
  Written written;
  if (aggregate_call(written)) return written;
  if (call_.window || call_.filter || call_.distinct || !call_.order.empty()) refuse();
  if (date_call(written)) return written;
  static constexpr auto kSpecials = std::to_array<Special>({
      {"coalesce", &CallTranslator::coalesce},
      {"ifnull", &CallTranslator::coalesce},
      {"nullif", &CallTranslator::nullif},
      {"isnull", &CallTranslator::is_null},
      {"if", &CallTranslator::choose},
      {"iif", &CallTranslator::choose},
      {"concat", &CallTranslator::concat},
      {"concat_ws", &CallTranslator::concat_ws},
      {"substr", &CallTranslator::substr},
      {"left", &CallTranslator::left_part},
      {"right", &CallTranslator::right_part},
      {"lpad", &CallTranslator::padded},
      {"rpad", &CallTranslator::padded},
      {"split_part", &CallTranslator::first_part},
      {"substring_index", &CallTranslator::first_part},
      {"round", &CallTranslator::round},
      {"mod", &CallTranslator::mod},
      {"greatest", &CallTranslator::extremes},
      {"least", &CallTranslator::extremes},
      {"min", &CallTranslator::extremes},
      {"max", &CallTranslator::extremes},
      {"gen_random_uuid", &CallTranslator::uuid},
      {"uuid_generate_v4", &CallTranslator::uuid},
      {"uuid", &CallTranslator::uuid},
      {"regexp_like", &CallTranslator::regexp_like},
      {"json_valid", &CallTranslator::json_valid},
      {"json_unquote", &CallTranslator::json_unquote},
  });
  const bool trims = call_.text == "trim" || call_.text == "ltrim" || call_.text == "rtrim" ||
                     call_.text == "btrim";
  if (trims && call_.args.size() == 2) return trim_characters();
  if (find_special(kSpecials.data(), kSpecials.data() + kSpecials.size(), written)) return written;
  return from_table();
}

Written CallTranslator::from_table() {
  const auto found = find_function(from(), call_.text, call_.args.size());
  if (!found) refuse();
  const std::string_view spelling = spelling_in(*found->function, to());
  if (spelling.empty()) refuse();
  std::vector<Written> arguments;
  bool nullable = false;
  for (std::size_t i = 0; i < found->order.size(); ++i) {
    const std::size_t at = found->order[i];
    const char kind = found->function->arguments[i];
    if (kind == 't') {
      arguments.push_back(text_argument(at));
    } else if (kind == 'b') {
      arguments.push_back(argument(at));
      if (arguments.back().target.kind != TypeKind::kBytes) refuse();
    } else {
      arguments.push_back(number_argument(at));
      if (kind == 'i' && arguments.back().target.kind != TypeKind::kInteger) refuse();
    }
    nullable = nullable || arguments.back().nullable;
  }
  if (!found->function->note.empty() && from() != to() &&
      (from() == Engine::kSqlite || to() == Engine::kSqlite)) {
    translator_.note(std::string(found->function->note));
  }
  const char result = found->function->result;
  Written written = made(filled(spelling, arguments), result == 't'   ? TypeKind::kText
                                                      : result == 'i' ? TypeKind::kInteger
                                                      : result == 'f' ? TypeKind::kFloat64
                                                                      : arguments[0].target.kind);
  if (result == 'n') written.source = arguments[0].source;
  // lower() and the like do not make a text longer.
  const bool same_length = found->function->arguments == "t" && call_.text != "md5";
  if (result == 't' && same_length) {
    written.target.length = arguments[0].target.length;
  }
  written.nullable = nullable;
  for (const Written& each : arguments) written.exact = written.exact && each.exact;
  return written;
}

Written CallTranslator::coalesce() {
  if (call_.args.empty()) refuse();
  // SQLite takes no less than two.
  if (call_.args.size() == 1) return translator_.any(*call_.args[0], scope_);
  std::vector<Written> values;
  for (const ExprPtr& each : call_.args) values.push_back(translator_.any(*each, scope_));
  std::vector<Written*> pointers;
  for (Written& each : values) pointers.push_back(&each);
  LogicalType source;
  const LogicalType target = translator_.unify(pointers, source);
  std::string list;
  bool nullable = true;
  for (const Written& each : values) {
    list += (list.empty() ? "" : ", ") + each.sql;
    nullable = nullable && each.nullable;
  }
  Written written = made("COALESCE(" + list + ")", target.kind);
  written.moment_form = translator_.common_form({pointers.begin(), pointers.end()});
  written.source = source;
  written.target = target;
  written.nullable = nullable;
  written.truth =
      std::any_of(values.begin(), values.end(), [](const Written& each) { return each.truth; }) &&
      target.kind == TypeKind::kBoolean;
  for (const Written& each : values) written.exact = written.exact && each.exact;
  return written;
}

Written CallTranslator::nullif() {
  expect_arguments(2, 2);
  Written left = argument(0);
  Written right = argument(1);
  const std::string before = left.sql;
  translator_.match(left, right, false);
  if (is_moment_kind(argument(0).target.kind) && left.sql != before) refuse();
  Written written = left;
  written.sql = "NULLIF(" + left.sql + ", " + right.sql + ")";
  written.rank = Rank::kPrimary;
  written.nullable = true;
  written.column = nullptr;
  written.text.reset();
  written.number.reset();
  return written;
}

Written CallTranslator::is_null() {
  expect_arguments(1, 1);
  if (from() != Engine::kMysql) refuse();
  const Written inner = translator_.any(*call_.args[0], scope_);
  return translator_.truth(translator_.wrapped(inner, Rank::kOperator) + " IS NULL",
                           Rank::kComparison);
}

/// IF(condition, yes, no)
Written CallTranslator::choose() {
  expect_arguments(3, 3);
  const Written condition = translator_.condition(*call_.args[0], scope_);
  Written yes = translator_.any(*call_.args[1], scope_);
  Written no = translator_.any(*call_.args[2], scope_);
  LogicalType source;
  const LogicalType target = translator_.unify({&yes, &no}, source);
  Written written = made(
      "CASE WHEN " + condition.sql + " THEN " + yes.sql + " ELSE " + no.sql + " END", target.kind);
  written.source = source;
  written.target = target;
  written.truth = target.kind == TypeKind::kBoolean && (yes.truth || no.truth);
  written.nullable = yes.nullable || no.nullable;
  written.exact = yes.exact && no.exact;
  return written;
}

Written CallTranslator::round() {
  expect_arguments(1, 2);
  const Written number = number_argument(0);
  const bool real =
      number.target.kind == TypeKind::kFloat64 || number.target.kind == TypeKind::kFloat32;
  if (real) translator_.note("halves of floating-point numbers round differently in each engine");
  if (call_.args.size() == 1) {
    Written written = made("ROUND(" + number.sql + ")", number.target.kind);
    if (number.target.kind == TypeKind::kDecimal) written.source.scale = 0;
    return written;
  }
  const Written digits = number_argument(1);
  const auto places = whole_number(digits);
  if (digits.target.kind != TypeKind::kInteger) refuse();
  if (places && *places < 0 && (from() == Engine::kSqlite || to() == Engine::kSqlite)) refuse();
  // PostgreSQL rounds decimals only.
  if (to() == Engine::kPostgres && real) {
    return made(
        "CAST(ROUND(CAST(" + number.sql + " AS numeric), " + digits.sql + ") AS double precision)",
        TypeKind::kFloat64);
  }
  Written written = made("ROUND(" + number.sql + ", " + digits.sql + ")", number.target.kind);
  if (number.target.kind == TypeKind::kDecimal && places) {
    written.source.scale = static_cast<int>(*places);
  }
  return written;
}

Written CallTranslator::mod() {
  expect_arguments(2, 2);
  if (from() == Engine::kSqlite) refuse();
  const Written left = number_argument(0);
  const Written right = number_argument(1);
  const bool whole =
      left.target.kind == TypeKind::kInteger && right.target.kind == TypeKind::kInteger;
  if (to() == Engine::kSqlite && !whole) refuse();
  const std::string divisor = to() == Engine::kPostgres && from() != Engine::kPostgres
                                  ? "NULLIF(" + right.sql + ", 0)"
                                  : translator_.wrapped(right, Rank::kPrimary);
  return translator_.made(translator_.wrapped(left, Rank::kPrimary) + " % " + divisor,
                          whole ? TypeKind::kInteger : TypeKind::kDecimal, Rank::kOperator);
}

/// The largest or smallest of several: NULL where one is, except in PostgreSQL.
Written CallTranslator::extremes() {
  const bool most = call_.text == "greatest" || call_.text == "max";
  const bool scalar = call_.text == "greatest" || call_.text == "least";
  if (scalar == (from() == Engine::kSqlite)) refuse();
  if (call_.args.size() < 2) refuse();
  std::vector<Written> values;
  for (std::size_t i = 0; i < call_.args.size(); ++i) values.push_back(argument(i));
  std::vector<Written*> pointers;
  for (Written& each : values) pointers.push_back(&each);
  LogicalType source;
  const LogicalType type = translator_.unify(pointers, source);
  if (!is_number_kind(type.kind) && !is_moment_kind(type.kind)) refuse();
  std::string list;
  std::string any_null;
  for (const Written& each : values) {
    list += (list.empty() ? "" : ", ") + each.sql;
    if (!each.nullable) continue;
    any_null +=
        (any_null.empty() ? "" : " OR ") + translator_.wrapped(each, Rank::kOperator) + " IS NULL";
  }
  const std::string name =
      to() == Engine::kSqlite ? (most ? "max" : "min") : (most ? "GREATEST" : "LEAST");
  std::string sql = name + "(" + list + ")";
  const bool skips_null = from() == Engine::kPostgres;
  if (!any_null.empty() && skips_null != (to() == Engine::kPostgres)) {
    if (!skips_null) {
      sql = "CASE WHEN " + any_null + " THEN NULL ELSE " + sql + " END";
    } else {
      if (values.size() != 2) refuse();
      sql = "COALESCE(" + sql + ", " + list + ")";
    }
  }
  Written written = made(sql, type.kind);
  written.source = source;
  written.moment_form = translator_.common_form({pointers.begin(), pointers.end()});
  translator_.expect_one_form(written, call_.text.c_str());
  return written;
}

/// How MySQL prints its own REGEXP.
Written CallTranslator::regexp_like() {
  expect_arguments(2, 2);
  if (from() != Engine::kMysql) refuse();
  Expr expr;
  expr.kind = ExprKind::kLike;
  expr.text = "REGEXP";
  return translator_.regexp(expr, text_argument(0), argument(1), false);
}

Written CallTranslator::json_valid() {
  expect_arguments(1, 1);
  if (to() == Engine::kPostgres) refuse();
  const Written text = argument(0);
  if (text.target.kind != TypeKind::kJson && !is_text_kind(text.target.kind)) refuse();
  return translator_.truth("json_valid(" + text.sql + ")", Rank::kPrimary);
}

/// MySQL prints its ->> as JSON_UNQUOTE(JSON_EXTRACT()).
Written CallTranslator::json_unquote() {
  expect_arguments(1, 1);
  const Expr& found = *call_.args[0];
  const bool extracts = found.kind == ExprKind::kCall && found.text == "json_extract";
  if (from() != Engine::kMysql || !extracts) refuse();
  return translator_.json_text(found, "the function json_unquote()", scope_);
}

Written CallTranslator::uuid() {
  expect_arguments(0, 0);
  if (from() == Engine::kSqlite || (from() == Engine::kPostgres) == (call_.text == "uuid"))
    refuse();
  translator_.changes("a new UUID");
  switch (to()) {
    case Engine::kPostgres:
      return made("gen_random_uuid()", TypeKind::kUuid);
    case Engine::kMysql:
      translator_.note("uuid() gives identifiers by time, not random ones");
      return made("uuid()", TypeKind::kUuid);
    case Engine::kSqlite:
      return made(
          "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || "
          "substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (abs(random()) % 4), 1) || "
          "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
          TypeKind::kUuid);
  }
  refuse();
}

}  // namespace crossload::dialect
