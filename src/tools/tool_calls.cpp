#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "arguments.h"
#include "tools.h"

namespace crossload::tools {
namespace {

/// What a log line may say of the arguments: what the call was about, not what it said.
void add_subject(std::vector<LogField>& fields, const Json& arguments) {
  for (const char* name : {"profile_name", "database_name", "source_profile", "source_database",
                           "target_profile", "target_database", "job_id", "resume_job_id"}) {
    const auto found = arguments.find(name);
    if (found != arguments.end()) fields.push_back({name, found->get<std::string>()});
  }
}

void log_call(const Services& services, const std::string& tool, const Json& arguments,
              SteadyTime start, const std::string& outcome) {
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(services.clock->steady() - start);
  std::vector<LogField> fields = {{"tool", tool}, {"outcome", outcome}, {"ms", took.count()}};
  add_subject(fields, arguments);
  services.log->log(LogLevel::kInfo, "tool called", fields);
}

}  // namespace

void add_tool(mcp::ToolRegistry& registry, const Services& services, mcp::ToolDefinition definition,
              mcp::ToolHandler handler) {
  const std::string tool = definition.name;
  registry.add(std::move(definition), [services, tool, handler = std::move(handler)](
                                          const Json& arguments, mcp::ToolContext& context) {
    const SteadyTime start = services.clock->steady();
    try {
      mcp::ToolResult result = handler(arguments, context);
      log_call(services, tool, arguments, start,
               result.is_error ? result.structured.value("code", std::string("error")) : "ok");
      return result;
    } catch (const Error& error) {
      // The caller is answered by the registry; this line is for the operator.
      log_call(services, tool, arguments, start, std::string(to_string(error.code())));
      throw;
    }
  });
}

}  // namespace crossload::tools
