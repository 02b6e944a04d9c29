#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace crossload::app {

/// SIGINT and SIGTERM as a call of `on_signal`, from a thread of its own; a second one ends the
/// process at once. SIGPIPE is ignored. Made before any other thread, so that all inherit the mask.
class SignalWatcher {
 public:
  SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;
  ~SignalWatcher();

  /// Signalled by the first signal.
  std::stop_token stop() const { return source_.get_token(); }

 private:
  void watch();

  std::stop_source source_;
  int signals_ = -1;  ///< signalfd
  int ending_ = -1;   ///< eventfd, written by the destructor
  std::jthread thread_;
};

}  // namespace crossload::app
