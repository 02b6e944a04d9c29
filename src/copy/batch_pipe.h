#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "crossload/base/queue.h"
#include "crossload/convert/converter.h"
#include "crossload/driver/driver.h"

#include "table_conversion.h"

namespace crossload::copy {

/// How a memory limit is shared out: of eight parts one is being read and two are read ahead or
/// being written, which leaves room for buffers that have grown by doubling.
struct MemoryShare {
  explicit MemoryShare(std::size_t memory_limit_mb)
      : batch_bytes((memory_limit_mb << 20) / 8), queue_bytes((memory_limit_mb << 20) / 4) {}
  std::size_t batch_bytes;
  std::size_t queue_bytes;
};

/// A batch as it goes from the reader's thread to the writer's.
struct PipedBatch {
  RowBatch rows;
  std::vector<convert::Fault> faults;  ///< Rows that must not be written, in order.
  RuleUses rule_uses;
};

/// Reads and converts a table in a thread of its own, ahead of the caller by a bounded number of
/// bytes. The source connection and the conversion are the pipe's while it lives. Thread: one
/// consumer.
class BatchPipe {
 public:
  BatchPipe(driver::Connection& source, driver::ReadRequest request, TableConversion& conversion,
            std::size_t batch_rows, std::size_t memory_limit_mb);
  /// Stops the reader and joins it.
  ~BatchPipe();
  BatchPipe(const BatchPipe&) = delete;
  BatchPipe& operator=(const BatchPipe&) = delete;

  /// The next batch, nullptr at the end. The previous one must have been given back.
  /// Throws: Error of the reader, after the batches before it.
  std::unique_ptr<PipedBatch> next();
  void give_back(std::unique_ptr<PipedBatch> batch);

 private:
  void read_all();
  std::unique_ptr<PipedBatch> spare_batch();

  driver::Connection& source_;
  const driver::ReadRequest request_;
  TableConversion& conversion_;
  const MemoryShare share_;
  const driver::BatchLimits limits_;
  BoundedQueue<std::unique_ptr<PipedBatch>> queue_;
  std::mutex spares_mutex_;
  std::vector<std::unique_ptr<PipedBatch>> spares_;
  std::jthread reader_;  // last: joined before what it uses goes
};

}  // namespace crossload::copy
