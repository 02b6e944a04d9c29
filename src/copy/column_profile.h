#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crossload/dialect/type_mapping.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// What the values of some columns of a table are, in their order. Reads the table, or its first
/// `most_rows` rows, as a stream. Throws: Error of the source.
std::vector<dialect::ColumnProfile> profile_columns(driver::Connection& source, const Table& table,
                                                    const std::vector<std::string>& columns,
                                                    std::optional<std::uint64_t> most_rows);

}  // namespace crossload::copy
