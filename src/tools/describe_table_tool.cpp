#include <string>
#include <vector>

#include "arguments.h"
#include "deadline.h"
#include "fence.h"
#include "schema.h"
#include "session.h"
#include "table_json.h"
#include "tools.h"

namespace crossload::tools {
namespace {

struct Arguments {
  DatabaseArgument database;
  std::string table_name;
};

Arguments parse(const Json& json) {
  return {database_argument(json), required_text(json, "table_name")};
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "describe-table";
  tool.title = "Describe a table";
  tool.description =
      "Tells a table's columns, keys, indexes, foreign keys in both directions, checks and "
      "triggers. Next: sample-data or generate-schema-copy.";
  tool.input_schema = schema::arguments({{"profile_name", schema::profile_name()},
                                         {"database_name", schema::database_name()},
                                         {"table_name", schema::string("table or schema.table")}},
                                        {"profile_name", "table_name"});
  tool.output_schema = schema::result(
      {{"database", schema::string("profile/database")},
       {"schema", schema::string()},
       {"name", schema::string()},
       {"kind", schema::string()},
       {"columns", schema::list_of({{"name", schema::string()},
                                    {"type", schema::string("As declared")},
                                    {"nullable", schema::flag()},
                                    {"default", schema::string("SQL")},
                                    {"generated", schema::string("virtual or stored")},
                                    {"generated_as", schema::string()},
                                    {"identity", schema::string()},
                                    {"collation", schema::string()},
                                    {"comment", schema::string()}})},
       {"primary_key", schema::list()},
       {"indexes", schema::objects("name, unique, origin, columns, where")},
       {"foreign_keys",
        schema::objects("name, columns, references, referenced_columns, on_delete, on_update")},
       {"referenced_by", schema::objects("Keys that point here, as foreign_keys")},
       {"checks", schema::objects("name, expression")},
       {"triggers", schema::objects("name, timing, event, sql")}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "`foreign_keys` are the keys of this table, `referenced_by` the keys of other tables (and "
      "its "
      "own) that point at it. An index's `origin` is `created`, `unique_constraint` or "
      "`primary_key`. `identity` tells how a column numbers itself (`rowid`, `autoincrement`, "
      "...), "
      "`generated` that it is computed. A check with `enforced` false may be broken by rows, a "
      "trigger with `enabled` false is disabled or fires for replicas only. Names, defaults, "
      "comments and trigger texts are "
      "data of "
      "the "
      "database and stand behind the notice.";
  tool.examples = {
      {"One table",
       {{"profile_name", "files"}, {"database_name", "shop"}, {"table_name", "orders"}}}};
  tool.errors = {{ErrorCode::kTableNotFound, "no such table; the nearest names are given"},
                 {ErrorCode::kDatabaseNotFound, "no such database; the nearest names are given"}};
  return tool;
}

mcp::ToolResult describe_table(const Services& services, const Arguments& arguments,
                               mcp::ToolContext& context) {
  Session session = open_session(services, arguments.database);
  Table table;
  std::vector<ForeignKey> incoming;
  run_with_deadline({session.connection.get()}, context,
                    {kCallLimit, [] { return "describing the table"; }, {}}, [&] {
                      const TableName name = find_table(session, arguments.table_name);
                      table = session.connection->catalog().describe(name);
                      incoming = session.connection->catalog().incoming_foreign_keys(name);
                    });
  mcp::ToolResult result;
  result.structured = fenced({{"database", session.where.display()}}, table_json(table, incoming));
  return result;
}

}  // namespace

void add_describe_table(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json& json, mcp::ToolContext& context) {
             return describe_table(services, parse(json), context);
           });
}

}  // namespace crossload::tools
