#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

// The conversions into one kind of target column. nullptr: whatever the source's column holds goes
// on as it is.

std::unique_ptr<CellConversion> to_boolean(const Pair& pair);
std::unique_ptr<CellConversion> to_integer(const Pair& pair);
std::unique_ptr<CellConversion> to_float(const Pair& pair);
std::unique_ptr<CellConversion> to_decimal(const Pair& pair);

}  // namespace crossload::convert
