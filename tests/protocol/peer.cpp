#include <array>
#include <cerrno>
#include <future>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conversation.h"

namespace crossload::test {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return {ends[0], ends[1]};
}

void close_once(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

bool wait_readable(int fd, std::chrono::milliseconds patience) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, static_cast<int>(patience.count())) > 0;
}

class InProcessPeer : public Peer {
 public:
  InProcessPeer() {
    const Pipe input = make_pipe();
    const Pipe output = make_pipe();
    to_server_ = input.write_end;
    from_server_ = output.read_end;
    std::promise<void> ended;
    ended_ = ended.get_future();
    thread_ = std::jthread([this, input, output, end = std::move(ended)]() mutable {
      fixture_.server().run(input.read_end, output.write_end);
      ::close(input.read_end);
      ::close(output.write_end);
      end.set_value();
    });
  }
  ~InProcessPeer() override { fixture_.server().stop(); }

  void stop() override { fixture_.server().stop(); }
  int wait_for_end(std::chrono::milliseconds patience) override {
    return ended_.wait_for(patience) == std::future_status::ready ? 0 : -1;
  }

 private:
  ConformanceFixture fixture_;
  std::future<void> ended_;
  std::jthread thread_;
};

class ProgramPeer : public Peer {
 public:
  ProgramPeer() {
    Pipe input = make_pipe();
    Pipe output = make_pipe();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.read_end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.write_end, STDOUT_FILENO);
    std::string path = CONFORMANCE_FIXTURE;
    std::array<char*, 2> arguments{path.data(), nullptr};
    const int failed =
        ::posix_spawn(&pid_, path.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close_once(input.read_end);
    close_once(output.write_end);
    to_server_ = input.write_end;
    from_server_ = output.read_end;
    if (failed != 0) throw std::runtime_error("cannot start " + path);
  }
  ~ProgramPeer() override {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  void stop() override { ::kill(pid_, SIGTERM); }
  int wait_for_end(std::chrono::milliseconds patience) override {
    int process = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    const bool ended = wait_readable(process, patience);
    close_once(process);
    if (!ended) return -1;
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

}  // namespace

Peer::~Peer() {
  close_once(to_server_);
  close_once(from_server_);
}

void Peer::send_bytes(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(to_server_, bytes.data() + done, bytes.size() - done);
    if (count < 0) throw std::runtime_error("the server's input is closed");
    done += static_cast<std::size_t>(count);
  }
}

std::optional<std::string> Peer::receive(std::chrono::milliseconds patience) {
  std::size_t searched = 0;
  for (;;) {
    if (const std::size_t newline = buffer_.find('\n', searched); newline != std::string::npos) {
      std::string line = buffer_.substr(0, newline);
      buffer_.erase(0, newline + 1);
      return line;
    }
    searched = buffer_.size();
    if (!wait_readable(from_server_, patience)) return std::nullopt;
    std::vector<char> chunk(std::size_t{64} * 1024);
    const ssize_t count = ::read(from_server_, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

void Peer::close_input() {
  close_once(to_server_);
}

std::unique_ptr<Peer> start_in_process() {
  ::signal(SIGPIPE, SIG_IGN);
  return std::make_unique<InProcessPeer>();
}

std::unique_ptr<Peer> start_program() {
  ::signal(SIGPIPE, SIG_IGN);
  return std::make_unique<ProgramPeer>();
}

}  // namespace crossload::test
