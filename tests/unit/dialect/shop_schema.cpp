#include "shop_schema.h"

namespace crossload::dialect {
namespace {

using enum TypeKind;

Column column(const std::string& name, TypeKind kind, const std::string& declared) {
  Column made;
  made.name = name;
  made.type.kind = kind;
  made.type.declared = declared;
  if (kind == kInteger) made.type.bits = 32;
  if (kind == kText) made.collation = "utf8mb4_bin";
  return made;
}

}  // namespace

Schema shop(Engine engine) {
  Schema schema;
  schema.engine = engine;
  const bool lite = engine == kS;
  const auto number = [&](const std::string& name) {
    return column(name, lite ? kDynamic : kInteger, "integer");
  };
  const auto text = [&](const std::string& name) {
    Column made = column(name, lite ? kDynamic : kText, "text");
    if (engine != kM) made.collation.clear();
    return made;
  };
  Table item;
  item.name.name = "item";
  item.columns = {number("id"), text("name"), number("qty")};
  item.columns[0].nullable = false;
  item.primary_key = {"id"};
  Table log;
  log.name.name = "log";
  log.columns = {number("id"), text("what")};
  log.columns[0].nullable = false;
  log.primary_key = {"id"};
  schema.tables = {item, log};
  return schema;
}

void add_view(Schema& schema, const std::string& name, const std::string& sql) {
  View view;
  view.name.name = name;
  view.sql = sql;
  schema.views.push_back(view);
}

void add_trigger(Schema& schema, const std::string& name, const std::string& sql) {
  Trigger trigger;
  trigger.name = name;
  trigger.table = schema.tables[0].name;
  trigger.sql = sql;
  schema.tables[0].triggers.push_back(trigger);
}

SchemaScript script(const Schema& schema, Engine to, const ScriptOptions& options) {
  return make_schema_script(schema, to, options);
}

std::vector<std::string> texts(const std::vector<SchemaItem>& items) {
  std::vector<std::string> list;
  for (const SchemaItem& item : items) list.push_back(item.sql);
  return list;
}

std::vector<std::string> reasons(const SchemaScript& made) {
  std::vector<std::string> list;
  for (const SkippedItem& item : made.skipped) list.push_back(item.name + ": " + item.reason);
  return list;
}

}  // namespace crossload::dialect
