#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// Dates and timestamps as text that SQLite's own date functions read.
std::unique_ptr<CellConversion> moment_to_sqlite(const Pair& pair);

}  // namespace crossload::convert
