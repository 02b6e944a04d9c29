#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "crossload/model/value.h"

namespace crossload {

/// A run of rows, column by column: per cell a kind and eight bytes; text and bytes lie in one
/// arena. Filled in row order by a RowReader, read by a RowWriter; reused from batch to batch so
/// that its buffers grow once. Thread: one at a time.
class RowBatch {
 public:
  /// Empties the batch for rows of `columns` cells, keeping the buffers.
  void reset(std::size_t columns);
  /// Adds an empty column behind the others, to be filled with one cell per row; its number. A
  /// reset() takes it away again.
  std::size_t add_column();
  /// Gives the buffers back to the allocator when they hold more than `bytes`.
  void shrink_above(std::size_t bytes);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_.size(); }
  bool empty() const { return rows_ == 0; }
  /// Units: bytes of cell data, about what the batch occupies.
  std::size_t bytes() const { return arena_.size() + rows_ * columns_.size() * kCellBytes; }

  // Appending: one call per column in order, then end_row().
  void append_null(std::size_t column) { push(column, CellKind::kNull, Slot{}); }
  void append_int64(std::size_t column, std::int64_t value) {
    Slot slot;
    slot.int64 = value;
    push(column, CellKind::kInt64, slot);
  }
  void append_uint64(std::size_t column, std::uint64_t value) {
    Slot slot;
    slot.uint64 = value;
    push(column, CellKind::kUInt64, slot);
  }
  void append_double(std::size_t column, double value) {
    Slot slot;
    slot.float64 = value;
    push(column, CellKind::kFloat64, slot);
  }
  /// Throws: Error kMigrationFailed when the batch's text and bytes would pass 4 GiB.
  void append_text(std::size_t column, std::string_view text) {
    push(column, CellKind::kText, store(text));
  }
  void append_bytes(std::size_t column, std::string_view bytes) {
    push(column, CellKind::kBytes, store(bytes));
  }
  void append(std::size_t column, const Value& value);
  /// The same value as that row has in another column; text and bytes are not stored again.
  void append_same(std::size_t column, std::size_t row, std::size_t from) {
    push(column, columns_[from].kinds[row], columns_[from].slots[row]);
  }
  void end_row() { ++rows_; }

  CellKind kind(std::size_t row, std::size_t column) const { return columns_[column].kinds[row]; }
  std::int64_t int64(std::size_t row, std::size_t column) const {
    return columns_[column].slots[row].int64;
  }
  std::uint64_t uint64(std::size_t row, std::size_t column) const {
    return columns_[column].slots[row].uint64;
  }
  double float64(std::size_t row, std::size_t column) const {
    return columns_[column].slots[row].float64;
  }
  /// Text or bytes. Lifetime: until the next append or reset.
  std::string_view bytes(std::size_t row, std::size_t column) const {
    const Range range = columns_[column].slots[row].range;
    return {arena_.data() + range.offset, range.size};
  }
  /// A copy of one cell.
  Value value(std::size_t row, std::size_t column) const;

 private:
  static constexpr std::size_t kCellBytes = 9;

  struct Range {
    std::uint32_t offset;
    std::uint32_t size;
  };
  union Slot {
    std::int64_t int64 = 0;
    std::uint64_t uint64;
    double float64;
    Range range;
  };
  struct Column {
    std::vector<CellKind> kinds;
    std::vector<Slot> slots;
  };

  void push(std::size_t column, CellKind kind, Slot slot) {
    columns_[column].kinds.push_back(kind);
    columns_[column].slots.push_back(slot);
  }
  Slot store(std::string_view data);

  std::vector<Column> columns_;
  std::vector<char> arena_;
  std::size_t rows_ = 0;
};

}  // namespace crossload
