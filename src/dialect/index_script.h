#pragma once

#include <string>

#include "made_table.h"

namespace crossload::dialect {

/// The indexes and unique constraints of one table, as statements that run after its own; what the
/// target cannot have is among the skipped, what it has in another form among the warnings. Notes
/// the unique keys that the table gets.
void add_indexes(MadeTable& table, CopyContext& copy);

/// An index of PostgreSQL by the server's own text, under other names; empty where that text is not
/// understood.
std::string renamed_postgres_index(const Index& index, const std::string& name,
                                   const TableName& table);

}  // namespace crossload::dialect
