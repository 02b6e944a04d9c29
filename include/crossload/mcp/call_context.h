#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crossload/mcp/tool.h"

namespace crossload::mcp {

/// Something asked of the client during a call.
struct ClientRequest {
  std::string method;  ///< elicitation/create, sampling/createMessage or roots/list.
  Json params;
};

/// How answers are tied to the question in revisions without server requests.
enum class AnswerBinding {
  kSigned,    ///< Only answers that come back with a state this server signed for the same call.
  kUnsigned,  ///< Any answer; for questions whose answer changes nothing.
};

/// All of the protocol that a call can reach. What the server passes to tools and prompts is one of
/// these; tools that migrate data need no more than ToolContext.
class CallContext : public ToolContext {
 public:
  /// What the client declared (on this request, or in its handshake).
  virtual const Json& client_capabilities() const = 0;
  /// Ends the call with the protocol's missing-capability error where `name` was not declared.
  virtual void require_capability(const std::string& name) const = 0;
  /// Asks all of `requests` (by key) and returns their results by key. Legacy sessions are asked
  /// one after the other; modern calls end with input_required and run again. Throws: Error
  /// kAccessDenied where the client declared no capability for one of them or answered with an
  /// error; Error kCancelled.
  virtual std::map<std::string, Json> ask(const std::map<std::string, ClientRequest>& requests,
                                          AnswerBinding binding) = 0;
  /// A protocol log message, where the server declares logging and the client wants this level.
  virtual void log_message(std::string_view level, std::string_view logger, const Json& data) = 0;
};

}  // namespace crossload::mcp
