#include "table_json.h"

#include <string>
#include <string_view>

#include "crossload/base/strings.h"

namespace crossload::tools {
namespace {

using mcp::Json;

std::string_view generated_name(GeneratedKind kind) {
  switch (kind) {
    case GeneratedKind::kNone:
      return "";
    case GeneratedKind::kVirtual:
      return "virtual";
    case GeneratedKind::kStored:
      return "stored";
  }
  return "";
}

std::string_view identity_name(IdentityKind kind) {
  switch (kind) {
    case IdentityKind::kNone:
      return "";
    case IdentityKind::kRowid:
      return "rowid";
    case IdentityKind::kAutoincrement:
      return "autoincrement";
    case IdentityKind::kByDefault:
      return "by_default";
    case IdentityKind::kAlways:
      return "always";
    case IdentityKind::kSerial:
      return "serial";
  }
  return "";
}

std::string_view origin_name(IndexOrigin origin) {
  switch (origin) {
    case IndexOrigin::kCreated:
      return "created";
    case IndexOrigin::kUnique:
      return "unique_constraint";
    case IndexOrigin::kPrimaryKey:
      return "primary_key";
  }
  return "";
}

std::string_view kind_name(TableKind kind) {
  switch (kind) {
    case TableKind::kTable:
      return "table";
    case TableKind::kVirtual:
      return "virtual";
    case TableKind::kShadow:
      return "shadow";
    case TableKind::kView:
      return "view";
    case TableKind::kMaterializedView:
      return "materialized_view";
  }
  return "";
}

void set_text(Json& object, const char* name, std::string_view text) {
  if (!text.empty()) object[name] = utf8_lossy(text);
}

Json names_json(const std::vector<std::string>& names) {
  Json array = Json::array();
  for (const std::string& name : names) array.push_back(utf8_lossy(name));
  return array;
}

Json column_json(const Column& column) {
  Json shown = {{"name", utf8_lossy(column.name)},
                {"type", utf8_lossy(column.type.declared)},
                {"nullable", column.nullable}};
  if (column.default_sql) shown["default"] = utf8_lossy(*column.default_sql);
  set_text(shown, "generated", generated_name(column.generated));
  set_text(shown, "generated_as", column.generated_sql);
  set_text(shown, "identity", identity_name(column.identity));
  set_text(shown, "collation", column.collation);
  set_text(shown, "comment", column.comment);
  set_text(shown, "on_update", column.on_update);
  if (column.hidden) shown["hidden"] = true;
  return shown;
}

Json index_part_json(const IndexPart& part) {
  Json shown = Json::object();
  set_text(shown, "column", part.column);
  set_text(shown, "expression", part.expression);
  if (part.descending) shown["descending"] = true;
  set_text(shown, "collation", part.collation);
  if (part.prefix_length) shown["prefix_length"] = *part.prefix_length;
  set_text(shown, "nulls", part.nulls);
  return shown;
}

Json index_json(const Index& index) {
  Json shown = {{"name", utf8_lossy(index.name)},
                {"unique", index.unique},
                {"origin", origin_name(index.origin)},
                {"columns", Json::array()}};
  for (const IndexPart& part : index.parts) shown["columns"].push_back(index_part_json(part));
  set_text(shown, "where", index.where_sql);
  set_text(shown, "method", index.method);
  if (!index.include.empty()) shown["include"] = names_json(index.include);
  if (index.nulls_not_distinct) shown["nulls_not_distinct"] = true;
  return shown;
}

Json foreign_key_json(const ForeignKey& key) {
  Json shown = Json::object();
  set_text(shown, "name", key.name);
  shown["table"] = utf8_lossy(key.table.display());
  shown["columns"] = names_json(key.columns);
  shown["references"] = utf8_lossy(key.referenced_table.display());
  shown["referenced_columns"] = names_json(key.referenced_columns);
  set_text(shown, "on_delete", key.on_delete);
  set_text(shown, "on_update", key.on_update);
  if (key.deferrable) shown["deferrable"] = true;
  if (key.initially_deferred) shown["initially_deferred"] = true;
  if (!key.validated) shown["validated"] = false;
  return shown;
}

Json check_json(const CheckConstraint& check) {
  Json shown = Json::object();
  set_text(shown, "name", check.name);
  shown["expression"] = utf8_lossy(check.expression);
  if (!check.enforced) shown["enforced"] = false;
  if (check.enforced && !check.validated) shown["validated"] = false;
  if (!check.inheritable) shown["inheritable"] = false;
  return shown;
}

Json trigger_json(const Trigger& trigger) {
  Json shown = {{"name", utf8_lossy(trigger.name)},
                {"timing", trigger.timing},
                {"event", trigger.event},
                {"sql", utf8_lossy(trigger.sql)}};
  if (!trigger.enabled) shown["enabled"] = false;
  return shown;
}

template <typename Items, typename Show>
Json array_of(const Items& items, Show show) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(show(item));
  return array;
}

}  // namespace

Json table_json(const Table& table, const std::vector<ForeignKey>& incoming) {
  Json shown = Json::object();
  set_text(shown, "schema", table.name.schema);
  shown["name"] = utf8_lossy(table.name.name);
  shown["kind"] = kind_name(table.kind);
  shown["columns"] = array_of(table.columns, column_json);
  shown["primary_key"] = names_json(table.primary_key);
  shown["indexes"] = array_of(table.indexes, index_json);
  shown["foreign_keys"] = array_of(table.foreign_keys, foreign_key_json);
  shown["referenced_by"] = array_of(incoming, foreign_key_json);
  shown["checks"] = array_of(table.checks, check_json);
  shown["triggers"] = array_of(table.triggers, trigger_json);
  if (table.without_rowid) shown["without_rowid"] = true;
  if (table.strict) shown["strict"] = true;
  set_text(shown, "shadow_of", table.shadow_of);
  set_text(shown, "storage_engine", table.storage_engine);
  set_text(shown, "collation", table.collation);
  set_text(shown, "partition_of", table.partition_of.display());
  set_text(shown, "partition", table.partition_sql);
  set_text(shown, "comment", table.comment);
  return shown;
}

}  // namespace crossload::tools
