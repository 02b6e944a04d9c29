#include "introspect.h"

#include <string_view>
#include <utility>
#include <vector>

#include "queries.h"
#include "relation.h"
#include "result_rows.h"

namespace crossload::driver::postgres {
namespace {

TableKind kind_of(std::string_view relkind) {
  if (relkind == "v") return TableKind::kView;
  if (relkind == "m") return TableKind::kMaterializedView;
  // A foreign table's rows lie on another server.
  return relkind == "f" ? TableKind::kVirtual : TableKind::kTable;
}

void add_tables(Session& session, const Parameter& relation, Introspected& result) {
  const ResultHandle rows = session.ask(queries::tables(), {relation});
  for (const Row row : rows_of(rows)) {
    const auto oid = static_cast<Oid>(row.number(0));
    Table& table = result.tables[oid];
    result.order.push_back(oid);
    table.name = model_name(session, row.string(1), row.string(2));
    table.kind = kind_of(row.text(3));
    table.comment = row.string(4);
    table.partition_sql = row.string(5);
    if (!row.is_null(7)) table.partition_of = model_name(session, row.string(6), row.string(7));
    const std::vector<std::string> schemas = row.list(8);
    const std::vector<std::string> parents = row.list(9);
    for (std::size_t i = 0; i < parents.size(); ++i) {
      table.inherits.push_back(model_name(session, schemas[i], parents[i]));
    }
  }
}

}  // namespace

Introspected introspect(Session& session, Oid relation) {
  const Parameter one = relation == 0 ? Parameter() : Parameter(std::to_string(relation));
  Introspected result;
  add_tables(session, one, result);
  add_columns(session, one, result);
  add_indexes(session, one, result);
  add_constraints(session, one, result);
  for (auto& [oid, triggers] : triggers_of(session, one)) {
    if (Table* table = result.find(oid)) table->triggers = std::move(triggers);
  }
  return result;
}

}  // namespace crossload::driver::postgres
