#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// The conversion for a pair of columns. nullptr: whatever the source's column holds goes on as it
/// is. Throws: Error kColumnMismatch where nothing it holds could.
std::unique_ptr<CellConversion> make_cell_conversion(const Pair& pair);

}  // namespace crossload::convert
