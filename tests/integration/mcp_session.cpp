#include "mcp_session.h"

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crossload::testing {
namespace {

constexpr int kAnswerMilliseconds = 60'000;
constexpr int kSignalled = 128;

void write_all(int fd, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = ::write(fd, text.data() + at, text.size() - at);
    if (written <= 0) throw std::runtime_error("the server does not take its input");
    at += static_cast<std::size_t>(written);
  }
}

int open_for_writing(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

[[noreturn]] void become(const std::vector<std::string>& arguments, int in, int out, int err) {
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(argv.front(), argv.data());
  ::_exit(127);
}

int exit_status(pid_t pid) {
  int status = 0;
  if (::waitpid(pid, &status, 0) != pid) throw std::runtime_error("waitpid failed");
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
}

std::string whole_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

McpSession::McpSession(const std::filesystem::path& config, const std::filesystem::path& log) {
  // Without this a server that has ended would end the test with it.
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("pipe2 failed");
  }
  const int err = open_for_writing(log);
  const std::vector<std::string> command = {CROSSLOAD_BINARY, "serve", "--config", config.string()};
  pid_ = ::fork();
  if (pid_ == 0) become(command, in[0], out[1], err);
  ::close(in[0]);
  ::close(out[1]);
  ::close(err);
  to_server_ = in[1];
  from_server_ = out[0];
  request("initialize", {{"protocolVersion", "2025-11-25"},
                         {"capabilities", Json::object()},
                         {"clientInfo", {{"name", "test"}, {"version", "1"}}}});
  send({{"method", "notifications/initialized"}});
}

McpSession::~McpSession() {
  if (to_server_ >= 0) ::close(to_server_);
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (from_server_ >= 0) ::close(from_server_);
}

void McpSession::send(const Json& message) {
  Json whole = {{"jsonrpc", "2.0"}};
  whole.update(message);
  write_all(to_server_, whole.dump() + "\n");
}

Json McpSession::read_message() {
  while (true) {
    const std::size_t newline = buffer_.find('\n');
    if (newline != std::string::npos) {
      const std::string line = buffer_.substr(0, newline);
      buffer_.erase(0, newline + 1);
      return Json::parse(line);
    }
    pollfd fd{from_server_, POLLIN, 0};
    if (::poll(&fd, 1, kAnswerMilliseconds) <= 0) throw std::runtime_error("no answer");
    std::array<char, 65536> piece{};
    const ssize_t bytes = ::read(from_server_, piece.data(), piece.size());
    if (bytes <= 0) throw std::runtime_error("the server ended");
    buffer_.append(piece.data(), static_cast<std::size_t>(bytes));
    output_.append(piece.data(), static_cast<std::size_t>(bytes));
  }
}

Json McpSession::request(const std::string& method, const Json& params) {
  const int id = ++last_id_;
  send({{"id", id}, {"method", method}, {"params", params}});
  while (true) {
    Json message = read_message();
    if (!message.contains("id")) {
      notifications_.push_back(std::move(message));
      continue;
    }
    if (message.at("id") != id) throw std::runtime_error("an answer to nobody: " + message.dump());
    if (message.contains("error")) throw std::runtime_error(message["error"].dump());
    return message.at("result");
  }
}

Json McpSession::call(const std::string& tool, const Json& arguments) {
  const Json result = request(
      "tools/call",
      {{"name", tool}, {"arguments", arguments}, {"_meta", {{"progressToken", "p" + tool}}}});
  Json content = result.at("structuredContent");
  const std::string text = result.at("content").at(0).at("text").get<std::string>();
  if (Json::parse(text) != content) throw std::runtime_error("content text differs: " + text);
  content["is_error"] = result.value("isError", false);
  return content;
}

Json McpSession::wait_for_job(const std::string& job_id) {
  while (true) {
    Json status = call("check-migration-status", {{"job_id", job_id}, {"wait_seconds", 20}});
    if (status.value("status", std::string()) != "running") return status;
  }
}

void McpSession::signal(int number) {
  ::kill(pid_, number);
}

int McpSession::finish() {
  ::close(to_server_);
  to_server_ = -1;
  return wait_for_exit();
}

int McpSession::wait_for_exit() {
  const int status = exit_status(pid_);
  pid_ = -1;
  return status;
}

CommandResult run_crossload(const std::vector<std::string>& arguments,
                            const std::filesystem::path& folder,
                            const std::map<std::string, std::string>& environment) {
  static int runs = 0;
  const std::string mark = std::to_string(++runs);
  const std::filesystem::path out = folder / ("out" + mark);
  const std::filesystem::path err = folder / ("err" + mark);
  std::vector<std::string> command = {CROSSLOAD_BINARY};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const pid_t pid = ::fork();
  if (pid == 0) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    become(command, ::open("/dev/null", O_RDONLY | O_CLOEXEC), open_for_writing(out),
           open_for_writing(err));
  }
  const int status = exit_status(pid);
  return {status, whole_file(out), whole_file(err)};
}

}  // namespace crossload::testing
