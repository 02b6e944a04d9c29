#pragma once

#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A schema of PostgreSQL for an engine without domains: what the domain of a column says (NOT
/// NULL, its default, its checks) is said by the column and its table. `told`: each check that
/// moved. `tables`: those that count; all where it is empty.
Schema without_domains(const Schema& source, const std::vector<TableName>& tables,
                       std::vector<SchemaWarning>& told);

/// Whether there is a domain at all.
bool has_domains(const Schema& source);

}  // namespace crossload::dialect
