#pragma once

#include <cstddef>
#include <string>

#include "crossload/mcp/tool.h"

namespace crossload::app {

/// A tool's result for people: facts as "name: value", lists as tables. `width` as in TextTable.
std::string result_text(const mcp::Json& result, std::size_t width);

/// A refusal for people: what is wrong, near names, what to do.
std::string error_text(const mcp::Json& error);

}  // namespace crossload::app
