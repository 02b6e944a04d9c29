#include "index_script.h"

#include <algorithm>
#include <optional>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "copy_expression.h"
#include "index_parts.h"
#include "lexer.h"
#include "type_names.h"

namespace crossload::dialect {
namespace {

/// What stands behind a word of a statement that PostgreSQL printed; empty where there is none.
std::string text_behind(const std::string& sql, std::string_view word, bool with_word) {
  Lexer lexer(Engine::kPostgres, sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.is_word(word)) {
      return sql.substr(token.offset + (with_word ? 0 : token.text.size()));
    }
  }
  return {};
}

class IndexWriter {
 public:
  IndexWriter(MadeTable& table, const Index& index, CopyContext& copy)
      : table_(table),
        index_(index),
        copy_(copy),
        dialect_(dialect_for(copy.target.engine)),
        shown_(table.source->name.display() + "." + index.name) {}

  void run() {
    std::string why = obstacle();
    std::string sql;
    if (why.empty()) {
      name_ = copy_.names.give(index_space(copy_.target.engine, table_.name), wanted_name(),
                               table_.name.name);
      sql = is_postgres_copy() ? postgres_copy(why) : statement(why);
    }
    if (sql.empty()) {
      const std::string text = index_.sql.empty() ? described() : index_.sql;
      copy_.warn("index", shown_, "left out: " + why);
      copy_.skip("index", shown_, why, text);
      return;
    }
    if (name_ != index_.name && !is_unnamed()) {
      copy_.warn("identifier", shown_, "the index is called " + name_);
    }
    for (const std::string& note : notes_) copy_.warn("index", shown_, note);
    note_unique_key();
    copy_.script.indexes.push_back({.type = "index",
                                    .name = name_,
                                    .table = table_.name,
                                    .sql = std::move(sql),
                                    .part = std::move(part_)});
  }

 private:
  Engine target() const { return copy_.target.engine; }
  bool is_postgres_copy() const {
    return copy_.same_engine() && target() == Engine::kPostgres && !index_.sql.empty();
  }
  bool is_unnamed() const { return ascii_lower(index_.name).starts_with("sqlite_autoindex_"); }

  std::string wanted_name() const {
    if (!is_unnamed() && !index_.name.empty()) return index_.name;
    std::string name = table_.name.name;
    for (const IndexPart& part : index_.parts) name += "_" + part.column;
    return name + "_key";
  }

  /// For the file of what is left out, where the engine keeps no text.
  std::string described() const {
    std::vector<std::string> parts;
    const Dialect& own = dialect_for(copy_.source.engine);
    for (const IndexPart& part : index_.parts) {
      std::string text = part.column.empty() ? "(" + part.expression + ")" : own.quote(part.column);
      if (part.prefix_length) text += "(" + std::to_string(*part.prefix_length) + ")";
      parts.push_back(text + (part.descending ? " DESC" : ""));
    }
    const bool has_method = copy_.source.engine == Engine::kMysql &&
                            (index_.method == "FULLTEXT" || index_.method == "SPATIAL");
    return "CREATE " + std::string(index_.unique ? "UNIQUE " : "") +
           (has_method ? index_.method + " " : "") + "INDEX " +
           own.quote(std::string_view(index_.name)) + " ON " + own.quote(table_.source->name) +
           " (" + join(parts, ", ") + ")" +
           (index_.where_sql.empty() ? "" : " WHERE " + index_.where_sql);
  }

  /// Why no target but PostgreSQL itself, or none at all, could have it.
  std::string obstacle() const {
    if (is_postgres_copy()) return {};
    if (index_.sql.starts_with("ALTER TABLE") && !index_.unique &&
        index_.sql.find(" EXCLUDE ") != std::string::npos) {
      return "an exclusion constraint, which only PostgreSQL has";
    }
    for (const IndexPart& part : index_.parts) {
      if (!part.column.empty() && table_.place_of(part.column) == std::string::npos) {
        return "it is over " + part.column + ", which is no column of the table";
      }
    }
    const std::string method = ascii_lower(index_.method);
    if (copy_.source.engine == Engine::kPostgres && (method == "brin" || method == "spgist")) {
      return "an index of PostgreSQL's method " + method;
    }
    return {};
  }

  std::string postgres_copy(std::string& why) {
    std::string sql = renamed_postgres_index(index_, name_, table_.name);
    if (sql.empty()) why = "its text is not understood";
    return sql;
  }

  std::string quoted_name() const { return dialect_.quote(std::string_view(name_)); }

  std::string statement(std::string& why) {
    IndexForm form = index_form(table_, index_, copy_, why);
    if (!why.empty()) return {};
    notes_ = std::move(form.notes);
    const std::string table = dialect_.quote(table_.name);
    if (form.as_constraint) {
      return "ALTER TABLE " + table + " ADD CONSTRAINT " + quoted_name() + " UNIQUE (" +
             join(form.parts, ", ") + ")";
    }
    const std::string named = (form.unique ? "UNIQUE " : form.kind) + "INDEX " + quoted_name();
    const std::string parts = " (" + join(form.parts, ", ") + ")";
    const std::string sql = "CREATE " + named + " ON " + table +
                            (form.method.empty() ? "" : " USING " + form.method) + parts +
                            (form.where.empty() ? "" : " WHERE " + form.where);
    if (form.only_mysql && copy_.options.any_mysql) return for_mysql_alone(sql, why);
    if (target() == Engine::kMysql) part_ = named + parts;
    return sql;
  }

  /// In a comment that MySQL reads from the version on that has such indexes.
  std::string for_mysql_alone(const std::string& sql, std::string& why) {
    if (sql.find("*/") != std::string::npos || sql.find("/*") != std::string::npos) {
      why = "MariaDB would not pass over it, and has no index over an expression";
      return {};
    }
    notes_.push_back("MariaDB passes over it: it has no index over an expression");
    return "/*!80013 " + sql + " */";
  }

  void note_unique_key() {
    if (!index_.unique || !index_.where_sql.empty()) return;
    std::vector<std::string> columns;
    for (const IndexPart& part : index_.parts) {
      if (part.column.empty() || part.prefix_length) return;
      columns.push_back(table_.columns[table_.place_of(part.column)]);
    }
    table_.unique_keys.push_back(std::move(columns));
  }

  MadeTable& table_;
  const Index& index_;
  CopyContext& copy_;
  const Dialect& dialect_;
  std::string shown_;
  std::string name_;
  std::string part_;  ///< SchemaItem::part.
  std::vector<std::string> notes_;
};

bool same_parts(const Index& a, const Index& b) {
  const auto same = [](const IndexPart& x, const IndexPart& y) {
    return x.column == y.column && x.expression == y.expression && x.descending == y.descending;
  };
  return a.unique == b.unique && a.method == b.method && a.where_sql == b.where_sql &&
         a.parts.size() == b.parts.size() &&
         std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), same);
}

/// A partition's index that PostgreSQL makes with the one of the partitioned table.
bool comes_with_parent(const Index& index, const MadeTable& table, const CopyContext& copy) {
  const MadeTable* const parent = copy.find(table.source->partition_of);
  if (parent == nullptr || table.source->partition_of.name.empty()) return false;
  return std::any_of(parent->source->indexes.begin(), parent->source->indexes.end(),
                     [&](const Index& other) { return same_parts(index, other); });
}

}  // namespace

std::string renamed_postgres_index(const Index& index, const std::string& name,
                                   const TableName& table) {
  const Dialect& dialect = dialect_for(Engine::kPostgres);
  const std::string quoted_name = dialect.quote(std::string_view(name));
  if (index.sql.starts_with("ALTER TABLE")) {
    std::string rest = text_behind(index.sql, "constraint", false);
    Lexer lexer(Engine::kPostgres, rest);
    const Token old_name = lexer.next();
    rest = rest.substr(old_name.offset + old_name.text.size());
    return "ALTER TABLE " + dialect.quote(table) + " ADD CONSTRAINT " + quoted_name + rest;
  }
  const std::string rest = text_behind(index.sql, "using", true);
  if (rest.empty()) return {};
  return "CREATE " + std::string(index.unique ? "UNIQUE " : "") + "INDEX " + quoted_name + " ON " +
         dialect.quote(table) + " " + rest;
}

void add_indexes(MadeTable& table, CopyContext& copy) {
  if (!table.source->primary_key.empty()) {
    std::vector<std::string> columns;
    for (const std::string& name : table.source->primary_key) {
      const std::size_t place = table.place_of(name);
      if (place != std::string::npos) columns.push_back(table.columns[place]);
    }
    table.unique_keys.push_back(std::move(columns));
  }
  for (const Index& index : table.source->indexes) {
    if (index.origin == IndexOrigin::kPrimaryKey || comes_with_parent(index, table, copy)) continue;
    IndexWriter(table, index, copy).run();
  }
}

}  // namespace crossload::dialect
