#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

// The conversions into one kind of target column. nullptr: whatever the source's column holds goes
// on as it is.

/// Date, timestamp, timestamp with zone.
std::unique_ptr<CellConversion> to_moment(const Pair& pair);
std::unique_ptr<CellConversion> to_time(const Pair& pair);
std::unique_ptr<CellConversion> to_interval(const Pair& pair);

}  // namespace crossload::convert
