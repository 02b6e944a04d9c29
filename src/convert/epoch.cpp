#include "epoch.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

#include "number_text.h"

namespace crossload::convert {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
// Beyond this no engine has dates.
constexpr std::int64_t kLargestSeconds = 10'000'000'000'000;

MomentText moment_of_seconds(std::int64_t seconds, std::string_view fraction) {
  std::int64_t days = seconds / kDaySeconds;
  std::int64_t rest = seconds % kDaySeconds;
  if (rest < 0) {
    rest += kDaySeconds;
    --days;
  }
  MomentText moment;
  moment.date = civil_from_days(days);
  moment.has_time = true;
  moment.time.hour = rest / 3600;
  moment.time.minute = static_cast<int>(rest / 60 % 60);
  moment.time.second = static_cast<int>(rest % 60);
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  moment.time.fraction = fraction;
  return moment;
}

// What is left to a whole second.
void complement(std::string& digits) {
  int carry = 1;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    const int value = 9 - (*digit - '0') + carry;
    carry = value / 10;
    *digit = static_cast<char>('0' + value % 10);
  }
}

std::optional<MomentText> moment_of_count(const Decimal& number, std::size_t shift,
                                          std::string& digits) {
  std::string whole(number.whole);
  if (whole.size() < shift + 1) whole.insert(0, shift + 1 - whole.size(), '0');
  const std::string_view seconds_text = std::string_view(whole).substr(0, whole.size() - shift);
  digits = whole.substr(whole.size() - shift) + std::string(number.fraction);
  std::int64_t seconds = 0;
  const char* const end = seconds_text.data() + seconds_text.size();
  if (std::from_chars(seconds_text.data(), end, seconds).ec != std::errc()) return std::nullopt;
  if (seconds > kLargestSeconds) return std::nullopt;
  if (number.negative) {
    seconds = -seconds;
    if (digits.find_first_not_of('0') != std::string::npos) {
      complement(digits);
      --seconds;
    }
  }
  return moment_of_seconds(seconds, digits);
}

// SQLite itself counts Julian days in whole milliseconds.
std::optional<MomentText> moment_of_julian(const Decimal& number, std::string& digits) {
  constexpr double kDayMilliseconds = 86'400'000.0;
  constexpr double kEpochMilliseconds = 210'866'760'000'000.0;
  const std::string text = (number.negative ? "-" : "") +
                           (number.whole.empty() ? "0" : std::string(number.whole)) + "." +
                           (number.fraction.empty() ? "0" : std::string(number.fraction));
  double days = 0;
  const char* const end = text.data() + text.size();
  if (std::from_chars(text.data(), end, days).ec != std::errc()) return std::nullopt;
  const double milliseconds = std::floor(days * kDayMilliseconds + 0.5) - kEpochMilliseconds;
  if (std::abs(milliseconds) > static_cast<double>(kLargestSeconds) * 1000) return std::nullopt;
  const std::string count = std::to_string(static_cast<std::int64_t>(milliseconds));
  const auto whole = parse_decimal(count);
  return whole ? moment_of_count(*whole, 3, digits) : std::nullopt;
}

}  // namespace

std::optional<MomentText> moment_of_number(std::string_view number, std::string_view unit,
                                           std::string& digits) {
  const std::string plain = without_exponent(number);
  const auto decimal = parse_decimal(plain);
  if (!decimal) return std::nullopt;
  if (unit == "julian") return moment_of_julian(*decimal, digits);
  const std::size_t shift = unit == "milliseconds" ? 3 : unit == "microseconds" ? 6 : 0;
  return moment_of_count(*decimal, shift, digits);
}

}  // namespace crossload::convert
