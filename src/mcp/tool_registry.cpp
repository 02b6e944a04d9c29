#include <utility>

#include "crossload/mcp/tool.h"

namespace crossload::mcp {

void ToolRegistry::add(ToolDefinition definition, ToolHandler handler) {
  if (find(definition.name) != nullptr) {
    throw Error(ErrorCode::kInvalidArgument,
                "tool '" + definition.name + "' is already registered");
  }
  handlers_.emplace(definition.name, std::move(handler));
  definitions_.push_back(std::move(definition));
}

const ToolDefinition* ToolRegistry::find(std::string_view name) const {
  for (const ToolDefinition& definition : definitions_) {
    if (definition.name == name) return &definition;
  }
  return nullptr;
}

ToolResult ToolRegistry::call(std::string_view name, const Json& arguments,
                              ToolContext& context) const {
  const ToolDefinition* definition = find(name);
  if (definition == nullptr) {
    throw Error(ErrorCode::kInvalidArgument, "unknown tool '" + std::string(name) + "'");
  }
  try {
    check_arguments(definition->input_schema, arguments);
    return handlers_.find(name)->second(arguments, context);
  } catch (const Error& error) {
    ToolResult result;
    result.structured = error_object(error);
    result.is_error = true;
    return result;
  }
}

Json error_object(const Error& error) {
  Json object = {{"code", to_string(error.code())}, {"message", error.message()}};
  if (!error.candidates().empty()) object["candidates"] = error.candidates();
  object["suggestions"] = error.suggestions();
  object["retryable"] = error.retryable();
  if (!error.sqlstate().empty()) object["sqlstate"] = error.sqlstate();
  return object;
}

}  // namespace crossload::mcp
