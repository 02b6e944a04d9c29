#include "results.h"

#include <gtest/gtest.h>

namespace crossload::mcp {
namespace {

ToolDefinition sample() {
  ToolDefinition definition;
  definition.name = "t";
  definition.title = "Title";
  definition.description = "Does.";
  definition.input_schema = {{"type", "object"}};
  definition.output_schema = {{"type", "object"}};
  return definition;
}

TEST(ToolJson, HoldsWhatTheRevisionKnows) {
  const Json oldest = tool_json(sample(), Revision::kV20241105);
  EXPECT_FALSE(oldest.contains("annotations"));
  EXPECT_FALSE(oldest.contains("outputSchema"));
  EXPECT_FALSE(oldest.contains("title"));
  const Json second = tool_json(sample(), Revision::kV20250326);
  EXPECT_TRUE(second.contains("annotations"));
  EXPECT_FALSE(second.contains("outputSchema"));
  for (const Revision revision :
       {Revision::kV20250618, Revision::kV20251125, Revision::kV20260728}) {
    const Json tool = tool_json(sample(), revision);
    EXPECT_EQ(tool.at("annotations").size(), 4U);
    EXPECT_TRUE(tool.contains("outputSchema"));
    EXPECT_EQ(tool.at("title"), "Title");
  }
}

TEST(ToolJson, KeepsHelpOffTheWire) {
  ToolDefinition definition = sample();
  definition.help = "long";
  definition.examples.push_back({"e", {{"a", 1}}});
  definition.errors.push_back({ErrorCode::kSqlError, "always"});
  EXPECT_EQ(tool_json(definition, kModern), tool_json(sample(), kModern));
}

TEST(CallResult, GivesTheWholeResultInBothForms) {
  ToolResult result;
  result.structured = {{"rows", {1, 2}}, {"name", "ü"}};
  const Json json = call_result(result, kModern);
  EXPECT_EQ(Json::parse(json.at("content").at(0).at("text").get<std::string>()), result.structured);
  EXPECT_EQ(json.at("structuredContent"), result.structured);
  EXPECT_EQ(json.at("isError"), false);
}

TEST(CallResult, PutsOwnTextInPlaceOfTheJson) {
  ToolResult result;
  result.structured = {{"a", 1}};
  result.text = "one";
  result.is_error = true;
  const Json json = call_result(result, kLatestLegacy);
  EXPECT_EQ(json.at("content"), Json::array({{{"type", "text"}, {"text", "one"}}}));
  EXPECT_EQ(json.at("structuredContent"), Json({{"a", 1}}));
  EXPECT_EQ(json.at("isError"), true);
}

TEST(CallResult, OldRevisionsGetLinksAsText) {
  ToolResult result;
  result.structured = {{"a", 1}};
  result.links.push_back({"crossload://jobs/1/report", "report", "d", "text/plain"});
  EXPECT_EQ(call_result(result, Revision::kV20250326).at("content").at(1).at("type"), "text");
  EXPECT_EQ(call_result(result, Revision::kV20250618).at("content").at(1),
            Json::parse(R"({"type":"resource_link","uri":"crossload://jobs/1/report",
                            "name":"report","description":"d","mimeType":"text/plain"})"));
}

TEST(Contents, SendBytesAsBase64) {
  EXPECT_EQ(contents_json("u", {"image/png", std::string("\x00\xFF", 2), true}),
            Json::parse(R"({"uri":"u","mimeType":"image/png","blob":"AP8="})"));
  EXPECT_EQ(contents_json("u", {"", "t", false}), Json::parse(R"({"uri":"u","text":"t"})"));
}

TEST(Capabilities, AreDeclaredForWhatIsThere) {
  Server::Options options;
  EXPECT_EQ(capabilities(options, kModern), Json::object());
  const ToolRegistry tools;
  options.tools = &tools;
  options.prompts.resize(1);
  EXPECT_EQ(capabilities(options, kModern), Json::parse(R"({"tools":{},"prompts":{}})"));
}

}  // namespace
}  // namespace crossload::mcp
