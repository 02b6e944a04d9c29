#include "introspect_keys.h"

#include <charconv>
#include <utility>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "introspect.h"
#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

std::optional<int> number(const std::optional<std::string>& text) {
  int value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

Table* find(std::map<std::string, Table*>& tables, const std::optional<std::string>& name) {
  const auto found = tables.find(name.value_or(""));
  return found == tables.end() ? nullptr : found->second;
}

Index& index_named(Table& table, const std::string& name) {
  for (Index& index : table.indexes) {
    if (index.name == name) return index;
  }
  table.indexes.push_back({});
  table.indexes.back().name = name;
  return table.indexes.back();
}

// "user@host" as it stands in DEFINER=.
std::string definer_sql(const std::string& definer) {
  const std::size_t at = definer.rfind('@');
  if (at == std::string::npos) return quote(definer);
  return quote(definer.substr(0, at)) + "@" + quote(definer.substr(at + 1));
}

ForeignKey foreign_key(const TextRow& row, const std::string& database) {
  ForeignKey key;
  key.name = row[1].value_or("");
  key.table.name = row[0].value_or("");
  if (row[7] && *row[7] != database) key.table.schema = *row[7];
  key.referenced_table.name = row[4].value_or("");
  if (row[3] && *row[3] != database) key.referenced_table.schema = *row[3];
  key.on_update = row[6].value_or("");
  key.on_delete = row[8].value_or("");
  return key;
}

// Rows come sorted by key and position.
template <typename Take>
void each_foreign_key(Session& session, const std::string& sql, const Take& take) {
  std::vector<ForeignKey> keys;
  for (const TextRow& row : session.ask(sql)) {
    ForeignKey next = foreign_key(row, session.database());
    const bool same =
        !keys.empty() && keys.back().name == next.name && keys.back().table == next.table;
    if (!same) keys.push_back(std::move(next));
    keys.back().columns.push_back(row[2].value_or(""));
    keys.back().referenced_columns.push_back(row[5].value_or(""));
  }
  for (ForeignKey& key : keys) take(std::move(key));
}

void make_json(Table& table, const std::string& name) {
  for (Column& column : table.columns) {
    const bool long_text = column.type.kind == TypeKind::kText;
    if (long_text && ascii_iequals(column.name, name)) column.type.kind = TypeKind::kJson;
  }
}

}  // namespace

std::string replace_all(std::string_view text, std::string_view what, std::string_view by) {
  std::string result;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what)) {
    result += text.substr(0, at);
    result += by;
    text.remove_prefix(at + what.size());
  }
  return result + std::string(text);
}

std::string for_table(Session& session, std::string_view sql, std::string_view column,
                      const std::string* only) {
  const std::string condition =
      only == nullptr ? "" : "AND " + std::string(column) + " = " + session.literal(*only);
  return replace_all(replace_all(sql, "@schema", session.literal(session.database())), "@only",
                     condition);
}

void add_indexes(Session& session, const std::string* only, std::map<std::string, Table*>& tables) {
  const std::string sql =
      replace_all(queries::kIndexes, "@expression",
                  session.capabilities().index_expressions ? "expression" : "NULL");
  for (const TextRow& row : session.ask(for_table(session, sql, "table_name", only))) {
    Table* table = find(tables, row[0]);
    if (table == nullptr) continue;
    Index& index = index_named(*table, row[1].value_or(""));
    index.unique = row[2] == "0";
    const bool primary = index.name == "PRIMARY";
    index.origin = primary        ? IndexOrigin::kPrimaryKey
                   : index.unique ? IndexOrigin::kUnique
                                  : IndexOrigin::kCreated;
    const std::string method = row[6].value_or("");
    if (method != "BTREE") index.method = method;
    IndexPart part;
    part.column = row[3].value_or("");
    if (row[7]) part.expression = unescaped(*row[7]);
    part.descending = row[4] == "D";
    // A spatial index counts the bytes of a rectangle.
    if (method != "SPATIAL") part.prefix_length = number(row[5]);
    if (primary) table->primary_key.push_back(part.column);
    index.parts.push_back(std::move(part));
  }
}

void add_foreign_keys(Session& session, const std::string* only,
                      std::map<std::string, Table*>& tables) {
  const std::string sql = for_table(session, queries::kForeignKeys, "table_name", only);
  bool any = false;
  each_foreign_key(session, sql, [&](ForeignKey key) {
    Table* table = find(tables, key.table.name);
    if (table == nullptr) return;
    any = true;
    table->foreign_keys.push_back(std::move(key));
  });
  if (!any) return;
  const std::string rules = for_table(session, queries::kForeignKeyRules, "table_name", only);
  for (const TextRow& row : session.ask(rules)) {
    Table* table = find(tables, row[0]);
    if (table == nullptr) continue;
    for (ForeignKey& key : table->foreign_keys) {
      if (key.name != row[1]) continue;
      key.on_update = row[2].value_or("");
      key.on_delete = row[3].value_or("");
    }
  }
}

std::vector<ForeignKey> foreign_keys_to(Session& session, const std::string& table) {
  std::vector<ForeignKey> keys;
  const std::string sql =
      for_table(session, queries::kForeignKeysTo, "k.referenced_table_name", &table);
  each_foreign_key(session, sql, [&](ForeignKey key) {
    if (key.referenced_table.name == table) keys.push_back(std::move(key));
  });
  return keys;
}

void add_checks(Session& session, const std::string* only, std::map<std::string, Table*>& tables) {
  const Capabilities& server = session.capabilities();
  if (!server.checks) return;
  const std::string_view sql = server.mariadb ? queries::kChecksMariadb : queries::kChecksMysql;
  const std::string_view column = server.mariadb ? "table_name" : "t.table_name";
  for (const TextRow& row : session.ask(for_table(session, sql, column, only))) {
    Table* table = find(tables, row[0]);
    if (table == nullptr) continue;
    CheckConstraint check;
    check.name = row[1].value_or("");
    check.expression = server.mariadb ? row[2].value_or("") : unescaped(row[2].value_or(""));
    check.enforced = check.validated = row[3] != "NO";
    // MariaDB's JSON is a longtext with such a CHECK.
    if (const std::string json = json_check_column(check.expression);
        server.mariadb && row[4] == "Column" && !json.empty()) {
      make_json(*table, json);
    }
    table->checks.push_back(std::move(check));
  }
}

void add_triggers(Session& session, const std::string* only,
                  std::map<std::string, Table*>& tables) {
  const std::string sql = for_table(session, queries::kTriggers, "event_object_table", only);
  for (const TextRow& row : session.ask(sql)) {
    Table* table = find(tables, row[0]);
    if (table == nullptr) continue;
    Trigger trigger;
    trigger.name = row[1].value_or("");
    trigger.table = table->name;
    trigger.timing = row[2].value_or("");
    trigger.event = row[3].value_or("");
    trigger.sql = "CREATE DEFINER=" + definer_sql(row[5].value_or("")) + " TRIGGER " +
                  quote(trigger.name) + " " + trigger.timing + " " + trigger.event + " ON " +
                  quote(table->name.name) + " FOR EACH ROW " + row[4].value_or("");
    table->triggers.push_back(std::move(trigger));
  }
}

}  // namespace crossload::driver::mysql
