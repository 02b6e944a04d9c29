#include "schema_steps.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

#include "column_profile.h"
#include "table_names.h"

namespace crossload::copy {
namespace {

std::vector<TableName> tables_to_make(const Plan& plan) {
  std::vector<TableName> names = plan.virtual_tables;
  for (const TablePlan& table : plan.tables) {
    if (table.create) names.push_back(table.source);
  }
  return names;
}

bool uses(const Index& index, const std::string& column) {
  return std::any_of(index.parts.begin(), index.parts.end(),
                     [&](const IndexPart& part) { return part.column == column; });
}

/// Of the tables to make, those that are not there yet.
std::vector<TableName> missing_from(const dialect::ScriptOptions& options,
                                    const std::vector<TableName>& tables) {
  std::vector<TableName> missing;
  for (const TableName& table : tables) {
    const TableName name = options.rename(table);
    const auto& present = options.present;
    if (std::find(present.begin(), present.end(), name) == present.end()) missing.push_back(table);
  }
  return missing;
}

/// Tables and views that are there already, which a view or trigger may need.
std::vector<TableName> present_tables(driver::Connection& target) {
  const Schema schema = target.catalog().load_schema();
  std::vector<TableName> names;
  for (const Table& table : schema.tables) names.push_back(table.name);
  for (const View& view : schema.views) names.push_back(view.name);
  return names;
}

/// Names of what the target has, lower case: tables and views share a name space, as do indexes and
/// triggers with them in some engines, so one list serves all.
std::vector<std::string> object_names(driver::Connection& target) {
  const Schema schema = target.catalog().load_schema();
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) { names.push_back(ascii_lower(name)); };
  for (const Table& table : schema.tables) {
    add(table.name.name);
    for (const Index& index : table.indexes) add(index.name);
    for (const Trigger& trigger : table.triggers) add(trigger.name);
  }
  for (const View& view : schema.views) {
    add(view.name.name);
    for (const Trigger& trigger : view.triggers) add(trigger.name);
  }
  return names;
}

/// The columns whose type in another engine depends on what is in them: all of SQLite's, MySQL's
/// tinyint(1), and texts under a key, whose length MySQL has to know.
std::vector<std::string> columns_to_profile(const Table& table, Engine from, Engine to) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (column.hidden) continue;
    const bool in_key = std::find(table.primary_key.begin(), table.primary_key.end(),
                                  column.name) != table.primary_key.end() ||
                        std::any_of(table.indexes.begin(), table.indexes.end(),
                                    [&](const Index& index) { return uses(index, column.name); });
    const bool long_key = to == Engine::kMysql && in_key &&
                          (column.type.kind == TypeKind::kText && !column.type.length);
    const bool flag = from == Engine::kMysql && column.type.kind == TypeKind::kInteger &&
                      ascii_lower(column.type.declared).starts_with("tinyint(1)");
    if (from == Engine::kSqlite || long_key || flag) names.push_back(column.name);
  }
  return names;
}

std::map<std::string, dialect::ColumnProfile> profile_tables(driver::Connection& source,
                                                             const Schema& schema,
                                                             const std::vector<TableName>& tables,
                                                             Engine to) {
  std::map<std::string, dialect::ColumnProfile> profiles;
  for (const TableName& name : tables) {
    const Table* table = schema.find_table(name);
    if (table == nullptr || table->kind != TableKind::kTable) continue;
    const std::vector<std::string> columns = columns_to_profile(*table, schema.engine, to);
    const auto found = profile_columns(source, *table, columns, std::nullopt);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      profiles[name.display() + "." + columns[i]] = found[i];
    }
  }
  return profiles;
}

}  // namespace

SchemaSteps::SchemaSteps(const Plan& plan, const Schema& schema, driver::Connection& source,
                         driver::Connection& target, std::function<void(const std::string&)> note)
    : target_(target), note_(std::move(note)) {
  if (!plan.options.create_schema) return;
  const std::vector<TableName> tables = tables_to_make(plan);
  if (tables.empty()) return;
  const Engine to = target.server().engine;
  dialect::ScriptOptions options;
  options.tables = tables;
  options.views = !plan.single_table;
  options.present = present_tables(target);
  options.mariadb = target.server().mariadb;
  options.rename = [from = schema.engine, to, map = plan.options.schema_map](
                       const TableName& name) { return target_name(name, from, to, map); };
  if (schema.engine != to) {
    options.profiles = profile_tables(source, schema, missing_from(options, tables), to);
  }
  script_ = dialect::make_schema_script(schema, to, options);
}

/// Inside the caller's transaction where the engine can roll CREATE TABLE back.
void SchemaSteps::create_tables() {
  if (script_.tables.empty()) return;
  in_transaction_ = target_.server().transactional_ddl;
  create_missing(script_.tables, object_names(target_));
  in_transaction_ = false;
}

bool SchemaSteps::create_the_rest() {
  const std::vector<std::string> existing = object_names(target_);
  bool whole = script_.skipped.empty();
  note_skipped();
  whole &= create_missing(script_.indexes, existing);
  whole &= create_missing(script_.foreign_keys, existing);
  whole &= create_missing(script_.views, existing);
  whole &= create_missing(script_.triggers, existing);
  return whole;
}

/// Few by name, many by their number.
void SchemaSteps::note_skipped() const {
  constexpr std::size_t kFew = 3;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> by_reason;
  for (const dialect::SkippedItem& item : script_.skipped) {
    by_reason[{item.type, item.reason}].push_back(item.name);
  }
  for (const auto& [kind, names] : by_reason) {
    const auto& [type, reason] = kind;
    if (names.size() <= kFew) {
      for (const std::string& name : names) note_("not made: " + type + " " + name + ": " + reason);
    } else {
      note_("not made: " + std::to_string(names.size()) + " items of type " + type + " (" +
            names.front() + " to " + names.back() + "): " + reason +
            "; generate-schema-copy lists them");
    }
  }
}

bool SchemaSteps::create_missing(const std::vector<dialect::SchemaItem>& items,
                                 const std::vector<std::string>& existing) {
  bool all = true;
  for (const dialect::SchemaItem& item : items) {
    const bool there =
        std::find(existing.begin(), existing.end(), ascii_lower(item.name)) != existing.end();
    if (!there && !create(item)) all = false;
  }
  return all;
}

bool SchemaSteps::create(const dialect::SchemaItem& item) {
  try {
    // After an error PostgreSQL takes nothing but the way back to a savepoint.
    if (in_transaction_) driver::execute(target_, "SAVEPOINT crossload_step");
    driver::execute(target_, item.sql);
    if (in_transaction_) driver::execute(target_, "RELEASE SAVEPOINT crossload_step");
    return true;
  } catch (const Error& error) {
    // Only what this statement says is wrong is its own matter; a full disk is not.
    if (!error.statements_fault()) throw;
    if (in_transaction_) {
      driver::execute(target_, "ROLLBACK TO SAVEPOINT crossload_step");
      driver::execute(target_, "RELEASE SAVEPOINT crossload_step");
    }
    note_("not made: " + item.type + " " + item.name + ": " + error.message());
    return false;
  }
}

}  // namespace crossload::copy
