#pragma once

#include "crossload/mcp/tool.h"

namespace crossload::tools {

/// Puts what comes out of a database behind a notice and between two marks that the data cannot
/// know: {facts..., "notice", "boundary", data..., "boundary_end"}. A reader that is a language
/// model can tell what crossload says from what a row says.
mcp::Json fenced(mcp::Json facts, const mcp::Json& data);

}  // namespace crossload::tools
