#include "sql_script.h"

#include "crossload/base/strings.h"

#include "session.h"
#include "sql_arguments.h"

namespace crossload::tools {
namespace {

using dialect::SqlStatement;
using dialect::StatementClass;

constexpr std::size_t kHeadChars = 120;

std::string head_of(const std::string& sql) {
  bool truncated = false;
  std::string head = utf8_head(utf8_lossy(sql), kHeadChars, truncated);
  for (char& c : head) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return truncated ? head + "..." : head;
}

/// The power of `allow` that a class needs; nothing where access alone decides.
void check_powers(const Profile& profile, StatementClass kind, const std::string& purpose) {
  switch (kind) {
    case StatementClass::kTruncate:
      return require_power(profile, "truncate", purpose);
    case StatementClass::kDrop:
      return require_power(profile, "drop", purpose);
    case StatementClass::kDynamic:
      require_power(profile, "truncate", purpose);
      return require_power(profile, "drop", purpose);
    case StatementClass::kRead:
    case StatementClass::kWrite:
    case StatementClass::kSchema:
    case StatementClass::kTransaction:
    case StatementClass::kSession:
    case StatementClass::kOther:
      return;
  }
}

void check_statement(const FoundDatabase& where, const dialect::Dialect& dialect,
                     const SqlStatement& statement) {
  const std::string purpose = "the statement at line " + std::to_string(statement.line) + " (" +
                              head_of(statement.text) + ")";
  refuse_ledger(statement.text);
  const StatementClass kind = dialect.classify(statement.text);
  if (kind != StatementClass::kRead) require_write(*where.profile, purpose);
  // For SQLite the driver's authorizer is what holds; this says it in words before anything runs.
  if (dialect::reaches_server_files(dialect.engine(), statement.text)) {
    throw Error(ErrorCode::kAccessDenied, purpose + " would reach a file outside the database")
        .suggest("migrate between databases with start-migration-job");
  }
  refuse_other_databases(where, statement.text);
  check_powers(*where.profile, kind, purpose);
}

/// A statement's rows are read to their end, so that one with RETURNING is carried out whole.
std::uint64_t run_statement(driver::Connection& connection, const std::string& sql,
                            const std::vector<Value>& params) {
  const auto reader = connection.query(sql, params);
  RowBatch batch;
  while (reader->read(batch, {})) {
  }
  return reader->affected_rows();
}

/// True where a transaction was open; it is undone.
bool roll_back_open_transaction(driver::Connection& connection) {
  if (!connection.in_transaction()) return false;
  try {
    driver::execute(connection, "ROLLBACK");
  } catch (const Error&) {
    // Stopped, or the session is lost: the server undoes what was open when the session ends.
  }
  return true;
}

}  // namespace

void check_script(const FoundDatabase& where, const dialect::Dialect& dialect,
                  const std::vector<SqlStatement>& statements) {
  for (const SqlStatement& statement : statements) check_statement(where, dialect, statement);
}

ScriptOutcome run_script(driver::Connection& connection,
                         const std::vector<SqlStatement>& statements,
                         const std::vector<Value>& params, bool keep_going,
                         const std::function<void(std::size_t)>& begun) {
  ScriptOutcome outcome;
  for (const SqlStatement& statement : statements) {
    outcome.statements.push_back({statement.line, head_of(statement.text), {}, {}});
    begun(outcome.statements.size());
    try {
      outcome.statements.back().affected_rows = run_statement(connection, statement.text, params);
    } catch (const Error& error) {
      // A failing statement is a finding of the script's report, not the end of the call.
      ++outcome.failed;
      outcome.statements.back().error = error;
      if (keep_going && error.code() != ErrorCode::kCancelled) continue;
      outcome.stopped_by = error;
      break;
    }
  }
  outcome.rolled_back = roll_back_open_transaction(connection);
  return outcome;
}

}  // namespace crossload::tools
