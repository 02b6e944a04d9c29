#pragma once

#include <string>
#include <vector>

#include "made_table.h"

namespace crossload::dialect {

/// The foreign keys of one table. Where the target takes them later they become statements of the
/// copy; for SQLite the clauses come back, to stand in the table's own statement. To be called when
/// the indexes of all tables are known: a key needs a unique one to refer to.
std::vector<std::string> add_foreign_keys(const MadeTable& table, CopyContext& copy,
                                          const TargetNames& names);

}  // namespace crossload::dialect
