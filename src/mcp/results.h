#pragma once

#include <optional>
#include <string>

#include "crossload/mcp/server.h"

#include "call.h"
#include "revision.h"

namespace crossload::mcp {

/// How long a modern client may keep a result.
enum class Caching {
  kNotSaid,  ///< The method's results carry no caching members.
  kStatic,   ///< Fixed for the life of the process.
  kVolatile  ///< May be different at once.
};

/// {"name","title"?,"version"}; the title where the revision knows it.
Json server_info(const ServerIdentity& identity, Revision revision);
Json capabilities(const Server::Options& options, Revision revision);

/// What a member of tools/list shows; output schemas and titles where the revision knows them.
Json tool_json(const ToolDefinition& definition, Revision revision);
Json prompt_json(const Prompt& prompt, Revision revision);
/// `uri_member` is "uri", or "uriTemplate" for a template.
Json resource_json(const Resource& resource, const char* uri_member);
Json contents_json(const std::string& uri, const ResourceContents& contents);

/// The result of tools/call: text and structuredContent, each complete.
Json call_result(ToolResult result, Revision revision);

/// Adds what every result of the 2026-07-28 revision carries.
Json modern_result(Json result, Caching caching, const ServerIdentity& identity);
/// The result that asks for answers; `state` is left out where empty.
Json input_required_result(const InputRequired& needed, const std::string& state,
                           const ServerIdentity& identity);

}  // namespace crossload::mcp
