#include "object_keys.h"

#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

class Keys {
 public:
  explicit Keys(Engine engine) : engine_(engine) {}

  std::string of(const std::string& kind, const std::string& name) const {
    return kind + " " + (engine_ == Engine::kPostgres ? name : ascii_lower(name));
  }
  std::string of(const std::string& kind, const TableName& table, const std::string& name) const {
    return of(kind, table.display() + " " + name);
  }

 private:
  Engine engine_;
};

void add_triggers(const Keys& keys, const TableName& on, const std::vector<Trigger>& triggers,
                  std::set<std::string>& found) {
  for (const Trigger& trigger : triggers) found.insert(keys.of("trigger", on, trigger.name));
}

}  // namespace

std::set<std::string> object_keys(const Schema& schema) {
  const Keys keys(schema.engine);
  std::set<std::string> found;
  for (const Table& table : schema.tables) {
    found.insert(keys.of("table", table.name.display()));
    for (const Index& index : table.indexes) {
      found.insert(keys.of("index", table.name, index.name));
    }
    for (const ForeignKey& key : table.foreign_keys) {
      found.insert(keys.of("foreign_key", table.name, key.name));
    }
    for (const CheckConstraint& check : table.checks) {
      found.insert(keys.of("check", table.name.display() + "." + check.name));
    }
    add_triggers(keys, table.name, table.triggers, found);
  }
  for (const View& view : schema.views) {
    found.insert(keys.of("table", view.name.display()));
    for (const Index& index : view.indexes) {
      found.insert(keys.of("index", view.name, index.name));
    }
    add_triggers(keys, view.name, view.triggers, found);
  }
  for (const UserType& type : schema.types) {
    found.insert(keys.of("type", "type " + type.name.display()));
  }
  for (const Sequence& sequence : schema.sequences) {
    found.insert(keys.of("sequence", sequence.name.display()));
  }
  for (const Routine& routine : schema.routines) {
    found.insert(keys.of("routine", routine.name.display()));
  }
  for (const EngineObject& object : schema.engine_objects) {
    // Made only where it is not there.
    if (object.type == "schema") continue;
    found.insert(keys.of(object.type, object.name));
  }
  return found;
}

std::string object_key(const dialect::SchemaItem& item, Engine engine) {
  const Keys keys(engine);
  if (item.type == "table" || item.type == "view") return keys.of("table", item.name);
  if (item.type == "index" || item.type == "foreign_key" || item.type == "trigger") {
    return keys.of(item.type, item.table, item.name);
  }
  if (item.type == "function" || item.type == "stored_procedure") {
    return keys.of("routine", item.name);
  }
  return keys.of(item.type, item.name);
}

std::string table_key(const TableName& table, Engine engine) {
  return Keys(engine).of("table", table.display());
}

}  // namespace crossload::copy
