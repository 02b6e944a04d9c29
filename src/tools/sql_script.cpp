#include "sql_script.h"

#include <cctype>
#include <string_view>

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

/// What follows blanks and comments.
std::string_view skip_comments(std::string_view sql) {
  while (true) {
    sql = trim(sql);
    std::size_t end = std::string_view::npos;
    if (sql.substr(0, 2) == "--") {
      end = sql.find('\n');
    } else if (sql.substr(0, 2) == "/*") {
      end = sql.find("*/", 2);
      if (end != std::string_view::npos) ++end;
    } else {
      return sql;
    }
    if (end == std::string_view::npos) return {};
    sql.remove_prefix(end + 1);
  }
}

/// Takes the next word, lower-cased, off the front.
std::string take_word(std::string_view& sql) {
  sql = skip_comments(sql);
  std::size_t length = 0;
  while (length < sql.size() &&
         (std::isalnum(static_cast<unsigned char>(sql[length])) != 0 || sql[length] == '_')) {
    ++length;
  }
  std::string word = ascii_lower(sql.substr(0, length));
  sql.remove_prefix(length);
  return word;
}

/// ATTACH and VACUUM INTO name files by path, which no tool takes. The driver's authorizer is what
/// holds; this says it in words before anything runs.
bool leaves_database(std::string_view sql) {
  const std::string first = take_word(sql);
  if (first == "attach" || first == "detach") return true;
  if (first != "vacuum") return false;
  // VACUUM [schema] INTO file
  return take_word(sql) == "into" || take_word(sql) == "into";
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

void check_statement(const Profile& profile, const dialect::Dialect& dialect,
                     const SqlStatement& statement) {
  const std::string purpose = "the statement at line " + std::to_string(statement.line) + " (" +
                              head_of(statement.text) + ")";
  refuse_ledger(statement.text);
  const StatementClass kind = dialect.classify(statement.text);
  if (kind != StatementClass::kRead) require_write(profile, purpose);
  if (leaves_database(statement.text)) {
    throw Error(ErrorCode::kAccessDenied, purpose + " would reach a file outside the database")
        .suggest("migrate between databases with start-migration-job");
  }
  check_powers(profile, kind, purpose);
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

/// True where a transaction was open and has been undone.
bool roll_back_open_transaction(driver::Connection& connection) {
  try {
    driver::execute(connection, "ROLLBACK");
    return true;
  } catch (const Error&) {
    // The only way to ask whether one is open: without one, ROLLBACK is an error.
    return false;
  }
}

}  // namespace

void check_script(const Profile& profile, const dialect::Dialect& dialect,
                  const std::vector<SqlStatement>& statements) {
  for (const SqlStatement& statement : statements) check_statement(profile, dialect, statement);
}

ScriptOutcome run_script(driver::Connection& connection, const dialect::Dialect& dialect,
                         const std::vector<SqlStatement>& statements,
                         const std::vector<Value>& params, bool keep_going,
                         const std::function<void(std::size_t)>& begun) {
  ScriptOutcome outcome;
  bool has_transactions = false;
  for (const SqlStatement& statement : statements) {
    outcome.statements.push_back({statement.line, head_of(statement.text), {}, {}});
    begun(outcome.statements.size());
    has_transactions |= dialect.classify(statement.text) == StatementClass::kTransaction;
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
  outcome.rolled_back = has_transactions && roll_back_open_transaction(connection);
  return outcome;
}

}  // namespace crossload::tools
