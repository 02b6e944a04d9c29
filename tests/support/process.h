#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace crossload::testing {

/// A child process with stdin from /dev/null and both outputs in one file. Killed, if it still
/// runs, and reaped on destruction.
class Process {
 public:
  Process(const std::vector<std::string>& command, const std::filesystem::path& output);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// Waits for its end; nullopt when it still runs after `timeout`. The exit status, or 128 +
  /// signal.
  std::optional<int> wait(std::chrono::milliseconds timeout);
  void kill(int signal);

 private:
  pid_t pid_ = -1;
  int pidfd_ = -1;
  std::optional<int> status_;
};

}  // namespace crossload::testing
