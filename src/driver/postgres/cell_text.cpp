#include "cell_text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include "crossload/base/error.h"

namespace crossload::driver::postgres {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view text) {
  throw Error(ErrorCode::kSqlError, "the server sent \"" + std::string(text.substr(0, 40)) +
                                        "\" where " + std::string(what) + " was expected");
}

template <typename Number>
Number parse_number(std::string_view text, std::string_view what) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) refuse(what, text);
  return number;
}

template <typename Float>
double parse_float(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  return static_cast<double>(parse_number<Float>(text, "a floating-point number"));
}

constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_hex_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = kNoDigit;
  for (std::uint8_t digit = 0; digit < 10; ++digit) values[std::size_t{'0'} + digit] = digit;
  for (std::uint8_t digit = 0; digit < 6; ++digit) {
    values[std::size_t{'a'} + digit] = static_cast<std::uint8_t>(10 + digit);
    values[std::size_t{'A'} + digit] = static_cast<std::uint8_t>(10 + digit);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> kHexValues = make_hex_values();

void append_bytes(RowBatch& batch, std::size_t column, std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) refuse("bytes in hex", text);
  text.remove_prefix(2);
  std::string bytes(text.size() / 2, '\0');
  std::uint8_t bad = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t high = kHexValues[static_cast<unsigned char>(text[2 * i])];
    const std::uint8_t low = kHexValues[static_cast<unsigned char>(text[2 * i + 1])];
    bad |= static_cast<std::uint8_t>(high | low);
    bytes[i] = static_cast<char>(static_cast<std::uint8_t>(high << 4U) | low);
  }
  if ((bad & 0x80U) != 0) refuse("bytes in hex", text);
  batch.append_bytes(column, bytes);
}

}  // namespace

CellForm form_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBoolean:
      return CellForm::kBoolean;
    case TypeKind::kInteger:
      return CellForm::kInteger;
    case TypeKind::kFloat32:
      return CellForm::kFloat32;
    case TypeKind::kFloat64:
      return CellForm::kFloat64;
    case TypeKind::kBytes:
    case TypeKind::kSpatial:
      return CellForm::kBytes;
    case TypeKind::kDynamic:
    case TypeKind::kDecimal:
    case TypeKind::kText:
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
    case TypeKind::kInterval:
    case TypeKind::kUuid:
    case TypeKind::kJson:
    case TypeKind::kEnum:
    case TypeKind::kSet:
    case TypeKind::kBit:
    case TypeKind::kArray:
    case TypeKind::kOther:
      return CellForm::kText;
  }
  return CellForm::kText;
}

void append_cell(RowBatch& batch, std::size_t column, CellForm form, std::string_view text) {
  switch (form) {
    case CellForm::kText:
      batch.append_text(column, text);
      return;
    case CellForm::kBoolean:
      if (text != "t" && text != "f") refuse("a boolean", text);
      batch.append_int64(column, text == "t" ? 1 : 0);
      return;
    case CellForm::kInteger:
      batch.append_int64(column, parse_number<std::int64_t>(text, "an integer"));
      return;
    case CellForm::kFloat32:
      batch.append_double(column, parse_float<float>(text));
      return;
    case CellForm::kFloat64:
      batch.append_double(column, parse_float<double>(text));
      return;
    case CellForm::kBytes:
      append_bytes(batch, column, text);
  }
}

}  // namespace crossload::driver::postgres
