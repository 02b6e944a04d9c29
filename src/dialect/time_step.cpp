#include "time_step.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

constexpr long kMostCount = 1'000'000;
constexpr long kSecondsOfMinute = 60;
constexpr long kSecondsOfHour = 3'600;

struct Unit {
  std::string_view name;
  TimeStep step;
};

// Without the "s" of several. Source: postgresql.org/docs/15 8.5.4; dev.mysql.com "Temporal
// Intervals"; sqlite.org/lang_datefunc "Modifiers".
constexpr auto kUnits = std::to_array<Unit>({
    {"second", {0, 0, 1}},
    {"sec", {0, 0, 1}},
    {"minute", {0, 0, kSecondsOfMinute}},
    {"min", {0, 0, kSecondsOfMinute}},
    {"hour", {0, 0, kSecondsOfHour}},
    {"day", {0, 1, 0}},
    {"week", {0, 7, 0}},
    {"month", {1, 0, 0}},
    {"mon", {1, 0, 0}},
    {"quarter", {3, 0, 0}},
    {"year", {12, 0, 0}},
});

std::optional<long> read_count(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  long count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = failure == std::errc() && end == text.data() + text.size();
  if (!whole || count > kMostCount || count < -kMostCount) return std::nullopt;
  return count;
}

/// "-04:05:06", "04:05".
std::optional<long> read_time(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  long seconds = 0;
  for (const std::string& part : parts) {
    const auto count = read_count(part);
    if (!count || part.size() < 2 || *count < 0) return std::nullopt;
    seconds = seconds * kSecondsOfMinute + *count;
  }
  if (parts.size() == 2) seconds *= kSecondsOfMinute;
  return negative ? -seconds : seconds;
}

void add(TimeStep& sum, const TimeStep& step) {
  sum.months += step.months;
  sum.days += step.days;
  sum.seconds += step.seconds;
}

std::string_view iso_unit(char letter, bool of_day) {
  if (letter == 'M') return of_day ? "minute" : "month";
  if (of_day) return letter == 'H' ? "hour" : letter == 'S' ? "second" : "";
  return letter == 'Y' ? "year" : letter == 'W' ? "week" : letter == 'D' ? "day" : "";
}

/// "1Y2M-3DT4H5M6S", each part with its own sign.
std::optional<TimeStep> read_iso_duration(std::string_view text) {
  TimeStep sum;
  bool of_day = false;
  bool any = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !of_day) {
      of_day = true;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t end = text.find_first_not_of("+-0123456789");
    if (end == std::string_view::npos) return std::nullopt;
    const auto count = read_count(text.substr(0, end));
    const auto step = count ? step_of(*count, iso_unit(text[end], of_day)) : std::nullopt;
    if (!step) return std::nullopt;
    add(sum, *step);
    any = true;
    text.remove_prefix(end + 1);
  }
  return any ? std::optional(sum) : std::nullopt;
}

std::string ascii_upper(std::string_view lower) {
  std::string upper;
  for (const char c : lower) upper += static_cast<char>(c - 'a' + 'A');
  return upper;
}

/// Seconds in the largest unit that has no fraction.
std::pair<long, const char*> time_of(long seconds) {
  if (seconds % kSecondsOfHour == 0) return {seconds / kSecondsOfHour, "hour"};
  if (seconds % kSecondsOfMinute == 0) return {seconds / kSecondsOfMinute, "minute"};
  return {seconds, "second"};
}

}  // namespace

std::optional<TimeStep> step_of(long count, std::string_view unit) {
  if (count > kMostCount || count < -kMostCount) return std::nullopt;
  for (const Unit& each : kUnits) {
    if (each.name != unit) continue;
    return TimeStep{each.step.months * count, each.step.days * count, each.step.seconds * count};
  }
  return std::nullopt;
}

std::optional<TimeStep> read_postgres_interval(std::string_view text) {
  if (text.starts_with('P')) return read_iso_duration(text.substr(1));
  TimeStep sum;
  std::optional<long> count;
  bool any = false;
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    if (count) {
      std::string unit = ascii_lower(word);
      if (unit.size() > 1 && unit.ends_with('s')) unit.pop_back();
      const auto step = step_of(*count, unit);
      if (!step) return std::nullopt;
      add(sum, *step);
      count.reset();
      any = true;
    } else if (word.find(':') != std::string::npos) {
      const auto seconds = read_time(word);
      if (!seconds) return std::nullopt;
      sum.seconds += *seconds;
      any = true;
    } else {
      count = read_count(word);
      if (!count) return std::nullopt;
    }
  }
  if (count || !any) return std::nullopt;
  return sum;
}

std::optional<TimeStep> read_sqlite_step(std::string_view text) {
  // Several of them would be read, and a week is none of its units.
  const std::vector<std::string> words = split(text, ' ');
  if (words.size() != 2 || ascii_lower(words[1]).starts_with("w")) return std::nullopt;
  if (ascii_lower(words[1]).starts_with("q")) return std::nullopt;
  return read_postgres_interval(text);
}

std::string step_sql(const TimeStep& step, Engine target) {
  std::vector<std::pair<long, const char*>> parts;
  if (step.months != 0) parts.emplace_back(step.months, "month");
  if (step.days != 0) parts.emplace_back(step.days, "day");
  if (step.seconds != 0) parts.push_back(time_of(step.seconds));
  if (parts.empty()) parts.emplace_back(0, "day");
  std::string sql;
  for (const auto& [count, unit] : parts) {
    switch (target) {
      case Engine::kPostgres:
        sql += (sql.empty() ? "" : " ") + std::to_string(count) + " " + unit + "s";
        break;
      case Engine::kSqlite:
        sql +=
            ", '" + std::string(count < 0 ? "" : "+") + std::to_string(count) + " " + unit + "s'";
        break;
      case Engine::kMysql:
        sql += std::string(count < 0 ? " - " : " + ") + "INTERVAL " +
               std::to_string(std::labs(count)) + " " + ascii_upper(unit);
        break;
    }
  }
  return target == Engine::kPostgres ? " + INTERVAL '" + sql + "'" : sql;
}

}  // namespace crossload::dialect
