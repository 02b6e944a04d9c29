#pragma once

#include <string>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

/// How a table's keys use one of its columns.
ColumnUse use_of(const Table& table, const Column& column);

}  // namespace crossload::dialect
