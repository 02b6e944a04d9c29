#include "table_probe.h"

#include "crossload/dialect/dialect.h"

namespace crossload::copy {

bool has_rows(driver::Connection& connection, const TableName& table) {
  const auto& dialect = dialect::dialect_for(connection.server().engine);
  return !driver::fetch_all(connection, "SELECT 1 FROM " + dialect.quote(table) + " LIMIT 1")
              .empty();
}

std::vector<std::string> large_object_columns(driver::Connection& connection, const Table& table) {
  std::vector<std::string> names;
  if (connection.server().engine != Engine::kPostgres) return names;
  const auto& dialect = dialect::dialect_for(Engine::kPostgres);
  for (const Column& column : table.columns) {
    if (column.type.declared != "oid" && column.type.declared != "lo") continue;
    try {
      const auto found = driver::fetch_all(
          connection, "SELECT 1 FROM " + dialect.quote(table.name) +
                          " AS t JOIN pg_catalog.pg_largeobject_metadata AS m ON m.oid = t." +
                          dialect.quote(std::string_view(column.name)) + " LIMIT 1");
      if (!found.empty()) names.push_back(column.name);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kAccessDenied) throw;
    }
  }
  return names;
}

}  // namespace crossload::copy
