#pragma once

#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {

/// Tables for a target whose statements are made from the model; what hangs on them is listed in
/// `skipped`.
SchemaScript cross_script(const Schema& source, Engine target, const ScriptOptions& options);

}  // namespace crossload::dialect
