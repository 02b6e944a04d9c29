#pragma once

#include <string>
#include <vector>

namespace crossload::testing {

/// All columns of all rows by id.
inline const std::string kRows = "SELECT * FROM @t ORDER BY id";

/// A table (id, v) of one type with these values under the ids 1, 2, ...
std::string table_of(const std::string& type, const std::vector<std::string>& values);

/// Lines of such ids and values.
std::string rows_of(const std::vector<std::string>& values);

/// A query for the ids, the values and what the function makes of them.
std::string typed(const std::string& function);

}  // namespace crossload::testing
