#include "cross_script.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"
#include "crossload/dialect/table_script.h"

namespace crossload::dialect {
namespace {

constexpr const char* kNotYet = "not translated between engines yet";

class TablesScript {
 public:
  TablesScript(const Schema& source, Engine target, const ScriptOptions& options)
      : source_(source), target_{target, options.mariadb}, options_(options) {}

  SchemaScript run() {
    for (const Table& table : source_.tables) {
      if (is_chosen(table)) add_table(table);
    }
    if (options_.views) {
      for (const View& view : source_.views) skip("view", view.name.display(), view.sql);
    }
    if (options_.tables.empty()) {
      for (const Routine& routine : source_.routines) {
        skip(routine.is_function ? "function" : "stored_procedure", routine.name.display(),
             routine.sql);
      }
    }
    return std::move(script_);
  }

 private:
  bool is_chosen(const Table& table) const {
    constexpr std::string_view kInternal = "sqlite_";
    if (source_.engine == Engine::kSqlite &&
        ascii_iequals(std::string_view(table.name.name).substr(0, kInternal.size()), kInternal)) {
      return false;
    }
    if (options_.tables.empty()) return true;
    return std::any_of(options_.tables.begin(), options_.tables.end(), [&](const TableName& name) {
      return ascii_iequals(name.name, table.name.name) &&
             ascii_iequals(name.schema, table.name.schema);
    });
  }

  TableName target_name(const TableName& name) const {
    TableName renamed = options_.rename ? options_.rename(name) : name;
    renamed.schema = fitting_identifier(renamed.schema, target_.engine);
    renamed.name = fitting_identifier(renamed.name, target_.engine);
    return renamed;
  }

  void skip(const std::string& type, const std::string& name, const std::string& sql,
            const char* reason = kNotYet) {
    script_.skipped.push_back({type, name, reason, sql, skipped_file(type)});
  }

  void add_table(const Table& table) {
    if (table.kind != TableKind::kTable) {
      skip("table", table.name.display(), table.sql,
           table.kind == TableKind::kVirtual ? "the module of a virtual table is SQLite's own"
                                             : "it is the storage of a virtual table");
      return;
    }
    TableScriptOptions options;
    options.target = target_;
    options.name = target_name(table.name);
    for (const Column& column : table.columns) {
      const auto found = options_.profiles.find(table.name.display() + "." + column.name);
      if (found != options_.profiles.end()) options.profiles[column.name] = found->second;
    }
    if (!table.partition_of.name.empty() && table.partition_of != table.name) {
      // The rows are the partitioned table's; PostgreSQL shows them in both.
      skip("table", table.name.display(), table.sql,
           "a partition; its rows are in the partitioned table");
      return;
    }
    add_schema(options.name.schema);
    add_extensions(table);
    TableScript made = make_table_sql(source_.engine, table, options);
    script_.tables.push_back({"table", options.name.name, table.name, std::move(made.sql)});
    std::move(made.warnings.begin(), made.warnings.end(), std::back_inserter(script_.warnings));
    if (!table.partition_sql.empty()) {
      script_.warnings.push_back(
          {"partition", table.name.display(), "the table becomes one without partitions"});
    }
    skip_parts(table);
  }

  void add_schema(const std::string& schema) {
    if (schema.empty() || target_.engine != Engine::kPostgres) return;
    if (!schemas_.insert(schema).second) return;
    // A name that no table has: what has a table's name is taken for made.
    script_.tables.push_back({"schema",
                              "schema " + schema,
                              {},
                              "CREATE SCHEMA IF NOT EXISTS " +
                                  dialect_for(target_.engine).quote(std::string_view(schema))});
  }

  /// Types that come with an extension: any owner of a database may make these.
  /// Source: postgresql.org/docs/15 "Additional Supplied Modules", the trusted ones with types.
  void add_extensions(const Table& table) {
    if (source_.engine != Engine::kPostgres || target_.engine != Engine::kPostgres) return;
    constexpr std::array<std::string_view, 8> kTrusted = {"citext", "cube",  "hstore", "intarray",
                                                          "isn",    "ltree", "lo",     "seg"};
    for (const Column& column : table.columns) {
      std::string_view type = column.type.declared;
      if (type.ends_with("[]")) type.remove_suffix(2);
      if (const std::size_t point = type.rfind('.'); point != std::string_view::npos) {
        type.remove_prefix(point + 1);
      }
      const bool known = std::find(kTrusted.begin(), kTrusted.end(), type) != kTrusted.end();
      if (!known || !extensions_.insert(std::string(type)).second) continue;
      script_.tables.push_back(
          {"extension",
           "extension " + std::string(type),
           {},
           "CREATE EXTENSION IF NOT EXISTS " + dialect_for(target_.engine).quote(type)});
    }
  }

  void skip_parts(const Table& table) {
    for (const Index& index : table.indexes) {
      if (index.origin != IndexOrigin::kPrimaryKey) skip("index", index.name, index.sql);
    }
    for (const ForeignKey& key : table.foreign_keys) {
      skip("foreign_key",
           key.name.empty() ? table.name.display() + "(" + join(key.columns, ", ") + ")" : key.name,
           "");
    }
    for (const Trigger& trigger : table.triggers) skip("trigger", trigger.name, trigger.sql);
  }

  const Schema& source_;
  TargetTraits target_;
  const ScriptOptions& options_;
  std::set<std::string> schemas_;
  std::set<std::string> extensions_;
  SchemaScript script_;
};

}  // namespace

SchemaScript tables_script(const Schema& source, Engine target, const ScriptOptions& options) {
  return TablesScript(source, target, options).run();
}

}  // namespace crossload::dialect
