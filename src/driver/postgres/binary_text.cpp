#include "binary_text.h"

#include <array>
#include <charconv>
#include <limits>

#include "binary_value.h"

namespace crossload::driver::postgres {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

// At least so many digits.
void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  const auto size = static_cast<std::size_t>(end - digits.data());
  if (size < width) out.append(width - size, '0');
  out.append(digits.data(), size);
}

struct Civil {
  std::int64_t year;  ///< 0 is the year 1 BC.
  std::int64_t month;
  std::int64_t day;
};

// The proleptic Gregorian calendar in eras of 400 years that begin in March.
Civil civil_of(std::int64_t days_since_2000) {
  constexpr std::int64_t kDaysOfEra = 146'097;
  constexpr std::int64_t kMarchFirstZeroTo2000 = 730'425;
  const std::int64_t days = days_since_2000 + kMarchFirstZeroTo2000;
  const std::int64_t era = (days >= 0 ? days : days - kDaysOfEra + 1) / kDaysOfEra;
  const std::int64_t of_era = days - era * kDaysOfEra;
  const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * month + 2) / 5 + 1;
  const bool wraps = month >= 10;
  return {era * 400 + year + (wraps ? 1 : 0), wraps ? month - 9 : month + 3, day};
}

void append_civil(std::string& out, const Civil& date) {
  append_padded(out, date.year > 0 ? date.year : 1 - date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
}

// Zeros at the end of a fraction are not printed.
void append_fraction(std::string& out, std::int64_t micros) {
  if (micros == 0) return;
  out += '.';
  append_padded(out, micros, 6);
  while (out.back() == '0') out.pop_back();
}

}  // namespace

void uuid_text(std::string& out, std::string_view bytes) {
  static constexpr std::string_view kHexDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < kUuidBytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out += kHexDigits[byte >> 4U];
    out += kHexDigits[byte & 0x0FU];
  }
}

void date_text(std::string& out, std::int32_t days) {
  using Limits = std::numeric_limits<std::int32_t>;
  if (days == Limits::max() || days == Limits::min()) {
    out += days > 0 ? "infinity" : "-infinity";
    return;
  }
  const Civil date = civil_of(days);
  append_civil(out, date);
  if (date.year <= 0) out += " BC";
}

void time_text(std::string& out, std::int64_t micros) {
  const std::int64_t seconds = micros / kMicrosPerSecond;
  append_padded(out, seconds / 3'600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  append_fraction(out, micros % kMicrosPerSecond);
}

void timestamp_text(std::string& out, std::int64_t micros, std::string_view zone) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (micros == Limits::max() || micros == Limits::min()) {
    out += micros > 0 ? "infinity" : "-infinity";
    return;
  }
  std::int64_t days = micros / kMicrosPerDay;
  std::int64_t of_day = micros % kMicrosPerDay;
  if (of_day < 0) {
    --days;
    of_day += kMicrosPerDay;
  }
  const Civil date = civil_of(days);
  append_civil(out, date);
  out += ' ';
  time_text(out, of_day);
  out += zone;
  if (date.year <= 0) out += " BC";
}

// Source: src/backend/utils/adt/numeric.c, numeric_send().
bool numeric_text(std::string& out, std::string_view data) {
  constexpr std::size_t kHead = 8;
  constexpr std::size_t kGroup = 4;
  if (data.size() < kHead) return false;
  const auto count = static_cast<std::size_t>(read_big_endian<std::uint16_t>(data.data()));
  const int weight = read_big_endian<std::int16_t>(data.data() + 2);
  const auto sign = read_big_endian<std::uint16_t>(data.data() + 4);
  const auto scale = static_cast<std::size_t>(read_big_endian<std::uint16_t>(data.data() + 6));
  if (data.size() != kHead + 2 * count) return false;
  if (sign == kNumericNaN || sign == kNumericInfinity || sign == kNumericMinusInfinity) {
    out += sign == kNumericNaN ? "NaN" : sign == kNumericInfinity ? "Infinity" : "-Infinity";
    return true;
  }
  // Groups that are not sent are zero.
  const auto group = [&](int position) -> std::int64_t {
    if (position < 0 || static_cast<std::size_t>(position) >= count) return 0;
    return read_big_endian<std::int16_t>(data.data() + kHead +
                                         2 * static_cast<std::size_t>(position));
  };
  if (sign == kNumericNegative) out += '-';
  if (weight < 0) out += '0';
  for (int i = 0; i <= weight; ++i) append_padded(out, group(i), i == 0 ? 1 : kGroup);
  if (scale == 0) return true;
  out += '.';
  const std::size_t end = out.size() + scale;
  for (int i = weight + 1; out.size() < end; ++i) append_padded(out, group(i), kGroup);
  out.resize(end);
  return true;
}

}  // namespace crossload::driver::postgres
