#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "crossload/base/clock.h"

namespace crossload::driver::sqlite {

/// Why a session's running operation should stop, asked by SQLite's callbacks while it works. A
/// request to cancel that finds nothing running stays for the next operation, and is used up by the
/// operation it stops. Thread: cancel() from any, the rest that of the session.
class Watch {
 public:
  void cancel() noexcept;
  bool cancelled() const;
  /// The request has been answered with an error.
  void use_up_cancel();

  /// An operation begins; it may take `limit` (0: as long as it likes).
  void start(std::chrono::milliseconds limit);
  bool timed_out() const { return timed_out_; }

  /// True where the running operation should stop now.
  bool should_stop();
  /// Waits before another try for a lock; false when told to stop meanwhile.
  bool wait(std::chrono::milliseconds delay);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ = false;
  bool timed_out_ = false;
  std::optional<SteadyTime> deadline_;
};

}  // namespace crossload::driver::sqlite
