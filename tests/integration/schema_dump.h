#pragma once

#include <set>
#include <string>

#include "test_database.h"

namespace crossload::testing {

/// What the engine's own tool prints of each table, type, sequence, index, constraint, view,
/// trigger and routine: pg_dump's items, MySQL's SHOW CREATE, the texts of sqlite_schema.
std::set<std::string> schema_dump(const TestDatabase& database);

}  // namespace crossload::testing
