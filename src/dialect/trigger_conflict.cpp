// INSERT where a unique key may have the row already: PostgreSQL and SQLite name the key that is
// meant, MySQL acts on any.

#include <algorithm>

#include "crossload/base/strings.h"

#include "trigger_change.h"

namespace crossload::dialect {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return ascii_iequals(each, name); });
}

bool same_names(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return left.size() == right.size() &&
         std::all_of(left.begin(), left.end(),
                     [&](const std::string& each) { return contains(right, each); });
}

}  // namespace

bool ConflictWriter::gives(const std::string& column) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [&](const KnownColumn* each) { return ascii_iequals(each->name, column); });
}

/// Keys that the new row can have in common with another: not those with a number that is given
/// out anew, or with NULL.
std::vector<const UniqueKey*> ConflictWriter::reachable_keys() const {
  std::vector<const UniqueKey*> keys;
  for (const UniqueKey& key : table_.unique_keys) {
    const bool is_new =
        std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
          const KnownColumn* column = table_.find(name);
          if (column == nullptr || gives(name)) return false;
          return column->numbered ||
                 (key.plain && column->nullable && !column->has_default && !column->generated);
        });
    if (!is_new) keys.push_back(&key);
  }
  return keys;
}

/// The one key that the row can have in common with another; nullptr where there is none.
const UniqueKey* ConflictWriter::only_key() const {
  const std::vector<const UniqueKey*> keys = reachable_keys();
  if (keys.size() > 1) {
    Translator::refuse("a row that is there already in a table of several unique keys");
  }
  return keys.empty() ? nullptr : keys[0];
}

bool ConflictWriter::names_key(const std::vector<std::string>& names) const {
  return std::any_of(
      table_.unique_keys.begin(), table_.unique_keys.end(),
      [&](const UniqueKey& key) { return key.plain && same_names(key.columns, names); });
}

std::string ConflictWriter::key_list(const std::vector<std::string>& names) const {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? " (" : ", ") +
            translator_.quoted(ChangeWriter::column_of(table_, name).target_name);
  }
  return list + ")";
}

/// Engines do not agree on which triggers fire for a row that is there already.
void ConflictWriter::expect_no_triggers() const {
  if (table_.has_triggers) {
    Translator::refuse("a row that is there already in a table with triggers");
  }
}

/// SQLite and MySQL have the same REPLACE, triggers and foreign keys left aside.
bool ConflictWriter::replaces_itself() const {
  return insert_.conflict.kind == ConflictKind::kReplace && to() != Engine::kPostgres;
}

std::string ConflictWriter::verb() const {
  if (replaces_itself()) return "REPLACE INTO ";
  return insert_.conflict.any_constraint && to() == from() ? "INSERT OR IGNORE INTO "
                                                           : "INSERT INTO ";
}

std::string ConflictWriter::clause(const Scope& rows) {
  if (insert_.conflict.kind == ConflictKind::kFail) return "";
  for (const KnownColumn* column : columns_) {
    const bool in_key =
        std::any_of(table_.unique_keys.begin(), table_.unique_keys.end(),
                    [&](const UniqueKey& key) { return contains(key.columns, column->name); });
    if (in_key && !column->exact && is_text_kind(column->target.kind) && to() != from()) {
      translator_.note("whether a row of " + table_.name.display() +
                       " is there already is asked byte by byte");
    }
  }
  switch (insert_.conflict.kind) {
    case ConflictKind::kFail:
      break;
    case ConflictKind::kIgnore:
      return insert_.conflict.any_constraint && to() == from() ? "" : ignore_clause();
    case ConflictKind::kUpdate:
      return update_clause(rows);
    case ConflictKind::kReplace:
      return replace_clause();
  }
  return "";
}

void ConflictWriter::tell_other_constraints(bool null_for_not_null) {
  if (to() == from()) return;
  const std::string of_table = " of " + table_.name.display();
  if (insert_.conflict.any_constraint && (null_for_not_null || table_.has_checks)) {
    translator_.note("INSERT OR IGNORE: a row" + of_table +
                     " that breaks NOT NULL or CHECK is refused, where SQLite leaves it out");
  }
  const bool replaces = insert_.conflict.kind == ConflictKind::kReplace;
  if (replaces && null_for_not_null) {
    translator_.note("REPLACE: a NULL for a column" + of_table +
                     " that is NOT NULL becomes its default in SQLite, and is refused elsewhere");
  }
}

std::string ConflictWriter::ignore_clause() {
  const std::vector<std::string>& key = insert_.conflict.key;
  if (!key.empty() && !names_key(key)) Translator::refuse("ON CONFLICT of what is no unique key");
  if (to() != Engine::kMysql) {
    return std::string(" ON CONFLICT") + (key.empty() ? "" : key_list(key)) + " DO NOTHING";
  }
  // Nothing is done where a column becomes what it is.
  expect_no_triggers();
  const UniqueKey* only = key.empty() ? nullptr : only_key();
  if (!key.empty() && only == nullptr) return "";
  if (only != nullptr && !same_names(only->columns, key)) {
    Translator::refuse("ON CONFLICT of one of several keys");
  }
  if (reachable_keys().empty()) return "";
  const std::string column = translator_.quoted(columns_[0]->target_name);
  return " ON DUPLICATE KEY UPDATE " + column + " = " +
         translator_.quoted(table_.target_name.name) + "." + column;
}

std::string ConflictWriter::update_clause(const Scope& rows) {
  const Conflict& conflict = insert_.conflict;
  if (!conflict.key.empty() && !names_key(conflict.key)) {
    Translator::refuse("ON CONFLICT of what is no unique key");
  }
  if (to() == Engine::kSqlite && from() != to()) expect_no_triggers();
  std::vector<std::string> key = conflict.key;
  const bool any_key = to() == Engine::kMysql || key.empty();
  if (any_key && to() != from()) {
    const UniqueKey* only = only_key();
    if (only == nullptr) return "";
    if (!key.empty() && !same_names(only->columns, key)) {
      Translator::refuse("ON CONFLICT of one of several keys");
    }
    if (!only->plain) Translator::refuse("ON DUPLICATE KEY of an index over expressions");
    key = only->columns;
  }
  Scope scope;
  scope.outer = &rows;
  scope.qualifies = true;
  const std::string name = translator_.quoted(table_.target_name.name);
  scope.tables.push_back({table_.name.name, "", name, &table_});
  ScopeTable given{"excluded", "", "excluded", &table_};
  for (const KnownColumn& column : table_.columns) given.hidden.push_back(column.name);
  given.of_values = to() == Engine::kMysql;
  scope.tables.push_back(std::move(given));
  const std::string sets = ChangeWriter(translator_).sets_sql(conflict.sets, table_, scope);
  if (to() == Engine::kMysql) {
    if (conflict.condition) Translator::refuse("DO UPDATE ... WHERE");
    return " ON DUPLICATE KEY UPDATE " + sets;
  }
  const bool several = insert_.select || insert_.rows.size() > 1;
  if (several && to() == Engine::kPostgres && from() != to()) {
    translator_.note("PostgreSQL refuses to change a row twice in one INSERT");
  }
  std::string sql = " ON CONFLICT" + (key.empty() ? "" : key_list(key)) + " DO UPDATE SET " + sets;
  if (conflict.condition) {
    sql += " WHERE " + translator_.condition(*conflict.condition, scope).sql;
  }
  return sql;
}

/// Where nothing hangs on a row, to take its place is to change all of it.
std::string ConflictWriter::replace_clause() {
  if (to() == from()) return "";
  expect_no_triggers();
  if (table_.is_referenced) {
    Translator::refuse("REPLACE in a table that a foreign key refers to");
  }
  const bool touches = std::any_of(table_.columns.begin(), table_.columns.end(),
                                   [](const KnownColumn& column) { return column.touched; });
  if (touches) Translator::refuse("REPLACE in a table with ON UPDATE CURRENT_TIMESTAMP");
  if (replaces_itself()) return "";
  const UniqueKey* only = only_key();
  if (only == nullptr) return "";
  if (!only->plain) Translator::refuse("REPLACE over an index of expressions");
  std::string sets;
  for (const KnownColumn& column : table_.columns) {
    if (column.generated || contains(only->columns, column.name)) continue;
    if (column.numbered && !gives(column.name)) {
      Translator::refuse("REPLACE of a row that gets another number");
    }
    const std::string name = translator_.quoted(column.target_name);
    sets += (sets.empty() ? "" : ", ") + name + " = excluded." + name;
  }
  const bool several = insert_.select || insert_.rows.size() > 1;
  if (several) translator_.note("PostgreSQL refuses to change a row twice in one INSERT");
  return " ON CONFLICT" + key_list(only->columns) +
         (sets.empty() ? " DO NOTHING" : " DO UPDATE SET " + sets);
}

}  // namespace crossload::dialect
