#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "object_script.h"

namespace crossload::dialect {
namespace {

/// Where an object is made, so that what it needs is there and a load does not fire it.
enum class Stage { kBeforeTables, kWithTables, kIndexes, kTriggers, kBehindViews };

/// What is lost with it: an object, which is handed over, or how others are kept, which is told.
enum class Loss { kObject, kSetting, kNothing };

struct Kind {
  std::string_view type;
  Stage stage;
  Loss loss;
  std::string_view elsewhere;  ///< Of a loss: what another engine makes of it.
};

constexpr std::array<Kind, 19> kKinds = {{
    {"schema", Stage::kBeforeTables, Loss::kNothing, ""},
    // The columns that use it say so themselves.
    {"collation", Stage::kBeforeTables, Loss::kNothing, ""},
    {"aggregate", Stage::kWithTables, Loss::kObject,
     "aggregates are not translated between engines"},
    {"storage", Stage::kWithTables, Loss::kSetting,
     "how PostgreSQL stores it is left out (UNLOGGED, parameters, settings of columns)"},
    {"typed_table", Stage::kWithTables, Loss::kSetting, "tables are of no type (OF)"},
    {"statistics", Stage::kIndexes, Loss::kSetting, "extended statistics are left out"},
    {"index_storage", Stage::kIndexes, Loss::kSetting, "parameters of indexes are left out"},
    {"index_statistics", Stage::kIndexes, Loss::kSetting,
     "targets of statistics of indexes are left out"},
    {"storage_order", Stage::kIndexes, Loss::kSetting, "the index of CLUSTER is left out"},
    {"replica_identity", Stage::kIndexes, Loss::kSetting, "the replica identity is left out"},
    // A disabled trigger is told where triggers are.
    {"trigger_state", Stage::kTriggers, Loss::kNothing, ""},
    {"row_security", Stage::kBehindViews, Loss::kObject,
     "the target hides no rows: whoever may read the table reads all of them"},
    {"policy", Stage::kBehindViews, Loss::kObject, "the target has no policies"},
    {"rule", Stage::kBehindViews, Loss::kObject, "the target has no rules"},
    {"rule_state", Stage::kBehindViews, Loss::kNothing, ""},
    {"view_default", Stage::kBehindViews, Loss::kSetting,
     "defaults of a view's columns are left out"},
    {"view_storage", Stage::kBehindViews, Loss::kSetting,
     "how PostgreSQL stores a materialized view is left out (parameters, settings of columns)"},
    {"unfilled_view", Stage::kBehindViews, Loss::kNothing, ""},
    {"comment", Stage::kBehindViews, Loss::kSetting,
     "comments on other things than tables and columns are left out"},
}};

const Kind* kind_of(const EngineObject& object) {
  const auto* const found = std::find_if(
      kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.type == object.type; });
  return found == kKinds.end() ? nullptr : found;
}

class EngineObjects {
 public:
  explicit EngineObjects(ObjectCopy& copy) : copy_(copy) {}

  void run() {
    for (const EngineObject& object : copy_.source.engine_objects) {
      if (is_chosen(object)) add(object);
    }
    for (const auto& [kind, names] : settings_) tell(*kind, names);
  }

 private:
  bool is_chosen(const EngineObject& object) const {
    if (!object.table.name.empty()) return has_rows_of(object.table);
    return copy_.everything || (object.type == "collation" && is_used(object.name));
  }

  bool is_made(const TableName& table) const { return copy_.tables.find(table) != nullptr; }

  /// A partition's may go into those of the table that it belongs to.
  bool has_rows_of(const TableName& name) const {
    if (is_made(name)) return true;
    const Table* const table = copy_.source.find_table(name);
    return table != nullptr && !table->partition_of.name.empty() && table->partition_of != name &&
           has_rows_of(table->partition_of);
  }

  /// By a column of a table that is copied.
  bool is_used(const std::string& collation) const {
    return std::any_of(
        copy_.source.tables.begin(), copy_.source.tables.end(), [&](const Table& table) {
          return is_made(table.name) &&
                 std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
                   return TableName{column.collation_schema, column.collation}.display() ==
                          collation;
                 });
        });
  }

  bool keeps_text() const { return copy_.same_engine() && copy_.tables.keeps_names(); }

  void add(const EngineObject& object) {
    const Kind* const kind = kind_of(object);
    const bool has_place = object.table.name.empty() || is_made(object.table);
    if (kind != nullptr && keeps_text() && has_place && !object.sql.empty()) {
      return make(object, kind->stage);
    }
    const Loss loss = kind == nullptr ? Loss::kObject : kind->loss;
    if (loss == Loss::kSetting) settings_[kind].push_back(object.name);
    if (loss == Loss::kObject)
      copy_.skip(object.type, object.name, reason_for(object, kind), object.sql);
  }

  std::string reason_for(const EngineObject& object, const Kind* kind) const {
    if (object.type == "event") {
      return "it would begin to run by itself: make it when the copy is in use";
    }
    if (kind == nullptr || object.sql.empty()) return "copies do not carry its kind";
    return copy_.same_engine()
               ? "tables of the copy have other names, which its text does not follow"
               : std::string(kind->elsewhere);
  }

  void make(const EngineObject& object, Stage stage) {
    SchemaItem item;
    item.type = object.type;
    item.name = object.name;
    if (!object.table.name.empty()) item.table = copy_.names(object.table);
    item.sql = object.sql;
    SchemaScript& script = copy_.script;
    switch (stage) {
      case Stage::kBeforeTables:
        if (object.type == "schema" && copy_.makes_schema(item.name)) return;
        script.tables.insert(first_behind_schemas(), std::move(item));
        return;
      case Stage::kWithTables:
        script.tables.push_back(std::move(item));
        return;
      case Stage::kIndexes:
        script.indexes.push_back(std::move(item));
        return;
      case Stage::kTriggers:
        script.triggers.push_back(std::move(item));
        return;
      case Stage::kBehindViews:
        (is_of_trigger(item) ? script.triggers : script.views).push_back(std::move(item));
        return;
    }
  }

  static bool is_of_trigger(const SchemaItem& item) {
    return item.type == "comment" && item.name.starts_with("trigger ");
  }

  std::vector<SchemaItem>::iterator first_behind_schemas() {
    std::vector<SchemaItem>& tables = copy_.script.tables;
    return std::find_if(tables.begin(), tables.end(),
                        [](const SchemaItem& item) { return item.type != "schema"; });
  }

  void tell(const Kind& kind, const std::vector<std::string>& names) {
    copy_.warn(std::string(kind.type), names.front(),
               std::string(kind.elsewhere) + ": " + some_of(names));
  }

  ObjectCopy& copy_;
  std::map<const Kind*, std::vector<std::string>> settings_;
};

}  // namespace

void add_engine_objects(ObjectCopy& copy) {
  EngineObjects(copy).run();
}

}  // namespace crossload::dialect
