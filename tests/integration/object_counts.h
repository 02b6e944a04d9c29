#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "test_database.h"

namespace crossload::testing {

/// How many tables, columns, primary keys, indexes, unique indexes, foreign keys, views and
/// triggers there are, by kind.
using ObjectCounts = std::map<std::string, long>;

/// Counted by the engine's own shell in its own catalog. `other` is the engine on the other side:
/// what an engine makes unasked (MySQL's indexes behind foreign keys) counts only where both do.
ObjectCounts count_objects(const TestDatabase& database, Place other);

/// What is left when a copy left out what its result names. `skipped_indexes`: the file in which
/// the texts of indexes that were left out stand.
ObjectCounts less(ObjectCounts counts, const nlohmann::json& copied,
                  const std::string& skipped_indexes);

}  // namespace crossload::testing
