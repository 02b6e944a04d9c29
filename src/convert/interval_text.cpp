#include "interval_text.h"

#include <charconv>
#include <system_error>

namespace crossload::convert {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// A number and the letter behind it: -0.5S.
struct Part {
  bool negative = false;
  std::int64_t whole = 0;
  std::int64_t microseconds = 0;
  bool has_fraction = false;
  char unit = '\0';
};

bool read_part(std::string_view& text, Part& part) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    part.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  auto [stopped, failure] = std::from_chars(begin, end, part.whole);
  if (failure != std::errc() || part.whole < 0 || text.front() == '-') return false;
  if (stopped != end && *stopped == '.') {
    part.has_fraction = true;
    std::int64_t unit = kSecond / 10;
    for (++stopped; stopped != end && *stopped >= '0' && *stopped <= '9'; ++stopped) {
      if (unit == 0 && *stopped != '0') return false;
      part.microseconds += (*stopped - '0') * unit;
      unit /= 10;
    }
  }
  if (stopped == end) return false;
  part.unit = *stopped;
  text.remove_prefix(static_cast<std::size_t>(stopped + 1 - begin));
  return true;
}

// Adds `count` units; false where the sum would not fit.
bool add(std::int64_t& sum, std::int64_t count, std::int64_t unit, bool negative) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(count, negative ? -unit : unit, &product)) return false;
  return !__builtin_add_overflow(sum, product, &sum);
}

bool add_date_part(const Part& part, Duration& duration) {
  constexpr std::int64_t kMonthsOfYear = 12;
  if (part.has_fraction) return false;
  if (part.unit == 'Y') return add(duration.months, part.whole, kMonthsOfYear, part.negative);
  if (part.unit == 'M') return add(duration.months, part.whole, 1, part.negative);
  return part.unit == 'D' && add(duration.days, part.whole, 1, part.negative);
}

bool add_time_part(const Part& part, Duration& duration) {
  std::int64_t& sum = duration.microseconds;
  if (part.unit == 'S') {
    return add(sum, part.whole, kSecond, part.negative) &&
           add(sum, part.microseconds, 1, part.negative);
  }
  if (part.has_fraction) return false;
  if (part.unit == 'H') return add(sum, part.whole, 3600 * kSecond, part.negative);
  return part.unit == 'M' && add(sum, part.whole, 60 * kSecond, part.negative);
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  text.remove_prefix(1);
  Duration duration;
  bool in_time = false;
  while (!text.empty()) {
    if (!in_time && text.front() == 'T') {
      in_time = true;
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;
    }
    Part part;
    if (!read_part(text, part)) return std::nullopt;
    if (!(in_time ? add_time_part(part, duration) : add_date_part(part, duration))) {
      return std::nullopt;
    }
  }
  return duration;
}

std::string duration_of(const TimeParts& time) {
  const std::string sign = time.negative ? "-" : "";
  std::string text = "PT";
  if (time.hour != 0) text += sign + std::to_string(time.hour) + "H";
  if (time.minute != 0) text += sign + std::to_string(time.minute) + "M";
  if (time.second != 0 || !time.fraction.empty()) {
    text += sign + std::to_string(time.second);
    if (!time.fraction.empty()) text += "." + std::string(time.fraction);
    text += "S";
  }
  return text.size() == 2 ? "PT0S" : text;
}

std::string time_of(std::int64_t microseconds) {
  TimeParts time;
  time.negative = microseconds < 0;
  // As unsigned: the smallest number has no positive counterpart.
  auto rest = static_cast<std::uint64_t>(microseconds);
  if (time.negative) rest = 0 - rest;
  constexpr auto kUnit = static_cast<std::uint64_t>(kSecond);
  std::string fraction = std::to_string(kUnit + rest % kUnit).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  time.fraction = fraction;
  rest /= kUnit;
  time.second = static_cast<int>(rest % 60);
  time.minute = static_cast<int>(rest / 60 % 60);
  time.hour = static_cast<std::int64_t>(rest / 3600);
  std::string text;
  append_time(text, time);
  return text;
}

}  // namespace crossload::convert
