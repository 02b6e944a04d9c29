#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

Json tools_of(ToolWorld& world) {
  return world.mcp().request("tools/list", Json::object()).at("tools");
}

/// Calls `visit` for a schema and everything nested in it.
void walk(const Json& schema, const std::function<void(const Json&)>& visit) {
  visit(schema);
  for (const auto& [name, member] : schema.items()) {
    if (member.is_structured()) walk(member, visit);
  }
}

TEST(ToolsList, StaysUnderTwentyKilobytes) {
  ToolWorld world;
  tools_of(world);
  const std::string& output = world.mcp().output();
  const std::size_t list = output.rfind("\n", output.size() - 2);
  EXPECT_LT(output.size() - list, 20'000U);
}

TEST(ToolsList, IsTheSameEachTime) {
  ToolWorld world;
  const std::string first = tools_of(world).dump();
  world.end_session();
  EXPECT_EQ(tools_of(world).dump(), first);
}

TEST(ToolsList, HoldsTheThirteenToolsInOrder) {
  ToolWorld world;
  std::vector<std::string> names;
  for (Json tool : tools_of(world)) names.push_back(tool["name"].get<std::string>());
  EXPECT_THAT(names, ::testing::ElementsAre(
                         "list-profiles", "list-databases", "list-tables", "describe-table",
                         "sample-data", "query-sql", "execute-sql", "generate-schema-copy",
                         "start-migration-job", "check-migration-status", "read-artifact",
                         "list-migration-jobs", "cancel-migration-job"));
}

TEST(ToolsList, EveryToolSaysWhatItDoesAndWhatComesNext) {
  ToolWorld world;
  for (Json tool : tools_of(world)) {
    const std::string text = tool["description"].get<std::string>();
    EXPECT_LE(text.size(), 160U) << text;
    EXPECT_TRUE(std::regex_search(text, std::regex("Next: |To change data: |To read rows: ")))
        << text;
    for (const char* hint :
         {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}) {
      EXPECT_TRUE(tool["annotations"].contains(hint)) << tool["name"] << hint;
    }
    EXPECT_EQ(tool["annotations"]["openWorldHint"], false);
  }
}

TEST(ToolsList, SchemasAreWhatEveryClientTakes) {
  ToolWorld world;
  for (Json tool : tools_of(world)) {
    const Json input = tool["inputSchema"];
    EXPECT_EQ(input["type"], "object");
    EXPECT_EQ(input["additionalProperties"], false);
    for (const char* word : {"oneOf", "anyOf", "allOf", "if"}) EXPECT_FALSE(input.contains(word));
    walk(input, [&](const Json& schema) {
      EXPECT_FALSE(schema.contains("$ref"));
      EXPECT_FALSE(schema.contains("type") && schema["type"].is_array()) << schema.dump();
    });
    EXPECT_EQ(tool["outputSchema"]["type"], "object");
    EXPECT_FALSE(tool["outputSchema"].contains("required")) << tool["name"];
    EXPECT_FALSE(tool["outputSchema"]["properties"].empty());
  }
}

TEST(ToolsList, ReadOnlyHintsFollowTheConfiguration) {
  ToolWorld world;
  const auto hint = [&](const std::string& name, const char* which) {
    for (Json tool : tools_of(world)) {
      if (tool["name"] == name) return tool["annotations"][which].get<bool>();
    }
    throw std::runtime_error(name);
  };
  EXPECT_FALSE(hint("execute-sql", "readOnlyHint"));
  EXPECT_TRUE(hint("start-migration-job", "destructiveHint"));
  world.end_session();
  world.folder().write("crossload.json", R"({"profiles": {"only": {"url": "sqlite:data/"}}})");
  EXPECT_TRUE(hint("execute-sql", "readOnlyHint"));
  EXPECT_FALSE(hint("start-migration-job", "destructiveHint"));
}

TEST(ToolsList, ResultsHaveOnlyDescribedMembers) {
  ToolWorld world;
  Json status = world.migrate("shop.db", "copy.db", {{"create_schema", true}});
  const auto check = [&](const std::string& name, Json result) {
    for (const char* own : {"is_error", "notice", "boundary", "boundary_end"}) result.erase(own);
    for (Json tool : tools_of(world)) {
      if (tool["name"] != name) continue;
      for (const auto& [member, unused] : result.items()) {
        EXPECT_TRUE(tool["outputSchema"]["properties"].contains(member)) << name << "." << member;
      }
    }
  };
  check("check-migration-status", status);
  const auto call = [&](const std::string& name, const Json& arguments) {
    check(name, world.mcp().call(name, arguments));
  };
  call("list-profiles", {{"check", true}});
  call("list-databases", {{"profile_name", "reader"}});
  call("list-tables", on("reader", "shop.db"));
  call("describe-table", on("reader", "shop.db", {{"table_name", "orders"}}));
  call("sample-data", on("reader", "shop.db", {{"table_name", "orders"}}));
  call("query-sql", on("reader", "shop.db", {{"sql", "SELECT 1"}}));
  call("execute-sql", on("writer", "shop.db", {{"sql", "SELECT 1"}}));
  call("generate-schema-copy", on("reader", "shop.db", {{"target_db_type", "sqlite"}}));
  call("list-migration-jobs", Json::object());
  call("read-artifact", {{"job_id", status["job_id"]}});
  call("read-artifact", {{"job_id", status["job_id"]}, {"path", "checkpoint.json"}});
  call("cancel-migration-job", {{"job_id", status["job_id"]}});
}

}  // namespace
}  // namespace crossload::testing
