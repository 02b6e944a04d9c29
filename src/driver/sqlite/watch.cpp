#include "watch.h"

namespace crossload::driver::sqlite {

void Watch::cancel() noexcept {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  changed_.notify_all();
}

bool Watch::cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

void Watch::use_up_cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = false;
}

void Watch::start(std::chrono::milliseconds limit) {
  timed_out_ = false;
  deadline_.reset();
  if (limit.count() > 0) deadline_ = std::chrono::steady_clock::now() + limit;
}

bool Watch::should_stop() {
  if (cancelled()) return true;
  if (deadline_ && std::chrono::steady_clock::now() >= *deadline_) timed_out_ = true;
  return timed_out_;
}

bool Watch::wait(std::chrono::milliseconds delay) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, delay, [this] { return cancelled_; });
}

}  // namespace crossload::driver::sqlite
