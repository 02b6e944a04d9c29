#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace crossload::testing {

using Json = nlohmann::ordered_json;

/// `crossload serve` at the other end of two pipes, with a session opened. Ended and reaped on
/// destruction.
class McpSession {
 public:
  /// `log` receives stderr. Throws: std::runtime_error when the server does not come up.
  McpSession(const std::filesystem::path& config, const std::filesystem::path& log);
  McpSession(const McpSession&) = delete;
  McpSession& operator=(const McpSession&) = delete;
  ~McpSession();

  /// The result of a request. Throws: std::runtime_error for a protocol error, an end of output or
  /// a minute without an answer.
  Json request(const std::string& method, const Json& params);
  /// The structured content of a call, its "isError" put in as "is_error". Checks that the content
  /// text is the same JSON.
  Json call(const std::string& tool, const Json& arguments);
  /// Notifications seen so far.
  const std::vector<Json>& notifications() const { return notifications_; }
  /// Everything the server has written to stdout.
  const std::string& output() const { return output_; }

  /// Polls check-migration-status until the job does not run any more.
  Json wait_for_job(const std::string& job_id);

  void signal(int number);
  /// Closes stdin; the exit status, or 128 + signal.
  int finish();
  /// Waits for the end without closing stdin.
  int wait_for_exit();

 private:
  void send(const Json& message);
  Json read_message();

  pid_t pid_ = -1;
  int to_server_ = -1;
  int from_server_ = -1;
  std::string buffer_;
  std::string output_;
  std::vector<Json> notifications_;
  int last_id_ = 0;
};

/// What a command printed and how it ended.
struct CommandResult {
  int status = 0;
  std::string out;
  std::string err;
};

/// Runs the crossload binary with arguments; `environment` is added to this process's.
CommandResult run_crossload(const std::vector<std::string>& arguments,
                            const std::filesystem::path& folder,
                            const std::map<std::string, std::string>& environment = {});

}  // namespace crossload::testing
