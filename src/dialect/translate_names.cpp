#include <algorithm>

#include "crossload/base/strings.h"

#include "mysql_collation.h"
#include "sql_parser.h"
#include "translator.h"
#include "type_names.h"

namespace crossload::dialect {
namespace {

bool hides(const ScopeTable& table, std::string_view column) {
  return std::any_of(table.hidden.begin(), table.hidden.end(),
                     [&](const std::string& each) { return ascii_iequals(each, column); });
}

/// Texts that differ in a byte are different to the source.
bool compares_exactly(Engine source, const Table& table, const Column& column) {
  const std::string collation = ascii_lower(column.collation);
  switch (source) {
    case Engine::kSqlite:
      return collation.empty() || collation == "binary";
    case Engine::kPostgres:
      return bare_name(column.type).find("citext") == std::string::npos;
    case Engine::kMysql: {
      if (column.type.kind != TypeKind::kText && column.type.kind != TypeKind::kEnum &&
          column.type.kind != TypeKind::kSet) {
        return true;
      }
      const std::string name = collation.empty() ? ascii_lower(table.collation) : collation;
      return name.ends_with("_bin") || name == "binary";
    }
  }
  return true;
}

/// Columns in another order are the same key.
bool same_columns(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return left.size() == right.size() &&
         std::all_of(left.begin(), left.end(), [&](const std::string& each) {
           return std::any_of(right.begin(), right.end(),
                              [&](const std::string& other) { return ascii_iequals(each, other); });
         });
}

void add_unique_keys(const Table& table, KnownTable& known) {
  const auto add = [&](UniqueKey key) {
    for (const UniqueKey& each : known.unique_keys) {
      if (key.plain == each.plain && key.plain && same_columns(key.columns, each.columns)) return;
    }
    known.unique_keys.push_back(std::move(key));
  };
  if (!table.primary_key.empty()) add({table.primary_key});
  for (const Index& index : table.indexes) {
    if (!index.unique) continue;
    UniqueKey key;
    key.plain = index.where_sql.empty() && !index.nulls_not_distinct;
    for (const IndexPart& part : index.parts) {
      key.plain = key.plain && !part.column.empty() && !part.prefix_length;
      if (!part.column.empty()) key.columns.push_back(part.column);
    }
    add(std::move(key));
  }
}

}  // namespace

KnownTable known_table(Engine source, const Table& table, const TableName& target_name,
                       const std::vector<std::string>& columns,
                       const std::vector<MappedType>& types) {
  KnownTable known;
  known.name = table.name;
  known.target_name = target_name;
  for (std::size_t i = 0; i < table.columns.size() && i < columns.size(); ++i) {
    const Column& column = table.columns[i];
    KnownColumn each;
    each.name = column.name;
    each.target_name = columns[i];
    each.source = column.type;
    each.moment_form = types[i].moment_form;
    each.target = types[i].type;
    // SQLite says what a column is by the values in it, and so by the type they got.
    if (source == Engine::kSqlite && each.target.kind != TypeKind::kDynamic) {
      each.source.kind = each.target.kind;
      each.source.precision = each.target.precision;
      each.source.scale = each.target.scale;
    }
    if (each.target.kind == TypeKind::kDynamic) {
      const std::string declared = each.target.declared;
      each.target = each.source;
      each.target.declared = declared;
    }
    const bool in_key =
        std::any_of(table.primary_key.begin(), table.primary_key.end(),
                    [&](const std::string& key) { return ascii_iequals(key, column.name); });
    each.nullable = column.nullable && !(in_key && source != Engine::kSqlite);
    each.has_default = column.default_sql && !ascii_iequals(*column.default_sql, "null");
    each.numbered = column.identity != IdentityKind::kNone;
    each.touched = !column.on_update.empty();
    each.generated = column.generated != GeneratedKind::kNone;
    each.collation = column.collation;
    each.exact = compares_exactly(source, table, column);
    known.columns.push_back(std::move(each));
  }
  add_unique_keys(table, known);
  known.has_checks = !table.checks.empty();
  known.has_triggers = !table.triggers.empty();
  if (!table.primary_key.empty()) known.keys.push_back(table.primary_key);
  for (const Index& index : table.indexes) {
    std::vector<std::string> key;
    for (const IndexPart& part : index.parts) {
      const KnownColumn* column = known.find(part.column);
      if (column != nullptr && !column->nullable && !part.prefix_length) key.push_back(part.column);
    }
    const bool whole = index.unique && index.where_sql.empty() && key.size() == index.parts.size();
    if (whole) known.keys.push_back(std::move(key));
  }
  return known;
}

namespace {

/// MySQL takes a name for the variable, PostgreSQL refuses it.
void expect_no_variable(std::string_view name, const Scope& scope) {
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    if (!level->of_variables) continue;
    for (const auto& [alias, meant] : level->aliases) {
      if (ascii_iequals(alias, name)) {
        Translator::refuse("the name " + alias + " of a variable and a column");
      }
    }
  }
}

}  // namespace

Written Translator::column(const Expr& expr, const Scope& scope) {
  const std::string& name = expr.path.back();
  const std::string table = expr.path.size() > 1 ? expr.path[expr.path.size() - 2] : "";
  const std::string schema = expr.path.size() > 2 ? expr.path[expr.path.size() - 3] : "";
  for (const Scope* level = &scope; level != nullptr; level = level->outer) {
    const ScopeTable* found = nullptr;
    const KnownColumn* column = nullptr;
    for (const ScopeTable& each : level->tables) {
      if (!table.empty() && !ascii_iequals(each.name, table)) continue;
      if (!schema.empty() && !each.schema.empty() && !ascii_iequals(each.schema, schema)) continue;
      if (table.empty() && (hides(each, name) || ascii_iequals(each.name, "old") ||
                            ascii_iequals(each.name, "new"))) {
        continue;
      }
      const KnownColumn* known = each.table->find(name);
      if (known == nullptr) continue;
      if (found != nullptr) refuse("the column name " + name + ", which two tables have");
      found = &each;
      column = known;
    }
    if (found == nullptr) {
      for (const auto& [alias, meant] : level->aliases) {
        if (table.empty() && ascii_iequals(alias, name)) return any(*meant, *level);
      }
      continue;
    }
    if (table.empty()) expect_no_variable(name, *level);
    if (context_.generated && column->generated && to() == Engine::kPostgres) {
      refuse("the generated column " + name);
    }
    Written written;
    const bool qualified = (!table.empty() || level->qualifies) && !found->written.empty();
    written.sql = (qualified ? found->written + "." : "") + quoted(column->target_name);
    if (found->of_values) written.sql = "VALUES(" + quoted(column->target_name) + ")";
    written.source = column->source;
    written.target = column->target;
    written.nullable = column->nullable || found->nullable;
    written.exact = column->exact;
    written.moment_form = column->moment_form;
    written.column = column;
    return written;
  }
  // SQLite takes "text" for a text where nothing is called so.
  if (expr.by_blanks) {
    Expr text;
    text.kind = ExprKind::kString;
    text.text = name;
    return literal_value(text);
  }
  refuse("the name " + (table.empty() ? name : table + "." + name) + ", which is not known,");
}

/// NEW.* IS DISTINCT FROM OLD.*: one of the columns is.
Written Translator::rows_test(const Expr& expr, const Scope& scope) {
  const auto table_called = [&](const Expr& star) -> const KnownTable* {
    for (const Scope* level = &scope; level != nullptr && !star.path.empty();
         level = level->outer) {
      for (const ScopeTable& each : level->tables) {
        if (ascii_iequals(each.name, star.path.back())) return each.table;
      }
    }
    return nullptr;
  };
  const KnownTable* table = table_called(*expr.args[0]);
  if (table == nullptr || table_called(*expr.args[1]) != table) refuse("a row of values");
  std::string sql;
  for (const KnownColumn& column : table->columns) {
    Expr test;
    test.kind = ExprKind::kIs;
    test.text = "DISTINCT";
    test.negated = expr.negated;
    for (const ExprPtr& star : expr.args) {
      ExprPtr value = make_expr(ExprKind::kColumn);
      value->path = {star->path.back(), column.name};
      value->quoted = {true, true};
      test.args.push_back(std::move(value));
    }
    const Written written = is_test(test, scope);
    sql += (sql.empty()    ? ""
            : expr.negated ? " OR "
                           : " AND ") +
           wrapped(written, Rank::kComparison);
  }
  return truth("(" + sql + ")", Rank::kPrimary);
}

}  // namespace crossload::dialect
