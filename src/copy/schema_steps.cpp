#include "schema_steps.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

std::vector<TableName> tables_to_make(const Plan& plan) {
  std::vector<TableName> names = plan.virtual_tables;
  for (const TablePlan& table : plan.tables) {
    if (table.create) names.push_back(table.source);
  }
  return names;
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

}  // namespace

SchemaSteps::SchemaSteps(const Plan& plan, const Schema& source, driver::Connection& target,
                         std::function<void(const std::string&)> note)
    : plan_(plan), target_(target), note_(std::move(note)) {
  if (!plan.options.create_schema) return;
  const std::vector<TableName> tables = tables_to_make(plan);
  if (tables.empty()) return;
  script_ = dialect::make_schema_script(
      source, target.server().engine,
      {.tables = tables, .views = !plan.single_table, .present = present_tables(target)});
}

void SchemaSteps::create_tables() {
  if (!script_.tables.empty()) create_missing(script_.tables, object_names(target_));
}

bool SchemaSteps::create_the_rest() {
  const std::vector<std::string> existing = object_names(target_);
  bool whole = script_.skipped.empty();
  for (const dialect::SkippedItem& item : script_.skipped) {
    note_("not made: " + item.type + " " + item.name + ": " + item.reason);
  }
  whole &= create_missing(script_.indexes, existing);
  whole &= create_missing(script_.foreign_keys, existing);
  whole &= create_missing(script_.views, existing);
  whole &= create_missing(script_.triggers, existing);
  return whole;
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
    driver::execute(target_, item.sql);
    return true;
  } catch (const Error& error) {
    // Only what this statement says is wrong is its own matter; a full disk is not.
    if (!error.statements_fault()) throw;
    note_("not made: " + item.type + " " + item.name + ": " + error.message());
    return false;
  }
}

}  // namespace crossload::copy
