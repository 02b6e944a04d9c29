#include "methods.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "crossload/base/strings.h"

namespace crossload::mcp {
namespace {

using rpc::ErrorObject;

[[noreturn]] void refuse(const std::string& message, Json data = nullptr) {
  throw ErrorObject{rpc::kInvalidParams, message, std::move(data)};
}

const std::string& string_param(const Call& call, const char* name) {
  const auto found = call.params().find(name);
  if (found == call.params().end() || !found->is_string()) {
    refuse(call.method() + " needs " + name + ", a string");
  }
  return found->get_ref<const std::string&>();
}

/// Lists are answered whole, so no cursor was ever given out.
void refuse_cursor(const Call& call) {
  if (call.params().contains("cursor")) refuse("unknown cursor");
}

void log_handshake(const Json& params, Revision revision, Logger* log) {
  if (log == nullptr) return;
  const Json client = params.value("clientInfo", Json::object());
  const auto text = [&](const char* member) {
    const auto found = client.find(member);
    return found != client.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  log->info("client connected", {{"client", text("name")},
                                 {"client_version", text("version")},
                                 {"protocol_version", std::string(to_string(revision))}});
}

Json initialize(Call& call, const MethodContext& context) {
  const Revision revision = context.session.initialize(call.params());
  context.subscriptions.clear_legacy();
  log_handshake(call.params(), revision, context.options.log.get());
  Json result = {{"protocolVersion", to_string(revision)},
                 {"capabilities", capabilities(context.options, revision)},
                 {"serverInfo", server_info(context.options.identity, revision)}};
  if (!context.options.identity.instructions.empty()) {
    result["instructions"] = context.options.identity.instructions;
  }
  return result;
}

Json ping(Call& /*call*/, const MethodContext& /*context*/) {
  return Json::object();
}

Json discover(Call& /*call*/, const MethodContext& context) {
  // Only what is spoken per request: clients choose from this list without a handshake.
  Json result = {{"supportedVersions", Json::array({to_string(kModern)})},
                 {"capabilities", capabilities(context.options, kModern)}};
  if (!context.options.identity.instructions.empty()) {
    result["instructions"] = context.options.identity.instructions;
  }
  return result;
}

Json list_tools(Call& call, const MethodContext& context) {
  refuse_cursor(call);
  Json tools = Json::array();
  for (const ToolDefinition& definition : context.options.tools->definitions()) {
    tools.push_back(tool_json(definition, call.caller().revision));
  }
  return {{"tools", std::move(tools)}};
}

[[noreturn]] void refuse_tool(const ToolRegistry& tools, const std::string& name) {
  std::vector<std::string> names;
  for (const ToolDefinition& definition : tools.definitions()) names.push_back(definition.name);
  Json data = nullptr;
  const std::vector<std::string> nearest = nearest_names(name, names);
  if (!nearest.empty()) data = {{"candidates", nearest}};
  refuse("Unknown tool: " + name, std::move(data));
}

Json call_tool(Call& call, const MethodContext& context) {
  const std::string& name = string_param(call, "name");
  if (context.options.tools->find(name) == nullptr) refuse_tool(*context.options.tools, name);
  const auto given = call.params().find("arguments");
  const bool absent = given == call.params().end() || given->is_null();
  const Json arguments = absent ? Json::object() : *given;
  return call_result(context.options.tools->call(name, arguments, call), call.caller().revision);
}

Json list_resources(Call& call, const MethodContext& context) {
  refuse_cursor(call);
  Json resources = Json::array();
  for (const Resource& resource : context.options.resources->list()) {
    resources.push_back(resource_json(resource, "uri"));
  }
  return {{"resources", std::move(resources)}};
}

Json list_resource_templates(Call& call, const MethodContext& context) {
  refuse_cursor(call);
  Json templates = Json::array();
  for (const Resource& resource : context.options.resources->templates()) {
    templates.push_back(resource_json(resource, "uriTemplate"));
  }
  return {{"resourceTemplates", std::move(templates)}};
}

Json read_resource(Call& call, const MethodContext& context) {
  const std::string& uri = string_param(call, "uri");
  const std::optional<ResourceContents> contents = context.options.resources->read(uri);
  if (!contents) {
    const int code = call.caller().modern() ? rpc::kInvalidParams : kLegacyResourceNotFound;
    throw ErrorObject{code, "Resource not found", {{"uri", uri}}};
  }
  return {{"contents", Json::array({contents_json(uri, *contents)})}};
}

Json subscribe(Call& call, const MethodContext& context) {
  context.subscriptions.subscribe_legacy(string_param(call, "uri"));
  return Json::object();
}

Json unsubscribe(Call& call, const MethodContext& context) {
  context.subscriptions.unsubscribe_legacy(string_param(call, "uri"));
  return Json::object();
}

Json listen(Call& call, const MethodContext& context) {
  context.subscriptions.listen(call.params(), call.responder());
  return nullptr;
}

Json list_prompts(Call& call, const MethodContext& context) {
  refuse_cursor(call);
  Json prompts = Json::array();
  for (const Prompt& prompt : context.options.prompts) {
    prompts.push_back(prompt_json(prompt, call.caller().revision));
  }
  return {{"prompts", std::move(prompts)}};
}

void check_prompt_arguments(const Prompt& prompt, const Json& arguments) {
  if (!arguments.is_object()) refuse("arguments must be an object");
  for (const auto& [name, value] : arguments.items()) {
    if (!value.is_string()) refuse("prompt argument '" + name + "' must be a string");
  }
  for (const PromptArgument& argument : prompt.arguments) {
    if (argument.required && !arguments.contains(argument.name)) {
      refuse("prompt '" + prompt.name + "' needs argument '" + argument.name + "'");
    }
  }
}

Json get_prompt(Call& call, const MethodContext& context) {
  const std::string& name = string_param(call, "name");
  for (const Prompt& prompt : context.options.prompts) {
    if (prompt.name != name) continue;
    const auto given = call.params().find("arguments");
    const bool absent = given == call.params().end() || given->is_null();
    const Json arguments = absent ? Json::object() : *given;
    check_prompt_arguments(prompt, arguments);
    return {{"description", prompt.description}, {"messages", prompt.messages(arguments, call)}};
  }
  refuse("Unknown prompt: " + name);
}

Json complete(Call& /*call*/, const MethodContext& /*context*/) {
  return {{"completion", {{"values", Json::array()}, {"total", 0}, {"hasMore", false}}}};
}

Json set_log_level(Call& call, const MethodContext& context) {
  const std::string& level = string_param(call, "level");
  if (!log_level_rank(level)) refuse("unknown log level '" + level + "'");
  context.session.set_log_level(level);
  return Json::object();
}

bool always(const Server::Options& /*options*/) {
  return true;
}
bool has_tools(const Server::Options& options) {
  return options.tools != nullptr;
}
bool has_resources(const Server::Options& options) {
  return options.resources != nullptr;
}
bool has_prompts(const Server::Options& options) {
  return !options.prompts.empty();
}
bool has_completions(const Server::Options& options) {
  return options.declare_completions;
}
bool has_logging(const Server::Options& options) {
  return options.declare_logging;
}

// clang-format off
constexpr std::array<Method, 15> kMethods{{
    // name                      legacy modern worker  caching             offered          handler
    {"initialize",               true,  false, false, Caching::kNotSaid,  always,          initialize},
    {"ping",                     true,  false, false, Caching::kNotSaid,  always,          ping},
    {"logging/setLevel",         true,  false, false, Caching::kNotSaid,  has_logging,     set_log_level},
    {"server/discover",          false, true,  false, Caching::kStatic,   always,          discover},
    {"tools/list",               true,  true,  false, Caching::kStatic,   has_tools,       list_tools},
    {"tools/call",               true,  true,  true,  Caching::kNotSaid,  has_tools,       call_tool},
    {"resources/list",           true,  true,  true,  Caching::kVolatile, has_resources,   list_resources},
    {"resources/templates/list", true,  true,  true,  Caching::kStatic,   has_resources,   list_resource_templates},
    {"resources/read",           true,  true,  true,  Caching::kVolatile, has_resources,   read_resource},
    {"resources/subscribe",      true,  false, false, Caching::kNotSaid,  has_resources,   subscribe},
    {"resources/unsubscribe",    true,  false, false, Caching::kNotSaid,  has_resources,   unsubscribe},
    {"subscriptions/listen",     false, true,  false, Caching::kNotSaid,  has_resources,   listen},
    {"prompts/list",             true,  true,  false, Caching::kStatic,   has_prompts,     list_prompts},
    {"prompts/get",              true,  true,  true,  Caching::kNotSaid,  has_prompts,     get_prompt},
    {"completion/complete",      true,  true,  false, Caching::kNotSaid,  has_completions, complete},
}};
// clang-format on

}  // namespace

const Method* find_method(std::string_view name, const Caller& caller,
                          const Server::Options& options) {
  for (const Method& method : kMethods) {
    if (method.name != name) continue;
    const bool in_era = caller.modern() ? method.modern : method.legacy;
    return in_era && method.offered(options) ? &method : nullptr;
  }
  return nullptr;
}

}  // namespace crossload::mcp
