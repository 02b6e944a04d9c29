#pragma once

#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {

/// A copy whose statements are the source's own: sqlite_schema holds the same text afterwards.
SchemaScript sqlite_to_sqlite(const Schema& source, const ScriptOptions& options);

}  // namespace crossload::dialect
