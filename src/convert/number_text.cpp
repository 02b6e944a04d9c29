#include "number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "crossload/base/strings.h"

namespace crossload::convert {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

template <typename Number>
std::optional<Number> read_all(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stopped != end) return std::nullopt;
  return number;
}

// The number whose shortest text is the same number as `text`.
template <typename Float, typename Format>
std::optional<double> exact(std::string_view text, Format format) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto value = read_all<Float>(text);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  const std::string wanted = without_exponent(text);
  const std::string kept = without_exponent(format(*value));
  const auto wanted_number = parse_decimal(wanted);
  const auto kept_number = parse_decimal(kept);
  if (!wanted_number || !kept_number || !same_number(*wanted_number, *kept_number)) {
    return std::nullopt;
  }
  return *value;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal number;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    number.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  number.whole = text.substr(0, point);
  if (point != std::string_view::npos) number.fraction = text.substr(point + 1);
  if (number.whole.empty() && number.fraction.empty()) return std::nullopt;
  if (!all_digits(number.whole) || !all_digits(number.fraction)) return std::nullopt;
  while (!number.whole.empty() && number.whole.front() == '0') number.whole.remove_prefix(1);
  while (!number.fraction.empty() && number.fraction.back() == '0') {
    number.fraction.remove_suffix(1);
  }
  return number;
}

std::string without_exponent(std::string_view text) {
  constexpr int kLargestExponent = 500;
  const std::size_t letter = text.find_first_of("eE");
  if (letter == std::string_view::npos) return parse_decimal(text) ? std::string(text) : "";
  std::string_view power = text.substr(letter + 1);
  if (!power.empty() && power.front() == '+') power.remove_prefix(1);
  const auto exponent = read_all<int>(power);
  const auto number = parse_decimal(text.substr(0, letter));
  if (!exponent || !number || std::abs(*exponent) > kLargestExponent) return "";
  std::string digits(number->whole);
  std::int64_t point = static_cast<std::int64_t>(digits.size()) + *exponent;
  digits += number->fraction;
  if (point < 0) {
    digits.insert(0, static_cast<std::size_t>(-point), '0');
    point = 0;
  }
  const auto whole = static_cast<std::size_t>(point);
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  std::string plain = number->negative ? "-" : "";
  plain += whole == 0 ? "0" : digits.substr(0, whole);
  if (digits.size() > whole) plain += "." + digits.substr(whole);
  return plain;
}

bool is_not_finite(std::string_view text) {
  if (text.empty() || is_digit(text.back())) return false;
  return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

bool same_number(const Decimal& one, const Decimal& other) {
  return one.whole == other.whole && one.fraction == other.fraction &&
         (one.negative == other.negative || one.is_zero());
}

std::optional<std::int64_t> to_int64(const Decimal& number) {
  if (!number.fraction.empty()) return std::nullopt;
  if (number.whole.empty()) return 0;
  const auto magnitude = read_all<std::uint64_t>(number.whole);
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!magnitude || *magnitude > kLargest + (number.negative ? 1 : 0)) return std::nullopt;
  // Negated as unsigned: the smallest integer has no positive counterpart.
  return static_cast<std::int64_t>(number.negative ? 0 - *magnitude : *magnitude);
}

std::optional<std::uint64_t> to_uint64(const Decimal& number) {
  if (!number.fraction.empty()) return std::nullopt;
  if (number.whole.empty()) return 0;
  if (number.negative) return std::nullopt;
  return read_all<std::uint64_t>(number.whole);
}

std::optional<double> short_double(const Decimal& number) {
  constexpr std::size_t kDigits = std::numeric_limits<double>::digits10;
  std::uint64_t digits = 0;
  std::size_t used = 0;
  for (const std::string_view part : {number.whole, number.fraction}) {
    for (const char digit : part) {
      if (used > 0 || digit != '0') ++used;
      if (used > kDigits) return std::nullopt;
      digits = digits * 10 + static_cast<std::uint64_t>(digit - '0');
    }
  }
  // Both are doubles exactly, so their quotient is the double nearest to the decimal.
  static constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (number.fraction.size() >= kPowers.size()) return std::nullopt;
  const double magnitude = static_cast<double>(digits) / kPowers[number.fraction.size()];
  return number.negative ? -magnitude : magnitude;
}

std::optional<double> exact_double(std::string_view text) {
  return exact<double>(text, [](double value) { return format_double(value); });
}

std::optional<double> exact_float32(std::string_view text) {
  return exact<float>(text, [](float value) { return format_float32(value); });
}

std::string format_float32(double value) {
  if (!std::isfinite(value)) return format_double(value);
  std::array<char, 32> text{};
  const auto [end, failure] =
      std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(value));
  return failure == std::errc() ? std::string(text.data(), end) : format_double(value);
}

bool fits_float32(double value) {
  if (!std::isfinite(value)) return true;
  if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) return false;
  return static_cast<double>(static_cast<float>(value)) == value;
}

bool fits_double(std::int64_t value) {
  const auto real = static_cast<double>(value);
  return real < 9223372036854775808.0 && static_cast<std::int64_t>(real) == value;
}

bool fits_double(std::uint64_t value) {
  const auto real = static_cast<double>(value);
  return real < 18446744073709551616.0 && static_cast<std::uint64_t>(real) == value;
}

}  // namespace crossload::convert
