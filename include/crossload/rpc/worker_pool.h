#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace crossload::rpc {

/// A few threads that run tasks in the order they were posted. Threads are made as they are needed.
class WorkerPool {
 public:
  WorkerPool(std::size_t max_threads, std::size_t max_queued);
  /// Drops what is queued and waits for what runs.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Returns false, having done nothing, when the queue is full or closed. A task does not throw.
  bool post(std::function<void()> task);
  /// Waits until nothing is queued or running, at most until `deadline`. Returns whether it is so.
  bool wait_idle(std::chrono::steady_clock::time_point deadline);
  /// Drops what is queued and takes no more; what runs goes on.
  void close();
  /// close(), and waits for what runs.
  void join();

 private:
  void work();

  const std::size_t max_threads_;
  const std::size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::size_t running_ = 0;
  bool closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace crossload::rpc
