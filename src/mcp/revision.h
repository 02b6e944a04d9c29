#pragma once

#include <optional>
#include <string_view>

namespace crossload::mcp {

/// The protocol's revisions, oldest first, so that they compare.
enum class Revision { k2024_11_05, k2025_03_26, k2025_06_18, k2025_11_25, k2026_07_28 };

inline constexpr Revision kLatestLegacy = Revision::k2025_11_25;
inline constexpr Revision kModern = Revision::k2026_07_28;

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
