#pragma once

#include <string>

#include "crossload/mcp/tool.h"

#include "runtime.h"

namespace crossload::app {

/// A tool as a subcommand: calls it and prints its result. A job that it starts is followed to its
/// end, since a job lives in its process. Returns the exit code.
int run_tool(const GlobalOptions& options, const std::string& tool, const mcp::Json& arguments);

/// `crossload migrate`: starts (or resumes) a migration, shows how it goes, prints a summary.
int run_migrate(const GlobalOptions& options, const mcp::Json& arguments);

}  // namespace crossload::app
