// The fixture's prompts and resources, and the tools that only transcripts use.

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "crossload/base/strings.h"

#include "conformance_fixture.h"

namespace crossload::test {
namespace {

using mcp::Json;
using mcp::ToolContext;
using mcp::ToolResult;

constexpr std::string_view kTemplateHead = "test://template/";
constexpr std::string_view kTemplateTail = "/data";

class FixtureResources : public mcp::ResourceProvider {
 public:
  std::vector<mcp::Resource> list() override {
    return {{"test://static-text", "Static text", "A fixed text.", "text/plain"},
            {"test://static-binary", "Static binary", "A fixed image.", "image/png"},
            {"test://watched-resource", "Watched", "Changes on request.", "text/plain"}};
  }

  std::vector<mcp::Resource> templates() override {
    return {{"test://template/{id}/data", "Template", "Data of one id.", "application/json"}};
  }

  std::optional<mcp::ResourceContents> read(const std::string& uri) override {
    if (uri == "test://static-text") {
      return mcp::ResourceContents{"text/plain",
                                   "This is the content of the static text resource."};
    }
    if (uri == "test://static-binary") {
      return mcp::ResourceContents{"image/png", base64_decode(kRedPixelPng), true};
    }
    if (uri == "test://watched-resource") return mcp::ResourceContents{"text/plain", "watched"};
    if (uri.rfind(kTemplateHead, 0) != 0 ||
        uri.size() <= kTemplateHead.size() + kTemplateTail.size()) {
      return std::nullopt;
    }
    const std::string id =
        uri.substr(kTemplateHead.size(), uri.size() - kTemplateHead.size() - kTemplateTail.size());
    const Json data = {{"id", id}, {"templateTest", true}, {"data", "Data for ID: " + id}};
    return mcp::ResourceContents{"application/json", data.dump()};
  }
};

Json message(const Json& content) {
  return {{"role", "user"}, {"content", content}};
}

Json text_message(const std::string& text) {
  return message({{"type", "text"}, {"text", text}});
}

mcp::Prompt prompt(const std::string& name, std::vector<mcp::PromptArgument> arguments,
                   std::function<Json(const Json&, ToolContext&)> messages) {
  return {name, "", "A prompt for tests.", std::move(arguments), std::move(messages)};
}

Json ask_for_context(const Json& /*arguments*/, ToolContext& context) {
  const Json schema = {{"type", "object"},
                       {"properties", {{"context", {{"type", "string"}}}}},
                       {"required", {"context"}}};
  const mcp::ElicitResult answer =
      context.elicit("user_context", "What context should the prompt use?", schema);
  return Json::array({text_message("Use this context: " + answer.content.dump())});
}

/// Runs until it is told to stop; says on a resource that it has started.
ToolResult wait_for_stop(const Json& /*arguments*/, ToolContext& context) {
  context.progress(1, std::nullopt, "started");
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, context.stop(), [] { return false; });
  throw Error(ErrorCode::kCancelled, "told to stop");
}

ToolResult uneven_progress(const Json& /*arguments*/, ToolContext& context) {
  for (const double value : {1.0, 1.0, 0.5, 2.5, 2.0, 3.0}) context.progress(value, 3, "step");
  return text_result("done");
}

ToolResult confirm(const Json& arguments, ToolContext& context) {
  if (!context.can_elicit()) {
    throw Error(ErrorCode::kAccessDenied, "nobody can be asked").suggest("confirm elsewhere");
  }
  const Json schema = {{"type", "object"},
                       {"properties", {{"database", {{"type", "string"}}}}},
                       {"required", {"database"}}};
  const mcp::ElicitResult answer = context.elicit(
      "confirm", "Empty '" + arguments.at("database").get<std::string>() + "'?", schema);
  ToolResult result;
  result.structured = {{"action", answer.action}, {"content", answer.content}};
  return result;
}

}  // namespace

std::unique_ptr<mcp::ResourceProvider> fixture_resources() {
  return std::make_unique<FixtureResources>();
}

std::vector<mcp::Prompt> fixture_prompts() {
  std::vector<mcp::Prompt> prompts;
  prompts.push_back(prompt("test_simple_prompt", {}, [](const Json&, ToolContext&) {
    return Json::array({text_message("This is a simple prompt for testing.")});
  }));
  prompts.push_back(prompt(
      "test_prompt_with_arguments", {{"arg1", "First", true}, {"arg2", "Second", true}},
      [](const Json& arguments, ToolContext&) {
        return Json::array({text_message("Prompt with arguments: arg1='" +
                                         arguments.at("arg1").get<std::string>() + "', arg2='" +
                                         arguments.at("arg2").get<std::string>() + "'")});
      }));
  prompts.push_back(
      prompt("test_prompt_with_embedded_resource", {{"resourceUri", "Which", true}},
             [](const Json& arguments, ToolContext&) {
               const Json resource = {{"uri", arguments.at("resourceUri")},
                                      {"mimeType", "text/plain"},
                                      {"text", "Embedded resource content for testing."}};
               return Json::array({message({{"type", "resource"}, {"resource", resource}}),
                                   text_message("Please process the resource above.")});
             }));
  prompts.push_back(prompt("test_prompt_with_image", {}, [](const Json&, ToolContext&) {
    return Json::array(
        {message({{"type", "image"}, {"data", kRedPixelPng}, {"mimeType", "image/png"}}),
         text_message("Please analyze the image above.")});
  }));
  prompts.push_back(prompt("test_input_required_result_prompt", {}, ask_for_context));
  return prompts;
}

void add_transcript_tools(mcp::ToolRegistry& tools, std::unique_ptr<mcp::Server>& server) {
  mcp::ToolDefinition echo = plain_tool("echo", "Returns its arguments, structured.");
  echo.title = "Echo";
  echo.input_schema = {{"type", "object"},
                       {"properties",
                        {{"text", {{"type", "string"}}},
                         {"times", {{"type", "integer"}, {"minimum", 1}, {"maximum", 3}}}}},
                       {"required", {"text"}},
                       {"additionalProperties", false}};
  echo.output_schema = {{"type", "object"}, {"properties", {{"text", {{"type", "string"}}}}}};
  tools.add(echo, [](const Json& arguments, ToolContext&) {
    ToolResult result;
    result.structured = arguments;
    result.links.push_back({"test://static-text", "Static text", "", "text/plain"});
    return result;
  });
  mcp::ToolDefinition ask = plain_tool("confirm", "Asks before it goes on.");
  ask.input_schema = {{"type", "object"},
                      {"properties", {{"database", {{"type", "string"}}}}},
                      {"required", {"database"}},
                      {"additionalProperties", false}};
  tools.add(ask, confirm);
  tools.add(plain_tool("wait", "Runs until it is told to stop."), wait_for_stop);
  tools.add(plain_tool("uneven_progress", "Tells progress that falls back."), uneven_progress);
  tools.add(plain_tool("bad_utf8", "Returns bytes that are no text."),
            [](const Json&, ToolContext&) {
              ToolResult result;
              result.structured = {{"cell",
                                    "a\xFF"
                                    "b"}};
              return result;
            });
  tools.add(
      plain_tool("broken", "Fails as no tool should."),
      [](const Json&, ToolContext&) -> ToolResult { throw std::runtime_error("secret detail"); });
  tools.add(plain_tool("touch", "Changes test://watched-resource."),
            [&server](const Json&, ToolContext&) {
              server->resource_updated("test://watched-resource");
              return text_result("touched");
            });
}

}  // namespace crossload::test
