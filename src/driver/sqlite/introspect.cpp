#include "introspect.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crossload/base/strings.h"

#include "ddl_parser.h"
#include "introspect_keys.h"
#include "own_query.h"
#include "queries.h"

namespace crossload::driver::sqlite {
namespace {

constexpr std::string_view kDefaultCollation = "BINARY";

// PRAGMA table_xinfo, column "hidden".
enum class Hidden : std::int64_t { kNo = 0, kYes = 1, kVirtualGenerated = 2, kStoredGenerated = 3 };

struct KeyColumn {
  std::int64_t position = 0;
  std::string name;
};

void add_generated(Column& column, Hidden hidden, const TableText& text) {
  column.hidden = hidden == Hidden::kYes;
  if (hidden != Hidden::kVirtualGenerated && hidden != Hidden::kStoredGenerated) return;
  column.generated =
      hidden == Hidden::kVirtualGenerated ? GeneratedKind::kVirtual : GeneratedKind::kStored;
  for (const GeneratedColumn& generated : text.generated) {
    if (ascii_iequals(generated.column, column.name)) column.generated_sql = generated.expression;
  }
}

void add_columns(Session& session, const ListedTable& listed, const TableText& text, Table& table) {
  std::vector<KeyColumn> key;
  OwnQuery query(session, queries::kColumns);
  query.bind(1, listed.name);
  while (query.next()) {
    Column column;
    column.name = query.text(0);
    column.type = logical_type(query.text(1), listed.strict);
    column.nullable = !query.flag(2);
    if (!query.is_null(3)) column.default_sql = query.text(3);
    if (query.flag(4)) key.push_back({query.number(4), column.name});
    add_generated(column, static_cast<Hidden>(query.number(5)), text);
    if (!listed.is_view()) column.collation = collation_of(session, listed.name, column.name);
    if (ascii_iequals(column.collation, kDefaultCollation)) column.collation.clear();
    table.columns.push_back(std::move(column));
  }
  std::sort(key.begin(), key.end(),
            [](const KeyColumn& a, const KeyColumn& b) { return a.position < b.position; });
  for (KeyColumn& column : key) table.primary_key.push_back(std::move(column.name));
}

// INTEGER PRIMARY KEY is the rowid itself. One that is declared DESC is not, for historic reasons;
// its own index tells. Source: sqlite.org "ROWIDs and the INTEGER PRIMARY KEY".
void mark_identity(Session& session, Table& table) {
  if (table.without_rowid || table.kind == TableKind::kVirtual || table.primary_key.size() != 1) {
    return;
  }
  const auto has_own_index = [](const Index& index) {
    return index.origin == IndexOrigin::kPrimaryKey;
  };
  if (std::any_of(table.indexes.begin(), table.indexes.end(), has_own_index)) return;
  for (Column& column : table.columns) {
    if (column.name != table.primary_key.front()) continue;
    if (!ascii_iequals(column.type.declared, "INTEGER")) return;
    int counts = 0;
    sqlite3_table_column_metadata(session.handle(), "main", table.name.name.c_str(),
                                  column.name.c_str(), nullptr, nullptr, nullptr, nullptr, &counts);
    column.identity = counts != 0 ? IdentityKind::kAutoincrement : IdentityKind::kRowid;
    column.nullable = false;
  }
}

std::optional<int> number_in(std::string_view text) {
  text = trim(text);
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void add_size(LogicalType& type) {
  const std::size_t open = type.declared.find('(');
  const std::size_t close = type.declared.find(')', open);
  if (open == std::string::npos || close == std::string::npos) return;
  const auto parts = split(std::string_view(type.declared).substr(open + 1, close - open - 1), ',');
  const std::string name = ascii_lower(type.declared.substr(0, open));
  const bool text =
      name.find("char") != std::string::npos || name.find("text") != std::string::npos ||
      name.find("clob") != std::string::npos || name.find("binary") != std::string::npos;
  if (text) {
    type.length = number_in(parts.front());
  } else {
    type.precision = number_in(parts.front());
    if (parts.size() == 2) type.scale = number_in(parts[1]);
  }
}

}  // namespace

LogicalType logical_type(const std::string& declared, bool strict) {
  LogicalType type;
  type.declared = declared;
  add_size(type);
  if (!strict) return type;
  const std::string name = ascii_lower(declared);
  if (name == "int" || name == "integer") {
    type.kind = TypeKind::kInteger;
    type.bits = 64;
  } else if (name == "real") {
    type.kind = TypeKind::kFloat64;
  } else if (name == "text") {
    type.kind = TypeKind::kText;
  } else if (name == "blob") {
    type.kind = TypeKind::kBytes;
  }
  return type;
}

std::vector<ListedTable> listed_tables(Session& session) {
  std::vector<ListedTable> tables;
  OwnQuery query(session, queries::kTableList);
  query.bind(1, kLedgerTable);
  while (query.next()) {
    tables.push_back({query.text(0), query.text(1), query.flag(2), query.flag(3), query.text(4)});
  }
  return tables;
}

Table describe(Session& session, const ListedTable& listed) {
  Table table;
  table.name.name = listed.name;
  if (listed.is_view()) table.kind = TableKind::kView;
  if (listed.type == "virtual") table.kind = TableKind::kVirtual;
  if (listed.type == "shadow") table.kind = TableKind::kShadow;
  table.without_rowid = listed.without_rowid;
  table.strict = listed.strict;
  table.sql = listed.sql;
  const bool has_text = listed.type == "table" || listed.type == "shadow";
  TableText text = has_text ? parse_create_table(listed.sql) : TableText{};
  add_columns(session, listed, text, table);
  table.checks = std::move(text.checks);
  table.indexes = indexes_of(session, listed.name);
  table.foreign_keys = foreign_keys_of(session, listed.name, text.foreign_keys);
  table.triggers = triggers_of(session, listed.name);
  mark_identity(session, table);
  return table;
}

std::string collation_of(Session& session, const std::string& table, const std::string& column) {
  const char* collation = nullptr;
  const int result =
      sqlite3_table_column_metadata(session.handle(), "main", table.c_str(), column.c_str(),
                                    nullptr, &collation, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK || collation == nullptr) return std::string(kDefaultCollation);
  return collation;
}

std::vector<Trigger> triggers_of(Session& session, const std::string& table) {
  std::vector<Trigger> triggers;
  OwnQuery query(session, queries::kTriggers);
  query.bind(1, table);
  while (query.next()) {
    Trigger trigger;
    trigger.name = query.text(0);
    trigger.table.name = table;
    trigger.sql = query.text(2);
    TriggerText text = parse_create_trigger(trigger.sql);
    trigger.timing = std::move(text.timing);
    trigger.event = std::move(text.event);
    triggers.push_back(std::move(trigger));
  }
  return triggers;
}

const Column* rowid_column(const Table& table) {
  for (const Column& column : table.columns) {
    if (column.identity != IdentityKind::kNone) return &column;
  }
  return nullptr;
}

std::string rowid_name(const Table& table) {
  if (table.without_rowid || table.kind == TableKind::kVirtual) return {};
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    if (table.find_column(name) == nullptr) return name;
  }
  return {};
}

std::string owner_of_shadow(const std::string& shadow, const std::vector<ListedTable>& all) {
  // Modules name their tables OWNER_word, and the word holds no underscore.
  const std::string owner = shadow.substr(0, shadow.rfind('_'));
  for (const ListedTable& table : all) {
    if (table.type == "virtual" && ascii_iequals(table.name, owner)) return table.name;
  }
  return {};
}

}  // namespace crossload::driver::sqlite
