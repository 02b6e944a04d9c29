#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "crossload/mcp/tool.h"

namespace crossload::mcp {
namespace {

class NoContext : public ToolContext {
 public:
  std::stop_token stop() const override { return {}; }
  void progress(double, std::optional<double>, const std::string&) override {}
  bool can_elicit() const override { return false; }
  ElicitResult elicit(const std::string&, const std::string&, const Json&) override {
    return {"cancel", nullptr};
  }
};

ToolDefinition tool(const std::string& name) {
  ToolDefinition definition;
  definition.name = name;
  definition.input_schema = Json::parse(
      R"({"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false})");
  return definition;
}

TEST(ToolRegistry, KeepsTheOrderAndFindsByName) {
  ToolRegistry tools;
  for (const char* name : {"zebra", "ant", "mole"}) {
    tools.add(tool(name), [](const Json&, ToolContext&) { return ToolResult(); });
  }
  ASSERT_EQ(tools.definitions().size(), 3U);
  EXPECT_EQ(tools.definitions()[0].name, "zebra");
  EXPECT_EQ(tools.definitions()[2].name, "mole");
  ASSERT_NE(tools.find("ant"), nullptr);
  EXPECT_EQ(tools.find("ant")->name, "ant");
  EXPECT_EQ(tools.find("bee"), nullptr);
}

TEST(ToolRegistry, RefusesANameTwice) {
  ToolRegistry tools;
  tools.add(tool("t"), [](const Json&, ToolContext&) { return ToolResult(); });
  EXPECT_THROW(tools.add(tool("t"), [](const Json&, ToolContext&) { return ToolResult(); }), Error);
}

TEST(ToolRegistry, ChecksArgumentsBeforeTheHandlerSeesThem) {
  ToolRegistry tools;
  int calls = 0;
  tools.add(tool("t"), [&](const Json& arguments, ToolContext&) {
    ++calls;
    ToolResult result;
    result.structured = arguments;
    return result;
  });
  NoContext context;
  const ToolResult refused = tools.call("t", {{"a", "x"}}, context);
  EXPECT_TRUE(refused.is_error);
  EXPECT_EQ(refused.structured.at("code"), "INVALID_ARGUMENT");
  EXPECT_EQ(calls, 0);
  const ToolResult good = tools.call("t", {{"a", 1}}, context);
  EXPECT_FALSE(good.is_error);
  EXPECT_EQ(good.structured, Json({{"a", 1}}));
}

TEST(ToolRegistry, TurnsAnErrorIntoAResultWithEverythingItKnows) {
  ToolRegistry tools;
  tools.add(tool("t"), [](const Json&, ToolContext&) -> ToolResult {
    throw Error(ErrorCode::kTableNotFound, "no such table")
        .candidates({"orders"})
        .suggest("call list-tables {}")
        .sqlstate("42P01")
        .retryable(true);
  });
  NoContext context;
  const ToolResult result = tools.call("t", Json::object(), context);
  EXPECT_TRUE(result.is_error);
  EXPECT_EQ(result.structured, Json::parse(R"({"code":"TABLE_NOT_FOUND","message":"no such table",
              "candidates":["orders"],"suggestions":["call list-tables {}"],"retryable":true,
              "sqlstate":"42P01"})"));
}

TEST(ToolRegistry, LeavesOutWhatAnErrorDoesNotKnow) {
  EXPECT_EQ(error_object(Error(ErrorCode::kCancelled, "stopped")),
            Json::parse(
                R"({"code":"CANCELLED","message":"stopped","suggestions":[],"retryable":false})"));
}

TEST(ToolRegistry, LetsThroughWhatIsNoErrorOfTheProgram) {
  ToolRegistry tools;
  tools.add(tool("t"),
            [](const Json&, ToolContext&) -> ToolResult { throw std::logic_error("a defect"); });
  NoContext context;
  EXPECT_THROW(tools.call("t", Json::object(), context), std::logic_error);
  EXPECT_THROW(tools.call("unknown", Json::object(), context), Error);
}

}  // namespace
}  // namespace crossload::mcp
