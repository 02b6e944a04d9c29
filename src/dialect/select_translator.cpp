#include "select_translator.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/identifiers.h"

namespace crossload::dialect {

std::string SelectTranslator::run(std::vector<OutputColumn>& outputs, bool names_matter) {
  std::string from;
  if (select_.from) from = from_sql(*select_.from);
  for (const SelectItem& item : select_.items) {
    if (!item.alias.empty()) scope_.aliases.push_back({item.alias, item.expr.get()});
  }
  // Names of the list reach other clauses only.
  const auto aliases = std::exchange(scope_.aliases, {});
  std::string sql = std::string("SELECT ") + (select_.distinct ? "DISTINCT " : "") +
                    items_sql(outputs, names_matter);
  if (translator_.from() == Engine::kSqlite) scope_.aliases = aliases;
  if (select_.distinct) {
    for (const OutputColumn& each : outputs) {
      translator_.expect_one_form(each.value, "DISTINCT");
      if (!each.value.exact && is_text_kind(each.value.target.kind)) {
        translator_.note("DISTINCT tells texts apart that the source takes for equal");
      }
    }
  }
  if (!from.empty()) sql += " FROM " + from;
  if (select_.where) sql += " WHERE " + translator_.condition(*select_.where, scope_).sql;
  if (translator_.from() != Engine::kPostgres) scope_.aliases = aliases;
  sql += group_sql(outputs);
  if (select_.having) sql += " HAVING " + translator_.condition(*select_.having, scope_).sql;
  return sql + order_sql(outputs);
}

std::string SelectTranslator::from_sql(const FromItem& item) {
  return item.left ? join_sql(item) : table_sql(item);
}

std::string SelectTranslator::table_sql(const FromItem& item) {
  if (item.select) {
    std::vector<OutputColumn> outputs;
    const std::string sql = translator_.query(*item.select, *scope_.outer, &outputs);
    const std::string alias =
        item.alias.empty() ? "q" + std::to_string(scope_.tables.size() + 1) : item.alias;
    const KnownTable& table = translator_.table_of({"", alias}, outputs, item.column_aliases);
    const std::string written = translator_.quoted(alias);
    add_table(item, table, written);
    scope_.tables.back().name = alias;
    if (item.column_aliases.empty()) return "(" + sql + ") AS " + written;
    std::string names;
    for (const KnownColumn& column : table.columns) {
      names += (names.empty() ? "" : ", ") + translator_.quoted(column.target_name);
    }
    if (translator_.to() == Engine::kPostgres) {
      return "(" + sql + ") AS " + written + " (" + names + ")";
    }
    // SQLite and MariaDB name columns of a common table only.
    return "(WITH " + written + " (" + names + ") AS (" + sql + ") SELECT * FROM " + written +
           ") AS " + written;
  }
  if (!item.column_aliases.empty()) Translator::refuse("names for the columns of a table");
  const KnownTable* table = nullptr;
  if (item.table.schema.empty()) table = translator_.common_table(item.table.name, scope_);
  if (table == nullptr && translator_.context().find_table) {
    table = translator_.context().find_table(item.table);
  }
  if (table == nullptr) {
    Translator::refuse("the table " + item.table.display() + ", which the target will not have,");
  }
  std::string sql = translator_.quoted_table(table->target_name);
  const std::string name = item.alias.empty() ? table->target_name.name : item.alias;
  if (!item.alias.empty()) sql += " AS " + translator_.quoted(item.alias);
  add_table(item, *table, translator_.quoted(name));
  return sql;
}

void SelectTranslator::add_table(const FromItem& item, const KnownTable& table,
                                 const std::string& written) {
  for (const ScopeTable& each : scope_.tables) {
    if (each.written == written) {
      Translator::refuse("two tables named " + written + " in one query");
    }
  }
  ScopeTable added;
  added.name = item.alias.empty() ? item.table.name : item.alias;
  added.schema = item.alias.empty() ? item.table.schema : "";
  added.written = written;
  added.table = &table;
  scope_.tables.push_back(std::move(added));
}

void SelectTranslator::mark_nullable(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) scope_.tables[i].nullable = true;
}

std::string SelectTranslator::join_sql(const FromItem& item) {
  const std::size_t begin = scope_.tables.size();
  const std::string left = from_sql(*item.left);
  const std::size_t middle = scope_.tables.size();
  std::string right = from_sql(*item.right);
  const std::size_t end = scope_.tables.size();
  if (item.right->left) right = "(" + right + ")";
  std::string words = " JOIN ";
  JoinKind kind = item.join;
  const bool bare = !item.on && item.use.empty() && !item.natural;
  if (kind == JoinKind::kInner && bare) kind = JoinKind::kCross;
  switch (kind) {
    case JoinKind::kComma:
    case JoinKind::kCross:
      words = bare ? " CROSS JOIN " : " JOIN ";
      break;
    case JoinKind::kInner:
      break;
    case JoinKind::kLeft:
      words = " LEFT JOIN ";
      mark_nullable(middle, end);
      break;
    case JoinKind::kRight:
      words = " RIGHT JOIN ";
      mark_nullable(begin, middle);
      break;
    case JoinKind::kFull:
      if (translator_.to() == Engine::kMysql) Translator::refuse("FULL JOIN");
      words = " FULL JOIN ";
      mark_nullable(begin, end);
      break;
  }
  const bool outer = kind == JoinKind::kLeft || kind == JoinKind::kRight || kind == JoinKind::kFull;
  if (bare && outer) Translator::refuse("an outer join without a condition");
  std::string sql = left + words + right;
  if (item.on) {
    (outer ? outer_joins_ : join_conditions_).push_back(item.on.get());
    return sql + " ON " + translator_.condition(*item.on, scope_).sql;
  }
  if (!bare) sql += using_sql(item, begin, middle);
  return sql;
}

/// The columns that USING names, or that NATURAL finds on both sides.
std::string SelectTranslator::using_sql(const FromItem& item, std::size_t begin,
                                        std::size_t middle) {
  if (item.join == JoinKind::kRight || item.join == JoinKind::kFull) {
    Translator::refuse("USING of a RIGHT or FULL JOIN");
  }
  std::vector<std::string> names = item.use;
  if (item.natural) {
    const bool plain = middle - begin == 1 && scope_.tables.size() - middle == 1;
    if (!plain) Translator::refuse("NATURAL JOIN of more than two tables");
    for (const KnownColumn& column : scope_.tables[begin].table->columns) {
      if (scope_.tables[middle].table->find(column.name) != nullptr) names.push_back(column.name);
    }
    if (names.empty()) Translator::refuse("NATURAL JOIN without a common column");
  }
  std::string list;
  for (const std::string& name : names) {
    const KnownColumn* left = nullptr;
    for (std::size_t i = begin; i < middle && left == nullptr; ++i) {
      left = scope_.tables[i].table->find(name);
    }
    const KnownColumn* right = nullptr;
    for (std::size_t i = middle; i < scope_.tables.size(); ++i) {
      if (const KnownColumn* found = scope_.tables[i].table->find(name)) {
        right = found;
        scope_.tables[i].hidden.push_back(name);
      }
    }
    if (left == nullptr || right == nullptr || left->target_name != right->target_name) {
      Translator::refuse("USING (" + name + ")");
    }
    if (left->target.kind != right->target.kind || left->moment_form != right->moment_form ||
        left->moment_form == MomentForm::kSeveral) {
      Translator::refuse("USING of columns of different types");
    }
    list += (list.empty() ? "" : ", ") + translator_.quoted(left->target_name);
  }
  return " USING (" + list + ")";
}

std::string SelectTranslator::items_sql(std::vector<OutputColumn>& outputs, bool names_matter) {
  std::vector<std::string> list;
  for (const SelectItem& item : select_.items) {
    if (item.expr->kind == ExprKind::kStar) {
      if (!names_matter && select_.items.size() == 1) {
        // Of EXISTS: which columns there are does not matter.
        return "1";
      }
      add_star(*item.expr, outputs, list);
      continue;
    }
    Written value = translator_.value(*item.expr, scope_);
    std::string name = item.alias;
    if (name.empty() && item.expr->kind == ExprKind::kColumn) name = item.expr->path.back();
    if (name.empty()) name = item.text;
    // A bare NULL or text has no type of its own in PostgreSQL.
    if (names_matter && translator_.to() == Engine::kPostgres &&
        (value.null_literal || value.text)) {
      value.sql = "CAST(" + value.sql + " AS text)";
    }
    list.push_back(value.sql);
    outputs.push_back({name, std::move(value)});
  }
  if (names_matter) name_outputs(outputs, list);
  return join(list, ", ");
}

void SelectTranslator::add_star(const Expr& star, std::vector<OutputColumn>& outputs,
                                std::vector<std::string>& list) {
  bool found = false;
  for (const ScopeTable& table : scope_.tables) {
    if (!star.path.empty() && !ascii_iequals(table.name, star.path.back())) continue;
    found = true;
    for (const KnownColumn& column : table.table->columns) {
      const bool hidden =
          star.path.empty() &&
          std::any_of(table.hidden.begin(), table.hidden.end(),
                      [&](const std::string& name) { return ascii_iequals(name, column.name); });
      if (hidden) continue;
      Written value;
      value.sql = table.written + "." + translator_.quoted(column.target_name);
      value.source = column.source;
      value.target = column.target;
      value.nullable = column.nullable || table.nullable;
      value.exact = column.exact;
      value.moment_form = column.moment_form;
      value.column = &column;
      list.push_back(value.sql);
      outputs.push_back({column.name, std::move(value)});
    }
  }
  if (!found) Translator::refuse("* of nothing");
}

/// AS where the engine would not choose the name by itself; SQLite tells equal names apart.
void SelectTranslator::name_outputs(std::vector<OutputColumn>& outputs,
                                    std::vector<std::string>& list) const {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    std::string& name = outputs[i].name;
    std::string fitting = fitting_identifier(name, translator_.to());
    if (fitting != name) {
      translator_.note("a column is called " + fitting +
                       ", as its name is too long for the target");
      name = std::move(fitting);
    }
    const auto taken = [&](const std::string& wanted) {
      return std::any_of(
          outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const OutputColumn& each) { return ascii_iequals(each.name, wanted); });
    };
    const std::string first = name;
    for (int n = 1; taken(name); ++n) name = first + ":" + std::to_string(n);
    const std::string quoted = translator_.quoted(name);
    const bool natural = outputs[i].value.column != nullptr &&
                         (list[i] == quoted || list[i].ends_with("." + quoted));
    if (!natural) list[i] += " AS " + quoted;
  }
}

const SelectItem* SelectTranslator::item_called(const Expr& expr) const {
  if (expr.kind != ExprKind::kColumn || expr.path.size() != 1) return nullptr;
  for (const SelectItem& item : select_.items) {
    if (!item.alias.empty() && ascii_iequals(item.alias, expr.path[0])) return &item;
  }
  return nullptr;
}

std::string SelectTranslator::group_sql(const std::vector<OutputColumn>& outputs) {
  std::vector<std::string> list;
  std::set<std::string> grouped_texts;
  std::set<ScopeColumn> grouped;
  for (const ExprPtr& each : select_.group_by) {
    const Expr* expr = each.get();
    if (expr->kind == ExprKind::kNumber) {
      const std::size_t position = std::strtoul(expr->text.c_str(), nullptr, 10);
      if (position < 1 || position > select_.items.size() ||
          outputs.size() != select_.items.size()) {
        Translator::refuse("GROUP BY " + expr->text);
      }
      expr = select_.items[position - 1].expr.get();
    }
    if (find_column(*expr, scope_).column == nullptr) {
      if (const SelectItem* item = item_called(*expr)) expr = item->expr.get();
    }
    const Written value = translator_.value(*expr, scope_);
    translator_.expect_one_form(value, "GROUP BY");
    if (!value.exact && is_text_kind(value.target.kind)) {
      translator_.note("GROUP BY tells texts apart that the source takes for equal");
    }
    const ScopeColumn column = find_column(*expr, scope_);
    if (column.column != nullptr) grouped.insert(column);
    grouped_texts.insert(value.sql);
    list.push_back(value.sql);
  }
  const bool aggregates =
      !list.empty() || select_.having ||
      std::any_of(select_.items.begin(), select_.items.end(),
                  [](const SelectItem& item) { return has_aggregate(*item.expr); });
  if (aggregates && translator_.from() != translator_.to()) {
    complete_groups(std::move(grouped), grouped_texts, list);
  }
  return list.empty() ? "" : " GROUP BY " + join(list, ", ");
}

/// Columns outside of aggregates have one value in a group, or the query has no certain result;
/// PostgreSQL and MySQL want them named where they do not see it themselves.
void SelectTranslator::complete_groups(std::set<ScopeColumn> grouped,
                                       const std::set<std::string>& texts,
                                       std::vector<std::string>& list) {
  std::vector<const Expr*> conditions = join_conditions_;
  if (select_.where) conditions.push_back(select_.where.get());
  const bool has_groups = !list.empty();
  const auto determined = determined_columns(scope_, grouped, conditions, outer_joins_);
  std::set<std::string> known = texts;
  const auto check = [&](const Expr& part) {
    if (is_aggregate(part)) return false;
    if (part.kind == ExprKind::kStar || part.kind == ExprKind::kNull) return false;
    const bool written = part.kind == ExprKind::kColumn || part.kind == ExprKind::kCall ||
                         part.kind == ExprKind::kBinary || part.kind == ExprKind::kCase;
    if (has_groups && written && part.kind != ExprKind::kColumn && !has_aggregate(part) &&
        known.contains(translator_.value(part, scope_).sql)) {
      return false;
    }
    const ScopeColumn column = find_column(part, scope_);
    if (column.column == nullptr || grouped.contains(column)) return true;
    const std::string sql = translator_.value(part, scope_).sql;
    if (known.contains(sql)) return true;
    if (!has_groups || !determined.contains(column)) {
      // MySQL has looked itself, unless told otherwise; SQLite takes it as it is.
      if (translator_.to() == Engine::kSqlite && !translator_.context().source_mariadb) return true;
      Translator::refuse("the column " + column.column->name +
                         ", which may differ within a group,");
    }
    known.insert(sql);
    if (translator_.to() != Engine::kSqlite) list.push_back(sql);
    return true;
  };
  for (const SelectItem& item : select_.items) {
    if (item.expr->kind == ExprKind::kStar && translator_.to() != Engine::kSqlite) {
      Translator::refuse("* in a query with groups");
    }
    walk(*item.expr, check);
  }
  if (select_.having) walk(*select_.having, check);
  for (const OrderItem& item : select_.order_by) {
    if (item_called(*item.expr) == nullptr && item.expr->kind != ExprKind::kNumber) {
      walk(*item.expr, check);
    }
  }
}

std::string SelectTranslator::order_sql(const std::vector<OutputColumn>& outputs) {
  return translator_.order_and_limit(select_, scope_, outputs);
}

}  // namespace crossload::dialect
