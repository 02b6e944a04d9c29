#pragma once

#include <string>
#include <vector>

#include "crossload/driver/driver.h"

namespace crossload::copy {

/// True where the table holds at least one row; reads no more than that.
bool has_rows(driver::Connection& connection, const TableName& table);

/// The columns of a PostgreSQL table that name large objects: their contents lie in no table of a
/// user's. Empty for other engines, and for a table that the user may not read.
std::vector<std::string> large_object_columns(driver::Connection& connection, const Table& table);

}  // namespace crossload::copy
