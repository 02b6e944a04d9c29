#include "crossload/base/clock.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "crossload/base/error.h"

namespace crossload {
namespace {

constexpr std::string_view kTimeShape = "dddd-dd-ddTdd:dd:dd.dddZ";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_time_shape(std::string_view text) {
  if (text.size() != kTimeShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = kTimeShape[i] == 'd' ? is_digit(text[i]) : text[i] == kTimeShape[i];
    if (!fits) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t offset, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + offset, text.data() + offset + digits, value);
  return value;
}

Error not_a_time(const std::string& text) {
  return {ErrorCode::kInvalidArgument,
          "not a time of the form 2026-11-20T09:30:00.123Z: '" + text + "'"};
}

}  // namespace

std::string format_time(TimePoint time) {
  using namespace std::chrono;
  const auto whole = floor<milliseconds>(time);
  const auto day = floor<days>(whole);
  const year_month_day date(day);
  const hh_mm_ss clock(whole - day);
  std::array<char, 48> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>(clock.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

TimePoint parse_time(const std::string& text) {
  using namespace std::chrono;
  if (!has_time_shape(text)) throw not_a_time(text);
  const year_month_day date(year(number_at(text, 0, 4)),
                            month(static_cast<unsigned>(number_at(text, 5, 2))),
                            day(static_cast<unsigned>(number_at(text, 8, 2))));
  const hours hour(number_at(text, 11, 2));
  const minutes minute(number_at(text, 14, 2));
  const seconds second(number_at(text, 17, 2));
  if (!date.ok() || hour >= 24h || minute >= 60min || second >= 60s) throw not_a_time(text);
  return sys_days(date) + hour + minute + second + milliseconds(number_at(text, 20, 3));
}

}  // namespace crossload
