#include "conformance_fixture.h"

#include <utility>

namespace crossload::test {

ConformanceFixture::ConformanceFixture() : resources_(fixture_resources()) {
  add_suite_tools(tools_);
  add_transcript_tools(tools_, server_);
  mcp::Server::Options options;
  options.identity = {"conformance-fixture", "Conformance fixture", "1.0.0", "A server for tests."};
  options.tools = &tools_;
  options.resources = resources_.get();
  options.prompts = fixture_prompts();
  options.declare_completions = true;
  options.declare_logging = true;
  server_ = std::make_unique<mcp::Server>(std::move(options));
}

mcp::ToolDefinition plain_tool(const std::string& name, const std::string& description) {
  mcp::ToolDefinition definition;
  definition.name = name;
  definition.description = description;
  definition.input_schema = {
      {"type", "object"}, {"properties", mcp::Json::object()}, {"additionalProperties", false}};
  definition.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  return definition;
}

mcp::ToolResult text_result(const std::string& text) {
  mcp::ToolResult result;
  result.text = text;
  return result;
}

}  // namespace crossload::test
