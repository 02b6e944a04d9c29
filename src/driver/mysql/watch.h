#pragma once

#include <condition_variable>
#include <mutex>

namespace crossload::driver::mysql {

/// Who has asked a session to stop, and whether the server works for it now. A request that finds
/// nothing running stays for the next call. Thread: any.
class Watch {
 public:
  /// Asks to stop. True: the server works, and the caller is to kill the statement and then say
  /// kill_sent().
  bool request();
  void kill_sent();

  /// The server is about to work. False: it must not, there is a request.
  bool begin();
  /// The server has answered; returns once no kill is under way. True: one was sent.
  bool end();

  bool requested() const;
  /// Uses the request up; false where there is none.
  bool take();

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool requested_ = false;
  bool running_ = false;
  bool killing_ = false;
  bool killed_ = false;
};

}  // namespace crossload::driver::mysql
