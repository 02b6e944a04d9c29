#include <chrono>
#include <optional>
#include <string>

#include "arguments.h"
#include "schema.h"
#include "session.h"
#include "tools.h"

namespace crossload::tools {
namespace {

struct Arguments {
  bool check = false;
};

Arguments parse(const Json& json) {
  return {flag_or(json, "check", false)};
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "list-profiles";
  tool.title = "List profiles";
  tool.description =
      "Lists the configured connections, what may be done with each and, with check, whether it "
      "answers. Next: list-databases.";
  tool.input_schema = schema::arguments(
      {{"check", schema::boolean("Also connect to each and report its version", false)}}, {});
  tool.output_schema =
      schema::result({{"profiles", schema::list_of({{"name", schema::string()},
                                                    {"engine", schema::string()},
                                                    {"access", schema::string()},
                                                    {"allow", schema::list()},
                                                    {"reachable", schema::flag()},
                                                    {"server_version", schema::string()},
                                                    {"error", schema::string()}})}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "Shows the profiles of `crossload.json` in their order: `name`, `engine`, `access` (`read` "
      "or "
      "`write`) and `allow`, the destructive powers the operator granted (`truncate`, `drop`). No "
      "tool can change them, and passwords are never shown.\n\n"
      "With `check`, each profile is connected to: `reachable` says whether that worked, "
      "`server_version` what answered, `error` why it did not.";
  tool.examples = {{"What is configured", Json::object()},
                   {"Does everything answer", {{"check", true}}}};
  tool.errors = {{ErrorCode::kInvalidArgument, "an argument other than `check` was given"}};
  return tool;
}

/// Any database of the profile will do; a folder without files is reachable all the same.
void check_profile(const Services& services, const Profile& profile, Json& shown) {
  driver::Driver& driver = services.drivers->get(profile.endpoint.engine);
  const auto databases = driver.list_databases(profile.endpoint);
  shown["reachable"] = true;
  if (databases.empty()) return;
  const Session session =
      open_session(services, {profile.endpoint.profile, databases.front().name});
  shown["server_version"] = session.connection->server().version;
}

Json profile_json(const Services& services, const Profile& profile, bool check) {
  Json shown = {{"name", profile.endpoint.profile},
                {"engine", to_string(profile.endpoint.engine)},
                {"access", profile.access == driver::Access::kReadWrite ? "write" : "read"},
                {"allow", Json::array()}};
  if (profile.allow_truncate) shown["allow"].push_back("truncate");
  if (profile.allow_drop) shown["allow"].push_back("drop");
  if (!check) return shown;
  try {
    check_profile(services, profile, shown);
  } catch (const Error& error) {
    // Not a failure of the call: that a profile does not answer is what was asked.
    shown["reachable"] = false;
    shown["error"] = error.message();
  }
  return shown;
}

mcp::ToolResult list_profiles(const Services& services, const Arguments& arguments) {
  const auto end = std::chrono::steady_clock::now() + kCallLimit / 2;
  Json profiles = Json::array();
  for (const Profile& profile : services.profiles->all()) {
    const bool check = arguments.check && std::chrono::steady_clock::now() < end;
    profiles.push_back(profile_json(services, profile, check));
    if (arguments.check && !check) profiles.back()["error"] = "not checked: the call's time was up";
  }
  mcp::ToolResult result;
  result.structured = {{"profiles", std::move(profiles)}};
  return result;
}

}  // namespace

void add_list_profiles(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(), [services](const Json& json, mcp::ToolContext&) {
    return list_profiles(services, parse(json));
  });
}

}  // namespace crossload::tools
