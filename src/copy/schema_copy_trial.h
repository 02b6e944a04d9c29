#pragma once

#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Carries every statement out on `target` inside a transaction that is undone. Items that fail
/// move to script.skipped with the engine's words, with those that hang on them; items whose name
/// the target has already stay and get a warning; so do views and triggers that are made but cannot
/// be used. Returns false, with nothing tried, where the engine cannot undo CREATE. Throws: Error
/// for what is no statement's fault.
bool try_script(dialect::SchemaScript& script, driver::Connection& target);

}  // namespace crossload::copy
