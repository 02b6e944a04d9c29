#include "schema_copy_trial.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "object_keys.h"
#include "whole_tables.h"

namespace crossload::copy {
namespace {

using dialect::SchemaItem;

/// So many tables of MySQL's kind are surely made in the time of a call.
constexpr std::size_t kMade = 50;

/// PostgreSQL locks all that a transaction makes, in a table of fixed size.
constexpr std::string_view kNoMemory = "53200";

class Trial {
 public:
  Trial(dialect::SchemaScript& script, const TrialPlace& place, const Schema& existing,
        const std::function<bool()>& go_on)
      : script_(script),
        place_(place),
        target_(*place.sessions.front()),
        undoes_(target_.server().transactional_ddl),
        engine_(target_.server().engine),
        dialect_(dialect::dialect_for(engine_)),
        existing_(object_keys(existing)),
        go_on_(go_on) {}

  void run() {
    std::unique_ptr<driver::Transaction> undone;
    if (undoes_) undone = target_.begin(driver::TransactionMode::kWrite);
    if (!place_.beside.empty()) make_what_is_beside();
    if (engine_ == Engine::kMysql) {
      const auto is_new = [&](const SchemaItem& item) {
        return !existing_.contains(object_key(item, engine_));
      };
      if (script_.tables.size() > kMade) {
        taken_ = take_as_temporary(script_, target_, is_new, go_on_);
      }
      proved_ = make_whole_tables(script_, place_.sessions, is_new, go_on_);
    }
    try_items(script_.tables);
    try_items(script_.indexes);
    try_items(script_.foreign_keys);
    try_items(script_.views);
    try_items(script_.triggers);
    for (const SchemaItem& view : script_.views) {
      if (go_on_ && !go_on_()) return;
      if (view.type == "view") use_view(view);
    }
    if (untried_ == 0) use_triggers();
  }

  std::size_t untried() const { return untried_; }

 private:
  /// What the target has and the script names, for what refers to it.
  void make_what_is_beside() {
    for (const SchemaItem& item : script_.tables) {
      if (!existing_.contains(object_key(item, engine_))) continue;
      if (go_on_ && !go_on_()) return;
      try {
        const std::string name = dialect_.quote(item.table);
        driver::execute(target_, "CREATE TABLE " + name + " LIKE " +
                                     dialect_.quote(std::string_view(place_.beside)) + "." + name);
      } catch (const Error& error) {
        // A view, or a table that the user may not see: what needs it is told as it fails.
        if (!error.statements_fault()) throw;
      }
    }
  }

  void try_items(std::vector<SchemaItem>& items) {
    constexpr std::size_t kTogether = 50;
    std::vector<SchemaItem> kept;
    for (std::size_t i = 0; i < items.size();) {
      const std::size_t end = std::min(i + kTogether, items.size());
      const bool all = try_together(items, i, end);
      for (; i < end; ++i) {
        if (all || try_item(items[i])) kept.push_back(std::move(items[i]));
      }
    }
    items = std::move(kept);
  }

  /// As one statement: each behind a savepoint of its own makes PostgreSQL's transaction slower
  /// than the one before. False where they are to be tried one by one.
  bool try_together(const std::vector<SchemaItem>& items, std::size_t begin, std::size_t end) {
    if (engine_ != Engine::kPostgres || untried_ > 0 || (go_on_ && !go_on_())) return false;
    std::vector<std::string> keys;
    std::string body = "BEGIN\n";
    for (std::size_t i = begin; i < end; ++i) {
      keys.push_back(object_key(items[i], engine_));
      if (existing_.contains(keys.back()) || is_on(skipped_, items[i])) return false;
      body += "EXECUTE " + dialect_.literal(items[i].sql) + ";\n";
    }
    if (!refusal_of("DO " + dialect_.literal(body + "END")).empty()) {
      no_room_ = false;
      return false;
    }
    made_.insert(keys.begin(), keys.end());
    return true;
  }

  /// False: the item is skipped.
  bool try_item(SchemaItem& item) {
    const std::string key = object_key(item, engine_);
    if (proved_.contains(&item)) {
      made_.insert(key);
      return true;
    }
    if (untried_ > 0 || (go_on_ && !go_on_())) {
      if (!taken_.contains(&item)) ++untried_;
      return true;
    }
    if (existing_.contains(key)) {
      warn(item, "the target already has " + described(item) +
                     ": its statement fails there, as long as it is not dropped or left out");
      return true;
    }
    if (is_on(skipped_, item)) {
      return skip(item, "it belongs to " + item.table.display() + ", which is skipped");
    }
    const std::string refusal = refusal_of(item.sql);
    if (no_room_) {
      ++untried_;
      return true;
    }
    if (refusal.empty()) {
      made_.insert(key);
      return true;
    }
    if (!item.plain_sql.empty() && refusal_of(item.plain_sql).empty()) {
      warn(item, "made without defaults, checks and generated columns: " + refusal);
      item.sql = std::move(item.plain_sql);
      made_.insert(key);
      return true;
    }
    // What a target's own table lacks is no fault of the statement.
    if (is_on(existing_, item)) {
      warn(item, "cannot be made on the table the target already has: " + refusal);
      return true;
    }
    // Virtual tables make the indexes of their own storage.
    if (item.type == "index" && engine_ == Engine::kSqlite && has_object(key)) return false;
    return skip(item, refusal);
  }

  bool is_on(const std::set<std::string>& tables, const SchemaItem& item) const {
    return item.type != "table" && tables.contains(table_key(item.table, engine_));
  }

  bool has_object(const std::string& key) {
    return object_keys(target_.catalog().load_schema()).contains(key);
  }

  static std::string described(const SchemaItem& item) {
    return (item.type == "index" ? "an index" : "a " + item.type) + " or other object named " +
           item.name;
  }

  /// The engine's words, empty where it took the statement.
  std::string refusal_of(const std::string& sql) {
    if (undoes_) driver::execute(target_, "SAVEPOINT crossload_trial");
    std::string refusal;
    try {
      driver::execute(target_, sql);
    } catch (const Error& error) {
      no_room_ = error.sqlstate() == kNoMemory;
      if (!(error.statements_fault() || no_room_) || !undo_statement()) throw;
      refusal = error.message();
    }
    if (undoes_) driver::execute(target_, "RELEASE SAVEPOINT crossload_trial");
    return refusal;
  }

  /// False where the engine undid the whole transaction: what came next would be there to stay.
  bool undo_statement() {
    if (!undoes_) return true;
    try {
      driver::execute(target_, "ROLLBACK TO SAVEPOINT crossload_trial");
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  /// What reports call it.
  static std::string shown_type(const SchemaItem& item) {
    if (item.type == "extension") return "type";
    if (item.type == "function" || item.type == "stored_procedure") return "routine";
    return item.type == "schema" ? "identifier" : item.type;
  }

  void warn(const SchemaItem& item, std::string message) {
    script_.warnings.push_back({shown_type(item), item.name, std::move(message)});
  }

  bool skip(const SchemaItem& item, std::string reason) {
    if (item.type == "table" || item.type == "view") skipped_.insert(object_key(item, engine_));
    warn(item, "left out: " + reason);
    const std::string type = shown_type(item);
    script_.skipped.push_back({type == "routine" ? item.type : type, item.name, std::move(reason),
                               item.sql, dialect::skipped_file(item.type)});
    return false;
  }

  // CREATE VIEW succeeds whatever the view reads; only compiling a query over it tells.
  void use_view(const SchemaItem& view) {
    if (!made_.contains(object_key(view, engine_))) return;
    const std::string name = view.table.name.empty() ? dialect_.quote(std::string_view(view.name))
                                                     : dialect_.quote(view.table);
    const std::string refusal = refusal_of_use("SELECT * FROM " + name);
    if (refusal.empty() || no_room_) return;
    warn(view, "is copied as it stands, but cannot be read where it was tried: " + refusal);
  }

  // CREATE TRIGGER succeeds whatever its body uses; it is looked at when a statement would fire it.
  void use_triggers() {
    if (engine_ != Engine::kSqlite) return;
    std::set<std::string> looked_at;
    for (const SchemaItem& trigger : script_.triggers) {
      const std::string table = table_key(trigger.table, engine_);
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
  const TrialPlace& place_;
  driver::Connection& target_;
  bool undoes_;
  Engine engine_;
  const dialect::Dialect& dialect_;
  std::set<std::string> existing_;  ///< Keys of objects of the target, as are the next.
  const std::function<bool()>& go_on_;
  std::size_t untried_ = 0;
  bool no_room_ = false;                ///< The server takes no more in this transaction.
  std::set<const SchemaItem*> proved_;  ///< By make_whole_tables().
  std::set<const SchemaItem*> taken_;   ///< By take_as_temporary().
  std::set<std::string> made_;
  std::set<std::string> skipped_;  ///< Tables and views.
};

}  // namespace

std::size_t try_script(dialect::SchemaScript& script, const TrialPlace& place,
                       const Schema& existing, const std::function<bool()>& go_on) {
  try {
    Trial trial(script, place, existing, go_on);
    trial.run();
    return trial.untried();
  } catch (Error& error) {
    error.add_context("while the statements were tried on the target");
    throw;
  }
}

}  // namespace crossload::copy
