#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace crossload::rpc {

using Json = nlohmann::ordered_json;

/// Error numbers of JSON-RPC 2.0 itself.
/// Source: https://www.jsonrpc.org/specification, section 5.1.
enum StandardCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
};

/// The error member of a response. Method handlers throw it to answer with it; it is no
/// std::exception, so that nothing but the dispatcher takes it for a failure of its own.
struct ErrorObject {
  int code = kInternalError;
  std::string message;
  Json data = nullptr;  ///< Left out of the wire where null.
};

/// An id is a string or a whole number and is echoed with its exact type.
struct Request {
  Json id;
  std::string method;
  Json params;  ///< Object, array, or null where absent.
};

struct Notification {
  std::string method;
  Json params;
};

struct Response {
  Json id;
  Json result;
  std::optional<ErrorObject> error;
};

/// What could not be read as a message, with the answer it deserves.
struct Invalid {
  Json id;  ///< Null where it could not be read.
  ErrorObject error;
};

using Message = std::variant<Request, Notification, Response, Invalid>;

/// One line of the stream.
struct Frame {
  bool is_batch = false;
  std::vector<Message> messages;
};

/// Nesting beyond this is refused before it is parsed: writers of JSON recurse.
inline constexpr std::size_t kMaxDepth = 200;

/// Reads one line. Never throws on bad input: it becomes an Invalid. An empty batch is one Invalid
/// and no batch.
Frame decode(std::string_view line);

/// A key that is equal for equal ids only ("1" and 1 differ).
std::string id_key(const Json& id);

Json make_request(const Json& id, std::string_view method, const Json& params);
Json make_notification(std::string_view method, const Json& params);
Json make_result(const Json& id, Json result);
/// A null id is left out: MCP's schemas from 2025-11-25 on allow no `"id":null`.
Json make_error(const Json& id, const ErrorObject& error);

/// Compact text on one line; ill-formed UTF-8 becomes U+FFFD instead of an exception.
std::string to_line(const Json& message);

}  // namespace crossload::rpc
