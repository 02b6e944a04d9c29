#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "test_database.h"

namespace crossload::testing {

/// How many tables, columns, primary keys, indexes, unique indexes, foreign keys, checks,
/// views and triggers there are, by kind.
using ObjectCounts = std::map<std::string, long>;

/// Counted by the engine's own shell in its own catalog.
ObjectCounts count_objects(const TestDatabase& database);

/// The same of a target, without the indexes that MySQL made for foreign keys unasked: those that
/// no statement of `indexes` (the text of indexes.sql) makes.
ObjectCounts count_copied(const TestDatabase& target, const std::string& indexes);

/// What is left when a copy left out what its result names. `skipped_indexes`: the file in which
/// the texts of indexes that were left out stand. `report`: report.md, which names the columns that
/// got a check instead of a type.
ObjectCounts less(ObjectCounts counts, const nlohmann::json& copied,
                  const std::string& skipped_indexes, const std::string& report);

}  // namespace crossload::testing
