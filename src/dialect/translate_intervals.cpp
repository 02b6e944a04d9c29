// Dates and moments some time before or after others.

#include <array>
#include <charconv>
#include <utility>

#include "crossload/base/strings.h"

#include "call_translator.h"
#include "time_step.h"

namespace crossload::dialect {
namespace {

bool is_clock(const Expr& expr) {
  static constexpr auto kClocks = std::to_array<std::string_view>(
      {"now", "current_timestamp", "localtimestamp", "localtime", "transaction_timestamp",
       "statement_timestamp", "utc_timestamp"});
  if (expr.kind != ExprKind::kCall || !expr.args.empty()) return false;
  for (const std::string_view name : kClocks) {
    if (expr.text == name) return true;
  }
  return false;
}

std::optional<long> constant_count(const Expr& expr) {
  if (expr.kind == ExprKind::kUnary && expr.text == "-") {
    const auto count = constant_count(*expr.args[0]);
    return count ? std::optional(-*count) : std::nullopt;
  }
  if (expr.kind != ExprKind::kNumber && expr.kind != ExprKind::kString) return std::nullopt;
  long count = 0;
  const std::string& text = expr.text;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return count;
}

TimeStep constant_step(const Expr& expr) {
  std::optional<TimeStep> step;
  if (expr.text.empty()) {
    const Expr& text = *expr.args[0];
    step = read_postgres_interval(text.text);
    if (!step) Translator::refuse("INTERVAL '" + text.text + "'");
    return *step;
  }
  const auto count = constant_count(*expr.args[0]);
  if (!count) Translator::refuse("INTERVAL of what is no whole constant");
  step = step_of(*count, expr.text);
  if (!step) Translator::refuse("INTERVAL of " + expr.text);
  return *step;
}

}  // namespace

/// INTERVAL '1 day', '1 day'::interval, INTERVAL 1 DAY.
bool Translator::is_interval(const Expr& expr) {
  if (expr.kind == ExprKind::kInterval) return true;
  return expr.kind == ExprKind::kCast && expr.type.name == "interval" && expr.type.sizes.empty() &&
         !expr.type.array && expr.args[0]->kind == ExprKind::kString;
}

Written Translator::moment_arithmetic(const Expr& expr, const Written& left, const Scope& scope) {
  const bool minus = expr.text == "-";
  if (!minus && expr.text != "+") refuse(expr.text + " of a date");
  const Expr& other = *expr.args[1];
  if (is_interval(other)) {
    TimeStep step = constant_step(other);
    if (minus) step = step.back();
    return shifted(left, step, is_clock(*expr.args[0]));
  }
  if (left.target.kind != TypeKind::kDate || from() != Engine::kPostgres) {
    refuse(expr.text + " of a date");
  }
  const Written right = value(other, scope);
  if (right.target.kind == TypeKind::kInteger) return days_later(left, right, minus);
  if (!minus || right.target.kind != TypeKind::kDate) refuse(expr.text + " of a date");
  return days_between(left, right);
}

/// PostgreSQL's date plus a number of days.
Written Translator::days_later(const Written& date, const Written& days, bool back) const {
  const std::string count = wrapped(days, Rank::kPrimary);
  const std::string sign = back ? " - " : " + ";
  Written written = made("", TypeKind::kDate);
  written.nullable = date.nullable || days.nullable;
  switch (to()) {
    case Engine::kPostgres:
      written.sql = wrapped(date, Rank::kPrimary) + sign + count;
      written.rank = Rank::kOperator;
      return written;
    case Engine::kMysql:
      written.sql = wrapped(date, Rank::kPrimary) + sign + "INTERVAL " + count + " DAY";
      written.rank = Rank::kOperator;
      return written;
    case Engine::kSqlite:
      written.sql =
          "date(" + date.sql + ", " + (back ? "(-(" + days.sql + "))" : count) + " || ' days')";
      return written;
  }
  return written;
}

Written Translator::days_between(const Written& later, const Written& earlier) const {
  Written written = made("", TypeKind::kInteger);
  written.nullable = later.nullable || earlier.nullable;
  const auto date = [&](const Written& each) {
    return each.target.kind == TypeKind::kDate ? each.sql : "CAST(" + each.sql + " AS date)";
  };
  switch (to()) {
    case Engine::kPostgres:
      written.sql = "(" + date(later) + " - " + date(earlier) + ")";
      return written;
    case Engine::kMysql:
      written.sql = "DATEDIFF(" + later.sql + ", " + earlier.sql + ")";
      return written;
    case Engine::kSqlite: {
      const auto day = [](const Written& each) {
        const bool whole = each.target.kind == TypeKind::kDate;
        return "julianday(" + (whole ? each.sql : "date(" + each.sql + ")") + ")";
      };
      written.sql = "CAST(" + day(later) + " - " + day(earlier) + " AS INTEGER)";
      return written;
    }
  }
  return written;
}

/// PostgreSQL's date becomes a timestamp by it; elsewhere days and months leave it a date.
Written Translator::shifted(const Written& moment, const TimeStep& step, bool clock) {
  const TypeKind kind = moment.target.kind;
  if (!is_moment_kind(kind)) refuse("INTERVAL beside " + std::string(kind_name(kind)));
  if (kind == TypeKind::kTimestampTz || moment.source.kind == TypeKind::kTimestampTz) {
    changes("a moment with a time zone and an interval");
    if (step.months != 0 || step.days != 0) {
      note("days and months are counted in the session's time zone or in UTC");
    }
  }
  const bool date = kind == TypeKind::kDate;
  const bool stays_date = date && from() != Engine::kPostgres && step.seconds == 0;
  std::string sql;
  switch (to()) {
    case Engine::kPostgres:
      sql = wrapped(moment, Rank::kPrimary) + step_sql(step, to());
      if (stays_date) sql = "CAST(" + sql + " AS date)";
      break;
    case Engine::kMysql:
      sql = date && !stays_date ? "CAST(" + moment.sql + " AS DATETIME)"
                                : wrapped(moment, Rank::kPrimary);
      sql += step_sql(step, to());
      break;
    case Engine::kSqlite: {
      if (step.months != 0) {
        refuse("an interval of months, which SQLite counts past the end of a month,");
      }
      const bool zoned = kind == TypeKind::kTimestampTz;
      const bool cut = !date && moment.source.precision.value_or(6) != 0;
      if (!clock && (cut || zoned)) refuse("an interval beside fractions of seconds");
      const std::string name = zoned        ? "strftime('%Y-%m-%d %H:%M:%f+00:00', "
                               : stays_date ? "date("
                                            : "datetime(";
      sql = name + moment.sql + step_sql(step, to()) + ")";
      break;
    }
  }
  const bool call = to() == Engine::kSqlite || (stays_date && to() == Engine::kPostgres);
  Written written = made(std::move(sql), kind, call ? Rank::kPrimary : Rank::kOperator);
  if (date && !stays_date) {
    written.source = written.target = of_kind(TypeKind::kTimestamp);
    written.source.precision = 0;
  } else {
    written.source = moment.source;
    written.target = moment.target;
  }
  written.nullable = moment.nullable;
  written.moment_form = moment.moment_form;
  return written;
}

/// MySQL's date_add() and its kin.
Written CallTranslator::shift() {
  expect_arguments(2, 2);
  if (from() != Engine::kMysql) refuse();
  const Written moment = argument(0);
  TimeStep step;
  if (Translator::is_interval(*call_.args[1])) {
    step = constant_step(*call_.args[1]);
  } else {
    const auto days = constant_count(*call_.args[1]);
    if (!days || call_.text.starts_with("date_")) refuse();
    step.days = *days;
  }
  const bool back = call_.text == "date_sub" || call_.text == "subdate";
  return translator_.shifted(moment, back ? step.back() : step, is_clock(*call_.args[0]));
}

/// date() and datetime() of SQLite with steps behind the moment.
Written CallTranslator::stepped(Written moment) {
  const bool clock = call_.args[0]->kind == ExprKind::kString && call_.args[0]->text == "now";
  for (std::size_t i = 1; i < call_.args.size(); ++i) {
    const Expr& word = *call_.args[i];
    const auto step = word.kind == ExprKind::kString ? read_sqlite_step(word.text) : std::nullopt;
    // A month from the 31st is a day of the month behind the next one there.
    const bool known = step && step->months == 0 && (call_.text != "date" || step->seconds == 0);
    if (!known) Translator::refuse(call_.text + "() with '" + word.text + "'");
    moment = translator_.shifted(moment, *step, clock);
  }
  return moment;
}

Written CallTranslator::datediff() {
  expect_arguments(2, 2);
  if (from() != Engine::kMysql) refuse();
  const Written later = moment_argument(0);
  const Written earlier = moment_argument(1);
  for (const Written* each : {&later, &earlier}) {
    if (each->target.kind == TypeKind::kTimestampTz) refuse();
  }
  return translator_.days_between(later, earlier);
}

/// MySQL's number of a day, of which its views are made where they had datediff().
Written CallTranslator::to_days() {
  expect_arguments(1, 1);
  if (from() != Engine::kMysql) refuse();
  const Written moment = moment_argument(0);
  if (moment.target.kind == TypeKind::kTimestampTz) refuse();
  const bool date = moment.target.kind == TypeKind::kDate;
  std::string sql = "TO_DAYS(" + moment.sql + ")";
  if (to() == Engine::kPostgres) {
    sql = "(" + (date ? moment.sql : "CAST(" + moment.sql + " AS date)") +
          " - DATE '0001-01-01' + 366)";
  } else if (to() == Engine::kSqlite) {
    const std::string day = date ? moment.sql : "date(" + moment.sql + ")";
    sql = "CAST(julianday(" + day + ") - 1721059.5 AS INTEGER)";
  }
  Written written = made(std::move(sql), TypeKind::kInteger);
  written.nullable = moment.nullable;
  return written;
}

/// AT TIME ZONE 'UTC' of PostgreSQL: the others keep such moments in UTC.
Written CallTranslator::in_utc() {
  expect_arguments(2, 2);
  if (from() != Engine::kPostgres) refuse();
  const Expr* zone = call_.args[0].get();
  while (zone->kind == ExprKind::kCast) zone = zone->args[0].get();
  const bool utc = zone->kind == ExprKind::kString && ascii_iequals(zone->text, "utc");
  if (!utc) Translator::refuse("another time zone than UTC");
  const Written moment = argument(1);
  if (moment.source.kind != TypeKind::kTimestampTz) {
    Translator::refuse("AT TIME ZONE of what has no time zone");
  }
  std::string sql = moment.sql;
  if (to() == Engine::kPostgres) sql = "timezone('UTC', " + sql + ")";
  if (to() == Engine::kSqlite) sql = "substr(" + sql + ", 1, length(" + sql + ") - 6)";
  Written written = translator_.made(sql, TypeKind::kTimestamp,
                                     to() == Engine::kMysql ? moment.rank : Rank::kPrimary);
  written.source.precision = moment.source.precision;
  written.nullable = moment.nullable;
  return written;
}

}  // namespace crossload::dialect
