#pragma once

#include <map>
#include <string>

#include "made_table.h"

namespace crossload::dialect {

/// Columns that a foreign key holds to another type than that of what it refers to, and which can
/// have that one: by column the type to give them. Numbers follow numbers; a column whose values
/// are known follows where they fit, one without values anywhere. SQLite compares whatever there
/// is.
std::map<std::string, MappedType> key_types(const MadeTable& table, const CopyContext& copy,
                                            const std::map<std::string, ColumnProfile>& profiles);

}  // namespace crossload::dialect
