#pragma once

#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// What the text of a table of MySQL's kind says that neither the catalog nor another kind of
/// server has a word for: versions of rows, periods, how indexes are read, how rows are stored.
std::vector<SchemaWarning> lost_of_mysql(const Table& table, const TargetTraits& target);

/// Defaults of a copy by its own text that go on reading the source's sequences: MariaDB prints
/// them with their database.
std::vector<SchemaWarning> shared_sequences(const Table& table);

}  // namespace crossload::dialect
