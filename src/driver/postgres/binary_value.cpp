#include "binary_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace crossload::driver::postgres {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;
constexpr std::size_t kFractionDigits = 6;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// So many digits and nothing else; -1 where they are not.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

// Days from 2000-01-01 in the Gregorian calendar; years begin in March for the count, so that leap
// days come last.
std::int64_t days_since_2000(int year, int month, int day) {
  constexpr std::int64_t kMarchFirstZeroTo2000 = 730'425;
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - kMarchFirstZeroTo2000;
}

// "2020-12-31"
std::optional<std::int64_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return std::nullopt;
  }
  return days_since_2000(year, month, day);
}

// "23:59:59.5"; hours up to `most_hours`.
std::optional<std::int64_t> parse_time(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const int hour = digits(text, 0, 2);
  const int minute = digits(text, 3, 2);
  const int second = digits(text, 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  std::int64_t micros = ((hour * 60 + minute) * 60 + second) * kMicrosPerSecond;
  if (text.size() == 8) return micros;
  const std::string_view fraction = text.substr(9);
  if (text[8] != '.' || fraction.empty() || fraction.size() > kFractionDigits) return std::nullopt;
  int value = digits(fraction, 0, fraction.size());
  if (value < 0) return std::nullopt;
  for (std::size_t i = fraction.size(); i < kFractionDigits; ++i) value *= 10;
  return micros + value;
}

void append_eight(std::string& out, std::int64_t value) {
  append_big_endian<std::int32_t>(out, 8);
  append_big_endian(out, value);
}

void append_special(std::string& out, std::uint16_t sign) {
  append_big_endian<std::int32_t>(out, 8);
  append_big_endian<std::int32_t>(out, 0);
  append_big_endian(out, sign);
  append_big_endian<std::int16_t>(out, 0);
}

}  // namespace

bool append_uuid(std::string& out, std::string_view text) {
  if (text.size() != 36) return false;
  std::array<char, 16> bytes{};
  std::size_t byte = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i++] != '-') return false;
      continue;
    }
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[byte++] = static_cast<char>(high * 16 + low);
    i += 2;
  }
  append_big_endian<std::int32_t>(out, 16);
  out.append(bytes.data(), bytes.size());
  return true;
}

bool append_date(std::string& out, std::string_view text) {
  std::optional<std::int64_t> days = parse_date(text);
  if (text == "infinity") days = std::numeric_limits<std::int32_t>::max();
  if (text == "-infinity") days = std::numeric_limits<std::int32_t>::min();
  if (!days) return false;
  append_big_endian<std::int32_t>(out, 4);
  append_big_endian(out, static_cast<std::int32_t>(*days));
  return true;
}

bool append_time(std::string& out, std::string_view text) {
  const std::optional<std::int64_t> micros = text == "24:00:00" ? kMicrosPerDay : parse_time(text);
  if (!micros) return false;
  append_eight(out, *micros);
  return true;
}

bool append_timestamp(std::string& out, std::string_view text, std::string_view zone) {
  if (text == "infinity" || text == "-infinity") {
    using Limits = std::numeric_limits<std::int64_t>;
    append_eight(out, text.front() == '-' ? Limits::min() : Limits::max());
    return true;
  }
  if (!text.ends_with(zone)) return false;
  text.remove_suffix(zone.size());
  if (text.size() < 19 || text[10] != ' ') return false;
  const std::optional<std::int64_t> days = parse_date(text.substr(0, 10));
  const std::optional<std::int64_t> micros = parse_time(text.substr(11));
  if (!days || !micros) return false;
  append_eight(out, *days * kMicrosPerDay + *micros);
  return true;
}

bool append_numeric(std::string& out, std::string_view text) {
  constexpr std::size_t kMostCharacters = 1'000;
  constexpr std::size_t kGroup = 4;
  if (text == "NaN") return append_special(out, kNumericNaN), true;
  if (text == "Infinity") return append_special(out, kNumericInfinity), true;
  if (text == "-Infinity") return append_special(out, kNumericMinusInfinity), true;
  if (text.empty() || text.size() > kMostCharacters) return false;
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point < text.size() ? text.substr(point + 1) : "";
  if (whole.empty() || (point < text.size() && fraction.empty())) return false;
  if (!std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    return false;
  }
  // Groups of four digits to both sides of the point.
  std::array<std::int16_t, kMostCharacters / kGroup + 2> groups{};
  std::size_t count = 0;
  const std::size_t whole_groups = (whole.size() + kGroup - 1) / kGroup;
  const std::size_t lead = whole_groups * kGroup - whole.size();
  const auto digit_at = [&](std::size_t position) -> int {
    if (position < lead) return 0;
    position -= lead;
    if (position < whole.size()) return whole[position] - '0';
    position -= whole.size();
    return position < fraction.size() ? fraction[position] - '0' : 0;
  };
  const std::size_t all = whole_groups + (fraction.size() + kGroup - 1) / kGroup;
  std::size_t first = 0;
  for (std::size_t group = 0; group < all; ++group) {
    int value = 0;
    for (std::size_t i = 0; i < kGroup; ++i) value = value * 10 + digit_at(group * kGroup + i);
    if (count == 0 && value == 0) {
      ++first;
      continue;
    }
    groups[count++] = static_cast<std::int16_t>(value);
  }
  while (count > 0 && groups[count - 1] == 0) --count;
  const auto weight = count == 0 ? 0 : static_cast<int>(whole_groups) - 1 - static_cast<int>(first);
  append_big_endian(out, static_cast<std::int32_t>(8 + 2 * count));
  append_big_endian(out, static_cast<std::int16_t>(count));
  append_big_endian(out, static_cast<std::int16_t>(weight));
  append_big_endian<std::uint16_t>(out, negative && count > 0 ? kNumericNegative : 0);
  append_big_endian(out, static_cast<std::int16_t>(fraction.size()));
  for (std::size_t i = 0; i < count; ++i) append_big_endian(out, groups[i]);
  return true;
}

}  // namespace crossload::driver::postgres
