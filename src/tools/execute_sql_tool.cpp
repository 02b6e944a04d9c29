#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "arguments.h"
#include "artifacts.h"
#include "deadline.h"
#include "fence.h"
#include "schema.h"
#include "session.h"
#include "sql_arguments.h"
#include "sql_script.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::int64_t kMostSeconds = 3600;
constexpr std::size_t kShownStatements = 100;

struct Arguments {
  DatabaseArgument database;
  std::optional<std::string> sql;
  std::optional<std::string> file;
  std::vector<Value> params;
  bool params_given = false;
  bool keep_going = false;
  std::chrono::seconds timeout = kCallLimit;
};

Arguments parse(const Json& json) {
  Arguments arguments;
  arguments.database = database_argument(json);
  arguments.sql = optional_text(json, "sql");
  arguments.file = optional_text(json, "file");
  arguments.params = sql_parameters(json);
  arguments.params_given = json.contains("params");
  arguments.keep_going = flag_or(json, "keep_going", false);
  arguments.timeout = std::chrono::seconds(integer_or(json, "timeout_seconds", kCallLimit.count()));
  if (arguments.sql.has_value() == arguments.file.has_value()) {
    throw Error(ErrorCode::kInvalidArgument, "give exactly one of sql and file");
  }
  return arguments;
}

/// Hosts ask a user before a tool that may change things; where no profile may write, none can.
bool may_write(const Services& services) {
  const auto& profiles = services.profiles->all();
  return std::any_of(profiles.begin(), profiles.end(), [](const Profile& profile) {
    return profile.access == driver::Access::kReadWrite;
  });
}

mcp::ToolDefinition definition(const Services& services) {
  mcp::ToolDefinition tool;
  tool.name = "execute-sql";
  tool.title = "Execute SQL";
  tool.description =
      "Runs SQL statements that change a database of a write profile, from text or a file under "
      "state_dir. To read rows: query-sql.";
  tool.input_schema = schema::arguments(
      {{"profile_name", schema::profile_name()},
       {"database_name", schema::database_name()},
       {"sql", schema::string("One statement or a script")},
       {"file", schema::string("Or a script under state_dir, by relative path")},
       {"params", schema::sql_parameters()},
       {"keep_going", schema::boolean("Go on behind a failing statement", false)},
       {"timeout_seconds",
        schema::integer("For the whole call", 1, kMostSeconds, kCallLimit.count())}},
      {"profile_name"});
  tool.output_schema = schema::result(
      {{"database", schema::string("profile/database")},
       {"total", schema::count("Statements of the script")},
       {"succeeded", schema::count()},
       {"failed", schema::count()},
       {"not_run", schema::count()},
       {"affected_rows", schema::count("Of all statements")},
       {"rolled_back", schema::flag("A transaction left open was undone")},
       {"statements_shown", schema::string("all, or: failed and last")},
       {"notice", schema::string()},
       {"statements", schema::objects("line, text, affected_rows, error, code, vendor_code")}});
  const bool writes = may_write(services);
  tool.annotations = {.read_only = !writes, .destructive = writes, .idempotent = false};
  tool.help =
      "Statements run in order, each on its own unless the script says BEGIN and COMMIT. The "
      "script "
      "stops at the first error (`isError`, with what had run before it) unless `keep_going`; a "
      "transaction that is still open at the end is rolled back and `rolled_back` says so. "
      "`params` "
      "means exactly one statement.\n\n"
      "The profile must have access `write`; on a `read` profile only reading statements run. "
      "DELETE without a condition needs the power `truncate`, DROP the power `drop`. The whole "
      "script is checked before its first statement runs. Statements that name a file of the "
      "server "
      "(ATTACH, VACUUM INTO, COPY of a file, LOAD DATA, INTO OUTFILE) are refused, and MySQL's USE "
      "of "
      "another database: that is another `database_name`. The rows of a SELECT are not shown "
      "here.\n\n"
      "`file` is an artifact such as `schema-copy/20261120T093000Z/indexes.sql`; one that holds no "
      "statement does nothing.";
  tool.examples = {{"One statement with values",
                    {{"profile_name", "files"},
                     {"database_name", "shop"},
                     {"sql", "UPDATE customers SET city = ? WHERE id = ?"},
                     {"params", {"Oslo", 7}}}},
                   {"The indexes of a schema copy, as many as work",
                    {{"profile_name", "files"},
                     {"database_name", "copy"},
                     {"file", "schema-copy/20261120T093000Z/indexes.sql"},
                     {"keep_going", true},
                     {"timeout_seconds", 600}}}};
  tool.errors = {
      {ErrorCode::kAccessDenied, "read profile, missing power, ATTACH, or the ledger"},
      {ErrorCode::kSqlError, "a statement failed; its line and the engine's words are given"},
      {ErrorCode::kInvalidArgument,
       "both or neither of sql and file, params with several statements, a file outside "
       "state_dir"},
      {ErrorCode::kCancelled, "the script ran longer than timeout_seconds"}};
  return tool;
}

std::vector<dialect::SqlStatement> statements_of(const Services& services,
                                                 const Arguments& arguments,
                                                 const dialect::Dialect& dialect) {
  const std::string script = arguments.sql
                                 ? *arguments.sql
                                 : read_file(artifact_path(services.state_dir, *arguments.file));
  std::vector<dialect::SqlStatement> statements = dialect.split(script);
  // A schema copy has files that hold only comments.
  if (statements.empty() && arguments.sql) {
    throw Error(ErrorCode::kInvalidArgument, "there is no statement in it");
  }
  if (arguments.params_given && statements.size() != 1) {
    throw Error(ErrorCode::kInvalidArgument,
                "params needs exactly one statement, not " + std::to_string(statements.size()));
  }
  return statements;
}

Json statement_json(const StatementOutcome& outcome) {
  Json shown = {{"line", outcome.line}, {"text", outcome.head}};
  if (outcome.affected_rows) shown["affected_rows"] = *outcome.affected_rows;
  if (outcome.error) {
    shown["error"] = utf8_lossy(outcome.error->message());
    shown["code"] = to_string(outcome.error->code());
    if (!outcome.error->sqlstate().empty()) shown["sqlstate"] = outcome.error->sqlstate();
    if (outcome.error->vendor_code() != 0) shown["vendor_code"] = outcome.error->vendor_code();
  }
  return shown;
}

/// All statements of a short script; of a long one those that failed and the last.
Json statements_json(const ScriptOutcome& outcome) {
  Json shown = Json::array();
  const bool all = outcome.statements.size() <= kShownStatements;
  for (std::size_t i = 0; i < outcome.statements.size() && shown.size() < kShownStatements; ++i) {
    const StatementOutcome& statement = outcome.statements[i];
    const bool last = i + 1 == outcome.statements.size();
    if (all || statement.error || last) shown.push_back(statement_json(statement));
  }
  return shown;
}

Json report(const Session& session, const ScriptOutcome& outcome, std::size_t total) {
  std::uint64_t affected = 0;
  for (const StatementOutcome& statement : outcome.statements) {
    affected += statement.affected_rows.value_or(0);
  }
  Json facts = Json::object();
  if (outcome.stopped_by) facts = mcp::error_object(*outcome.stopped_by);
  facts["database"] = session.where.display();
  facts["total"] = total;
  facts["succeeded"] = outcome.statements.size() - outcome.failed;
  facts["failed"] = outcome.failed;
  facts["not_run"] = total - outcome.statements.size();
  facts["affected_rows"] = affected;
  facts["rolled_back"] = outcome.rolled_back;
  facts["statements_shown"] = total <= kShownStatements ? "all" : "failed and last";
  return fenced(std::move(facts), {{"statements", statements_json(outcome)}});
}

/// The error that stopped the script, said so that the caller knows where and what to do.
Error stopping_error(const ScriptOutcome& outcome, const Arguments& arguments,
                     const FoundDatabase& where, bool by_caller) {
  Error error = *outcome.stopped_by;
  error.add_context("statement at line " + std::to_string(outcome.statements.back().line));
  if (error.code() == ErrorCode::kCancelled) {
    if (!by_caller) {
      error.add_context("cancelled at the limit of " + std::to_string(arguments.timeout.count()) +
                        " s");
      error.suggest("raise timeout_seconds");
    }
    return error;
  }
  if (outcome.rolled_back)
    error.suggest("the open transaction was rolled back: run the script again");
  suggest_for_sql(error, where, outcome.statements.back().head);
  error.suggest("correct the statement, or give keep_going:true to go on behind errors");
  return error;
}

mcp::ToolResult execute_sql(const Services& services, const Arguments& arguments,
                            mcp::ToolContext& context) {
  const FoundDatabase where = find_database(services, arguments.database);
  const dialect::Dialect& dialect = dialect::dialect_for(where.driver->engine());
  const auto statements = statements_of(services, arguments, dialect);
  check_script(where, dialect, statements);
  Session session = open_session(services, arguments.database, where.profile->access);

  std::atomic<std::size_t> begun{0};
  const auto what = [&] {
    return "statement " + std::to_string(begun.load()) + " of " + std::to_string(statements.size());
  };
  ScriptOutcome outcome;
  run_with_deadline({session.connection.get()}, context, {arguments.timeout, what, {}}, [&] {
    outcome = run_script(*session.connection, statements, arguments.params, arguments.keep_going,
                         [&](std::size_t n) { begun = n; });
  });
  if (outcome.stopped_by) {
    outcome.stopped_by = stopping_error(outcome, arguments, where, context.stop().stop_requested());
  }
  mcp::ToolResult result;
  result.structured = report(session, outcome, statements.size());
  result.is_error = outcome.stopped_by.has_value();
  return result;
}

}  // namespace

void add_execute_sql(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(services),
           [services](const Json& json, mcp::ToolContext& context) {
             return execute_sql(services, parse(json), context);
           });
}

}  // namespace crossload::tools
