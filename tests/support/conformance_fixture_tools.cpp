#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "crossload/mcp/call_context.h"

#include "conformance_fixture.h"

namespace crossload::test {
namespace {

using mcp::AnswerBinding;
using mcp::CallContext;
using mcp::ClientRequest;
using mcp::Json;
using mcp::ToolContext;
using mcp::ToolResult;

constexpr std::chrono::milliseconds kStep{50};

/// The suite wants to see that messages arrive while a call runs.
void pause(const ToolContext& context) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, context.stop(), kStep, [] { return false; });
}

CallContext& protocol(ToolContext& context) {
  return dynamic_cast<CallContext&>(context);
}

Json object_schema(const Json& properties, const Json& required) {
  return {{"type", "object"}, {"properties", properties}, {"required", required}};
}

Json one_string(const char* name) {
  return object_schema({{name, {{"type", "string"}}}}, Json::array({name}));
}

ClientRequest elicitation(const std::string& message, const Json& schema) {
  return {"elicitation/create", {{"message", message}, {"requestedSchema", schema}}};
}

ClientRequest sampling(const std::string& prompt, int max_tokens) {
  const Json content = {{"type", "text"}, {"text", prompt}};
  const Json message = {{"role", "user"}, {"content", content}};
  return {"sampling/createMessage",
          {{"messages", Json::array({message})}, {"maxTokens", max_tokens}}};
}

ClientRequest roots() {
  return {"roots/list", Json::object()};
}

ToolResult content_result(const Json& blocks) {
  ToolResult result;
  for (const Json& block : blocks) result.content.push_back(block);
  return result;
}

Json image_block() {
  return {{"type", "image"}, {"data", kRedPixelPng}, {"mimeType", "image/png"}};
}

Json resource_block(const char* uri, const char* mime_type, const char* text) {
  return {{"type", "resource"},
          {"resource", {{"uri", uri}, {"mimeType", mime_type}, {"text", text}}}};
}

void add_content_tools(mcp::ToolRegistry& tools) {
  tools.add(plain_tool("test_simple_text", "Returns one line of text."),
            [](const Json&, ToolContext&) {
              return text_result("This is a simple text response for testing.");
            });
  tools.add(plain_tool("test_image_content", "Returns an image."),
            [](const Json&, ToolContext&) { return content_result(Json::array({image_block()})); });
  tools.add(plain_tool("test_audio_content", "Returns a sound."), [](const Json&, ToolContext&) {
    return content_result(
        Json::array({{{"type", "audio"}, {"data", kEmptyWav}, {"mimeType", "audio/wav"}}}));
  });
  tools.add(
      plain_tool("test_embedded_resource", "Returns an embedded resource."),
      [](const Json&, ToolContext&) {
        return content_result(Json::array({resource_block(
            "test://embedded-resource", "text/plain", "This is an embedded resource content.")}));
      });
  tools.add(plain_tool("test_multiple_content_types", "Returns text, an image and a resource."),
            [](const Json&, ToolContext&) {
              const Json text = {{"type", "text"}, {"text", "Multiple content types test:"}};
              return content_result(
                  Json::array({text, image_block(),
                               resource_block("test://mixed-content-resource", "application/json",
                                              R"({"test":"data","value":123})")}));
            });
  tools.add(plain_tool("test_error_handling", "Always fails."),
            [](const Json&, ToolContext&) -> ToolResult {
              throw Error(ErrorCode::kSqlError,
                          "This tool intentionally returns an error for testing");
            });
}

void add_running_tools(mcp::ToolRegistry& tools) {
  tools.add(plain_tool("test_tool_with_logging", "Logs three messages."),
            [](const Json&, ToolContext& context) {
              protocol(context).log_message("info", "", "Tool execution started");
              pause(context);
              protocol(context).log_message("info", "", "Tool processing data");
              pause(context);
              protocol(context).log_message("info", "", "Tool execution completed");
              return text_result("logged");
            });
  tools.add(plain_tool("test_logging_tool", "Logs one message where the request wants it."),
            [](const Json&, ToolContext& context) {
              protocol(context).log_message("info", "", "a message");
              return text_result("logged");
            });
  tools.add(plain_tool("test_tool_with_progress", "Tells its progress three times."),
            [](const Json&, ToolContext& context) {
              for (const double value : {0.0, 50.0, 100.0}) {
                context.progress(value, 100.0, "");
                pause(context);
              }
              return text_result("done");
            });
}

Json default_values_schema() {
  const Json status = {
      {"type", "string"}, {"enum", {"active", "inactive", "pending"}}, {"default", "active"}};
  return object_schema({{"name", {{"type", "string"}, {"default", "John Doe"}}},
                        {"age", {{"type", "integer"}, {"default", 30}}},
                        {"score", {{"type", "number"}, {"default", 95.5}}},
                        {"status", status},
                        {"verified", {{"type", "boolean"}, {"default", true}}}},
                       Json::array());
}

Json titled(const char* value, const char* title) {
  return {{"const", value}, {"title", title}};
}

Json enum_variants_schema() {
  const Json plain = {"option1", "option2", "option3"};
  const Json choices = Json::array(
      {titled("value1", "First"), titled("value2", "Second"), titled("value3", "Third")});
  const Json legacy = {{"type", "string"},
                       {"enum", {"opt1", "opt2", "opt3"}},
                       {"enumNames", {"Option One", "Option Two", "Option Three"}}};
  const Json plain_items = {{"type", "string"}, {"enum", plain}};
  const Json titled_items = {{"anyOf", choices}};
  return object_schema({{"untitledSingle", {{"type", "string"}, {"enum", plain}}},
                        {"titledSingle", {{"type", "string"}, {"oneOf", choices}}},
                        {"legacyEnum", legacy},
                        {"untitledMulti", {{"type", "array"}, {"items", plain_items}}},
                        {"titledMulti", {{"type", "array"}, {"items", titled_items}}}},
                       Json::array());
}

ToolResult elicited(const mcp::ElicitResult& answer) {
  return text_result("Elicitation completed: action=" + answer.action +
                     ", content=" + answer.content.dump());
}

void add_elicitation_tools(mcp::ToolRegistry& tools) {
  mcp::ToolDefinition ask =
      plain_tool("test_elicitation", "Asks the user for a name and an address.");
  ask.input_schema = one_string("message");
  tools.add(ask, [](const Json& arguments, ToolContext& context) {
    const Json schema =
        object_schema({{"username", {{"type", "string"}, {"description", "User's response"}}},
                       {"email", {{"type", "string"}, {"description", "User's email address"}}}},
                      {"username", "email"});
    const mcp::ElicitResult answer =
        context.elicit("user", arguments.at("message").get<std::string>(), schema);
    return text_result("User response: action: " + answer.action +
                       ", content: " + answer.content.dump());
  });
  tools.add(plain_tool("test_elicitation_sep1034_defaults", "Asks with default values."),
            [](const Json&, ToolContext& context) {
              return elicited(context.elicit("form", "Please check", default_values_schema()));
            });
  tools.add(plain_tool("test_elicitation_sep1330_enums", "Asks with every kind of choice."),
            [](const Json&, ToolContext& context) {
              return elicited(context.elicit("form", "Please choose", enum_variants_schema()));
            });
  tools.add(plain_tool("test_streaming_elicitation", "Asks once, telling progress."),
            [](const Json&, ToolContext& context) {
              context.progress(1, 2, "");
              return elicited(context.elicit("name", "What is your name?", one_string("name")));
            });
  mcp::ToolDefinition sample = plain_tool("test_sampling", "Asks the client's model.");
  sample.input_schema = one_string("prompt");
  tools.add(sample, [](const Json& arguments, ToolContext& context) {
    const Json answer =
        protocol(context)
            .ask({{"reply", sampling(arguments.at("prompt").get<std::string>(), 100)}},
                 AnswerBinding::kSigned)
            .at("reply");
    return text_result("LLM response: " + answer.value("content", Json()).dump());
  });
  tools.add(plain_tool("test_missing_capability", "Needs sampling."),
            [](const Json&, ToolContext& context) {
              protocol(context).require_capability("sampling");
              return text_result("sampling is there");
            });
}

/// A tool that asks `requests` and is done once they are answered.
void add_round(mcp::ToolRegistry& tools, const std::string& name, AnswerBinding binding,
               const std::map<std::string, ClientRequest>& requests, const std::string& text) {
  tools.add(plain_tool(name, "Asks for input first."),
            [requests, binding, text](const Json&, ToolContext& context) {
              Json answers = Json::object();
              for (const auto& [key, answer] : protocol(context).ask(requests, binding)) {
                answers[key] = answer;
              }
              return text_result(text + " " + answers.dump());
            });
}

void add_input_required_tools(mcp::ToolRegistry& tools) {
  const ClientRequest name = elicitation("What is your name?", one_string("name"));
  const ClientRequest confirm = elicitation(
      "Please confirm", object_schema({{"ok", {{"type", "boolean"}}}}, Json::array({"ok"})));
  add_round(tools, "test_input_required_result_elicitation", AnswerBinding::kUnsigned,
            {{"user_name", name}}, "Hello!");
  add_round(tools, "test_input_required_result_sampling", AnswerBinding::kUnsigned,
            {{"capital_question", sampling("What is the capital of France?", 100)}}, "The model:");
  add_round(tools, "test_input_required_result_list_roots", AnswerBinding::kUnsigned,
            {{"client_roots", roots()}}, "The roots:");
  add_round(tools, "test_input_required_result_request_state", AnswerBinding::kSigned,
            {{"confirm", confirm}}, "state-ok");
  add_round(tools, "test_input_required_result_tampered_state", AnswerBinding::kSigned,
            {{"confirm", confirm}}, "state-ok");
  add_round(tools, "test_input_required_result_multiple_inputs", AnswerBinding::kSigned,
            {{"user_name", name},
             {"greeting", sampling("Generate a greeting", 50)},
             {"client_roots", roots()}},
            "All answered:");
  tools.add(plain_tool("test_input_required_result_multi_round", "Asks twice."),
            [](const Json&, ToolContext& context) {
              const auto first =
                  context.elicit("step1", "Step 1: What is your name?", one_string("name"));
              const auto second = context.elicit("step2", "Step 2: What is your favorite color?",
                                                 one_string("color"));
              return text_result(first.content.dump() + " " + second.content.dump());
            });
  tools.add(plain_tool("test_input_required_result_capabilities", "Asks only what it may."),
            [name](const Json&, ToolContext& context) {
              std::map<std::string, ClientRequest> requests;
              if (context.can_elicit()) requests["user_name"] = name;
              if (protocol(context).client_capabilities().contains("sampling")) {
                requests["greeting"] = sampling("Generate a greeting", 50);
              }
              protocol(context).ask(requests, AnswerBinding::kSigned);
              return text_result("answered");
            });
}

/// What json-schema-2020-12 wants to find unchanged in tools/list; never called.
void add_schema_tool(mcp::ToolRegistry& tools) {
  mcp::ToolDefinition definition =
      plain_tool("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features");
  definition.input_schema = Json::parse(R"({
    "$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
    "$defs":{"address":{"$anchor":"addressDef","type":"object",
      "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
    "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
      "contactMethod":{"type":"string","enum":["phone","email"]},
      "phone":{"type":"string"},"email":{"type":"string"}},
    "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
    "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
    "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false})");
  tools.add(definition, [](const Json&, ToolContext&) { return text_result("fits"); });
}

}  // namespace

void add_suite_tools(mcp::ToolRegistry& tools) {
  add_content_tools(tools);
  add_running_tools(tools);
  add_elicitation_tools(tools);
  add_input_required_tools(tools);
  add_schema_tool(tools);
}

}  // namespace crossload::test
