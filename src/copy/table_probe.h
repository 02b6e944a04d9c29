#pragma once

#include "crossload/driver/driver.h"

namespace crossload::copy {

/// True where the table holds at least one row; reads no more than that.
bool has_rows(driver::Connection& connection, const TableName& table);

}  // namespace crossload::copy
