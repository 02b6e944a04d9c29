#include "signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "crossload/base/error.h"

namespace crossload::app {
namespace {

constexpr int kKilledBySignal = 128;

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorCode::kMigrationFailed, std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

SignalWatcher::SignalWatcher() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  if (::pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0) fail("pthread_sigmask");
  signals_ = ::signalfd(-1, &set, SFD_CLOEXEC);
  if (signals_ < 0) fail("signalfd");
  ending_ = ::eventfd(0, EFD_CLOEXEC);
  if (ending_ < 0) fail("eventfd");
  thread_ = std::jthread([this] { watch(); });
}

SignalWatcher::~SignalWatcher() {
  const std::uint64_t one = 1;
  if (::write(ending_, &one, sizeof one) == sizeof one) thread_.join();
  ::close(signals_);
  ::close(ending_);
}

void SignalWatcher::watch() {
  std::array<pollfd, 2> fds{{{signals_, POLLIN, 0}, {ending_, POLLIN, 0}}};
  while (true) {
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    if (fds[1].revents != 0) return;
    signalfd_siginfo info{};
    if (::read(signals_, &info, sizeof info) != sizeof info) continue;
    // Whoever asks twice does not want to wait for a clean end; jobs stay resumable all the same.
    if (source_.stop_requested()) ::_exit(kKilledBySignal + static_cast<int>(info.ssi_signo));
    source_.request_stop();
  }
}

}  // namespace crossload::app
