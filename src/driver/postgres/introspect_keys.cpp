#include <array>
#include <string_view>
#include <utility>

#include "introspect.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"

namespace crossload::driver::postgres {
namespace {

// Bits of pg_trigger.tgtype. Source: src/include/catalog/pg_trigger.h.
constexpr std::int64_t kBefore = 1 << 1;
constexpr std::int64_t kInsteadOf = 1 << 6;
struct EventBit {
  std::int64_t bit;
  const char* name;
};
constexpr auto kEvents = std::to_array<EventBit>(
    {{1 << 2, "INSERT"}, {1 << 4, "UPDATE"}, {1 << 3, "DELETE"}, {1 << 5, "TRUNCATE"}});

// Bits of pg_index.indoption.
constexpr std::int64_t kDescending = 1;
constexpr std::int64_t kNullsFirst = 2;

std::string action(std::string_view code) {
  if (code == "r") return "RESTRICT";
  if (code == "c") return "CASCADE";
  if (code == "n") return "SET NULL";
  if (code == "d") return "SET DEFAULT";
  return "NO ACTION";
}

// Columns 6 to 12: number of key columns, then arrays by position.
void add_parts(const Row& row, Index& index) {
  const auto keys = static_cast<std::size_t>(row.number(6));
  const std::vector<std::string> columns = row.list(7);
  const std::vector<std::string> expressions = row.list(8);
  const std::vector<std::string> options = row.list(9);
  const std::vector<std::string> collations = row.list(10);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i >= keys) {
      index.include.push_back(columns[i]);
      continue;
    }
    IndexPart part;
    part.column = columns[i];
    if (part.column.empty()) part.expression = expressions[i];
    const std::int64_t option = std::stoll(options[i]);
    part.descending = (option & kDescending) != 0;
    const bool first = (option & kNullsFirst) != 0;
    if (first != part.descending) part.nulls = first ? "FIRST" : "LAST";
    part.collation = collations[i];
    index.parts.push_back(std::move(part));
  }
}

ForeignKey foreign_key_of(const Session& session, const Row& row) {
  ForeignKey key;
  key.name = row.string(2);
  key.columns = row.list(3);
  key.referenced_table = model_name(session, row.string(7), row.string(8));
  key.referenced_columns = row.list(9);
  key.on_update = action(row.text(10));
  key.on_delete = action(row.text(11));
  // SET NULL (column).
  if (!row.is_null(6)) key.on_delete += " " + row.string(6);
  key.deferrable = row.flag(12);
  key.initially_deferred = row.flag(13);
  key.validated = row.flag(5);
  key.match_full = row.flag(14);
  key.table = model_name(session, row.string(17), row.string(18));
  return key;
}

CheckConstraint check_of(const Row& row) {
  CheckConstraint check;
  check.name = row.string(2);
  check.expression = row.string(4);
  check.validated = row.flag(5);
  check.enforced = row.flag(15);
  check.inheritable = !row.flag(16);
  return check;
}

Index index_of(const Row& row) {
  Index index;
  index.name = row.string(1);
  index.unique = row.flag(2);
  if (row.text(3) == "p") index.origin = IndexOrigin::kPrimaryKey;
  if (row.text(3) == "u") index.origin = IndexOrigin::kUnique;
  index.method = row.string(4);
  index.where_sql = row.string(5);
  add_parts(row, index);
  index.nulls_not_distinct = row.flag(11);
  index.sql = row.string(12);
  index.deferrable = row.flag(13);
  index.initially_deferred = row.flag(14);
  return index;
}

}  // namespace

void add_indexes(Session& session, const Parameter& relation, Introspected& result) {
  const ResultHandle rows =
      session.ask(queries::indexes(session.version(), queries::IndexesOf::kTables), {relation});
  for (const Row row : rows_of(rows)) {
    if (Table* table = result.find(row.number(0))) table->indexes.push_back(index_of(row));
  }
}

std::map<Oid, std::vector<Index>> indexes_of_views(Session& session) {
  const ResultHandle rows =
      session.ask(queries::indexes(session.version(), queries::IndexesOf::kViews), {std::nullopt});
  std::map<Oid, std::vector<Index>> indexes;
  for (const Row row : rows_of(rows)) {
    indexes[static_cast<Oid>(row.number(0))].push_back(index_of(row));
  }
  return indexes;
}

void add_constraints(Session& session, const Parameter& relation, Introspected& result) {
  const ResultHandle rows = session.ask(queries::constraints(session.version()), {relation});
  for (const Row row : rows_of(rows)) {
    Table* table = result.find(row.number(0));
    if (table == nullptr) continue;
    if (row.text(1) == "p") table->primary_key = row.list(3);
    if (row.text(1) == "c") table->checks.push_back(check_of(row));
    if (row.text(1) == "f") table->foreign_keys.push_back(foreign_key_of(session, row));
  }
}

std::vector<ForeignKey> keys_pointing_at(Session& session, Oid relation) {
  const ResultHandle rows =
      session.ask(queries::incoming_keys(session.version()), {std::to_string(relation)});
  std::vector<ForeignKey> keys;
  for (const Row row : rows_of(rows)) keys.push_back(foreign_key_of(session, row));
  return keys;
}

std::map<Oid, std::vector<Trigger>> triggers_of(Session& session, const Parameter& relation) {
  const ResultHandle rows = session.ask(queries::triggers(), {relation});
  std::map<Oid, std::vector<Trigger>> triggers;
  for (const Row row : rows_of(rows)) {
    Trigger trigger;
    trigger.name = row.string(1);
    trigger.table = model_name(session, row.string(2), row.string(3));
    const std::int64_t type = row.number(4);
    trigger.timing = (type & kInsteadOf) != 0 ? "INSTEAD OF"
                     : (type & kBefore) != 0  ? "BEFORE"
                                              : "AFTER";
    for (const EventBit& event : kEvents) {
      if ((type & event.bit) == 0) continue;
      trigger.event += (trigger.event.empty() ? "" : " OR ") + std::string(event.name);
    }
    trigger.sql = row.string(5);
    trigger.enabled = row.flag(6);
    triggers[static_cast<Oid>(row.number(0))].push_back(std::move(trigger));
  }
  return triggers;
}

}  // namespace crossload::driver::postgres
