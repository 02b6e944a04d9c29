#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "crossload/base/strings.h"
#include "crossload/copy/migration.h"
#include "crossload/copy/selection.h"
#include "crossload/dialect/identifiers.h"
#include "crossload/dialect/table_script.h"

#include "plan_json.h"
#include "plan_order.h"
#include "table_conversion.h"
#include "table_names.h"
#include "table_probe.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::ordered_json;

/// Both sides as they are now.
struct Inputs {
  Schema source;
  std::map<std::string, std::optional<driver::ResumeKey>> keys;  ///< By source table.
  Schema target;
  Engine target_engine = Engine::kSqlite;
  bool target_is_mariadb = false;
  bool target_exists = true;
  bool triggers_can_be_off = true;
  /// Columns that name large objects, by source table.
  std::map<std::string, std::vector<std::string>> large_objects;
  std::string source_default;  ///< Name of the default schema, as is the next.
  std::string target_default;
  std::vector<std::string> filled_tables;  ///< Target tables that hold rows, lower case.
};

std::string folded(const TableName& name) {
  return ascii_lower(name.display());
}

/// A hidden column of a virtual table has no values of its own; an INVISIBLE one of MySQL's has.
bool is_of_module(const Column& column, Engine engine) {
  return column.hidden && engine == Engine::kSqlite;
}

/// Finds out now, before a job exists, that the target can be written.
void probe_write(driver::Connection& target) {
  const auto transaction = target.begin(driver::TransactionMode::kWrite);
}

bool may_have_rows(driver::Connection& target, const TableName& table) {
  try {
    return has_rows(target, table);
  } catch (const Error& error) {
    // A table that the user may not read is another job's; where it is this one's, writing fails.
    if (error.code() != ErrorCode::kAccessDenied) throw;
    return false;
  }
}

Inputs look(const Side& source, const Side& target) {
  Inputs inputs;
  const auto from = source.driver->connect(source.endpoint, source.database, {});
  inputs.source = from->catalog().load_schema();
  inputs.source_default = from->catalog().default_schema();
  for (const Table& table : inputs.source.tables) {
    inputs.keys[folded(table.name)] = from->catalog().resume_key(table);
    inputs.large_objects[folded(table.name)] = large_object_columns(*from, table);
  }
  inputs.target_engine = target.driver->engine();
  inputs.target_exists = target.database.exists;
  if (!inputs.target_exists) return inputs;
  const auto to = target.driver->connect(target.endpoint, target.database,
                                         {.access = driver::Access::kReadWrite});
  probe_write(*to);
  inputs.target = to->catalog().load_schema();
  inputs.target_default = to->catalog().default_schema();
  inputs.triggers_can_be_off = to->server().triggers_can_be_off;
  inputs.target_is_mariadb = to->server().mariadb;
  for (const Table& table : inputs.target.tables) {
    if (table.kind != TableKind::kVirtual && may_have_rows(*to, table.name)) {
      inputs.filled_tables.push_back(folded(table.name));
    }
  }
  return inputs;
}

std::vector<const Table*> chosen_tables(const Inputs& inputs, const MigrationOptions& options) {
  if (!options.source_table) {
    return select_tables(inputs.source, options.include_tables, options.exclude_tables);
  }
  std::vector<const Table*> chosen = select_tables(inputs.source, {*options.source_table}, {});
  std::erase_if(chosen, [&](const Table* table) {
    return !ascii_iequals(table->name.display(), *options.source_table) &&
           !ascii_iequals(table->name.name, *options.source_table);
  });
  if (chosen.size() == 1 && chosen.front()->kind != TableKind::kVirtual) return chosen;
  throw Error(ErrorCode::kInvalidArgument,
              "source_table must name one ordinary table, not \"" + *options.source_table + "\"")
      .suggest("use include_tables for globs and virtual tables");
}

/// The parts of a plan that need both sides at once; collects every mismatch before it refuses.
class Planner {
 public:
  Planner(const Inputs& inputs, const MigrationOptions& options, const Plan* saved)
      : inputs_(inputs),
        options_(options),
        saved_(saved),
        names_(dialect::fitting_table_names(
            inputs.source, inputs.target_engine, [&](const TableName& name) {
              return target_name(name, inputs.source.engine, inputs.target_engine,
                                 options.schema_map);
            })) {}

  Plan make() {
    Plan plan;
    plan.options = options_;
    plan.single_table = options_.source_table.has_value();
    plan.creates_target_database =
        saved_ ? saved_->creates_target_database : !inputs_.target_exists;
    for (const Table* table : parents_first(without_parts(chosen_tables(inputs_, options_)))) {
      if (table->kind == TableKind::kTable && table->columns.empty()) {
        warnings_.push_back("the table " + table->name.display() +
                            " has no columns and is not copied");
      } else if (between_engines() && table->kind != TableKind::kTable) {
        leave_out(*table);
      } else if (table->kind == TableKind::kVirtual) {
        if (will_create(*table)) plan.virtual_tables.push_back(table->name);
      } else {
        plan.tables.push_back(plan_table(*table));
      }
    }
    check_rule_names(plan);
    refuse_problems();
    plan.warnings = std::move(warnings_);
    plan.fingerprint = describe(plan);
    plan.hash = sha256_hex(plan.fingerprint);
    return plan;
  }

 private:
  const Table* target_of(const Table& source) const {
    return inputs_.target.find_table(name_in_target(source));
  }

  const TableName& name_in_target(const Table& source) const { return names_.at(source.name); }

  void leave_out(const Table& table) {
    if (table.kind != TableKind::kVirtual) return;
    warnings_.push_back("the virtual table " + table.name.display() +
                        " and its storage are of a module of SQLite and are not copied");
  }

  /// What reading the table will not give.
  void tell_limits(const Table& source) {
    if (!source.transactional) {
      warnings_.push_back(source.name.display() + " is of the engine " + source.storage_engine +
                          ", which has no snapshots: what is written to it during the copy may "
                          "arrive in part (not consistent)");
    }
    const auto large_objects = inputs_.large_objects.find(folded(source.name));
    if (large_objects == inputs_.large_objects.end()) return;
    for (const std::string& column : large_objects->second) {
      const std::string told = source.name.display() + "." + column +
                               " names large objects of PostgreSQL, which are not copied";
      const auto rules = rules_for(options_.rules, source.name, column);
      const auto rule = rules.find("large_object");
      if (rule != rules.end() && rule->second == "number") {
        warnings_.push_back(told + ": the numbers are");
      } else {
        problems_.push_back(told +
                            ": exclude the table, or have their numbers copied with rules: "
                            "{\"large_object\": \"number\"}");
      }
    }
  }

  bool between_engines() const { return inputs_.source.engine != inputs_.target_engine; }

  /// The rows of a partition are read with the table it belongs to.
  static std::vector<const Table*> without_parts(std::vector<const Table*> tables) {
    const std::vector<const Table*> all = tables;
    std::erase_if(tables, [&](const Table* table) {
      return !table->partition_of.name.empty() &&
             std::any_of(all.begin(), all.end(), [&](const Table* other) {
               return other != table && other->name == table->partition_of;
             });
    });
    return tables;
  }

  /// For a job gone on with, what it made the first time is what it makes.
  bool will_create(const Table& source) const {
    if (!saved_) return options_.create_schema && !target_of(source);
    for (const TablePlan& table : saved_->tables) {
      if (table.source == source.name) return table.create;
    }
    const auto& made = saved_->virtual_tables;
    return std::find(made.begin(), made.end(), source.name) != made.end();
  }

  TablePlan plan_table(const Table& source) {
    TablePlan table;
    table.source = source.name;
    table.create = will_create(source);
    table.shadow = source.kind == TableKind::kShadow;
    tell_limits(source);
    if (const auto key = inputs_.keys.find(folded(source.name)); key != inputs_.keys.end()) {
      table.key = key->second;
    }
    const Table* existing = target_of(source);
    if (!existing && !table.create) {
      missing_.push_back(source.name.display());
      return table;
    }
    // A table that the job makes has the source's columns and keys.
    const Table& target = table.create ? source : *existing;
    table.target = existing ? existing->name : name_in_target(source);
    match_columns(source, target, table);
    if (table.create && between_engines()) name_made_columns(source, table);
    find_conflict_key(target, table);
    check_target(target, table);
    if (!table.create) check_conversions(source, target, table);
    return table;
  }

  void match_columns(const Table& source, const Table& target, TablePlan& table) {
    // A generated column of another engine is made as a plain one, or was where the target has one.
    const bool made_plain = table.create && between_engines();
    for (const Column& column : source.columns) {
      if (is_of_module(column, inputs_.source.engine)) continue;
      const Column* match = target.find_column(column.name);
      // Not one that differs in case and is another column's.
      if (match != nullptr && source.find_column(match->name) != &column) match = nullptr;
      const bool calculated = match == nullptr || match->generated != GeneratedKind::kNone;
      if (column.generated != GeneratedKind::kNone && !made_plain && calculated) continue;
      if (!match) {
        mismatch(source, "source column " + column.name + " has no column in the target");
      } else if (match->generated != GeneratedKind::kNone && !made_plain) {
        warnings_.push_back(source.name.display() + "." + column.name +
                            " is generated in the target and is not copied");
      } else {
        table.source_columns.push_back(column.name);
        table.target_columns.push_back(match->name);
        const std::string made = table.create ? "" : " -> " + match->type.declared;
        types_[table.source.display()].push_back(column.type.declared + made);
      }
    }
    for (const Column& column : target.columns) {
      if (!column.optional_on_insert() && !is_of_module(column, inputs_.target_engine) &&
          !source.find_column(column.name)) {
        mismatch(source, "target column " + column.name + " must be given and the source has none");
      }
    }
    if (table.source_columns.empty()) mismatch(source, "no column can be copied");
  }

  /// Another engine may not take every name.
  void name_made_columns(const Table& source, TablePlan& table) const {
    const dialect::TableScript made = dialect::make_table_sql(
        inputs_.source.engine, source,
        {.target = {inputs_.target_engine, inputs_.target_is_mariadb}, .name = table.target});
    for (std::size_t i = 0; i < source.columns.size() && i < made.columns.size(); ++i) {
      const auto& names = table.source_columns;
      const auto found = std::find(names.begin(), names.end(), source.columns[i].name);
      if (found != names.end()) {
        table.target_columns[static_cast<std::size_t>(found - names.begin())] = made.columns[i];
      }
    }
  }

  void check_rule_names(const Plan& plan) {
    for (const auto& [name, unused] : options_.rules) {
      const bool known = name.empty() || std::any_of(plan.tables.begin(), plan.tables.end(),
                                                     [&, &column = name](const TablePlan& table) {
                                                       return has_column(table, column);
                                                     });
      if (!known) problems_.push_back("rules: no column of the migration is named " + name);
    }
  }

  static bool has_column(const TablePlan& table, const std::string& name) {
    return std::any_of(table.source_columns.begin(), table.source_columns.end(),
                       [&](const std::string& column) {
                         return ascii_iequals(table.source.display() + "." + column, name);
                       });
  }

  void check_conversions(const Table& source, const Table& target, const TablePlan& table) {
    try {
      const TableConversion conversion(table, {inputs_.source.engine, &source},
                                       {inputs_.target_engine, &target}, options_.rules);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kColumnMismatch) throw;
      mismatches_.push_back(error.message());
    }
  }

  void find_conflict_key(const Table& target, TablePlan& table) {
    table.conflict_key = target.primary_key;
    std::vector<const Index*> unique;
    for (const Index& index : target.indexes) {
      const bool plain = std::all_of(index.parts.begin(), index.parts.end(),
                                     [](const IndexPart& part) { return !part.column.empty(); });
      if (index.unique && index.where_sql.empty() && plain) unique.push_back(&index);
    }
    if (table.conflict_key.empty() && unique.size() == 1) {
      for (const IndexPart& part : unique.front()->parts) {
        table.conflict_key.push_back(part.column);
      }
    }
    if (table.conflict_key.empty() && options_.on_conflict != driver::ConflictMode::kError) {
      problems_.push_back(target.name.display() +
                          ": on_conflict needs a primary key or a single unique key");
    }
  }

  bool is_filled(const Table& target) const {
    const auto& filled = inputs_.filled_tables;
    return std::find(filled.begin(), filled.end(), folded(target.name)) != filled.end();
  }

  void check_target(const Table& target, const TablePlan& table) {
    if (saved_ || table.create) return;
    const bool filled = is_filled(target) && !options_.truncate_target;
    if (filled && table.shadow) {
      problems_.push_back(target.name.display() +
                          ": this storage of a virtual table already has rows; use "
                          "truncate_target or exclude it");
    } else if (filled && target.primary_key.empty()) {
      warnings_.push_back("the target table " + target.name.display() +
                          " has rows and no primary key: the rows are added, and rows that are in "
                          "both will be there twice");
    }
    if (!target.triggers.empty() && !inputs_.triggers_can_be_off &&
        options_.triggers == TriggerPolicy::kDefault) {
      problems_.push_back(target.name.display() +
                          " has triggers, which this server cannot switch off for one session: "
                          "choose triggers:\"drop_and_restore\" or \"fire\"");
    }
  }

  void mismatch(const Table& source, const std::string& what) {
    mismatches_.push_back(source.name.display() + ": " + what);
  }

  void refuse_problems() const {
    if (!missing_.empty()) {
      std::vector<std::string> names;
      for (const Table& table : inputs_.target.tables) names.push_back(table.name.display());
      throw Error(ErrorCode::kTargetTableNotFound,
                  "the target lacks tables: " + join(missing_, ", "))
          .candidates(nearest_names(missing_.front(), names))
          .suggest("start again with create_schema:true to have them made")
          .suggest("or make them first: generate-schema-copy, then execute-sql");
    }
    if (!mismatches_.empty()) {
      throw Error(ErrorCode::kColumnMismatch, join(mismatches_, "; "))
          .suggest(
              "call describe-table on both sides, then change the target or exclude the table");
    }
    if (!problems_.empty()) throw Error(ErrorCode::kInvalidArgument, join(problems_, "; "));
  }

  /// One line of JSON per thing that must stay as it is; a later difference can be named by its
  /// line.
  std::string describe(const Plan& plan) const {
    Json options = options_to_json(plan.options);
    options.erase("memory_limit_mb");
    std::string text = options.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    for (const TablePlan& table : plan.tables) {
      Json json = {{"table", table.source.display()},    {"target", table.target.display()},
                   {"columns", table.source_columns},    {"target_columns", table.target_columns},
                   {"conflict_key", table.conflict_key}, {"create", table.create}};
      if (const auto types = types_.find(table.source.display()); types != types_.end()) {
        json["types"] = types->second;
      }
      if (table.key) json["key"] = table.key->columns;
      text += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return text;
  }

  const Inputs& inputs_;
  const MigrationOptions& options_;
  const Plan* saved_;
  const std::map<TableName, TableName> names_;  ///< Of the target, by the source's.
  std::map<std::string, std::vector<std::string>> types_;
  std::vector<std::string> missing_;
  std::vector<std::string> mismatches_;
  std::vector<std::string> problems_;
  std::vector<std::string> warnings_;
};

/// The first thing that differs between two plan descriptions, for the message.
std::string first_difference(const std::string& before, const std::string& now) {
  const std::vector<std::string> old_lines = split(before, '\n');
  const std::vector<std::string> new_lines = split(now, '\n');
  for (std::size_t i = 0; i < std::max(old_lines.size(), new_lines.size()); ++i) {
    const std::string was = i < old_lines.size() ? old_lines[i] : "nothing";
    const std::string is = i < new_lines.size() ? new_lines[i] : "nothing";
    if (was != is) return "it was " + was + " and is now " + is;
  }
  return "the plan's hash differs";
}

}  // namespace

Plan make_plan(const Side& source, const Side& target, const MigrationOptions& options) {
  const Inputs inputs = look(source, target);
  MigrationOptions normal = options;
  normal.schema_map = normal_schema_map(options.schema_map, inputs.source, inputs.source_default,
                                        inputs.target_engine, inputs.target_default);
  return Planner(inputs, normal, nullptr).make();
}

Plan replan(const Side& source, const Side& target, const SavedJob& saved) {
  const Inputs inputs = look(source, target);
  std::string difference;
  try {
    Plan plan = Planner(inputs, saved.plan.options, &saved.plan).make();
    if (plan.hash == saved.plan.hash) return plan;
    difference = first_difference(saved.plan.fingerprint, plan.fingerprint);
  } catch (const Error& error) {
    difference = error.message();
  }
  throw Error(ErrorCode::kPlanStale, "the job's plan no longer fits: " + difference)
      .suggest(
          "put the schema back as it was and resume, or cancel-migration-job with "
          "discard:true and start anew");
}

}  // namespace crossload::copy
