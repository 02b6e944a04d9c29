#include <string_view>
#include <utility>

#include "introspect.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"
#include "type_catalog.h"

namespace crossload::driver::postgres {
namespace {

IdentityKind identity_of(std::string_view identity, bool serial) {
  if (identity == "a") return IdentityKind::kAlways;
  if (identity == "d") return IdentityKind::kByDefault;
  return serial ? IdentityKind::kSerial : IdentityKind::kNone;
}

GeneratedKind generated_of(std::string_view generated) {
  if (generated == "s") return GeneratedKind::kStored;
  if (generated == "v") return GeneratedKind::kVirtual;
  return GeneratedKind::kNone;
}

Column column_of(const Session& session, const Row& row, const TypeCatalog& types) {
  Column column;
  column.name = row.string(1);
  column.type = types.logical(static_cast<Oid>(row.number(2)), static_cast<int>(row.number(3)),
                              row.string(4));
  column.nullable = !row.flag(5);
  column.generated = generated_of(row.text(7));
  if (column.generated != GeneratedKind::kNone) {
    column.generated_sql = row.string(6);
  } else {
    column.default_sql = row.maybe(6);
  }
  column.identity = identity_of(row.text(8), row.flag(9));
  column.comment = row.string(11);
  column.inherited = row.flag(12);
  // The system's own stand without a schema, as those of the default one.
  if (!row.is_null(10)) {
    const TableName collation = model_name(session, row.string(13), row.string(10));
    column.collation = collation.name;
    if (collation.schema != "pg_catalog") column.collation_schema = collation.schema;
  }
  return column;
}

}  // namespace

void add_columns(Session& session, const Parameter& relation, Introspected& result) {
  const Oid one = relation ? static_cast<Oid>(std::stoul(*relation)) : 0;
  const TypeCatalog types(session, one);
  const ResultHandle rows = session.ask(queries::columns(), {relation});
  for (const Row row : rows_of(rows)) {
    if (Table* table = result.find(row.number(0)))
      table->columns.push_back(column_of(session, row, types));
  }
}

}  // namespace crossload::driver::postgres
