#include "affinity.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include <sqlite3.h>

#include "crossload/base/strings.h"

namespace crossload::driver::sqlite {
namespace {

// Every integer up to here is a double.
constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Whether the engine would take the text for a number: blanks, sign, digits, fraction, exponent.
bool reads_as_number(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return false;
  text = text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
  std::size_t at = text.front() == '-' || text.front() == '+' ? 1 : 0;
  std::size_t end = skip_digits(text, at);
  std::size_t digits = end - at;
  if (end < text.size() && text[end] == '.') {
    at = end + 1;
    end = skip_digits(text, at);
    digits += end - at;
  }
  if (digits == 0) return false;
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    at = end + 1;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    end = skip_digits(text, at);
    if (end == at) return false;
  }
  return end == text.size();
}

bool fits_double(std::int64_t number) {
  if (number >= -kExactInDouble && number <= kExactInDouble) return true;
  const auto real = static_cast<double>(number);
  return real < 9223372036854775808.0 && static_cast<std::int64_t>(real) == number;
}

}  // namespace

Affinity affinity_of(std::string_view declared_type, bool strict) {
  const std::string type = ascii_lower(declared_type);
  const auto has = [&](const char* part) { return type.find(part) != std::string::npos; };
  if (strict && type == "any") return Affinity::kNone;
  if (has("int")) return Affinity::kInteger;
  if (has("char") || has("clob") || has("text")) return Affinity::kText;
  if (type.empty() || has("blob")) return Affinity::kNone;
  if (has("real") || has("floa") || has("doub")) return Affinity::kReal;
  return Affinity::kNumeric;
}

bool keeps_integer(Affinity affinity, std::int64_t number) {
  return affinity != Affinity::kReal || fits_double(number);
}

bool keeps_real(Affinity affinity, double number) {
  // Only as text a double loses: the engine writes 15 digits.
  if (affinity != Affinity::kText) return true;
  std::array<char, 64> text{};
  sqlite3_snprintf(static_cast<int>(text.size()), text.data(), "%!.15g", number);
  return std::strtod(text.data(), nullptr) == number;
}

bool keeps_text(Affinity affinity, std::string_view text) {
  if (affinity == Affinity::kNone || affinity == Affinity::kText) return true;
  if (!reads_as_number(text)) return true;
  std::int64_t integer = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, integer);
  if (failure == std::errc() && stopped == end && std::to_string(integer) == text) {
    return affinity != Affinity::kReal || fits_double(integer);
  }
  double real = 0;
  const auto [real_end, real_failure] = std::from_chars(text.data(), end, real);
  // Integers have no minus zero.
  const bool minus_zero = real == 0 && std::signbit(real);
  return real_failure == std::errc() && real_end == end && !minus_zero &&
         format_double(real) == text;
}

}  // namespace crossload::driver::sqlite
