#include "trigger_change.h"

#include <set>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "tree_walk.h"

namespace crossload::dialect {

using Kind = TriggerStatementKind;

const KnownTable& ChangeWriter::target_table(const TableName& name) const {
  const TranslationContext& context = translator_.context();
  const KnownTable* found = context.find_table ? context.find_table(name) : nullptr;
  if (found == nullptr && context.is_virtual && context.is_virtual(name)) {
    Translator::refuse("a change of the virtual table " + name.display() +
                       ", whose module only SQLite has,");
  }
  if (found == nullptr) {
    Translator::refuse("the table " + name.display() + ", which the target will not have,");
  }
  return *found;
}

const KnownColumn& ChangeWriter::column_of(const KnownTable& table, const std::string& name) {
  const KnownColumn* found = table.find(name);
  if (found == nullptr) Translator::refuse("the column " + name + ", which is not known,");
  return *found;
}

std::string ChangeWriter::sql(const TriggerStatement& change, const Scope& rows,
                              const std::string& condition) {
  const KnownTable& table = target_table(change.table);
  if (change.kind == Kind::kInsert) return insert_sql(change, table, rows, condition);
  const std::string name = dialect_for(translator_.to()).quote(table.target_name);
  Scope scope;
  scope.outer = &rows;
  scope.tables.push_back({table.name.name, "", "", &table});
  std::string sql = "DELETE FROM " + name;
  if (change.kind == Kind::kUpdate) {
    sql = "UPDATE " + name + " SET " + sets_sql(change.sets, table, scope);
  }
  std::string where;
  if (change.condition) where = translator_.condition(*change.condition, scope).sql;
  if (!condition.empty()) where = where.empty() ? condition : "(" + where + ") AND " + condition;
  return where.empty() ? sql : sql + " WHERE " + where;
}

std::string ChangeWriter::sets_sql(const ColumnSets& sets, const KnownTable& table,
                                   const Scope& scope) {
  expect_old_values(sets, table);
  std::string sql;
  for (const auto& [name, value] : sets) {
    const KnownColumn& column = column_of(table, name);
    sql += (sql.empty() ? "" : ", ") + translator_.quoted(column.target_name) + " = " +
           translator_.assigned(translator_.value(*value, scope), column).sql;
  }
  return sql;
}

/// MySQL sets one column after the other, and reads what it has set; the others read what was.
void ChangeWriter::expect_old_values(const ColumnSets& sets, const KnownTable& table) const {
  if ((translator_.from() == Engine::kMysql) == (translator_.to() == Engine::kMysql)) return;
  std::set<std::string> changed;
  for (const auto& [name, value] : sets) {
    walk_whole(*value, [&](const Expr& part) {
      if (part.kind != ExprKind::kColumn) return;
      const bool of_table =
          part.path.size() == 1 || ascii_iequals(part.path[part.path.size() - 2], table.name.name);
      if (of_table && changed.contains(ascii_lower(part.path.back()))) {
        Translator::refuse("the value of " + part.path.back() + " behind its change in one SET");
      }
    });
    changed.insert(ascii_lower(name));
  }
}

std::string ChangeWriter::insert_sql(const TriggerStatement& insert, const KnownTable& table,
                                     const Scope& rows, const std::string& condition) {
  std::vector<const KnownColumn*> columns;
  for (const std::string& column : insert.columns) columns.push_back(&column_of(table, column));
  if (insert.columns.empty()) {
    for (const KnownColumn& column : table.columns) columns.push_back(&column);
  }
  std::string list;
  for (const KnownColumn* column : columns) {
    list += (list.empty() ? "" : ", ") + translator_.quoted(column->target_name);
  }
  ConflictWriter conflict(translator_, table, insert, columns);
  const std::string sql =
      conflict.verb() + dialect_for(translator_.to()).quote(table.target_name) + " (" + list + ") ";
  if (insert.select && !condition.empty()) Translator::refuse("IF around INSERT ... SELECT");
  bool null_for_not_null = false;
  std::string values = insert.select
                           ? query_sql(insert, columns, rows, null_for_not_null)
                           : rows_sql(insert, columns, rows, condition, null_for_not_null);
  const std::string clause = conflict.clause(rows);
  conflict.tell_other_constraints(null_for_not_null);
  if (!clause.empty() && insert.select) {
    // SQLite would read ON as a join's; MySQL takes none behind UNION.
    values =
        "SELECT * FROM (" + values + ") AS " + translator_.quoted("rows_to_insert") + " WHERE TRUE";
  }
  return sql + values + clause;
}

std::string ChangeWriter::query_sql(const TriggerStatement& insert,
                                    const std::vector<const KnownColumn*>& columns,
                                    const Scope& rows, bool& null_for_not_null) {
  std::vector<OutputColumn> outputs;
  std::string body = translator_.query(*insert.select, rows, &outputs);
  if (outputs.size() != columns.size()) Translator::refuse("INSERT of other columns");
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Written& value = outputs[i].value;
    null_for_not_null = null_for_not_null || (!columns[i]->nullable && value.nullable);
    if (translator_.assigned(value, *columns[i]).sql != value.sql) {
      Translator::refuse("INSERT ... SELECT of another type");
    }
  }
  return body;
}

std::string ChangeWriter::rows_sql(const TriggerStatement& insert,
                                   const std::vector<const KnownColumn*>& columns,
                                   const Scope& rows, const std::string& condition,
                                   bool& null_for_not_null) {
  std::string values;
  for (const auto& row : insert.rows) {
    if (row.size() != columns.size()) Translator::refuse("INSERT of other columns");
    std::string items;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Written value = translator_.value(*row[i], rows);
      null_for_not_null = null_for_not_null || (!columns[i]->nullable && value.nullable);
      // SQLite and MySQL number a row whose number is NULL.
      const bool given_out = value.null_literal && columns[i]->numbered &&
                             translator_.to() == Engine::kPostgres &&
                             translator_.from() != Engine::kPostgres;
      if (given_out && !condition.empty()) Translator::refuse("IF around a row that gets a number");
      items += (items.empty() ? "" : ", ") +
               (given_out ? "DEFAULT" : translator_.assigned(value, *columns[i]).sql);
    }
    if (condition.empty()) {
      values += (values.empty() ? "VALUES (" : ", (") + items + ")";
    } else {
      values += (values.empty() ? "SELECT " : " UNION ALL SELECT ") + items + " WHERE " + condition;
    }
  }
  return values;
}

}  // namespace crossload::dialect
