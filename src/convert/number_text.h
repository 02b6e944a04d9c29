#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crossload::convert {

/// A decimal number taken apart: no zeros before the whole part or behind the fraction.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  bool is_zero() const { return whole.empty() && fraction.empty(); }
};

/// Reads [+-]digits[.digits]; nullopt for anything else, an exponent too.
std::optional<Decimal> parse_decimal(std::string_view text);
/// The same number without an exponent; empty where `text` is no number of at most some hundred
/// digits before or behind the point.
std::string without_exponent(std::string_view text);
/// NaN, Infinity and -Infinity as PostgreSQL prints them.
bool is_not_finite(std::string_view text);

/// Equal numbers; minus zero equals zero.
bool same_number(const Decimal& one, const Decimal& other);
/// The whole number, where it is one and fits.
std::optional<std::int64_t> to_int64(const Decimal& number);
std::optional<std::uint64_t> to_uint64(const Decimal& number);

/// The double nearest to a number of at most 15 digits, which prints as that number again; nullopt
/// where there may be more. Quicker than exact_double.
std::optional<double> short_double(const Decimal& number);
/// The double with just that value as its shortest text, or nullopt where no double has it. Takes
/// exponents and the names of what is not finite.
std::optional<double> exact_double(std::string_view text);

/// As exact_double, with the shortest text of a float.
std::optional<double> exact_float32(std::string_view text);

/// Shortest text that reads back to the same float.
std::string format_float32(double value);
/// True where a float holds the double's value, not finite ones included.
bool fits_float32(double value);
bool fits_double(std::int64_t value);
bool fits_double(std::uint64_t value);

}  // namespace crossload::convert
