#include "relation.h"

#include <utility>

#include "queries.h"
#include "result_rows.h"

namespace crossload::driver::postgres {

std::string from_clause(Session& session, const TableName& table) {
  const std::string name = session.qualified(table);
  const ResultHandle kind = session.ask(queries::kRelationKind, {name});
  for (const Row row : rows_of(kind)) {
    if (row.flag(1)) {
      throw Error(ErrorCode::kAccessDenied,
                  "row level security hides rows of " + table.display() + " from this user")
          .suggest("use the table's owner or a user with BYPASSRLS");
    }
    // Rows of tables that inherit from an ordinary table are those tables' own; a partitioned table
    // has none but its partitions'.
    if (row.text(0) == "r") return "ONLY " + name;
  }
  return name;
}

TableName model_name(const Session& session, std::string schema, std::string name) {
  if (schema == session.default_schema()) schema.clear();
  return {std::move(schema), std::move(name)};
}

}  // namespace crossload::driver::postgres
