#include "batch_writer.h"

#include <algorithm>
#include <vector>

namespace crossload::copy {

BatchCounts write_rows(driver::RowWriter& writer, const RowBatch& batch, RowRange rows,
                       const RowRejected& rejected) {
  BatchCounts counts;
  std::vector<RowRange> open = {rows};  // a stack: the range written next is on top
  while (!open.empty()) {
    const RowRange range = open.back();
    open.pop_back();
    if (range.first == range.last) continue;
    const driver::WriteOutcome outcome = writer.write(batch, range.first, range.last);
    counts.migrated += outcome.written;
    counts.skipped += outcome.skipped;
    if (!outcome.failure) continue;
    const driver::WriteFailure& failure = *outcome.failure;
    if (failure.transaction_lost) throw Error(failure.error).retryable(true);
    const std::size_t first = std::max(failure.first, range.first + outcome.rows_done);
    const std::size_t last = std::min(failure.last, range.last);
    open.push_back({last, range.last});
    if (last - first <= 1) {
      rejected(first, failure);
      ++counts.failed;
    } else {
      const std::size_t middle = first + (last - first) / 2;
      open.push_back({middle, last});
      open.push_back({first, middle});
    }
  }
  return counts;
}

}  // namespace crossload::copy
