#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crossload/dialect/type_mapping.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// What is in the columns whose type in another engine depends on their data, by "table.column":
/// all of SQLite's, MySQL's tinyint(1), texts and bytes under a key, whose length MySQL has to
/// know, and UUIDs, of which MariaDB refuses some. Reads whole tables, or `most_rows` of each for
/// as long as `go_on` says so; what is not looked at has no profile. Dates and times of
/// SQLite that views may compare are then read on.
std::map<std::string, dialect::ColumnProfile> profile_tables(
    driver::Connection& source, const Schema& schema, const std::vector<TableName>& tables,
    const dialect::TargetTraits& to, std::optional<std::uint64_t> most_rows,
    const std::function<bool()>& go_on = {});

}  // namespace crossload::copy
