#include "schema_copy_trial.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::copy {
namespace {

using dialect::SchemaItem;

std::set<std::string> object_names(driver::Connection& target) {
  const Schema schema = target.catalog().load_schema();
  std::set<std::string> names;
  const auto add = [&](const std::string& name) { names.insert(ascii_lower(name)); };
  for (const Table& table : schema.tables) {
    add(table.name.display());
    for (const Index& index : table.indexes) add(index.name);
    for (const Trigger& trigger : table.triggers) add(trigger.name);
  }
  for (const View& view : schema.views) {
    add(view.name.display());
    for (const Trigger& trigger : view.triggers) add(trigger.name);
  }
  return names;
}

class Trial {
 public:
  Trial(dialect::SchemaScript& script, driver::Connection& target)
      : script_(script),
        target_(target),
        dialect_(dialect::dialect_for(target.server().engine)),
        existing_(object_names(target)) {}

  void run() {
    const auto undone = target_.begin(driver::TransactionMode::kWrite);
    try_items(script_.tables);
    try_items(script_.indexes);
    try_items(script_.foreign_keys);
    try_items(script_.views);
    try_items(script_.triggers);
    for (const SchemaItem& view : script_.views) use_view(view);
    use_triggers();
  }

 private:
  void try_items(std::vector<SchemaItem>& items) {
    std::vector<SchemaItem> kept;
    for (SchemaItem& item : items) {
      if (try_item(item)) kept.push_back(std::move(item));
    }
    items = std::move(kept);
  }

  /// False: the item is skipped.
  bool try_item(const SchemaItem& item) {
    if (is_existing(item.name)) {
      warn(item, "the target already has " + described(item) +
                     ": its statement fails there, as long as it is not dropped or left out");
      return true;
    }
    if (is_on(skipped_, item)) {
      return skip(item, "it belongs to " + item.table.display() + ", which is skipped");
    }
    const std::string refusal = refusal_of(item.sql);
    if (refusal.empty()) {
      made_.insert(ascii_lower(item.name));
      return true;
    }
    // What a target's own table lacks is no fault of the statement.
    if (is_on(existing_, item)) {
      warn(item, "cannot be made on the table the target already has: " + refusal);
      return true;
    }
    // Virtual tables make the indexes of their own storage.
    if (item.type == "index" && has_object(item.name)) return false;
    return skip(item, refusal);
  }

  bool is_existing(const std::string& name) const { return existing_.contains(ascii_lower(name)); }

  bool is_on(const std::set<std::string>& tables, const SchemaItem& item) const {
    return item.type != "table" && tables.contains(ascii_lower(item.table.display()));
  }

  bool has_object(const std::string& name) {
    return object_names(target_).contains(ascii_lower(name));
  }

  static std::string described(const SchemaItem& item) {
    return (item.type == "index" ? "an index" : "a " + item.type) + " or other object named " +
           item.name;
  }

  /// The engine's words, empty where it took the statement.
  std::string refusal_of(const std::string& sql) {
    driver::execute(target_, "SAVEPOINT crossload_trial");
    std::string refusal;
    try {
      driver::execute(target_, sql);
    } catch (const Error& error) {
      if (!error.statements_fault() || !undo_statement()) throw;
      refusal = error.message();
    }
    driver::execute(target_, "RELEASE SAVEPOINT crossload_trial");
    return refusal;
  }

  /// False where the engine undid the whole transaction: what came next would be there to stay.
  bool undo_statement() {
    try {
      driver::execute(target_, "ROLLBACK TO SAVEPOINT crossload_trial");
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  void warn(const SchemaItem& item, std::string message) {
    script_.warnings.push_back({item.type, item.name, std::move(message)});
  }

  bool skip(const SchemaItem& item, std::string reason) {
    if (item.type == "table" || item.type == "view") skipped_.insert(ascii_lower(item.name));
    warn(item, "left out: " + reason);
    script_.skipped.push_back(
        {item.type, item.name, std::move(reason), item.sql, dialect::skipped_file(item.type)});
    return false;
  }

  // CREATE VIEW succeeds whatever the view reads; only compiling a query over it tells.
  void use_view(const SchemaItem& view) {
    if (!made_.contains(ascii_lower(view.name))) return;
    const std::string refusal = refusal_of_use("SELECT * FROM " + dialect_.quote(view.name));
    if (refusal.empty()) return;
    warn(view, "is copied as it stands, but cannot be read where it was tried: " + refusal);
  }

  // CREATE TRIGGER succeeds whatever its body uses; it is looked at when a statement would fire it.
  void use_triggers() {
    if (dialect_.engine() != Engine::kSqlite) return;
    std::set<std::string> looked_at;
    for (const SchemaItem& trigger : script_.triggers) {
      const std::string table = ascii_lower(trigger.table.display());
      if (!made_.contains(table) || !looked_at.insert(table).second) continue;
      const Table made = target_.catalog().describe(trigger.table);
      for (const char* event : {"INSERT", "UPDATE", "DELETE"}) use_triggers(made, event);
    }
  }

  void use_triggers(const Table& table, const std::string& event) {
    std::vector<std::string> names;
    for (const Trigger& trigger : table.triggers) {
      if (trigger.event == event) names.push_back(trigger.name);
    }
    if (names.empty()) return;
    const std::string refusal = refusal_of_use(firing_statement(table, event));
    if (refusal.empty()) return;
    script_.warnings.push_back(
        {"trigger", join(names, ", "),
         std::string(names.size() == 1 ? "is copied as it stands" : "are copied as they stand") +
             ", but where it was tried " + event + " on " + table.name.display() +
             " fails: " + refusal});
  }

  /// What the engine says when it only compiles a statement.
  std::string refusal_of_use(const std::string& sql) {
    std::string refusal = refusal_of("EXPLAIN " + sql);
    // The driver's sessions distrust the schemas of files; those of other programs need not.
    if (refusal.find("unsafe use of ") != std::string::npos) refusal.clear();
    return refusal;
  }

  std::string firing_statement(const Table& table, const std::string& event) {
    const std::string name = dialect_.quote(table.name);
    if (event == "DELETE") return "DELETE FROM " + name;
    if (event == "INSERT") return "INSERT INTO " + name + " DEFAULT VALUES";
    std::string assignments;
    for (const Column& column : table.columns) {
      if (column.generated != GeneratedKind::kNone) continue;
      const std::string quoted = dialect_.quote(column.name);
      assignments += (assignments.empty() ? "" : ", ") + quoted + " = " + quoted;
    }
    return "UPDATE " + name + " SET " + assignments;
  }

  dialect::SchemaScript& script_;
  driver::Connection& target_;
  const dialect::Dialect& dialect_;
  std::set<std::string> existing_;  ///< Lower case: objects of the target before the trial.
  std::set<std::string> made_;
  std::set<std::string> skipped_;  ///< Tables and views.
};

}  // namespace

bool try_script(dialect::SchemaScript& script, driver::Connection& target) {
  if (!target.server().transactional_ddl) return false;
  try {
    Trial(script, target).run();
  } catch (Error& error) {
    error.add_context("while the statements were tried on the target");
    throw;
  }
  return true;
}

}  // namespace crossload::copy
