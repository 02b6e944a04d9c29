#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// nullptr: whatever the source's column holds goes on as it is.
std::unique_ptr<CellConversion> to_spatial(const Pair& pair);

/// PostgreSQL's own types that have a counterpart.
bool is_geometric(const LogicalType& type);
std::unique_ptr<CellConversion> spatial_to_geometric(const Pair& pair);

}  // namespace crossload::convert
