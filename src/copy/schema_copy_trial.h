#pragma once

#include <cstddef>
#include <functional>

#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Carries every statement out on `where`: inside a transaction that is undone, or, where the
/// engine cannot undo CREATE, for good: `where` is then a database made for it. Items that fail
/// move to script.skipped with the engine's words, with those that hang on them; items whose name
/// the target has already stay and get a warning; so do views and triggers that are made but cannot
/// be used. `existing` is what the target has. Throws: Error for what is no statement's fault.
/// Goes on for as long as `go_on` says so, and returns how many statements were left untried.
std::size_t try_script(dialect::SchemaScript& script, driver::Connection& where,
                       const Schema& existing, const std::function<bool()>& go_on);

}  // namespace crossload::copy
