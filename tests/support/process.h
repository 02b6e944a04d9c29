#pragma once

#include <chrono>
#include <cstddef>
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
  /// Of the ended process, in bytes. What this process ever held when it started the other counts
  /// too: the kernel does not tell them apart.
  std::size_t peak_memory() const { return peak_memory_; }

 private:
  pid_t pid_ = -1;
  int pidfd_ = -1;
  std::optional<int> status_;
  std::size_t peak_memory_ = 0;
};

}  // namespace crossload::testing
