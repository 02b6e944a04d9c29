#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace crossload {

/// How a value is held, whatever its column is called. Text is the source's text as UTF-8 bytes,
/// not verified; decimals, dates and the like travel as text or integers with the meaning their
/// column's LogicalType gives.
enum class CellKind : std::uint8_t { kNull, kInt64, kUInt64, kFloat64, kText, kBytes };

/// Bytes that are not text.
struct Bytes {
  std::string data;
  bool operator==(const Bytes&) const = default;
};

/// One value that owns its memory: keys, parameters, rejects. Rows in bulk travel in RowBatch.
using Value = std::variant<std::monostate, std::int64_t, std::uint64_t, double, std::string, Bytes>;

}  // namespace crossload
