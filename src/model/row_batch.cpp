#include "crossload/model/row_batch.h"

#include <algorithm>
#include <limits>

#include "crossload/base/error.h"

namespace crossload {

void RowBatch::reset(std::size_t columns) {
  columns_.resize(columns);
  for (Column& column : columns_) {
    column.kinds.clear();
    column.slots.clear();
  }
  arena_.clear();
  rows_ = 0;
}

std::size_t RowBatch::add_column() {
  columns_.emplace_back();
  columns_.back().kinds.reserve(rows_);
  columns_.back().slots.reserve(rows_);
  return columns_.size() - 1;
}

void RowBatch::shrink_above(std::size_t bytes) {
  if (arena_.capacity() > bytes) {
    arena_.clear();
    arena_.shrink_to_fit();
  }
}

RowBatch::Slot RowBatch::store(std::string_view data) {
  constexpr std::size_t kArenaLimit = std::numeric_limits<std::uint32_t>::max();
  const std::size_t offset = arena_.size();
  if (data.size() > kArenaLimit - offset) {
    throw Error(ErrorCode::kMigrationFailed, "a row of more than 4 GiB cannot be carried");
  }
  // Doubling behind a large value would copy it for the sake of a small one. Others as large may
  // follow in the row, and room that is not used takes no memory.
  constexpr std::size_t kLargeValue = std::size_t{1} << 20;
  constexpr std::size_t kMostRoomAhead = std::size_t{256} << 20;
  if (data.size() > kLargeValue && arena_.capacity() - offset < data.size()) {
    const std::size_t ahead = std::min(2 * data.size(), kMostRoomAhead);
    arena_.reserve(offset + data.size() + ahead);
  }
  arena_.insert(arena_.end(), data.begin(), data.end());
  Slot slot;
  slot.range = {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(data.size())};
  return slot;
}

void RowBatch::append(std::size_t column, const Value& value) {
  switch (static_cast<CellKind>(value.index())) {
    case CellKind::kNull:
      return append_null(column);
    case CellKind::kInt64:
      return append_int64(column, std::get<std::int64_t>(value));
    case CellKind::kUInt64:
      return append_uint64(column, std::get<std::uint64_t>(value));
    case CellKind::kFloat64:
      return append_double(column, std::get<double>(value));
    case CellKind::kText:
      return append_text(column, std::get<std::string>(value));
    case CellKind::kBytes:
      return append_bytes(column, std::get<Bytes>(value).data);
  }
}

Value RowBatch::value(std::size_t row, std::size_t column) const {
  switch (kind(row, column)) {
    case CellKind::kNull:
      return std::monostate{};
    case CellKind::kInt64:
      return int64(row, column);
    case CellKind::kUInt64:
      return uint64(row, column);
    case CellKind::kFloat64:
      return float64(row, column);
    case CellKind::kText:
      return std::string(bytes(row, column));
    case CellKind::kBytes:
      return Bytes{std::string(bytes(row, column))};
  }
  return std::monostate{};
}

}  // namespace crossload
