#pragma once

#include <set>
#include <string>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

/// How a table's keys use one of its columns. `unkept`: columns whose values need not keep to their
/// declared lengths.
ColumnUse use_of(const Table& table, const Column& column, const std::set<std::string>& unkept);

}  // namespace crossload::dialect
