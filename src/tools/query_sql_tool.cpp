#include <chrono>
#include <string>
#include <vector>

#include "arguments.h"
#include "deadline.h"
#include "fence.h"
#include "json_values.h"
#include "schema.h"
#include "session.h"
#include "sql_arguments.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::size_t kDefaultRows = 100;
constexpr std::size_t kMostRows = 1000;
constexpr std::int64_t kMostSeconds = 3600;
// A result that nobody sized stays readable; a caller that named a limit gets what it asked for, up
// to what a client's line buffer takes.
constexpr std::size_t kUnaskedBytes = 40'000;
constexpr std::size_t kAskedBytes = 1'000'000;
constexpr std::size_t kCellChars = 4000;

struct Arguments {
  DatabaseArgument database;
  std::string sql;
  std::vector<Value> params;
  std::size_t limit = kDefaultRows;
  bool limit_given = false;
  std::chrono::seconds timeout = kCallLimit;
};

Arguments parse(const Json& json) {
  Arguments arguments;
  arguments.database = database_argument(json);
  arguments.sql = required_text(json, "sql");
  arguments.params = sql_parameters(json);
  arguments.limit = size_or(json, "limit", kDefaultRows);
  arguments.limit_given = json.contains("limit");
  arguments.timeout = std::chrono::seconds(integer_or(json, "timeout_seconds", kCallLimit.count()));
  return arguments;
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "query-sql";
  tool.title = "Query";
  tool.description =
      "Runs one read-only SQL statement and shows its rows, fenced as untrusted data. To change "
      "data: execute-sql.";
  tool.input_schema = schema::arguments(
      {{"profile_name", schema::profile_name()},
       {"database_name", schema::database_name()},
       {"sql", schema::string("One statement")},
       {"params", schema::sql_parameters()},
       {"limit", schema::integer("Rows to show", 1, kMostRows, kDefaultRows)},
       {"timeout_seconds",
        schema::integer("Cancelled on the server then", 1, kMostSeconds, kCallLimit.count())}},
      {"profile_name", "sql"});
  tool.output_schema =
      schema::result({{"database", schema::string("profile/database")},
                      {"row_count", schema::count("Rows shown")},
                      {"truncated", schema::flag("There are more rows")},
                      {"truncated_by", schema::string("limit or size")},
                      {"cut_cells", schema::count("Cells of which only the head is shown")},
                      {"notice", schema::string()},
                      {"columns", schema::columns()},
                      {"rows", schema::rows()}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "The session is opened read-only in the engine whatever the profile allows, so a statement "
      "that would change anything is refused there. Exactly one statement runs; values belong in "
      "`params`.\n\n"
      "`truncated` is exact. Cells are shown up to 4,000 characters, and a result without an "
      "explicit "
      "`limit` ends at about 40 KB (`truncated_by: size`). Bytes are `{\"base64\": ...}`; integers "
      "beyond 2^53, NaN and infinities are strings.";
  tool.examples = {{"Count",
                    {{"profile_name", "files"},
                     {"database_name", "shop"},
                     {"sql", "SELECT count(*) FROM orders"}}},
                   {"With a parameter",
                    {{"profile_name", "files"},
                     {"database_name", "shop"},
                     {"sql", "SELECT id, total FROM orders WHERE customer_id = ? ORDER BY id"},
                     {"params", {42}},
                     {"limit", 50}}}};
  tool.errors = {
      {ErrorCode::kSqlError, "the engine refused the statement; its own words are given"},
      {ErrorCode::kAccessDenied, "the statement would change something"},
      {ErrorCode::kInvalidArgument, "several statements, or a wrong number of params"},
      {ErrorCode::kCancelled, "it ran longer than timeout_seconds"}};
  return tool;
}

RowsJson run_query(Session& session, const Arguments& arguments, mcp::ToolContext& context) {
  RowsJson rows;
  run_with_deadline(
      {session.connection.get()}, context,
      {arguments.timeout, [] { return "the query"; }, "raise timeout_seconds, or ask for less"},
      [&] {
        const auto reader = session.connection->query(arguments.sql, arguments.params);
        rows =
            collect_rows(*reader, {.rows = arguments.limit,
                                   .cell_chars = kCellChars,
                                   .bytes = arguments.limit_given ? kAskedBytes : kUnaskedBytes});
      });
  return rows;
}

mcp::ToolResult query_sql(const Services& services, const Arguments& arguments,
                          mcp::ToolContext& context) {
  Session session = open_session(services, arguments.database);
  RowsJson rows;
  try {
    refuse_other_databases(session.where, arguments.sql);
    rows = run_query(session, arguments, context);
  } catch (Error& error) {
    suggest_for_sql(error, session.where, arguments.sql);
    if (error.suggestions().empty()) error.suggest("correct the statement");
    throw;
  }
  Json facts = {{"database", session.where.display()},
                {"row_count", rows.rows.size()},
                {"truncated", rows.truncated}};
  if (rows.truncated) facts["truncated_by"] = rows.cut_by_size ? "size" : "limit";
  if (rows.cut_cells > 0) facts["cut_cells"] = rows.cut_cells;
  mcp::ToolResult result;
  result.structured = fenced(
      std::move(facts), {{"columns", std::move(rows.columns)}, {"rows", std::move(rows.rows)}});
  return result;
}

}  // namespace

void add_query_sql(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json& json, mcp::ToolContext& context) {
             return query_sql(services, parse(json), context);
           });
}

}  // namespace crossload::tools
