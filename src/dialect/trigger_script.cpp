#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "object_script.h"
#include "references.h"
#include "trigger_text.h"
#include "trigger_tree.h"
#include "view_text.h"

namespace crossload::dialect {
namespace {

class TriggerScript {
 public:
  explicit TriggerScript(ObjectCopy& copy) : copy_(copy), context_(copy.context()) {}

  void run() {
    for (const Table& table : copy_.source.tables) {
      const KnownTable* known = copy_.tables.find(table.name);
      if (known == nullptr || table.kind != TableKind::kTable) {
        for (const Trigger& trigger : table.triggers) {
          copy_.skip("trigger", trigger.name, "its table " + table.name.display() + " is left out",
                     trigger.sql);
        }
        continue;
      }
      for (const Trigger& trigger : table.triggers) add(trigger, *known);
      tell_order(table);
      add_touches(table, *known);
    }
    for (const View& view : copy_.source.views) add_those_of(view);
  }

 private:
  /// INSTEAD OF triggers of a view that was made; those of one that keeps its text came with it.
  void add_those_of(const View& view) {
    if (copy_.same_engine() && copy_.tables.keeps_names()) return;
    const KnownTable* known = copy_.tables.find(view.name);
    if (known == nullptr) return;
    for (const Trigger& trigger : view.triggers) add(trigger, *known);
    tell_order(view);
  }

  /// Those of one event do their work one after the other.
  void tell_order(const View& view) {
    const auto& triggers = view.triggers;
    const bool shared = std::any_of(triggers.begin(), triggers.end(), [&](const Trigger& each) {
      return std::any_of(triggers.begin(), triggers.end(), [&](const Trigger& other) {
        return &each != &other && other.event.find(each.event) != std::string::npos;
      });
    });
    if (!shared || copy_.target.engine == Engine::kMysql) return;
    copy_.warn("trigger", view.name.display(),
               copy_.target.engine == Engine::kPostgres
                   ? "PostgreSQL fires several triggers of a view by their names, and checks "
                     "foreign keys after each of their statements"
                   : "SQLite promises no order for several triggers of a view");
  }

  /// MySQL fires those of one event in the order in which they were made or said to stand.
  void tell_order(const Table& table) {
    if (copy_.source.engine != Engine::kMysql || copy_.same_engine()) return;
    const bool by_name = copy_.target.engine == Engine::kPostgres;
    for (std::size_t i = 1; i < table.triggers.size(); ++i) {
      const Trigger& first = table.triggers[i - 1];
      const Trigger& second = table.triggers[i];
      if (first.timing != second.timing || first.event != second.event) continue;
      if (by_name && first.name < second.name) continue;
      return copy_.warn("trigger", table.name.display(),
                        "the source fires " + first.name + " before " + second.name + ": " +
                            (by_name ? "PostgreSQL fires triggers of one event by their names"
                                     : "SQLite promises no order for triggers of one event"));
    }
  }

  void add(const Trigger& trigger, const KnownTable& table) {
    // A trigger of several events may stand in the catalog once for each.
    if (!seen_.insert(trigger.sql).second) return;
    if (copy_.same_engine() && copy_.tables.keeps_names()) {
      SchemaItem item;
      item.type = "trigger";
      item.name = trigger.name;
      item.table = table.target_name;
      item.sql = without_definer(trigger.sql);
      copy_.script.triggers.push_back(std::move(item));
      return;
    }
    if (!trigger.enabled) {
      return copy_.skip(
          "trigger", trigger.name,
          "it is disabled in the source, or fires for replicas only, and would fire in "
          "the target",
          trigger.sql);
    }
    TriggerSource source;
    source.trigger = &trigger;
    source.table = &table;
    if (copy_.source.engine == Engine::kPostgres) {
      const std::string* text = routine_of(trigger);
      if (text == nullptr) {
        return copy_.skip("trigger", trigger.name, "its function is not a copied one", trigger.sql);
      }
      source.routine = *text;
    }
    TriggerTranslation made = translate_trigger(source, context_);
    if (made.parts.empty()) {
      std::string sql = trigger.sql;
      if (!source.routine.empty()) sql = std::string(source.routine) + ";\n\n" + sql;
      return copy_.skip("trigger", trigger.name, made.reason, sql);
    }
    const auto count = std::count_if(made.parts.begin(), made.parts.end(),
                                     [](const TriggerPart& part) { return !part.is_function; });
    if (count > 1) {
      made.notes.push_back("becomes " + std::to_string(count) + " triggers, one for each event");
    }
    for (const TriggerPart& part : made.parts) {
      if (part.is_function || part.name.starts_with(trigger.name)) continue;
      copy_.warn("identifier", trigger.name, "the trigger is called " + part.name);
    }
    put(std::move(made), table, trigger.name);
  }

  void put(TriggerTranslation made, const KnownTable& table, const std::string& name) {
    for (const TriggerPart& part : made.parts) {
      if (!part.is_function && !names_.insert({space_of(table), ascii_lower(part.name)}).second) {
        return copy_.skip("trigger", name, "the target has another trigger " + part.name, "");
      }
    }
    for (TriggerPart& part : made.parts) {
      SchemaItem item;
      item.type = part.is_function ? "function" : "trigger";
      item.name = part.name;
      item.table = table.target_name;
      item.sql = std::move(part.sql);
      copy_.script.triggers.push_back(std::move(item));
    }
    for (const std::string& note : made.notes) copy_.warn("trigger", name, note);
  }

  /// Triggers are named within their table in PostgreSQL, all together elsewhere.
  std::string space_of(const KnownTable& table) const {
    return copy_.target.engine == Engine::kPostgres ? table.target_name.display() : "";
  }

  const std::string* routine_of(const Trigger& trigger) const {
    TableName name;
    try {
      name = trigger_function(trigger.sql);
    } catch (const Error&) {
      return nullptr;
    }
    for (const Routine& routine : copy_.source.routines) {
      const bool same_schema = routine.name.schema == name.schema ||
                               (routine.name.schema.empty() && name.schema == "public");
      if (same_schema && routine.name.name == name.name) return &routine.sql;
    }
    return nullptr;
  }

  void add_touches(const Table& table, const KnownTable& known) {
    if (copy_.same_engine()) return;
    for (const Column& column : table.columns) {
      if (column.on_update.empty()) continue;
      const KnownColumn* found = known.find(column.name);
      if (found == nullptr) continue;
      TriggerTranslation made = make_touch_trigger(known, *found, copy_.target);
      const std::string name = table.name.display() + "." + column.name;
      if (made.parts.empty()) {
        copy_.warn("default", name,
                   "ON UPDATE " + column.on_update + " is not kept: " + made.reason);
      } else {
        made.notes.push_back("ON UPDATE " + column.on_update + " becomes a trigger");
        put(std::move(made), known, name);
      }
    }
  }

  ObjectCopy& copy_;
  TranslationContext context_;
  std::set<std::string> seen_;
  std::set<std::pair<std::string, std::string>> names_;
};

}  // namespace

void add_triggers(ObjectCopy& copy) {
  TriggerScript(copy).run();
}

}  // namespace crossload::dialect
