#include "row_limit.h"

namespace crossload::driver::postgres {
namespace {

// At most, of what stands before a value (its length, what aligns it) and before a row.
constexpr std::uint64_t kCellOverhead = 16;
constexpr std::uint64_t kRowOverhead = 64;

std::size_t cell_bytes(const RowBatch& batch, std::size_t row, std::size_t cell) {
  const CellKind kind = batch.kind(row, cell);
  return kind == CellKind::kText || kind == CellKind::kBytes ? batch.bytes(row, cell).size() : 0;
}

}  // namespace

std::size_t row_bytes(const RowBatch& batch, std::size_t row, const WriteRequest& request) {
  std::size_t bytes = 0;
  for (std::size_t column = 0; column < request.columns.size(); ++column) {
    bytes += cell_bytes(batch, row, request.cell(column));
  }
  return bytes;
}

std::optional<TooBig> too_big(const RowBatch& batch, std::size_t row, const WriteRequest& request,
                              std::uint64_t most_bytes) {
  const std::uint64_t overhead = kRowOverhead + kCellOverhead * request.columns.size();
  if (batch.bytes() + overhead <= most_bytes) return std::nullopt;
  const std::uint64_t bytes = row_bytes(batch, row, request) + overhead;
  if (bytes <= most_bytes) return std::nullopt;
  std::size_t largest = 0;
  for (std::size_t column = 1; column < request.columns.size(); ++column) {
    if (cell_bytes(batch, row, request.cell(column)) >
        cell_bytes(batch, row, request.cell(largest))) {
      largest = column;
    }
  }
  return TooBig{largest, "the row takes " + std::to_string(bytes) +
                             " bytes, and PostgreSQL takes no row or value above " +
                             std::to_string(most_bytes) + ": no setting raises that"};
}

}  // namespace crossload::driver::postgres
