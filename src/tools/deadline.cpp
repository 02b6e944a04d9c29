#include "deadline.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace crossload::tools {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A cancel that arrives between two statements is lost, so it is repeated this often.
constexpr milliseconds kCancelEvery{50};
constexpr milliseconds kProgressEvery{1000};

/// Where the worker's end is told to the waiting thread.
class Completion {
 public:
  void set(std::exception_ptr error) {
    std::lock_guard lock(mutex_);
    done_ = true;
    error_ = std::move(error);
    changed_.notify_all();
  }
  /// True once set; false at `until` or when `stop` is requested first.
  bool wait_until(steady_clock::time_point until, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, stop, until, [&] { return done_; });
  }
  bool wait_for(milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return done_; });
  }
  std::exception_ptr error() {
    std::lock_guard lock(mutex_);
    return error_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool done_ = false;
  std::exception_ptr error_;
};

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

/// Waits for the work's end, telling progress; false when it has to be cancelled.
bool wait_telling_progress(Completion& completion, mcp::ToolContext& context,
                           const Deadline& deadline, steady_clock::time_point start) {
  const auto end = start + deadline.limit;
  auto next = start + kProgressEvery;
  while (true) {
    if (completion.wait_until(std::min(next, end), context.stop())) return true;
    if (context.stop().stop_requested() || steady_clock::now() >= end) return false;
    next += kProgressEvery;
    context.progress(seconds_since(start), static_cast<double>(deadline.limit.count()),
                     deadline.what());
  }
}

Error cancelled(const Deadline& deadline, bool by_caller) {
  if (by_caller) return Error(ErrorCode::kCancelled, deadline.what() + " was cancelled");
  Error error(ErrorCode::kCancelled, deadline.what() +
                                         " was cancelled on the server at its limit of " +
                                         std::to_string(deadline.limit.count()) + " s");
  if (!deadline.suggestion.empty()) error.suggest(deadline.suggestion);
  return error;
}

}  // namespace

void run_with_deadline(const std::vector<driver::Connection*>& connections,
                       mcp::ToolContext& context, const Deadline& deadline,
                       const std::function<void()>& work) {
  Completion completion;
  const auto start = steady_clock::now();
  const std::jthread worker([&] {
    std::exception_ptr error;
    try {
      work();
    } catch (...) {
      // Only carried to the calling thread, where it is thrown again.
      error = std::current_exception();
    }
    completion.set(std::move(error));
  });
  if (!wait_telling_progress(completion, context, deadline, start)) {
    const bool by_caller = context.stop().stop_requested();
    do {
      for (driver::Connection* connection : connections) {
        if (connection != nullptr) connection->cancel();
      }
    } while (!completion.wait_for(kCancelEvery));
    // Work that ended well in the same instant counts as done.
    if (completion.error()) throw cancelled(deadline, by_caller);
    return;
  }
  if (const std::exception_ptr error = completion.error()) std::rethrow_exception(error);
}

}  // namespace crossload::tools
