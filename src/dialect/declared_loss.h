#pragma once

#include <string>

#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// What a column's declaration says or did that no type of another engine tells, for people; empty
/// mostly. MySQL: ZEROFILL. SQLite: texts and digits that its affinity did not keep when they were
/// stored.
std::string lost_by_declaration(Engine source, const Column& column, const ColumnUse& use);

}  // namespace crossload::dialect
