#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/strings.h"

#include "arguments.h"
#include "deadline.h"
#include "fence.h"
#include "schema.h"
#include "session.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::size_t kDefaultLimit = 500;
constexpr std::size_t kLargestLimit = 5000;

struct Arguments {
  DatabaseArgument database;
  std::string schema;
  std::optional<std::string> name_pattern;
  std::size_t limit = kDefaultLimit;
  std::size_t offset = 0;
};

Arguments parse(const Json& json) {
  Arguments arguments;
  arguments.database = database_argument(json);
  arguments.schema = optional_text(json, "schema").value_or("");
  arguments.name_pattern = optional_text(json, "name_pattern");
  arguments.limit = size_or(json, "limit", kDefaultLimit);
  arguments.offset = size_or(json, "offset", 0);
  return arguments;
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "list-tables";
  tool.title = "List tables";
  tool.description =
      "Lists tables and views with estimated rows and bytes, filtered and paged. Next: "
      "describe-table, sample-data or start-migration-job.";
  tool.input_schema = schema::arguments(
      {{"profile_name", schema::profile_name()},
       {"database_name", schema::database_name()},
       {"schema", schema::string("Only this schema")},
       {"name_pattern", schema::string("Glob with * and ?, letter case ignored")},
       {"limit", schema::integer("Entries to return", 1, kLargestLimit, kDefaultLimit)},
       {"offset", schema::integer("Entries to leave out first", 0, 0, 0)}},
      {"profile_name"});
  tool.output_schema = schema::result(
      {{"database", schema::string("profile/database")},
       {"total", schema::count("All that match")},
       {"offset", schema::count()},
       {"truncated", schema::flag("More follow at next_offset")},
       {"next_offset", schema::count()},
       {"tables", schema::list_of({{"schema", schema::string()},
                                   {"name", schema::string()},
                                   {"kind", schema::string("table, view, virtual, shadow")},
                                   {"estimated_rows", schema::count()},
                                   {"bytes", schema::count()}})}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "Entries come in the database's own order of names. `total` counts all that match, so paging "
      "ends when `truncated` is false. `estimated_rows` and `bytes` are there where the engine "
      "knows them without reading the table; for an exact count use query-sql.\n\n"
      "crossload's own ledger and the engine's system tables are not shown. `kind` `virtual` is a "
      "virtual table (SQLite FTS, R-Tree) and `shadow` the storage behind one.";
  tool.examples = {
      {"Everything in a database", {{"profile_name", "files"}, {"database_name", "shop"}}},
      {"Tables whose name begins with order",
       {{"profile_name", "files"}, {"database_name", "shop"}, {"name_pattern", "order*"}}}};
  tool.errors = {{ErrorCode::kProfileNotFound, "the profile is not configured"},
                 {ErrorCode::kDatabaseNotFound, "no such database; the nearest names are given"},
                 {ErrorCode::kConnectionFailed, "the file is not a database, or cannot be opened"}};
  return tool;
}

std::vector<driver::TableSummary> matching(std::vector<driver::TableSummary> tables,
                                           const std::optional<std::string>& pattern) {
  if (!pattern) return tables;
  const std::string folded = ascii_lower(*pattern);
  std::erase_if(tables, [&](const driver::TableSummary& table) {
    return !glob_match(folded, ascii_lower(table.name.name)) &&
           !glob_match(folded, ascii_lower(table.name.display()));
  });
  return tables;
}

/// An empty list is no answer to a schema that is not there.
void check_schema(driver::Catalog& catalog, const Session& session, const std::string& schema) {
  const std::vector<std::string> schemas = catalog.list_schemas();
  if (schemas.empty() || std::find(schemas.begin(), schemas.end(), schema) != schemas.end()) return;
  throw Error(ErrorCode::kInvalidArgument,
              "database " + session.where.display() + " has no schema " + utf8_lossy(schema))
      .candidates(nearest_names(schema, schemas))
      .suggest(call_hint("list-tables", session.where.arguments()));
}

Json table_json(const driver::TableSummary& table) {
  Json shown = Json::object();
  if (!table.name.schema.empty()) shown["schema"] = table.name.schema;
  shown["name"] = table.name.name;
  shown["kind"] = table.kind;
  if (table.estimated_rows) shown["estimated_rows"] = *table.estimated_rows;
  if (table.bytes) shown["bytes"] = *table.bytes;
  return shown;
}

mcp::ToolResult list_tables(const Services& services, const Arguments& arguments,
                            mcp::ToolContext& context) {
  Session session = open_session(services, arguments.database);
  std::vector<driver::TableSummary> tables;
  run_with_deadline({session.connection.get()}, context,
                    {kCallLimit, [] { return "listing tables"; }, "give schema or name_pattern"},
                    [&] {
                      driver::Catalog& catalog = session.connection->catalog();
                      tables = catalog.list_tables(arguments.schema);
                      if (tables.empty() && !arguments.schema.empty()) {
                        check_schema(catalog, session, arguments.schema);
                      }
                    });
  tables = matching(std::move(tables), arguments.name_pattern);
  const std::size_t begin = std::min(arguments.offset, tables.size());
  const std::size_t end = begin + std::min(arguments.limit, tables.size() - begin);
  Json page = Json::array();
  for (std::size_t i = begin; i < end; ++i) page.push_back(table_json(tables[i]));

  Json facts = {{"database", session.where.display()},
                {"total", tables.size()},
                {"offset", arguments.offset},
                {"truncated", end < tables.size()}};
  if (end < tables.size()) facts["next_offset"] = end;
  mcp::ToolResult result;
  result.structured = fenced(std::move(facts), {{"tables", std::move(page)}});
  return result;
}

}  // namespace

void add_list_tables(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json& json, mcp::ToolContext& context) {
             return list_tables(services, parse(json), context);
           });
}

}  // namespace crossload::tools
