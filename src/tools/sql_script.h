#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crossload/dialect/dialect.h"
#include "crossload/driver/driver.h"
#include "crossload/tools/services.h"

#include "session.h"

namespace crossload::tools {

/// What became of one statement of a script.
struct StatementOutcome {
  std::size_t line = 1;
  std::string head;  ///< The beginning of its text.
  std::optional<std::uint64_t> affected_rows;
  std::optional<Error> error;
};

struct ScriptOutcome {
  std::vector<StatementOutcome> statements;  ///< Those that were begun.
  std::size_t failed = 0;
  std::optional<Error> stopped_by;  ///< The error that ended the script before its end.
  bool rolled_back = false;         ///< A transaction was left open and has been undone.
};

/// Refuses a script before anything of it runs: statements that the profile's access or powers do
/// not cover, those that would leave the database (files of the server, databases that the profile
/// does not list), and the ledger. Throws: Error kAccessDenied with the statement's line.
void check_script(const FoundDatabase& where, const dialect::Dialect& dialect,
                  const std::vector<dialect::SqlStatement>& statements);

/// Runs the statements one by one; `begun` is told how many have been begun. Leaves no transaction
/// open. A cancelled statement ends the script even with `keep_going`.
ScriptOutcome run_script(driver::Connection& connection,
                         const std::vector<dialect::SqlStatement>& statements,
                         const std::vector<Value>& params, bool keep_going,
                         const std::function<void(std::size_t)>& begun);

}  // namespace crossload::tools
