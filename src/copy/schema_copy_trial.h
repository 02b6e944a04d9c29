#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Where statements are tried.
struct TrialPlace {
  std::vector<driver::Connection*> sessions;  ///< At least one, all on the same database.
  /// Where that database was made for the trial: the one of its server that the statements are for.
  std::string beside = {};
};

/// Carries every statement out at `place`: inside a transaction that is undone, or, where the
/// engine cannot undo CREATE, for good: that is then a database made for it. Items that fail
/// move to script.skipped with the engine's words, with those that hang on them; items whose name
/// the target has already stay and get a warning; so do views and triggers that are made but cannot
/// be used. `existing` is what the target has. Throws: Error for what is no statement's fault.
/// Goes on for as long as `go_on` says so, and returns how many statements were left untried.
std::size_t try_script(dialect::SchemaScript& script, const TrialPlace& place,
                       const Schema& existing, const std::function<bool()>& go_on);

}  // namespace crossload::copy
