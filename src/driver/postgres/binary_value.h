#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace crossload::driver::postgres {

template <typename Number>
void append_big_endian(std::string& out, Number value) {
  auto bits = static_cast<std::make_unsigned_t<Number>>(value);
  char bytes[sizeof(Number)];
  for (std::size_t i = sizeof(Number); i-- > 0;) {
    bytes[i] = static_cast<char>(bits & 0xFFU);
    if constexpr (sizeof(Number) > 1) bits >>= 8U;
  }
  out.append(bytes, sizeof(Number));
}

template <typename Number>
Number read_big_endian(const char* bytes) {
  std::make_unsigned_t<Number> bits = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    if constexpr (sizeof(Number) > 1) bits = static_cast<decltype(bits)>(bits << 8U);
    bits = static_cast<decltype(bits)>(bits | static_cast<unsigned char>(bytes[i]));
  }
  return static_cast<Number>(bits);
}

// Signs of a numeric that is sent. Source: src/backend/utils/adt/numeric.c, numeric_send().
inline constexpr std::uint16_t kNumericNegative = 0x4000;
inline constexpr std::uint16_t kNumericNaN = 0xC000;
inline constexpr std::uint16_t kNumericInfinity = 0xD000;
inline constexpr std::uint16_t kNumericMinusInfinity = 0xF000;

inline constexpr char kJsonbVersion = 1;

// Each appends a value with its length and tells true, or appends nothing and tells false for a
// text that is not in the canonical form, or not certainly a value: the server is to judge it then.

/// 36 characters with hyphens.
bool append_uuid(std::string& out, std::string_view text);
/// Years 1 to 9999, or infinity. Sent as days since 2000-01-01.
bool append_date(std::string& out, std::string_view text);
/// Sent as microseconds since midnight.
bool append_time(std::string& out, std::string_view text);
/// `zone` stands at the text's end. Sent as microseconds since 2000-01-01.
bool append_timestamp(std::string& out, std::string_view text, std::string_view zone);
/// Up to a thousand digits, NaN and the infinities. Sent as digits to the base 10000.
bool append_numeric(std::string& out, std::string_view text);

}  // namespace crossload::driver::postgres
