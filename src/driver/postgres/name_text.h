#pragma once

#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::driver::postgres {

/// What table a caller may mean by a text, the likeliest first: the text as the name itself, as
/// schema.name, and both as SQL would read them (bare names folded, quoted ones as they stand).
std::vector<TableName> readings_of(std::string_view text);

}  // namespace crossload::driver::postgres
