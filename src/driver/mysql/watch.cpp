#include "watch.h"

namespace crossload::driver::mysql {

bool Watch::request() {
  const std::lock_guard lock(mutex_);
  requested_ = true;
  if (!running_ || killing_) return false;
  killing_ = true;
  return true;
}

void Watch::kill_sent() {
  const std::lock_guard lock(mutex_);
  killing_ = false;
  killed_ = true;
  changed_.notify_all();
}

bool Watch::begin() {
  const std::lock_guard lock(mutex_);
  if (requested_) return false;
  running_ = true;
  killed_ = false;
  return true;
}

bool Watch::end() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !killing_; });
  running_ = false;
  return killed_;
}

bool Watch::requested() const {
  const std::lock_guard lock(mutex_);
  return requested_;
}

bool Watch::take() {
  const std::lock_guard lock(mutex_);
  const bool was = requested_;
  requested_ = false;
  return was;
}

}  // namespace crossload::driver::mysql
