#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "crossload/rpc/line_reader.h"

namespace crossload::rpc {

/// The only writer of an output descriptor: lines are queued under one mutex and written whole, in
/// order, by one thread, so that a peer that does not read never holds up the reading side.
class LineWriter {
 public:
  /// Lifetime: the descriptor stays open and is not closed. It is not switched to non-blocking,
  /// because another process may share it.
  explicit LineWriter(int fd);
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  /// Queues one line (its newline is added). Once the peer has gone, lines are dropped. Blocks for
  /// a bounded time while very much is queued, then counts the peer as gone. Thread: any.
  void send(std::string line);
  /// Writes what is queued, gives up when the peer takes nothing for `patience`, and ends. Later
  /// lines are dropped.
  void close(std::chrono::milliseconds patience);
  /// The peer can no longer be written to.
  bool broken() const;

 private:
  void work();
  bool write_all(const std::string& line);
  bool wait_writable();

  const int fd_;
  WakeUp closing_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> lines_;
  std::size_t queued_bytes_ = 0;
  bool closed_ = false;
  bool broken_ = false;
  std::chrono::milliseconds patience_{0};
  std::jthread thread_;
};

}  // namespace crossload::rpc
