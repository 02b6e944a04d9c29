#pragma once

#include <cstdint>
#include <functional>

#include "crossload/driver/row_io.h"

namespace crossload::copy {

/// What became of a batch.
struct BatchCounts {
  std::uint64_t migrated = 0;
  std::uint64_t skipped = 0;
  std::uint64_t failed = 0;
};

/// Rows of a batch, first to last and the last not among them.
struct RowRange {
  std::size_t first;
  std::size_t last;
};

/// Told of each bad row, narrowed down to that row. May throw to give the batch up.
using RowRejected = std::function<void(std::size_t row, const driver::WriteFailure& failure)>;

/// Writes rows of a batch inside the caller's transaction; a failing run of rows is halved
/// until the bad row stands alone, so that one bad row costs one row. Throws: Error of the writer;
/// Error kMigrationFailed, retryable, when the server undid the transaction.
BatchCounts write_rows(driver::RowWriter& writer, const RowBatch& batch, RowRange rows,
                       const RowRejected& rejected);

}  // namespace crossload::copy
