#include "catalog.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

#include "introspect.h"
#include "name_text.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"
#include "sql_text.h"
#include "table_size.h"

namespace crossload::driver::postgres {
namespace {

bool names_all(const std::vector<std::string>& wanted, const std::vector<std::string>& offered) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(offered.begin(), offered.end(), name) != offered.end();
  });
}

// Reading goes up the key: an index that runs up, or down, in all its parts serves.
std::optional<std::vector<std::string>> ordered_columns(const Index& index) {
  if (!index.unique || !index.where_sql.empty() || index.method != "btree") return std::nullopt;
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) {
    const bool plain = !part.column.empty() && part.collation.empty() &&
                       part.descending == index.parts.front().descending;
    if (!plain) return std::nullopt;
    columns.push_back(part.column);
  }
  return columns;
}

}  // namespace

std::vector<TableSummary> PostgresCatalog::list_tables(const std::string& schema) {
  session_.start_operation();
  return postgres::list_tables(session_, schema);
}

std::vector<std::string> PostgresCatalog::list_schemas() {
  session_.start_operation();
  std::vector<std::string> names;
  const ResultHandle rows = session_.run(queries::kSchemas);
  for (const Row row : rows_of(rows)) names.push_back(row.string(0));
  return names;
}

std::optional<PostgresCatalog::Found> PostgresCatalog::look_up(const TableName& name) {
  const std::string& schema = name.schema.empty() ? session_.default_schema() : name.schema;
  const ResultHandle rows = session_.ask(queries::kFindRelation, {schema, name.name});
  for (const Row row : rows_of(rows)) {
    return Found{static_cast<Oid>(row.number(0)),
                 model_name(session_, row.string(1), row.string(2))};
  }
  return std::nullopt;
}

PostgresCatalog::Found PostgresCatalog::found(const TableName& name) {
  if (auto exact = look_up(name)) return *exact;
  if (auto folded = look_up({ascii_lower(name.schema), ascii_lower(name.name)})) return *folded;
  throw not_found(name.display());
}

Error PostgresCatalog::not_found(const std::string& wanted) {
  std::vector<std::string> names;
  for (const TableSummary& table : postgres::list_names(session_)) {
    names.push_back(table.name.display());
  }
  Error error(ErrorCode::kTableNotFound, "there is no table or view " + utf8_lossy(wanted));
  error.candidates(nearest_names(wanted, names));
  return error;
}

TableName PostgresCatalog::find(std::string_view text) {
  session_.start_operation();
  for (const TableName& name : readings_of(text)) {
    if (const auto table = look_up(name)) return table->name;
  }
  throw not_found(std::string(text));
}

Table PostgresCatalog::describe(const TableName& table) {
  session_.start_operation();
  const Found place = found(table);
  Introspected result = introspect(session_, place.oid);
  if (Table* described = result.find(place.oid)) return std::move(*described);
  throw not_found(table.display());
}

std::vector<ForeignKey> PostgresCatalog::incoming_foreign_keys(const TableName& table) {
  session_.start_operation();
  return keys_pointing_at(session_, found(table).oid);
}

Schema PostgresCatalog::load_schema() {
  session_.start_operation();
  Schema schema;
  schema.engine = Engine::kPostgres;
  Introspected all = introspect(session_, 0);
  for (const Oid oid : all.order) schema.tables.push_back(std::move(all.tables[oid]));
  add_objects(session_, schema);
  return schema;
}

std::uint64_t PostgresCatalog::count_rows(const TableName& table) {
  session_.start_operation();
  const std::string from = from_clause(session_, found(table).name);
  const ResultHandle rows = session_.run("SELECT pg_catalog.count(*) FROM " + from);
  return static_cast<std::uint64_t>((*rows_of(rows).begin()).number(0));
}

std::optional<ResumeKey> PostgresCatalog::resume_key(const Table& table) {
  session_.start_operation();
  const ResultHandle rows =
      session_.ask(queries::kOrderedColumns, {std::to_string(found(table.name).oid)});
  std::vector<std::string> usable;
  for (const Row row : rows_of(rows)) usable.push_back(row.string(0));
  if (!table.primary_key.empty() && names_all(table.primary_key, usable)) {
    return ResumeKey{table.primary_key};
  }
  for (const Index& index : table.indexes) {
    const auto columns = ordered_columns(index);
    if (columns && !columns->empty() && names_all(*columns, usable)) return ResumeKey{*columns};
  }
  return std::nullopt;
}

std::optional<std::int64_t> PostgresCatalog::last_identity(const TableName& table) {
  session_.start_operation();
  const ResultHandle owned =
      session_.ask(queries::kOwnedSequences, {session_.qualified(found(table).name)});
  for (const Row sequence : rows_of(owned)) {
    const std::string name = quote(sequence.text(0)) + "." + quote(sequence.text(1));
    // Who may read the table alone goes by the largest value in it.
    const ResultHandle readable =
        session_.ask("SELECT pg_catalog.has_sequence_privilege($1, 'SELECT')", {name});
    if (!(*rows_of(readable).begin()).flag(0)) continue;
    const ResultHandle state = session_.run("SELECT last_value, is_called FROM " + name);
    for (const Row row : rows_of(state)) {
      if (row.flag(1)) return row.number(0);
    }
  }
  return std::nullopt;
}

std::string PostgresCatalog::fingerprint() {
  session_.start_operation();
  const ResultHandle rows = session_.run(queries::counters_of_tables());
  return (*rows_of(rows).begin()).string(0);
}

}  // namespace crossload::driver::postgres
