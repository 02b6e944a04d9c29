#include "encode_cell.h"

#include <array>
#include <charconv>
#include <cmath>

#include "copy_text.h"

namespace crossload::driver::postgres {
namespace {

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

void append_double(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "NaN";
  } else if (std::isinf(number)) {
    out += number < 0 ? "-Infinity" : "Infinity";
  } else {
    append_number(out, number);
  }
}

}  // namespace

bool encode_cell(std::string& out, const RowBatch& batch, std::size_t row, std::size_t column) {
  switch (batch.kind(row, column)) {
    case CellKind::kNull:
      out += "\\N";
      return true;
    case CellKind::kInt64:
      append_number(out, batch.int64(row, column));
      return true;
    case CellKind::kUInt64:
      append_number(out, batch.uint64(row, column));
      return true;
    case CellKind::kFloat64:
      append_double(out, batch.float64(row, column));
      return true;
    case CellKind::kText:
      return escape_text(out, batch.bytes(row, column));
    case CellKind::kBytes:
      escape_bytes(out, batch.bytes(row, column));
      return true;
  }
  return true;
}

std::string reject_code(std::string_view general, std::string_view message, const Column* column) {
  if (general == "invalid_utf8" && message.find("0x00") != std::string_view::npos) return "nul";
  // The state is the same as for a number that is none.
  const bool json = column != nullptr ? column->type.kind == TypeKind::kJson
                                      : message.find("type json") != std::string_view::npos;
  if (general == "datatype" && json) return "json";
  return std::string(general);
}

}  // namespace crossload::driver::postgres
