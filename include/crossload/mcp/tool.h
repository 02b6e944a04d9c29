#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crossload/base/error.h"

namespace crossload::mcp {

using Json = nlohmann::ordered_json;

struct ToolAnnotations {
  bool read_only = false;
  bool destructive = true;
  bool idempotent = false;
  bool open_world = false;
};

/// What tools/list shows of a tool, and what help and docs/tools.md say beyond that.
struct ToolDefinition {
  std::string name;
  std::string title;
  std::string description;  ///< At most 160 characters: what it does and which tool comes next.
  Json input_schema;        ///< Root object, additionalProperties:false.
  Json output_schema;       ///< Root object that requires nothing.
  ToolAnnotations annotations;
  // Not on the wire:
  std::string help;  ///< Paragraphs of longer help, Markdown.
  struct Example {
    std::string title;
    Json arguments;
  };
  std::vector<Example> examples;
  struct CommonError {
    ErrorCode code;
    std::string when;
  };
  std::vector<CommonError> errors;
};

/// A link to a resource, given beside a result.
struct ResourceLink {
  std::string uri;
  std::string name;
  std::string description;
  std::string mime_type;
};

struct ToolResult {
  Json structured;   ///< An object; content text is made from it, so that each is complete.
  std::string text;  ///< Where not empty: the content text instead of the JSON.
  bool is_error = false;
  std::vector<ResourceLink> links;
  /// More content blocks (image, audio, embedded resource), as MCP objects. With these,
  /// `structured` may be null: then it is not sent.
  std::vector<Json> content;
};

/// What the user answered to an elicitation.
struct ElicitResult {
  std::string action;  ///< accept, decline, cancel.
  Json content;
};

/// A call as its handler sees it. Thread: the handler's, but stop() may be signalled from any.
class ToolContext {
 public:
  virtual ~ToolContext() = default;
  /// Signalled by notifications/cancelled, end of input, and shutdown.
  virtual std::stop_token stop() const = 0;
  /// Sent only where the caller asked for progress; values that do not increase are dropped.
  virtual void progress(double value, std::optional<double> total, const std::string& message) = 0;
  /// The caller can be asked questions.
  virtual bool can_elicit() const = 0;
  /// Asks the user; `key` names the question within the call. Legacy sessions block on a server
  /// request; modern ones end this call with input_required and run the handler again with the
  /// answer, so a handler does nothing lasting before it asks.
  virtual ElicitResult elicit(const std::string& key, const std::string& message,
                              const Json& requested_schema) = 0;
};

/// Arguments have been checked against input_schema; defaults are not filled in.
/// Throws: Error, which becomes a result with isError:true.
using ToolHandler = std::function<ToolResult(const Json& arguments, ToolContext& context)>;

/// The tools of a server, in the order they were added. One registry serves MCP and command line.
class ToolRegistry {
 public:
  void add(ToolDefinition definition, ToolHandler handler);
  const std::vector<ToolDefinition>& definitions() const { return definitions_; }
  const ToolDefinition* find(std::string_view name) const;
  /// Checks the arguments and runs the handler. Errors come back as results (is_error), with the
  /// shape
  /// {"code","message","candidates"?,"suggestions","retryable","sqlstate"?}.
  /// The tool must exist.
  ToolResult call(std::string_view name, const Json& arguments, ToolContext& context) const;

 private:
  std::vector<ToolDefinition> definitions_;
  std::map<std::string, ToolHandler, std::less<>> handlers_;
};

/// The result object of a refusal or failure.
Json error_object(const Error& error);

/// Checks `value` against the subset of JSON Schema that tools use: type, enum, required,
/// properties, additionalProperties:false, items, minimum, maximum, minLength, maxLength, minItems,
/// maxItems, pattern-free. Throws: Error kInvalidArgument naming the argument, what it is, what is
/// wanted; for an unknown one the nearest names.
void check_arguments(const Json& schema, const Json& value);

}  // namespace crossload::mcp
