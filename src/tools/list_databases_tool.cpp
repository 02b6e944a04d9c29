#include <string>

#include "arguments.h"
#include "fence.h"
#include "schema.h"
#include "session.h"
#include "tools.h"

namespace crossload::tools {
namespace {

struct Arguments {
  std::string profile_name;
};

Arguments parse(const Json& json) {
  return {required_text(json, "profile_name")};
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "list-databases";
  tool.title = "List databases";
  tool.description =
      "Lists the databases of a profile (SQLite: the files of its folder) with their sizes. Next: "
      "list-tables.";
  tool.input_schema =
      schema::arguments({{"profile_name", schema::profile_name()}}, {"profile_name"});
  tool.output_schema = schema::result(
      {{"profile_name", schema::string()},
       {"databases", schema::list_of({{"name", schema::string("Use as database_name")},
                                      {"bytes", schema::count()}})}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "The names are what every other tool takes as `database_name`. For SQLite they are the "
      "database files in the profile's folder and its sub-folders. `bytes` is there where the "
      "engine tells the size. Where the profile lists `databases`, only those are shown.";
  tool.examples = {{"Databases of a profile", {{"profile_name", "files"}}}};
  tool.errors = {{ErrorCode::kProfileNotFound, "the profile is not configured"},
                 {ErrorCode::kConnectionFailed, "the server or folder cannot be reached"}};
  return tool;
}

mcp::ToolResult list_databases(const Services& services, const Arguments& arguments) {
  const Profile& profile = find_profile(services, arguments.profile_name);
  Json databases = Json::array();
  driver::Driver& driver = services.drivers->get(profile.endpoint.engine);
  for (const driver::DatabaseInfo& info : driver.list_databases(profile.endpoint)) {
    Json shown = {{"name", info.name}};
    if (info.bytes) shown["bytes"] = *info.bytes;
    databases.push_back(std::move(shown));
  }
  mcp::ToolResult result;
  result.structured =
      fenced({{"profile_name", profile.endpoint.profile}}, {{"databases", std::move(databases)}});
  return result;
}

}  // namespace

void add_list_databases(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(), [services](const Json& json, mcp::ToolContext&) {
    return list_databases(services, parse(json));
  });
}

}  // namespace crossload::tools
