// Dates and moments. SQLite keeps them as texts of one form, so its functions get and give texts.

#include <algorithm>
#include <array>
#include <utility>

#include "crossload/base/strings.h"

#include "call_translator.h"
#include "moment_text.h"

namespace crossload::dialect {
namespace {

constexpr const char* kSessionZone =
    "the current time is the session's in one engine, UTC in the other";

/// Arguments of SQLite's date functions that are read.
constexpr std::size_t kMostSteps = 8;

/// A part of a moment in each engine's words. Empty: the engine has none.
struct MomentPart {
  std::string_view unit;      ///< Of EXTRACT.
  std::string_view function;  ///< MySQL's, of one argument.
  std::string_view code;      ///< SQLite's strftime.
};

constexpr auto kParts = std::to_array<MomentPart>({
    {"year", "year", "%Y"},
    {"month", "month", "%m"},
    {"day", "day", "%d"},
    {"day", "dayofmonth", "%d"},
    {"hour", "hour", "%H"},
    {"minute", "minute", "%M"},
    {"doy", "dayofyear", "%j"},
    {"quarter", "quarter", ""},
});

/// A piece of a format of dates in each engine's words.
struct FormatPiece {
  std::string_view sqlite;
  std::string_view postgres;
  std::string_view mysql;
};

// Longer ones first. Source: sqlite.org/lang_datefunc; postgresql.org/docs/15 table 9.27;
// dev.mysql.com DATE_FORMAT.
constexpr auto kPieces = std::to_array<FormatPiece>({
    {"%Y", "YYYY", "%Y"}, {"%m", "MM", "%m"},    {"%d", "DD", "%d"}, {"%H", "HH24", "%H"},
    {"%M", "MI", "%i"},   {"%S", "SS", "%s"},    {"%S", "SS", "%S"}, {"%j", "DDD", "%j"},
    {"", "YY", "%y"},     {"", "FMMonth", "%M"}, {"", "Mon", "%b"},  {"", "FMDay", "%W"},
    {"", "Dy", "%a"},     {"", "FMDD", "%e"},    {"", "FMMM", "%c"}, {"", "HH12", "%h"},
    {"", "HH12", "%I"},   {"", "AM", "%p"},      {"%%", "%", "%%"},
});

std::string_view piece_in(const FormatPiece& piece, Engine engine) {
  switch (engine) {
    case Engine::kSqlite:
      return piece.sqlite;
    case Engine::kPostgres:
      return piece.postgres;
    case Engine::kMysql:
      return piece.mysql;
  }
  return {};
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// nullopt where a piece has no counterpart.
std::optional<std::string> format_for(std::string_view format, Engine from, Engine to) {
  std::string made;
  std::size_t at = 0;
  while (at < format.size()) {
    const FormatPiece* best = nullptr;
    for (const FormatPiece& piece : kPieces) {
      const std::string_view text = piece_in(piece, from);
      if (text.empty() || format.substr(at, text.size()) != text) continue;
      if (best == nullptr || piece_in(*best, from).size() < text.size()) best = &piece;
    }
    if (best != nullptr) {
      const std::string_view text = piece_in(*best, to);
      if (text.empty()) return std::nullopt;
      made += text;
      at += piece_in(*best, from).size();
      continue;
    }
    const char c = format[at++];
    if (c == '%' || c == '"' || (is_letter(c) && from == Engine::kPostgres)) return std::nullopt;
    if (is_letter(c) && to == Engine::kPostgres) {
      made += std::string("\"") + c + "\"";
    } else {
      made += c;
    }
  }
  return made;
}

}  // namespace

bool CallTranslator::date_call(Written& written) {
  static constexpr auto kDates = std::to_array<Special>({
      {"now", &CallTranslator::now},
      {"current_timestamp", &CallTranslator::now},
      {"localtimestamp", &CallTranslator::now},
      {"localtime", &CallTranslator::now},
      {"transaction_timestamp", &CallTranslator::now},
      {"statement_timestamp", &CallTranslator::now},
      {"utc_timestamp", &CallTranslator::now},
      {"current_date", &CallTranslator::today},
      {"curdate", &CallTranslator::today},
      {"utc_date", &CallTranslator::today},
      {"extract", &CallTranslator::extract},
      {"date_part", &CallTranslator::extract},
      {"date", &CallTranslator::date_of},
      {"datetime", &CallTranslator::datetime_of},
      {"strftime", &CallTranslator::formatted},
      {"unixepoch", &CallTranslator::epoch_seconds},
      {"unix_timestamp", &CallTranslator::epoch_seconds},
      {"to_char", &CallTranslator::formatted},
      {"date_format", &CallTranslator::formatted},
      {"date_trunc", &CallTranslator::date_trunc},
      {"date_add", &CallTranslator::shift},
      {"adddate", &CallTranslator::shift},
      {"date_sub", &CallTranslator::shift},
      {"subdate", &CallTranslator::shift},
      {"datediff", &CallTranslator::datediff},
      {"to_days", &CallTranslator::to_days},
      {"timezone", &CallTranslator::in_utc},
  });
  if (find_special(kDates.data(), kDates.data() + kDates.size(), written)) return true;
  if (from() != Engine::kMysql || call_.args.size() != 1) return false;
  for (const MomentPart& part : kParts) {
    if (part.function != call_.text) continue;
    written = part_of(std::string(part.unit), moment_argument(0));
    return true;
  }
  return false;
}

Written CallTranslator::moment_argument(std::size_t i) {
  Written written = argument(i);
  if (from() == Engine::kSqlite && written.text == "now") return called("current_timestamp");
  if (written.text) {
    const auto moment = read_moment(*written.text);
    if (!moment || moment->utc) refuse();
    const TypeKind kind = moment->time ? TypeKind::kTimestamp : TypeKind::kDate;
    const std::string text = translator_.literal(moment_text(*moment, kind, to()));
    const std::string word = kind == TypeKind::kDate ? "DATE " : "TIMESTAMP ";
    return made(to() == Engine::kSqlite ? text : word + text, kind);
  }
  const TypeKind kind = written.target.kind;
  if (!is_moment_kind(kind)) {
    Translator::refuse(call_.text + "() of " + std::string(kind_name(kind)));
  }
  if (kind == TypeKind::kTimestampTz) {
    if (from() == Engine::kSqlite && to() == Engine::kPostgres) {
      written.sql = "(" + written.sql + " AT TIME ZONE 'UTC')";
      written.rank = Rank::kPrimary;
      written.source = written.target = of_kind(TypeKind::kTimestamp);
      return written;
    }
    translator_.changes("a part of a moment with a time zone");
    translator_.note("parts of moments are taken in the session's time zone or in UTC");
  }
  return written;
}

/// The moment of the statement, as its source has it: with a zone, of the session, or in UTC.
Written CallTranslator::now() {
  if (!call_.args.empty() &&
      !(call_.args.size() == 1 && call_.args[0]->kind == ExprKind::kNumber)) {
    refuse();
  }
  translator_.changes("the current time");
  const bool utc = from() == Engine::kSqlite || call_.text == "utc_timestamp";
  const bool zoned = from() == Engine::kPostgres && !call_.text.starts_with("local");
  if (from() == Engine::kSqlite && call_.text != "current_timestamp") refuse();
  Written written;
  switch (to()) {
    case Engine::kSqlite:
      if (!utc && !zoned) translator_.note(kSessionZone);
      written = zoned ? made("strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')", TypeKind::kTimestampTz)
                      : made("CURRENT_TIMESTAMP", TypeKind::kTimestamp);
      break;
    case Engine::kPostgres:
      written = zoned ? made("CURRENT_TIMESTAMP", TypeKind::kTimestampTz)
                : utc ? made(kUtcNow, TypeKind::kTimestamp)
                      : made("LOCALTIMESTAMP", TypeKind::kTimestamp);
      break;
    case Engine::kMysql: {
      const std::string digits = from() == Engine::kPostgres ? "6" : "";
      written = utc || zoned ? made("UTC_TIMESTAMP(" + digits + ")", TypeKind::kTimestamp)
                             : made("CURRENT_TIMESTAMP(" + digits + ")", TypeKind::kTimestamp);
      if (zoned) written.source.kind = written.target.kind = TypeKind::kTimestampTz;
      break;
    }
  }
  written.nullable = false;
  if (from() == Engine::kSqlite) written.moment_form = MomentForm::kSeconds;
  return written;
}

Written CallTranslator::today() {
  if (!call_.args.empty()) refuse();
  translator_.changes("the current date");
  const bool utc = from() == Engine::kSqlite || call_.text == "utc_date";
  if (utc && to() == Engine::kMysql) return made("UTC_DATE()", TypeKind::kDate);
  if (utc && to() == Engine::kPostgres) {
    return made("CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS date)", TypeKind::kDate);
  }
  if (to() == Engine::kSqlite && !utc) translator_.note(kSessionZone);
  return made("CURRENT_DATE", TypeKind::kDate);
}

Written CallTranslator::part_of(const std::string& unit, const Written& moment) {
  const bool day_only = moment.target.kind == TypeKind::kDate;
  if (day_only && (unit == "hour" || unit == "minute")) {
    if (from() == Engine::kPostgres) refuse();
  }
  if (unit == "dow") {
    if (to() == Engine::kMysql) {
      return translator_.made("DAYOFWEEK(" + moment.sql + ") - 1", TypeKind::kInteger,
                              Rank::kOperator);
    }
    if (to() == Engine::kSqlite) {
      return made("CAST(strftime('%w', " + moment.sql + ") AS INTEGER)", TypeKind::kInteger);
    }
    return made("CAST(EXTRACT(DOW FROM " + moment.sql + ") AS integer)", TypeKind::kInteger);
  }
  for (const MomentPart& part : kParts) {
    if (part.unit != unit) continue;
    std::string upper;
    for (const char c : unit) upper += static_cast<char>(c - 'a' + 'A');
    if (to() == Engine::kPostgres) {
      return made("CAST(EXTRACT(" + upper + " FROM " + moment.sql + ") AS integer)",
                  TypeKind::kInteger);
    }
    if (to() == Engine::kMysql) {
      std::string name;
      for (const char c : part.function) name += static_cast<char>(c - 'a' + 'A');
      return made(name + "(" + moment.sql + ")", TypeKind::kInteger);
    }
    if (part.code.empty()) {
      return made("((CAST(strftime('%m', " + moment.sql + ") AS INTEGER) + 2) / 3)",
                  TypeKind::kInteger);
    }
    return made("CAST(strftime('" + std::string(part.code) + "', " + moment.sql + ") AS INTEGER)",
                TypeKind::kInteger);
  }
  Translator::refuse(call_.text + "(" + unit + ")");
}

/// EXTRACT(unit FROM moment) and date_part('unit', moment); what PostgreSQL gives is no integer,
/// but has no fraction in the parts that are known here.
Written CallTranslator::extract() {
  expect_arguments(2, 2);
  const Written word = argument(0);
  if (!word.text) refuse();
  const std::string unit = ascii_lower(*word.text);
  Written written = part_of(unit, moment_argument(1));
  if (from() == Engine::kPostgres) {
    written.source = of_kind(call_.text == "extract" ? TypeKind::kDecimal : TypeKind::kFloat64);
    written.source.scale = 0;
    written.target.kind = written.source.kind;
  }
  return written;
}

/// What a function gives without arguments.
Written CallTranslator::called(const char* name) {
  Expr call;
  call.kind = ExprKind::kCall;
  call.text = name;
  return CallTranslator(translator_, call, scope_).run();
}

Written CallTranslator::date_of() {
  const bool lite = from() == Engine::kSqlite;
  expect_arguments(1, lite ? kMostSteps : 1);
  if (lite && call_.args[0]->kind == ExprKind::kString && call_.args[0]->text == "now") {
    return stepped(called("current_date"));
  }
  const Written moment = moment_argument(0);
  if (moment.target.kind == TypeKind::kDate) return stepped(moment);
  Written written = made(
      to() == Engine::kPostgres ? "CAST(" + moment.sql + " AS date)" : "DATE(" + moment.sql + ")",
      TypeKind::kDate);
  written.nullable = moment.nullable;
  return stepped(std::move(written));
}

/// SQLite's datetime() gives seconds without a fraction.
Written CallTranslator::datetime_of() {
  if (from() != Engine::kSqlite) refuse();
  expect_arguments(1, kMostSteps);
  const Expr& first = *call_.args[0];
  if (first.kind != ExprKind::kString) {
    Written moment = moment_argument(0);
    const bool known = moment.target.kind == TypeKind::kTimestamp &&
                       (to() == from() || Translator::form_of(moment) == MomentForm::kSeconds);
    if (!known) refuse();
    moment.source.precision = 0;
    return stepped(std::move(moment));
  }
  if (first.text == "now") return stepped(called("current_timestamp"));
  const auto moment = read_moment(first.text);
  if (!moment || moment->utc || (moment->time && moment->time->find('.') != std::string::npos)) {
    refuse();
  }
  expect_arguments(1, 1);
  Written written = made("", TypeKind::kText);
  written.text = moment->date + " " + moment->time.value_or("00:00:00");
  written.sql = translator_.literal(*written.text);
  written.nullable = false;
  return written;
}

/// strftime('%Y-%m-%dT%H:%M:%fZ', 'now') and its like: a moment for a column of moments.
bool CallTranslator::spelled_clock(const std::string& format, Written& written) {
  const Expr& argument = *call_.args[1];
  const bool now = argument.kind == ExprKind::kString && argument.text == "now";
  if (from() != Engine::kSqlite || to() == Engine::kSqlite || !now) return false;
  const bool zulu = format.ends_with('Z');
  const std::string bare = format.substr(0, format.size() - (zulu ? 1 : 0));
  const bool fraction = bare.ends_with("%f");
  const std::string seconds = fraction ? "%f" : "%S";
  const bool blank = bare == "%Y-%m-%d %H:%M:" + seconds;
  if (!blank && bare != "%Y-%m-%dT%H:%M:" + seconds) return false;
  std::string moment = called("current_timestamp").sql;
  std::string sql;
  if (to() == Engine::kPostgres) {
    sql = "to_char(" + moment + ", 'YYYY-MM-DD" + (blank ? " " : "\"T\"") + "HH24:MI:SS" +
          (fraction ? ".MS" : "") + (zulu ? "\"Z\"" : "") + "')";
  } else {
    if (fraction) moment = "UTC_TIMESTAMP(3)";
    sql = "DATE_FORMAT(" + moment + ", '%Y-%m-%d" + (blank ? " " : "T") + "%H:%i:%s" +
          (fraction ? ".%f')" : "')");
    // Microseconds, of which SQLite has the first three.
    if (fraction) sql = "LEFT(" + sql + ", 23)";
    if (zulu) sql = "CONCAT(" + sql + ", 'Z')";
  }
  written = made(sql, TypeKind::kText);
  written.nullable = false;
  written.clock = {sql, moment};
  return true;
}

/// Whole seconds since 1970 in UTC, rounded down.
std::string CallTranslator::epoch_of(const Written& moment) {
  switch (to()) {
    case Engine::kSqlite:
      return "CAST(strftime('%s', " + moment.sql + ") AS INTEGER)";
    case Engine::kPostgres:
      return "CAST(FLOOR(EXTRACT(EPOCH FROM " + moment.sql + ")) AS bigint)";
    case Engine::kMysql:
      // It cuts, which is not to round down for fractions before 1970.
      if (moment.column != nullptr && moment.target.kind != TypeKind::kDate &&
          Translator::form_of(moment) != MomentForm::kSeconds &&
          moment.source.precision.value_or(1) > 0) {
        Translator::refuse(call_.text + "() of moments with fractions");
      }
      return "TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', " + moment.sql + ")";
  }
  refuse();
}

/// SQLite's unixepoch(), and MySQL's UNIX_TIMESTAMP(), which takes a moment for the session's.
Written CallTranslator::epoch_seconds() {
  const bool lite = call_.text == "unixepoch";
  if (from() != (lite ? Engine::kSqlite : Engine::kMysql)) refuse();
  expect_arguments(0, lite ? 1 : 0);
  if (to() == from()) {
    return made(call_.text + "(" + (call_.args.empty() ? "" : argument(0).sql) + ")",
                TypeKind::kInteger);
  }
  if (!call_.args.empty()) {
    const Written moment = moment_argument(0);
    Written written = made(epoch_of(moment), TypeKind::kInteger);
    written.nullable = moment.nullable;
    return written;
  }
  translator_.changes("the current time");
  Written clock = made(to() == Engine::kSqlite     ? "'now'"
                       : to() == Engine::kPostgres ? "CURRENT_TIMESTAMP"
                                                   : "UTC_TIMESTAMP()",
                       TypeKind::kTimestamp);
  Written written = made(epoch_of(clock), TypeKind::kInteger);
  written.nullable = false;
  return written;
}

Written CallTranslator::formatted() {
  expect_arguments(2, 2);
  const bool first = call_.text == "strftime";
  const Written format = argument(first ? 0 : 1);
  if (!format.text) refuse();
  if (first && *format.text == "%s" && to() != from()) {
    const Written moment = moment_argument(1);
    const std::string number = epoch_of(moment);
    Written digits = made(
        to() == Engine::kMysql ? "CAST(" + number + " AS CHAR)" : "CAST(" + number + " AS text)",
        TypeKind::kText);
    digits.nullable = moment.nullable;
    digits.digits = {digits.sql, number};
    return digits;
  }
  if (Written clock; first && spelled_clock(*format.text, clock)) return clock;
  const Written moment = moment_argument(first ? 1 : 0);
  const auto made_format = format_for(*format.text, from(), to());
  if (!made_format) Translator::refuse(call_.text + "(..., '" + *format.text + "')");
  const std::string text = translator_.literal(*made_format);
  switch (to()) {
    case Engine::kSqlite:
      return made("strftime(" + text + ", " + moment.sql + ")", TypeKind::kText);
    case Engine::kPostgres:
      translator_.changes("to_char()");
      return made("to_char(" + moment.sql + ", " + text + ")", TypeKind::kText);
    case Engine::kMysql:
      return made("DATE_FORMAT(" + moment.sql + ", " + text + ")", TypeKind::kText);
  }
  refuse();
}

Written CallTranslator::date_trunc() {
  expect_arguments(2, 2);
  const Written word = argument(0);
  if (!word.text) refuse();
  const std::string unit = ascii_lower(*word.text);
  const Written moment = moment_argument(1);
  if (to() == Engine::kPostgres) {
    return made("date_trunc('" + unit + "', " + moment.sql + ")", TypeKind::kTimestamp);
  }
  const bool zoned = moment.target.kind == TypeKind::kTimestampTz;
  std::string form;
  if (unit == "year") form = "%Y-01-01 00:00:00";
  if (unit == "month") form = "%Y-%m-01 00:00:00";
  if (unit == "day") form = "%Y-%m-%d 00:00:00";
  if (form.empty()) Translator::refuse("date_trunc('" + unit + "')");
  const TypeKind kind = zoned ? TypeKind::kTimestampTz : TypeKind::kTimestamp;
  if (to() == Engine::kSqlite) {
    return made("strftime('" + form + (zoned ? "+00:00" : "") + "', " + moment.sql + ")", kind);
  }
  return made("CAST(DATE_FORMAT(" + moment.sql + ", '" + form + "') AS DATETIME)", kind);
}

}  // namespace crossload::dialect
