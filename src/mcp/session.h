#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crossload/mcp/tool.h"
#include "crossload/rpc/message.h"

#include "revision.h"

namespace crossload::mcp {

/// Who is asking, as far as one request tells.
struct Caller {
  Revision revision = kLatestLegacy;
  Json capabilities = Json::object();
  std::optional<Json> progress_token;
  /// The least level of log messages wanted; nullopt: none.
  std::optional<std::string> log_level;

  bool modern() const { return revision >= kModern; }
  bool declares(const std::string& capability) const;
  /// Form elicitation: {} means forms, as before URL mode existed.
  bool can_elicit() const;
};

/// The position of an RFC 5424 level, debug first; nullopt for an unknown name.
std::optional<int> log_level_rank(std::string_view level);

/// What an `initialize` handshake leaves behind: all the state that survives a message. Requests of
/// the 2026-07-28 revision read and change none of it. Thread: all methods from any thread.
class Session {
 public:
  /// Decides the era of one request and reads what it says of its sender.
  /// Throws: rpc::ErrorObject where a modern request is malformed or of an unknown version.
  Caller identify(const rpc::Request& request) const;

  /// Takes over the client's handshake and returns the revision to answer with: the client's own
  /// where it is a legacy one, else the latest of those. Throws: rpc::ErrorObject.
  Revision initialize(const Json& params);
  Revision revision() const;
  void set_log_level(std::string level);

 private:
  mutable std::mutex mutex_;
  Revision revision_ = kLatestLegacy;
  Json capabilities_ = Json::object();
  std::string log_level_ = "debug";
};

}  // namespace crossload::mcp
