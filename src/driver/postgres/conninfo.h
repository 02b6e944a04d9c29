#pragma once

#include <string>
#include <utility>
#include <vector>

#include "crossload/driver/driver.h"

namespace crossload::driver::postgres {

using Conninfo = std::vector<std::pair<std::string, std::string>>;

/// What libpq is told to connect to a database: the parts of the profile's URL under libpq's own
/// keywords. Left out is what the URL leaves out, so that PG* variables and .pgpass hold.
/// Source: PostgreSQL 15 manual, 34.1.2.
/// Throws: Error kInvalidArgument for a query key that is no option of libpq.
Conninfo conninfo(const Endpoint& endpoint, const std::string& database);

}  // namespace crossload::driver::postgres
