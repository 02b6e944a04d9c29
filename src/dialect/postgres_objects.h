#pragma once

#include <string>
#include <vector>

#include "crossload/dialect/table_script.h"

#include "made_table.h"

namespace crossload::dialect {

/// A type that users made, by its name as LogicalType has it; nullptr where there is none.
const UserType* find_type(const Schema& source, const std::string& named);

/// The target's name for a type that the source's users made, where the copy makes it too; empty
/// for any other. `named` is as LogicalType has it.
std::string copied_type(const CopyContext& copy, const std::string& named);

/// Types, domains, and sequences that the tables need or that stand alone, before the tables.
/// PostgreSQL to PostgreSQL; elsewhere they are part of the columns, or reported.
void add_types_and_sequences(CopyContext& copy, const TargetNames& names);

/// How columns that number themselves say so: by the sequence of the same name.
void keep_sequences(const Table& table, const CopyContext& copy, const TargetNames& names,
                    TableScriptOptions& options);

/// What follows a table: whose its sequences are, and what the comments say.
void add_after_table(const MadeTable& table, CopyContext& copy, const TargetNames& names);

}  // namespace crossload::dialect
