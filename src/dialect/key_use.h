#pragma once

#include <map>
#include <set>
#include <string>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

/// How a table's keys use one of its columns. `unkept`: columns whose values need not keep to their
/// declared lengths.
ColumnUse use_of(const Table& table, const Column& column, const std::set<std::string>& unkept);

/// nullptr where the catalog gives none.
const Index* primary_key_index(const Table& table);

/// SQLite: columns with lengths that the values break, or may break.
std::set<std::string> unkept_lengths(Engine source, const Table& table,
                                     const std::map<std::string, ColumnProfile>& profiles);

/// A foreign key's action gives the column another value.
bool is_set_by_key(const Table& table, const Column& column);

}  // namespace crossload::dialect
