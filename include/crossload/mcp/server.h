#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/log.h"
#include "crossload/mcp/tool.h"

namespace crossload::mcp {

struct ServerIdentity {
  std::string name;
  std::string title;
  std::string version;
  std::string instructions;
};

struct Resource {
  std::string uri;
  std::string name;
  std::string description;
  std::string mime_type;
};

struct ResourceContents {
  std::string mime_type;
  std::string text;
  bool is_binary = false;  ///< `text` is then raw bytes, sent as base64.
};

/// Where resources come from. Thread: any.
class ResourceProvider {
 public:
  virtual ~ResourceProvider() = default;
  virtual std::vector<Resource> list() = 0;
  /// URI templates (RFC 6570) with a name and description each.
  virtual std::vector<Resource> templates() = 0;
  /// nullopt: no such resource.
  virtual std::optional<ResourceContents> read(const std::string& uri) = 0;
};

struct PromptArgument {
  std::string name;
  std::string description;
  bool required = false;
};

struct Prompt {
  std::string name;
  std::string title;
  std::string description;
  std::vector<PromptArgument> arguments;
  /// The prompt's messages as MCP content objects: [{"role","content"}...].
  std::function<Json(const Json& arguments, ToolContext& context)> messages;
};

/// An MCP server over one pair of streams, both protocol eras (decided message by message).
class Server {
 public:
  struct Options {
    ServerIdentity identity;
    const ToolRegistry* tools = nullptr;    ///< Outlives the server.
    ResourceProvider* resources = nullptr;  ///< Optional; outlives the server.
    std::vector<Prompt> prompts;
    std::shared_ptr<Logger> log;
    bool declare_completions = false;  ///< Answers completion/complete with no values.
    bool declare_logging = false;      ///< logging/setLevel and notifications/message (fixture).
    std::size_t worker_threads = 8;    ///< Calls that run at once.
    std::size_t max_message_bytes = std::size_t{16} * 1024 * 1024;
    /// After the end of input, what runs may finish for this long before it is told to stop: a
    /// shell pipe closes its end as soon as it has written.
    std::chrono::milliseconds finish_time{500};
  };
  explicit Server(Options options);
  ~Server();

  /// Reads messages from `input_fd` until its end or stop(), and writes to `output_fd`. At the end
  /// of input running calls may finish for `finish_time`; then, and on stop() at once, they are
  /// told to stop and waited for. One run at a time; after stop() a later run ends at once.
  void run(int input_fd, int output_fd);
  /// Ends run(). Thread: any; async-signal-safe.
  void stop() noexcept;
  /// Tells subscribers (both eras) that a resource changed. Thread: any.
  void resource_updated(const std::string& uri);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crossload::mcp
