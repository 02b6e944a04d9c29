#pragma once

#include "crossload/driver/driver.h"

namespace crossload::copy {

/// True where the table holds at least one row; reads no more than that.
bool has_rows(driver::Connection& connection, const TableName& table);

/// PostgreSQL: large objects, which lie in no table of a user's.
bool has_large_objects(driver::Connection& connection);

}  // namespace crossload::copy
