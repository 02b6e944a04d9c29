#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crossload/mcp/tool.h"

namespace crossload::tools {

using mcp::Json;

/// The longest a call may take unless its caller raised the limit.
inline constexpr std::chrono::seconds kCallLimit{25};

// Reading arguments that check_arguments() has accepted.

std::string required_text(const Json& arguments, const char* name);
/// nullopt where it is absent or empty: some clients send "" for what they leave out.
std::optional<std::string> optional_text(const Json& arguments, const char* name);
bool flag_or(const Json& arguments, const char* name, bool otherwise);
std::int64_t integer_or(const Json& arguments, const char* name, std::int64_t otherwise);
std::size_t size_or(const Json& arguments, const char* name, std::size_t otherwise);
std::vector<std::string> texts(const Json& arguments, const char* name);
/// An object of names to names; empty where it is absent. Throws: Error kInvalidArgument.
std::map<std::string, std::string> names_to_names(const Json& arguments, const char* name);

/// "call TOOL {arguments}", the shape of every suggestion and next step.
std::string call_hint(const std::string& tool, const Json& arguments);

}  // namespace crossload::tools
