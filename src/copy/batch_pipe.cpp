#include "batch_pipe.h"

#include <utility>

namespace crossload::copy {

BatchPipe::BatchPipe(driver::Connection& source, driver::ReadRequest request,
                     TableConversion& conversion, std::size_t batch_rows,
                     std::size_t memory_limit_mb)
    : source_(source),
      request_(std::move(request)),
      conversion_(conversion),
      share_(memory_limit_mb),
      limits_{batch_rows, share_.batch_bytes},
      queue_(share_.queue_bytes),
      reader_([this] { read_all(); }) {}

BatchPipe::~BatchPipe() {
  queue_.close();
}

void BatchPipe::read_all() {
  try {
    const auto reader = source_.read_table(request_);
    while (queue_.wait_for_room(share_.batch_bytes)) {
      std::unique_ptr<PipedBatch> batch = spare_batch();
      if (!reader->read(batch->rows, limits_)) break;
      batch->faults = conversion_.convert(batch->rows);
      batch->rule_uses = conversion_.take_rule_uses();
      const std::size_t bytes = batch->rows.bytes();
      if (!queue_.push(std::move(batch), bytes)) break;
    }
    queue_.finish();
  } catch (...) {
    queue_.fail(std::current_exception());  // thrown again where the batches are taken out
  }
}

std::unique_ptr<PipedBatch> BatchPipe::spare_batch() {
  std::lock_guard lock(spares_mutex_);
  if (spares_.empty()) return std::make_unique<PipedBatch>();
  std::unique_ptr<PipedBatch> batch = std::move(spares_.back());
  spares_.pop_back();
  return batch;
}

std::unique_ptr<PipedBatch> BatchPipe::next() {
  std::optional<std::unique_ptr<PipedBatch>> batch = queue_.pop();
  return batch ? std::move(*batch) : nullptr;
}

void BatchPipe::give_back(std::unique_ptr<PipedBatch> batch) {
  const std::size_t bytes = batch->rows.bytes();
  batch->rows.shrink_above(share_.batch_bytes * 2);
  {
    std::lock_guard lock(spares_mutex_);
    spares_.push_back(std::move(batch));
  }
  queue_.release(bytes);
}

}  // namespace crossload::copy
