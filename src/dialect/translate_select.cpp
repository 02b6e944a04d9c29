#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "select_translator.h"

namespace crossload::dialect {
namespace {

bool nulls_come_first(Engine engine, bool descending) {
  return engine == Engine::kPostgres ? descending : !descending;
}

/// Kinds that may stand in one column of a UNION without a change.
bool go_together(const Written& a, const Written& b) {
  if (a.null_literal || b.null_literal) return true;
  const TypeKind x = a.target.kind;
  const TypeKind y = b.target.kind;
  return x == y || (is_number_kind(x) && is_number_kind(y)) ||
         (is_text_kind(x) && is_text_kind(y) && x != TypeKind::kEnum && y != TypeKind::kEnum);
}

}  // namespace

std::string Translator::quoted_table(const TableName& name) const {
  return dialect_for(to()).quote(name);
}

const KnownTable* Translator::common_table(std::string_view name, const Scope& scope) {
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    for (const KnownTable* table : level->common_tables) {
      if (ascii_iequals(table->name.name, name)) return table;
    }
  }
  return nullptr;
}

const KnownTable& Translator::table_of(const TableName& name,
                                       const std::vector<OutputColumn>& outputs,
                                       const std::vector<std::string>& names) {
  if (names.size() > outputs.size()) refuse("more names than columns");
  KnownTable& table = made_tables_.emplace_back();
  table.name = table.target_name = name;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Written& value = outputs[i].value;
    KnownColumn column;
    column.name = i < names.size() ? names[i] : outputs[i].name;
    column.target_name = column.name;
    column.source = value.source;
    column.target = value.target;
    column.nullable = value.nullable;
    column.exact = value.exact;
    column.moment_form = form_of(value);
    table.columns.push_back(std::move(column));
  }
  return table;
}

std::string Translator::query(const Select& select, const Scope& outer,
                              std::vector<OutputColumn>* outputs) {
  if (!context_.find_table) refuse("a query");
  Scope scope;
  scope.outer = &outer;
  std::string sql;
  if (!select.with.empty()) add_common_tables(select, scope, sql);
  std::vector<OutputColumn> made;
  sql += select.arms.empty() ? arm(select, scope, made, outputs != nullptr)
                             : arms(select, scope, made, outputs != nullptr);
  if (outputs != nullptr) *outputs = std::move(made);
  return sql;
}

void Translator::add_common_tables(const Select& select, Scope& scope, std::string& sql) {
  sql = select.recursive ? "WITH RECURSIVE " : "WITH ";
  bool first = true;
  for (const CommonTable& table : select.with) {
    std::vector<OutputColumn> outputs;
    if (select.recursive && table.select->arms.size() > 1) {
      // The columns of what reads itself are those of its first query.
      std::vector<OutputColumn> seed;
      arm(*table.select->arms[0], scope, seed, true);
      scope.common_tables.push_back(&table_of({"", table.name}, seed, table.columns));
    }
    const std::string body = query(*table.select, scope, &outputs);
    const KnownTable& known = table_of({"", table.name}, outputs, table.columns);
    if (common_table(table.name, scope) != nullptr && !scope.common_tables.empty() &&
        ascii_iequals(scope.common_tables.back()->name.name, table.name)) {
      scope.common_tables.pop_back();
    }
    scope.common_tables.push_back(&known);
    std::string names;
    for (const KnownColumn& column : known.columns) {
      names += (names.empty() ? "" : ", ") + quoted(column.target_name);
    }
    sql += (first ? "" : ", ") + quoted(table.name) + " (" + names + ") AS (" + body + ")";
    first = false;
  }
  sql += " ";
}

std::string Translator::arm(const Select& select, const Scope& scope,
                            std::vector<OutputColumn>& outputs, bool names_matter) {
  if (!select.arms.empty()) return "(" + arms(select, scope, outputs, names_matter) + ")";
  if (!select.values.empty()) return values_sql(select, scope, outputs);
  return SelectTranslator(*this, select, scope).run(outputs, names_matter);
}

std::string Translator::values_sql(const Select& select, const Scope& scope,
                                   std::vector<OutputColumn>& outputs) {
  std::string sql;
  for (const auto& row : select.values) {
    std::string list;
    std::vector<OutputColumn> values;
    for (const ExprPtr& each : row) {
      Written written = value(*each, scope);
      list += (list.empty() ? "" : ", ") + written.sql;
      values.push_back({"column" + std::to_string(values.size() + 1), std::move(written)});
    }
    if (outputs.empty()) outputs = std::move(values);
    sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + list;
  }
  return sql;
}

std::string Translator::arms(const Select& select, const Scope& scope,
                             std::vector<OutputColumn>& outputs, bool names_matter) {
  std::string sql;
  for (std::size_t i = 0; i < select.arms.size(); ++i) {
    const Select& each = *select.arms[i];
    std::vector<OutputColumn> made;
    std::string text = arm(each, scope, made, names_matter);
    const bool limited = each.limit || each.offset;
    if (limited) {
      // SQLite takes no brackets there, but a table.
      text = to() == Engine::kSqlite ? "SELECT * FROM (" + text + ")" : "(" + text + ")";
    } else if (!each.arms.empty() && to() == Engine::kSqlite) {
      refuse("brackets within UNION");
    }
    if (i == 0) {
      outputs = std::move(made);
      sql = text;
      continue;
    }
    const std::string& op = select.set_operators[i - 1];
    if (made.size() != outputs.size()) refuse("UNION of different numbers of columns");
    for (std::size_t c = 0; c < made.size(); ++c) {
      Written& value = outputs[c].value;
      if (!go_together(value, made[c].value)) {
        refuse("UNION of " + std::string(kind_name(value.target.kind)) + " and " +
               std::string(kind_name(made[c].value.target.kind)));
      }
      if (value.null_literal) value = made[c].value;
      value.nullable = value.nullable || made[c].value.nullable;
      value.exact = value.exact && made[c].value.exact;
      value.moment_form = common_form({&value, &made[c].value});
      if (op != "UNION ALL") expect_one_form(value, op.c_str());
    }
    if (op.ends_with(" ALL") && op != "UNION ALL" && to() == Engine::kSqlite) refuse(op);
    sql += " " + op + " " + text;
  }
  return sql + order_and_limit(select, scope, outputs);
}

std::string Translator::order_item(const OrderItem& item, const Written& value,
                                   const std::string& sql, bool plain_only) {
  expect_one_form(value, "ORDER BY");
  if (is_text_kind(value.target.kind)) {
    if (value.source.kind == TypeKind::kEnum && from() != to()) {
      note("enum labels are put in order as texts");
    } else if (from() != to()) {
      note("texts are put in order by the target's collation, which may differ from the source's");
    }
  }
  std::string written = sql + (item.descending ? " DESC" : "");
  const bool first = item.nulls_first.value_or(nulls_come_first(from(), item.descending));
  if (!value.nullable || first == nulls_come_first(to(), item.descending)) return written;
  if (to() != Engine::kMysql) return written + (first ? " NULLS FIRST" : " NULLS LAST");
  if (plain_only) {
    note("NULL comes first in MySQL's order");
    return written;
  }
  return sql + (first ? " IS NOT NULL, " : " IS NULL, ") + written;
}

std::string Translator::order_list(const std::vector<OrderItem>& items, const Scope& scope) {
  std::string list;
  for (const OrderItem& item : items) {
    const Written value = this->value(*item.expr, scope);
    list += (list.empty() ? "" : ", ") +
            order_item(item, value, wrapped(value, Rank::kOperator), false);
  }
  return list;
}

std::string Translator::order_and_limit(const Select& select, const Scope& scope,
                                        const std::vector<OutputColumn>& outputs) {
  std::string list;
  const bool united = !select.arms.empty();
  for (const OrderItem& item : select.order_by) {
    const OutputColumn* output = nullptr;
    std::string name;
    if (item.expr->kind == ExprKind::kNumber) {
      const std::size_t position = std::strtoul(item.expr->text.c_str(), nullptr, 10);
      if (position < 1 || position > outputs.size()) refuse("ORDER BY " + item.expr->text);
      output = &outputs[position - 1];
      name = item.expr->text;
    } else if (item.expr->kind == ExprKind::kColumn && item.expr->path.size() == 1) {
      for (const OutputColumn& each : outputs) {
        if (ascii_iequals(each.name, item.expr->path[0])) output = &each;
      }
      if (output != nullptr) name = quoted(output->name);
    }
    std::string text;
    if (output != nullptr) {
      // A position is no value that IS NULL could ask about.
      const bool number = item.expr->kind == ExprKind::kNumber;
      text = order_item(item, output->value,
                        number && to() == Engine::kMysql && !united ? quoted(output->name) : name,
                        united);
    } else {
      if (united) refuse("ORDER BY of a UNION by something else than its columns");
      const Written value = this->value(*item.expr, scope);
      if (value.number || value.text || value.null_literal) continue;
      if (select.distinct) {
        const bool selected =
            std::any_of(outputs.begin(), outputs.end(),
                        [&](const OutputColumn& each) { return each.value.sql == value.sql; });
        if (!selected) refuse("ORDER BY of DISTINCT rows by what is not selected");
      }
      text = order_item(item, value, wrapped(value, Rank::kOperator), false);
    }
    list += (list.empty() ? "" : ", ") + text;
  }
  std::string sql = list.empty() ? "" : " ORDER BY " + list;
  const auto count_of = [&](const Expr& expr) {
    const bool negative = expr.kind == ExprKind::kUnary;
    if (negative && from() == Engine::kSqlite) return std::string();
    if (expr.kind != ExprKind::kNumber) refuse("LIMIT by an expression");
    return expr.text;
  };
  const std::string limit = select.limit ? count_of(*select.limit) : "";
  const std::string offset = select.offset ? count_of(*select.offset) : "";
  if (limit.empty() && offset.empty()) return sql;
  if (select.order_by.empty() && from() != to()) {
    note("LIMIT without ORDER BY takes any rows");
  }
  if (!limit.empty()) {
    sql += " LIMIT " + limit;
  } else if (to() == Engine::kMysql) {
    sql += " LIMIT 18446744073709551615";
  } else if (to() == Engine::kSqlite) {
    sql += " LIMIT -1";
  }
  if (!offset.empty()) sql += " OFFSET " + offset;
  return sql;
}

}  // namespace crossload::dialect
