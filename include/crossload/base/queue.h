#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace crossload {

/// A closable FIFO between one producer and one consumer, bounded by the bytes in flight: what was
/// pushed counts until the consumer calls release(), so that the item being worked on is covered
/// too. Carries the producer's first error to the consumer. Thread: all methods from any thread.
template <typename T>
class BoundedQueue {
 public:
  /// Units: bytes. An item larger than the bound enters alone.
  explicit BoundedQueue(std::size_t capacity_bytes) : capacity_bytes_(capacity_bytes) {}

  /// Blocks until the bytes in flight leave room for `bytes` more, or nothing is in flight.
  /// Returns false when the queue was closed: the producer should stop.
  bool wait_for_room(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] {
      return closed_ || in_flight_bytes_ == 0 || in_flight_bytes_ + bytes <= capacity_bytes_;
    });
    return !closed_;
  }

  /// Appends without blocking on size (call wait_for_room first). Returns false when closed.
  bool push(T item, std::size_t bytes) {
    {
      std::lock_guard lock(mutex_);
      if (closed_) return false;
      in_flight_bytes_ += bytes;
      items_.push_back(std::move(item));
    }
    available_.notify_one();
    return true;
  }

  /// Waits for an item; nullopt after finish() or close() once nothing is left.
  /// Throws: the error given to fail(), after the items pushed before it.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    available_.wait(lock, [&] { return !items_.empty() || finished_ || closed_; });
    if (closed_) return std::nullopt;
    if (items_.empty()) {
      if (error_) std::rethrow_exception(error_);
      return std::nullopt;
    }
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

  /// The consumer is done with `bytes` that it popped.
  void release(std::size_t bytes) {
    {
      std::lock_guard lock(mutex_);
      in_flight_bytes_ -= bytes;
    }
    room_.notify_all();
  }

  /// The producer has reached its end.
  void finish() {
    std::lock_guard lock(mutex_);
    finished_ = true;
    available_.notify_all();
  }

  /// The producer failed; the consumer's pop() throws it.
  void fail(std::exception_ptr error) {
    std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    finished_ = true;
    available_.notify_all();
  }

  /// Either side gives up; both waits end.
  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    available_.notify_all();
    room_.notify_all();
  }

 private:
  const std::size_t capacity_bytes_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable available_;
  std::deque<T> items_;
  std::size_t in_flight_bytes_ = 0;
  bool finished_ = false;
  bool closed_ = false;
  std::exception_ptr error_;
};

}  // namespace crossload
