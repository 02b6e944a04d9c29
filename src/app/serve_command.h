#pragma once

#include "runtime.h"

namespace crossload::app {

/// `crossload serve`: an MCP server on stdin and stdout until the input ends or a signal comes.
int serve(const GlobalOptions& options);

}  // namespace crossload::app
