#include "results.h"

#include <utility>

#include "crossload/base/strings.h"
#include "crossload/rpc/message.h"

namespace crossload::mcp {
namespace {

constexpr int kStaticTtlMs = 300000;

/// Titles, output schemas, structured content and resource links came together.
bool knows_structured_output(Revision revision) {
  return revision >= Revision::kV20250618;
}

Json annotations_json(const ToolAnnotations& annotations) {
  return {{"readOnlyHint", annotations.read_only},
          {"destructiveHint", annotations.destructive},
          {"idempotentHint", annotations.idempotent},
          {"openWorldHint", annotations.open_world}};
}

Json text_block(const std::string& text) {
  return {{"type", "text"}, {"text", text}};
}

Json link_block(const ResourceLink& link, Revision revision) {
  if (!knows_structured_output(revision)) {
    return text_block("resource " + link.name + ": " + link.uri);
  }
  Json block = {{"type", "resource_link"}, {"uri", link.uri}, {"name", link.name}};
  if (!link.description.empty()) block["description"] = link.description;
  if (!link.mime_type.empty()) block["mimeType"] = link.mime_type;
  return block;
}

}  // namespace

Json server_info(const ServerIdentity& identity, Revision revision) {
  Json info = {{"name", identity.name}};
  if (!identity.title.empty() && knows_structured_output(revision)) info["title"] = identity.title;
  info["version"] = identity.version;
  return info;
}

Json capabilities(const Server::Options& options, Revision revision) {
  Json declared = Json::object();
  if (options.tools != nullptr) declared["tools"] = Json::object();
  if (options.resources != nullptr) declared["resources"] = {{"subscribe", true}};
  if (!options.prompts.empty()) declared["prompts"] = Json::object();
  if (options.declare_completions && revision >= Revision::kV20250326) {
    declared["completions"] = Json::object();
  }
  if (options.declare_logging) declared["logging"] = Json::object();
  return declared;
}

Json tool_json(const ToolDefinition& definition, Revision revision) {
  Json tool = {{"name", definition.name}};
  if (knows_structured_output(revision) && !definition.title.empty()) {
    tool["title"] = definition.title;
  }
  tool["description"] = definition.description;
  tool["inputSchema"] =
      definition.input_schema.is_object() ? definition.input_schema : Json{{"type", "object"}};
  if (knows_structured_output(revision) && definition.output_schema.is_object()) {
    tool["outputSchema"] = definition.output_schema;
  }
  if (revision >= Revision::kV20250326) {
    tool["annotations"] = annotations_json(definition.annotations);
  }
  return tool;
}

Json prompt_json(const Prompt& prompt, Revision revision) {
  Json object = {{"name", prompt.name}};
  if (knows_structured_output(revision) && !prompt.title.empty()) object["title"] = prompt.title;
  object["description"] = prompt.description;
  Json arguments = Json::array();
  for (const PromptArgument& argument : prompt.arguments) {
    arguments.push_back({{"name", argument.name},
                         {"description", argument.description},
                         {"required", argument.required}});
  }
  object["arguments"] = std::move(arguments);
  return object;
}

Json resource_json(const Resource& resource, const char* uri_member) {
  Json object = {{uri_member, resource.uri}, {"name", resource.name}};
  if (!resource.description.empty()) object["description"] = resource.description;
  if (!resource.mime_type.empty()) object["mimeType"] = resource.mime_type;
  return object;
}

Json contents_json(const std::string& uri, const ResourceContents& contents) {
  Json object = {{"uri", uri}};
  if (!contents.mime_type.empty()) object["mimeType"] = contents.mime_type;
  if (contents.is_binary) {
    object["blob"] = base64_encode(contents.text);
  } else {
    object["text"] = contents.text;
  }
  return object;
}

Json call_result(ToolResult result, Revision revision) {
  Json content = Json::array();
  if (!result.text.empty()) {
    content.push_back(text_block(result.text));
  } else if (!result.structured.is_null()) {
    content.push_back(text_block(rpc::to_line(result.structured)));
  }
  for (Json& block : result.content) content.push_back(std::move(block));
  for (const ResourceLink& link : result.links) content.push_back(link_block(link, revision));
  Json object = {{"content", std::move(content)}};
  if (result.structured.is_object() && knows_structured_output(revision)) {
    object["structuredContent"] = std::move(result.structured);
  }
  object["isError"] = result.is_error;
  return object;
}

Json modern_result(Json result, Caching caching, const ServerIdentity& identity) {
  result["resultType"] = "complete";
  if (caching != Caching::kNotSaid) {
    result["ttlMs"] = caching == Caching::kStatic ? kStaticTtlMs : 0;
    result["cacheScope"] = "private";
  }
  result["_meta"][kMetaServerInfo] = server_info(identity, kModern);
  return result;
}

Json input_required_result(const InputRequired& needed, const std::string& state,
                           const ServerIdentity& identity) {
  Json requests = Json::object();
  for (const auto& [key, request] : needed.requests) {
    requests[key] = {{"method", request.method}, {"params", request.params}};
  }
  Json result = {{"resultType", "input_required"}, {"inputRequests", std::move(requests)}};
  if (!state.empty()) result["requestState"] = state;
  result["_meta"] = {{kMetaServerInfo, server_info(identity, kModern)}};
  return result;
}

}  // namespace crossload::mcp
