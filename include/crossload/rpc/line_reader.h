#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace crossload::rpc {

/// Cuts a byte stream into lines, with a bound on what one line may hold in memory.
class LineSplitter {
 public:
  using OnLine = std::function<void(std::string_view line)>;
  using OnTooLong = std::function<void()>;

  /// Units: bytes.
  explicit LineSplitter(std::size_t max_line_bytes) : max_line_bytes_(max_line_bytes) {}

  /// Hands over each complete line without its newline (and carriage return); blank lines are
  /// skipped. A line beyond the bound is told once and its bytes are dropped up to its newline.
  void feed(std::string_view bytes, const OnLine& on_line, const OnTooLong& on_too_long);
  /// The stream has ended: a last line without newline counts.
  void finish(const OnLine& on_line);

 private:
  void keep(std::string_view bytes, const OnTooLong& on_too_long);

  const std::size_t max_line_bytes_;
  std::string partial_;
  bool dropping_ = false;
};

/// A sticky flag that poll() can wait for.
class WakeUp {
 public:
  /// Throws: Error kInvalidArgument where the system has no descriptor left.
  WakeUp();
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  /// Thread: any; async-signal-safe.
  void signal() noexcept;
  bool is_set() const;
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

enum class ReadEnd { kEndOfInput, kWokenUp, kFailed };

/// Reads lines from a descriptor until its end or until `wake_up` is signalled; the handlers run on
/// the calling thread.
ReadEnd read_lines(int fd, WakeUp& wake_up, std::size_t max_line_bytes,
                   const LineSplitter::OnLine& on_line, const LineSplitter::OnTooLong& on_too_long);

}  // namespace crossload::rpc
