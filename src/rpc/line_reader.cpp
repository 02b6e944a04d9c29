#include "crossload/rpc/line_reader.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "crossload/base/error.h"

namespace crossload::rpc {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} * 1024;

void emit(std::string_view line, const LineSplitter::OnLine& on_line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.find_first_not_of(" \t") != std::string_view::npos) on_line(line);
}

}  // namespace

void LineSplitter::keep(std::string_view bytes, const OnTooLong& on_too_long) {
  if (dropping_) return;
  if (partial_.size() + bytes.size() > max_line_bytes_) {
    dropping_ = true;
    std::string().swap(partial_);
    on_too_long();
    return;
  }
  partial_.append(bytes);
}

void LineSplitter::feed(std::string_view bytes, const OnLine& on_line,
                        const OnTooLong& on_too_long) {
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    keep(bytes.substr(0, newline), on_too_long);
    if (newline == std::string_view::npos) return;
    bytes.remove_prefix(newline + 1);
    if (!dropping_) {
      std::string line;
      line.swap(partial_);
      emit(line, on_line);
    }
    dropping_ = false;
  }
}

void LineSplitter::finish(const OnLine& on_line) {
  if (!dropping_) emit(partial_, on_line);
  partial_.clear();
  dropping_ = false;
}

WakeUp::WakeUp() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0) {
    throw Error(ErrorCode::kInvalidArgument, std::string("no eventfd: ") + std::strerror(errno));
  }
}

WakeUp::~WakeUp() {
  ::close(fd_);
}

void WakeUp::signal() noexcept {
  const int saved = errno;  // a signal handler must not change it
  const std::uint64_t one = 1;
  // Fails only when the counter is full, and then the flag is up already.
  [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
  errno = saved;
}

bool WakeUp::is_set() const {
  pollfd entry{fd_, POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

ReadEnd read_lines(int fd, WakeUp& wake_up, std::size_t max_line_bytes,
                   const LineSplitter::OnLine& on_line,
                   const LineSplitter::OnTooLong& on_too_long) {
  if (fd < 0) return ReadEnd::kFailed;  // poll() would pass it over and wait for ever
  LineSplitter splitter(max_line_bytes);
  std::string buffer(kReadBytes, '\0');
  for (;;) {
    std::array<pollfd, 2> entries{{{fd, POLLIN, 0}, {wake_up.fd(), POLLIN, 0}}};
    if (::poll(entries.data(), entries.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return ReadEnd::kFailed;
    }
    if (entries[1].revents != 0) return ReadEnd::kWokenUp;
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return ReadEnd::kFailed;
    }
    if (count == 0) {
      splitter.finish(on_line);
      return ReadEnd::kEndOfInput;
    }
    splitter.feed({buffer.data(), static_cast<std::size_t>(count)}, on_line, on_too_long);
  }
}

}  // namespace crossload::rpc
