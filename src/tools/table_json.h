#pragma once

#include <vector>

#include "crossload/mcp/tool.h"
#include "crossload/model/schema.h"

namespace crossload::tools {

/// A table as describe-table shows it; members without content are left out.
mcp::Json table_json(const Table& table, const std::vector<ForeignKey>& incoming);

}  // namespace crossload::tools
