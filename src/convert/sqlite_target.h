#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// From another engine into SQLite, whose columns keep values by affinity. nullptr: whatever the
/// source's column holds goes on as it is.
std::unique_ptr<CellConversion> to_sqlite(const Pair& pair);

}  // namespace crossload::convert
