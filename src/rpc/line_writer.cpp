#include "crossload/rpc/line_writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace crossload::rpc {
namespace {

constexpr std::size_t kMaxQueuedBytes = std::size_t{64} * 1024 * 1024;
constexpr std::chrono::seconds kFullQueuePatience{10};

/// Keeps SIGPIPE away from the thread, so that a closed pipe is EPIPE and not the end of the
/// process.
void block_sigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

LineWriter::LineWriter(int fd) : fd_(fd), thread_([this] { work(); }) {}

LineWriter::~LineWriter() {
  close(std::chrono::milliseconds(0));
}

void LineWriter::send(std::string line) {
  line.push_back('\n');
  std::unique_lock lock(mutex_);
  const bool settled = changed_.wait_for(lock, kFullQueuePatience, [&] {
    return closed_ || broken_ || queued_bytes_ < kMaxQueuedBytes;
  });
  // A peer that leaves this much unread has gone; waiting on would hold up the reading side.
  if (!settled) broken_ = true;
  if (closed_ || broken_) return;
  queued_bytes_ += line.size();
  lines_.push_back(std::move(line));
  changed_.notify_all();
}

void LineWriter::close(std::chrono::milliseconds patience) {
  {
    std::lock_guard lock(mutex_);
    if (!closed_) {
      closed_ = true;
      patience_ = patience;
    }
  }
  changed_.notify_all();
  closing_.signal();
  if (thread_.joinable()) thread_.join();
}

bool LineWriter::broken() const {
  std::lock_guard lock(mutex_);
  return broken_;
}

void LineWriter::work() {
  block_sigpipe();
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closed_ || !lines_.empty(); });
    if (lines_.empty()) return;
    const std::string line = std::move(lines_.front());
    lines_.pop_front();
    lock.unlock();
    const bool written = write_all(line);
    lock.lock();
    queued_bytes_ -= line.size();
    if (!written) {
      broken_ = true;
      lines_.clear();
    }
    changed_.notify_all();
    if (broken_) return;
  }
}

bool LineWriter::write_all(const std::string& line) {
  std::size_t done = 0;
  while (done < line.size()) {
    if (!wait_writable()) return false;
    // A pipe that polls writable takes PIPE_BUF bytes without blocking; more might block.
    const std::size_t part = std::min<std::size_t>(line.size() - done, PIPE_BUF);
    const ssize_t count = ::write(fd_, line.data() + done, part);
    if (count >= 0) {
      done += static_cast<std::size_t>(count);
    } else if (errno != EINTR && errno != EAGAIN) {
      return false;
    }
  }
  return true;
}

bool LineWriter::wait_writable() {
  for (;;) {
    int timeout = -1;
    nfds_t count = 2;
    {
      std::lock_guard lock(mutex_);
      if (closed_) {
        timeout = static_cast<int>(patience_.count());
        count = 1;
      }
    }
    std::array<pollfd, 2> entries{{{fd_, POLLOUT, 0}, {closing_.fd(), POLLIN, 0}}};
    const int ready = ::poll(entries.data(), count, timeout);
    if (ready < 0 && errno != EINTR) return false;
    if (ready == 0) return false;
    if (ready > 0 && entries[0].revents != 0) return (entries[0].revents & POLLOUT) != 0;
  }
}

}  // namespace crossload::rpc
