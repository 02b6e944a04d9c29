#pragma once

#include "crossload/copy/migration.h"
#include "crossload/mcp/tool.h"

namespace crossload::tools {

/// The `rules` argument: {"zero_date":"null"} for the job,
/// {"orders.created":{"zero_date":"reject"}} for one column. Throws: Error kInvalidArgument for a
/// rule or value that there is not.
copy::Rules parse_rules(const mcp::Json& rules);

/// What all_rules() holds, as Markdown lines for the tool's help.
std::string rules_help();

}  // namespace crossload::tools
