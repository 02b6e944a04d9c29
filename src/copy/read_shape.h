#pragma once

#include <cstddef>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/driver/row_io.h"

namespace crossload::copy {

/// How a table of a plan is read, from its beginning.
driver::ReadRequest read_shape(const TablePlan& table);

/// Columns of the batches it gives: the plan's, and behind them those that only the key needs.
std::size_t columns_read(const TablePlan& table);

}  // namespace crossload::copy
