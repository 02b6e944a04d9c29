#include "introspect.h"

#include <charconv>
#include <map>
#include <utility>

#include "crossload/base/strings.h"

#include "byte_default.h"
#include "column_type.h"
#include "introspect_keys.h"
#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

template <typename Number>
std::optional<Number> number(const std::optional<std::string>& text) {
  Number value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

bool is_ledger(const std::string& name) {
  return ascii_iequals(name, kLedgerTable);
}

ColumnRow column_row(const TextRow& row) {
  ColumnRow column;
  column.data_type = ascii_lower(row[2].value_or(""));
  column.column_type = row[3].value_or("");
  column.length = number<std::int64_t>(row[4]);
  column.precision = number<int>(row[5]);
  column.scale = number<int>(row[6]);
  column.fraction = number<int>(row[7]);
  column.charset = row[8].value_or("");
  column.default_text = row[10];
  column.nullable = row[11] == "YES";
  column.extra = row[12].value_or("");
  column.generation = row[13].value_or("");
  column.srid = number<int>(row[15]);
  return column;
}

Column column_of(const TextRow& row, bool mariadb) {
  const ColumnRow facts = column_row(row);
  const std::string extra = ascii_lower(facts.extra);
  const auto says = [&](std::string_view what) { return extra.find(what) != std::string::npos; };
  Column column;
  column.name = row[1].value_or("");
  column.type = type_of(facts);
  column.nullable = facts.nullable;
  column.default_sql = default_sql_of(facts, column.type, mariadb);
  if (says("virtual generated")) column.generated = GeneratedKind::kVirtual;
  if (says("stored generated") || says("persistent generated")) {
    column.generated = GeneratedKind::kStored;
  }
  column.generated_sql = mariadb ? facts.generation : unescaped(facts.generation);
  if (says("auto_increment")) column.identity = IdentityKind::kAutoincrement;
  column.collation = row[9].value_or("");
  column.comment = row[14].value_or("");
  column.hidden = says("invisible");
  column.on_update = on_update_of(facts.extra);
  return column;
}

// PARTITION BY and what follows it; MySQL prints it in a version comment.
std::string partition_sql_of(const std::string& create) {
  const std::size_t line = create.rfind("\n)");
  const std::size_t found = create.find("PARTITION BY", line == std::string::npos ? 0 : line);
  if (found == std::string::npos) return {};
  std::string_view text = trim(std::string_view(create).substr(found));
  if (text.ends_with("*/")) text.remove_suffix(2);
  return std::string(trim(text));
}

void restore_byte_defaults(Table& table) {
  for (Column& column : table.columns) {
    if (column.type.kind != TypeKind::kBytes || !column.default_sql) continue;
    if (auto bytes = byte_default_of(table.sql, column.name)) column.default_sql = *bytes;
  }
}

std::map<std::string, bool> transactional_engines(Session& session) {
  std::map<std::string, bool> engines;
  for (const TextRow& row : session.ask(queries::kEngines)) {
    engines[ascii_lower(row[0].value_or(""))] = row[1] == "YES";
  }
  return engines;
}

void add_columns(Session& session, const std::string* only, std::map<std::string, Table*>& tables) {
  const Capabilities& server = session.capabilities();
  std::string sql(queries::kColumns);
  sql = replace_all(sql, "@srid", server.column_srids ? "srs_id" : "NULL");
  sql = replace_all(sql, "@generated", server.generated_columns ? "generation_expression" : "NULL");
  for (const TextRow& row : session.ask(for_table(session, sql, "table_name", only))) {
    const auto table = tables.find(row[0].value_or(""));
    if (table != tables.end()) table->second->columns.push_back(column_of(row, server.mariadb));
  }
}

}  // namespace

std::string create_text(Session& session, const std::string& what, const std::string& name,
                        std::size_t column) {
  try {
    const auto rows = session.ask("SHOW CREATE " + what + " " + quote(name));
    if (rows.empty() || rows[0].size() <= column) return {};
    return rows[0][column].value_or("");
  } catch (const Error& error) {
    if (!error.statements_fault()) throw;
    return {};
  }
}

std::vector<ListedTable> listed_tables(Session& session, const std::string* only) {
  std::vector<ListedTable> tables;
  for (const TextRow& row :
       session.ask(for_table(session, std::string(queries::kTables), "table_name", only))) {
    ListedTable table;
    table.name = row[0].value_or("");
    table.type = row[1].value_or("");
    if (is_ledger(table.name) || table.type == "SYSTEM VIEW" || table.type == "TEMPORARY") continue;
    table.engine = row[2].value_or("");
    table.collation = row[3].value_or("");
    table.comment = row[4].value_or("");
    table.rows = number<std::uint64_t>(row[5]);
    table.bytes = number<std::uint64_t>(row[6]);
    table.next_identity = number<std::uint64_t>(row[7]);
    if (only != nullptr && table.name != *only) continue;
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<Table> tables_of(Session& session, const std::string* only, bool views) {
  const std::map<std::string, bool> engines = transactional_engines(session);
  std::vector<Table> tables;
  for (const ListedTable& listed : listed_tables(session, only)) {
    if (listed.is_sequence() || (listed.is_view() && !views)) continue;
    Table& table = tables.emplace_back();
    table.name.name = listed.name;
    if (listed.is_view()) {
      table.kind = TableKind::kView;
      continue;
    }
    table.comment = listed.comment;
    table.storage_engine = listed.engine;
    table.collation = listed.collation;
    const auto engine = engines.find(ascii_lower(listed.engine));
    table.transactional = engine == engines.end() || engine->second;
  }
  std::map<std::string, Table*> by_name;
  for (Table& table : tables) by_name[table.name.name] = &table;
  add_columns(session, only, by_name);
  add_indexes(session, only, by_name);
  add_foreign_keys(session, only, by_name);
  add_checks(session, only, by_name);
  add_triggers(session, only, by_name);
  for (Table& table : tables) {
    if (table.storage_engine.empty()) continue;
    table.sql = create_text(session, "TABLE", table.name.name, 1);
    restore_byte_defaults(table);
    table.partition_sql = partition_sql_of(table.sql);
  }
  return tables;
}

}  // namespace crossload::driver::mysql
