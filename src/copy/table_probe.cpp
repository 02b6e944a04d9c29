#include "table_probe.h"

#include "crossload/dialect/dialect.h"

namespace crossload::copy {

bool has_rows(driver::Connection& connection, const TableName& table) {
  const auto& dialect = dialect::dialect_for(connection.server().engine);
  return !driver::fetch_all(connection, "SELECT 1 FROM " + dialect.quote(table) + " LIMIT 1")
              .empty();
}

bool has_large_objects(driver::Connection& connection) {
  if (connection.server().engine != Engine::kPostgres) return false;
  return !driver::fetch_all(connection, "SELECT 1 FROM pg_catalog.pg_largeobject_metadata LIMIT 1")
              .empty();
}

}  // namespace crossload::copy
