#pragma once

#include <string>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// Why SQLite could not check a foreign key in the schema itself, or empty: the parent is missing
/// or no table, or the referenced columns are not its primary key and no unique index covers them.
/// Source: sqlite.org/foreignkeys.html section 3.
std::string foreign_key_problem(const Schema& schema, const ForeignKey& key);

}  // namespace crossload::dialect
