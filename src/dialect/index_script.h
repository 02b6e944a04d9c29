#pragma once

#include "made_table.h"

namespace crossload::dialect {

/// The indexes and unique constraints of one table, as statements that run after its own; what the
/// target cannot have is among the skipped, what it has in another form among the warnings. Notes
/// the unique keys that the table gets.
void add_indexes(MadeTable& table, CopyContext& copy);

}  // namespace crossload::dialect
