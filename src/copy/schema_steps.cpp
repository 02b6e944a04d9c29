#include "schema_steps.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"

#include "object_keys.h"
#include "schema_profiles.h"
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

/// Of the tables to make, those that are not there yet.
std::vector<TableName> missing_from(const dialect::ScriptOptions& options, const Schema& schema,
                                    Engine to) {
  const auto names = dialect::fitting_table_names(schema, to, options.rename);
  std::vector<TableName> missing;
  for (const TableName& table : options.tables) {
    const auto found = names.find(table);
    const auto& present = options.present;
    if (found == names.end()) continue;
    if (std::find(present.begin(), present.end(), found->second) == present.end()) {
      missing.push_back(table);
    }
  }
  return missing;
}

/// Tables and views that are there already, which a view or trigger may need.
std::vector<TableName> names_in(const Schema& schema) {
  std::vector<TableName> names;
  for (const Table& table : schema.tables) names.push_back(table.name);
  for (const View& view : schema.views) names.push_back(view.name);
  return names;
}

bool is_whole_database(const Plan& plan) {
  return !plan.single_table && plan.options.include_tables.empty() &&
         plan.options.exclude_tables.empty();
}

// Alone, the name of a table of SQLite may be read as that of a database: "main".
std::string analysis_of(const TableName& table, Engine engine) {
  const dialect::Dialect& dialect = dialect::dialect_for(engine);
  if (engine == Engine::kSqlite) return "ANALYZE " + dialect.quote(TableName{"main", table.name});
  return (engine == Engine::kMysql ? "ANALYZE TABLE " : "ANALYZE ") + dialect.quote(table);
}

}  // namespace

SchemaSteps::SchemaSteps(const Plan& plan, const Schema& schema, driver::Connection& source,
                         driver::Connection& target, Tell tell)
    : target_(target), tell_(std::move(tell)) {
  if (!plan.options.create_schema) return;
  const std::vector<TableName> tables = tables_to_make(plan);
  if (tables.empty()) return;
  active_ = true;
  const Engine to = target.server().engine;
  const Schema existing = target.catalog().load_schema();
  dialect::ScriptOptions options;
  options.tables = tables;
  options.whole = is_whole_database(plan);
  options.views = !plan.single_table;
  options.present = names_in(existing);
  options.existing = &existing;
  options.other_default_schema =
      schema.engine == Engine::kPostgres && to == Engine::kPostgres &&
      source.catalog().default_schema() != target.catalog().default_schema();
  options.mariadb = target.server().mariadb;
  options.source_mariadb = source.server().mariadb;
  options.rename = [from = schema.engine, to, map = plan.options.schema_map](
                       const TableName& name) { return target_name(name, from, to, map); };
  if (schema.engine != to) {
    options.profiles = profile_tables(source, schema, missing_from(options, schema, to),
                                      {to, options.mariadb}, std::nullopt);
  }
  script_ = dialect::make_schema_script(schema, to, options);
  for (const dialect::SchemaItem& item : script_.tables) {
    const Table* const table = schema.find_table(item.source);
    if (item.type == "table" && table != nullptr && !table->partition_sql.empty()) {
      partitioned_.insert(table_key(item.table, to));
    }
  }
}

/// Inside the caller's transaction where the engine can roll CREATE TABLE back.
void SchemaSteps::create_tables() {
  if (script_.tables.empty()) return;
  // Only now has a process that went before come to its end.
  existing_ = object_keys(target_.catalog().load_schema());
  in_transaction_ = target_.server().transactional_ddl;
  create_missing(nullptr, script_.tables);
  in_transaction_ = false;
}

void SchemaSteps::create_keys() {
  if (!active_) return;
  tell_skipped();
  tell_changed();
  existing_ = object_keys(target_.catalog().load_schema());
  create_missing("indexes", script_.indexes);
  create_missing("foreign_keys", script_.foreign_keys);
}

void SchemaSteps::create_the_rest() {
  if (!active_) return;
  create_missing("views", script_.views);
  create_missing("triggers", script_.triggers);
  analyze();
}

/// Few by name, many by their number.
void SchemaSteps::tell_skipped() const {
  constexpr std::size_t kFew = 3;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> by_reason;
  for (const dialect::SkippedItem& item : script_.skipped) {
    // The rows of a partition are in the table it belongs to.
    if (item.type != "partition") by_reason[{item.type, item.reason}].push_back(item.name);
  }
  for (const auto& [kind, names] : by_reason) {
    const auto& [type, reason] = kind;
    if (names.size() <= kFew) {
      for (const std::string& name : names) {
        tell_.lost("not made: " + type + " " + name + ": " + reason);
      }
    } else {
      tell_.lost("not made: " + std::to_string(names.size()) + " items of type " + type + " (" +
                 names.front() + " to " + names.back() + "): " + reason +
                 "; generate-schema-copy lists them");
    }
  }
}

/// What is lost was told already; types are told by the rows that they refuse.
void SchemaSteps::tell_changed() const {
  constexpr std::size_t kFew = 5;
  std::map<std::string, std::vector<const dialect::SchemaWarning*>> by_type;
  for (const dialect::SchemaWarning& warning : script_.warnings) {
    if (warning.message.starts_with("left out") || warning.type == "type") continue;
    by_type[warning.type].push_back(&warning);
  }
  for (const auto& [type, warnings] : by_type) {
    const std::size_t shown = std::min(warnings.size(), kFew);
    for (std::size_t i = 0; i < shown; ++i) {
      tell_.changed("changed: " + type + " " + warnings[i]->name + ": " + warnings[i]->message);
    }
    if (shown == warnings.size()) continue;
    tell_.changed("changed: " + std::to_string(warnings.size() - shown) + " more of type " + type +
                  "; generate-schema-copy lists them");
  }
}

void SchemaSteps::create_missing(const char* phase, const std::vector<dialect::SchemaItem>& items) {
  if (phase != nullptr) tell_.phase(phase);
  for (const dialect::SchemaItem& item : items) {
    tell_.throw_if_stopped();
    if (!existing_.contains(object_key(item, target_.server().engine))) create(item);
  }
}

/// PostgreSQL adds a key without looking at the rows, and proves it with the others afterwards; a
/// partitioned table cannot have one of those.
std::string SchemaSteps::statement_of(const dialect::SchemaItem& item) const {
  const Engine engine = target_.server().engine;
  const bool later = item.type == "foreign_key" && engine == Engine::kPostgres &&
                     !item.sql.ends_with(" NOT VALID") &&
                     !partitioned_.contains(table_key(item.table, engine));
  return later ? item.sql + " NOT VALID" : item.sql;
}

/// What the server has against a statement; nothing of it is left then.
std::optional<std::string> SchemaSteps::refusal_of(const std::string& sql) {
  try {
    // After an error PostgreSQL takes nothing but the way back to a savepoint.
    if (in_transaction_) driver::execute(target_, "SAVEPOINT crossload_step");
    driver::execute(target_, sql);
    if (in_transaction_) driver::execute(target_, "RELEASE SAVEPOINT crossload_step");
    return std::nullopt;
  } catch (const Error& error) {
    // Only what this statement says is wrong is its own matter; a full disk is not.
    if (!error.statements_fault()) throw;
    if (in_transaction_) {
      driver::execute(target_, "ROLLBACK TO SAVEPOINT crossload_step");
      driver::execute(target_, "RELEASE SAVEPOINT crossload_step");
    }
    return error.message();
  }
}

bool SchemaSteps::create(const dialect::SchemaItem& item) {
  const auto refusal = refusal_of(statement_of(item));
  if (!refusal) return true;
  const std::string what = item.type + " " + item.name + ": " + *refusal;
  if (!item.plain_sql.empty() && !refusal_of(item.plain_sql)) {
    tell_.lost("made without defaults, checks and generated columns: " + what);
    return true;
  }
  tell_.lost("not made: " + what);
  return false;
}

void SchemaSteps::drop_unproved(const std::vector<driver::FkOrphan>& orphans) {
  if (orphans.empty() || target_.server().engine != Engine::kMysql) return;
  const auto has_orphans = [&](const ForeignKey& key) {
    return std::any_of(orphans.begin(), orphans.end(), [&](const driver::FkOrphan& orphan) {
      std::vector<std::string> columns;
      for (const auto& [column, value] : orphan.value) columns.push_back(column);
      return orphan.table == key.table && orphan.references == key.referenced_table &&
             columns == key.columns;
    });
  };
  const dialect::Dialect& dialect = dialect::dialect_for(target_.server().engine);
  const Schema now = target_.catalog().load_schema();
  for (const dialect::SchemaItem& item : script_.foreign_keys) {
    const Table* const table = now.find_table(item.table);
    if (table == nullptr) continue;
    for (const ForeignKey& key : table->foreign_keys) {
      if (!ascii_iequals(key.name, item.name) || !has_orphans(key)) continue;
      driver::execute(target_, "ALTER TABLE " + dialect.quote(item.table) + " DROP FOREIGN KEY " +
                                   dialect.quote(std::string_view(key.name)));
      tell_.lost("not kept: foreign_key " + item.name +
                 ": rows of the source break it, and MySQL cannot mark a key as not valid");
    }
  }
}

/// Without statistics the first queries after a load are planned blindly.
void SchemaSteps::analyze() {
  tell_.phase("analyze");
  const Engine engine = target_.server().engine;
  // Otherwise SQLite reads every index to its end; the setting is this session's.
  if (engine == Engine::kSqlite) driver::execute(target_, "PRAGMA analysis_limit = 1000");
  for (const dialect::SchemaItem& item : script_.tables) {
    if (item.type != "table") continue;
    tell_.throw_if_stopped();
    try {
      driver::execute(target_, analysis_of(item.table, engine));
    } catch (const Error& error) {
      if (!error.statements_fault()) throw;
      tell_.changed("no statistics for " + item.name + ": " + error.message());
    }
  }
}

}  // namespace crossload::copy
