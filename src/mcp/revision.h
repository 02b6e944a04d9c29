#pragma once

#include <optional>
#include <string_view>

namespace crossload::mcp {

/// The protocol's revisions, oldest first, so that they compare.
enum class Revision { kV20241105, kV20250326, kV20250618, kV20251125, kV20260728 };

inline constexpr Revision kLatestLegacy = Revision::kV20251125;
inline constexpr Revision kModern = Revision::kV20260728;

std::string_view to_string(Revision revision);
/// nullopt for anything this server does not speak.
std::optional<Revision> parse_revision(std::string_view text);

/// Error numbers that MCP adds to JSON-RPC's.
/// Source: modelcontextprotocol.io/specification/2026-07-28/basic and 2025-11-25/server/resources.
inline constexpr int kLegacyResourceNotFound = -32002;
inline constexpr int kMissingClientCapability = -32021;
inline constexpr int kUnsupportedVersion = -32022;

/// Keys of `_meta` that the 2026-07-28 revision reserves.
inline constexpr const char* kMetaProtocolVersion = "io.modelcontextprotocol/protocolVersion";
inline constexpr const char* kMetaClientCapabilities = "io.modelcontextprotocol/clientCapabilities";
inline constexpr const char* kMetaClientInfo = "io.modelcontextprotocol/clientInfo";
inline constexpr const char* kMetaServerInfo = "io.modelcontextprotocol/serverInfo";
inline constexpr const char* kMetaLogLevel = "io.modelcontextprotocol/logLevel";
inline constexpr const char* kMetaSubscriptionId = "io.modelcontextprotocol/subscriptionId";

}  // namespace crossload::mcp
