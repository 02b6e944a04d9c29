#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// nullptr: whatever the source's column holds goes on as it is.
std::unique_ptr<CellConversion> to_spatial(const Pair& pair);

}  // namespace crossload::convert
