#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// Names that stand where a table or view stands in a statement (FROM, JOIN, INTO, UPDATE, IN),
/// without their schema and as spelled; names of common table expressions are left out, those of
/// table-valued functions are not. Each once, in the order of their first use.
std::vector<std::string> referenced_tables(Engine engine, std::string_view sql);

}  // namespace crossload::dialect
