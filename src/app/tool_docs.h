#pragma once

#include <string>

#include "crossload/mcp/tool.h"

namespace crossload::app {

/// What `crossload help TOOL` prints.
std::string tool_help(const mcp::ToolDefinition& tool);

/// A call of the tool as a shell would run it.
std::string command_line(const std::string& tool, const mcp::Json& arguments);

/// docs/tools.md.
std::string tools_markdown(const mcp::ToolRegistry& registry);

/// docs/mcp-openapi.yaml: each tool as a POST operation, for readers and generators that know
/// OpenAPI.
std::string tools_openapi(const mcp::ToolRegistry& registry, const std::string& version);

}  // namespace crossload::app
