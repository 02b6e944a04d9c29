#pragma once

#include <map>
#include <string>
#include <vector>

#include "test_database.h"

namespace crossload::testing {

/// The names of the database's views, by its own catalog; PostgreSQL's default schema only.
std::vector<std::string> view_names(const TestDatabase& database);

/// By view, its rows as the engine's own shell prints them, in an order of their own: numbers with
/// a few digits, truth as 0 and 1, moments without a fraction of zeros, lists between commas in
/// order, as no engine promises one. What the shell says of a view that it cannot read is its one
/// row.
std::map<std::string, std::vector<std::string>> view_rows(const TestDatabase& database,
                                                          const std::vector<std::string>& views);

}  // namespace crossload::testing
