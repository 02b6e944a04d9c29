#include "index_parts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "case_blind.h"
#include "copy_expression.h"
#include "fulltext_columns.h"
#include "mysql_key_length.h"
#include "type_names.h"

namespace crossload::dialect {
namespace {

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class FormMaker {
 public:
  FormMaker(const MadeTable& table, const Index& index, const CopyContext& copy, std::string& why)
      : table_(table),
        index_(index),
        copy_(copy),
        why_(why),
        dialect_(dialect_for(copy.target.engine)),
        method_(ascii_lower(index.method)) {}

  IndexForm run() {
    form_.unique = index_.unique;
    if (is_full_text()) {
      make_full_text();
    } else if (is_spatial()) {
      make_spatial();
    } else if (is_one_of(method_, {"gin", "gist"})) {
      why_ = "an index of PostgreSQL's method " + method_;
    } else {
      make_plain();
    }
    return std::move(form_);
  }

 private:
  Engine target() const { return copy_.target.engine; }
  void note(const std::string& text) { form_.notes.push_back(text); }

  const MappedType& type_of(const IndexPart& part) const {
    return table_.types[table_.place_of(part.column)];
  }
  std::string quoted(const IndexPart& part) const {
    return dialect_.quote(std::string_view(table_.columns[table_.place_of(part.column)]));
  }

  bool is_full_text() const {
    if (method_ == "fulltext") return true;
    return method_ == "gin" &&
           std::any_of(index_.parts.begin(), index_.parts.end(), [](const IndexPart& part) {
             return part.expression.find("to_tsvector") != std::string::npos;
           });
  }

  bool is_spatial() const {
    if (method_ == "spatial") return true;
    return method_ == "gist" &&
           std::all_of(index_.parts.begin(), index_.parts.end(), [&](const IndexPart& part) {
             return !part.column.empty() && type_of(part).type.kind == TypeKind::kSpatial;
           });
  }

  void make_full_text() {
    if (target() == Engine::kSqlite) {
      why_ = "SQLite has full text search only in tables of its own module (FTS5)";
      return;
    }
    std::vector<std::string> columns;
    for (const std::string& name : full_text_columns(*table_.source, index_)) {
      const std::size_t place = table_.place_of(name);
      columns.push_back(dialect_.quote(std::string_view(table_.columns[place])));
    }
    if (columns.empty()) {
      why_ = "which columns it searches is not understood";
      return;
    }
    if (target() == Engine::kMysql) {
      form_.kind = "FULLTEXT ";
      form_.parts = columns;
      if (!copy_.same_engine()) note("full text search is by MATCH ... AGAINST, in MySQL's words");
      return;
    }
    std::vector<std::string> texts;
    for (const std::string& column : columns) texts.push_back("coalesce(" + column + ", '')");
    const std::string vector = "to_tsvector('simple', " + join(texts, " || ' ' || ") + ")";
    form_.method = "gin";
    form_.parts = {vector};
    note("full text search is by " + vector + " @@ to_tsquery('simple', ...)");
  }

  void make_spatial() {
    form_.unique = false;
    for (const IndexPart& part : index_.parts) {
      if (type_of(part).type.kind != TypeKind::kSpatial || target() == Engine::kSqlite) {
        why_ = "the target has the values of " + part.column + " as " + type_of(part).sql +
               ", which no spatial index takes";
        return;
      }
      const Column& column = table_.source->columns[table_.place_of(part.column)];
      if (target() == Engine::kMysql && column.nullable) {
        why_ = "a spatial index of MySQL takes no column that can be NULL, as " + part.column;
        return;
      }
      form_.parts.push_back(quoted(part));
    }
    if (target() == Engine::kMysql) form_.kind = "SPATIAL ";
    if (target() == Engine::kPostgres) form_.method = "gist";
  }

  void make_plain() {
    for (const IndexPart& part : index_.parts) {
      std::string text = part.column.empty() ? expression(part) : column(part);
      if (!why_.empty()) return;
      parts_.push_back(std::move(text));
    }
    if (target() == Engine::kMysql && !fit_mysql()) return;
    add_condition();
    if (why_.empty() && form_.only_mysql) expect_no_numbering();
    if (!why_.empty()) return;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      form_.parts.push_back(parts_[i] + (index_.parts[i].descending ? " DESC" : ""));
    }
    form_.as_constraint = can_be_constraint();
    tell_differences();
  }

  /// Source: dev.mysql.com "CREATE INDEX", Functional Key Parts.
  void expect_no_numbering() {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Column& column = table_.source->columns[i];
      if (column.identity == IdentityKind::kNone) continue;
      const std::string name = dialect_.quote(std::string_view(table_.columns[i]));
      for (const std::string& part : parts_) {
        if (!part.starts_with('(') || part.find(name) == std::string::npos) continue;
        why_ =
            "MySQL lets no index over an expression read " + column.name + ", which numbers itself";
      }
    }
  }

  std::string expression(const IndexPart& part) {
    if (target() == Engine::kMysql && copy_.target.mariadb) {
      why_ = "MariaDB has no index over an expression: " + part.expression;
      return {};
    }
    form_.only_mysql = target() == Engine::kMysql;
    const auto sql = expression_in_target(table_, copy_, part.expression, why_);
    return sql ? "(" + *sql + ")" : std::string();
  }

  std::string column(const IndexPart& part) {
    if (target() == Engine::kPostgres) return postgres_column(part);
    if (target() == Engine::kSqlite && part.prefix_length) {
      note("the first " + std::to_string(*part.prefix_length) + " characters of " + part.column +
           " are indexed by substr()");
      return "substr(" + quoted(part) + ", 1, " + std::to_string(*part.prefix_length) + ")";
    }
    return quoted(part);
  }

  std::string postgres_column(const IndexPart& part) {
    const MappedType& type = type_of(part);
    const std::string name = bare_name(type.type);
    if (is_one_of(name,
                  {"json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle"})) {
      why_ = "PostgreSQL cannot order the values of " + part.column + ", which are " + name;
      return {};
    }
    if (!part.prefix_length) return quoted(part);
    const std::string length = std::to_string(*part.prefix_length);
    note("the first " + length + " characters of " + part.column + " are indexed by an expression");
    if (type.type.kind == TypeKind::kBytes) {
      return "(substring(" + quoted(part) + " from 1 for " + length + "))";
    }
    return "\"left\"(" + quoted(part) + ", " + length + ")";
  }

  /// Puts lengths behind what would pass the bytes that a key of MySQL has.
  bool fit_mysql() {
    const MysqlKeyFit fit = fit_mysql_key(table_, index_, copy_.target);
    why_ = fit.problem;
    if (!why_.empty()) return false;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (fit.prefixes[i] == 0) continue;
      parts_[i] += "(" + std::to_string(fit.prefixes[i]) + ")";
      if (!index_.parts[i].prefix_length) {
        note("takes the first " + std::to_string(fit.prefixes[i]) + " characters of " +
             index_.parts[i].column);
      }
    }
    return true;
  }

  void add_condition() {
    if (index_.where_sql.empty()) return;
    if (target() == Engine::kMysql && !index_.unique) {
      note("is over all rows, as MySQL has no partial index; it was over WHERE " +
           index_.where_sql);
      return;
    }
    if (target() == Engine::kMysql && copy_.target.mariadb) {
      why_ = "MariaDB has no unique index over some rows only: WHERE " + index_.where_sql;
      return;
    }
    const auto condition = condition_in_target(table_, copy_, index_.where_sql, why_);
    if (!condition) return;
    if (target() != Engine::kMysql) {
      form_.where = *condition;
      return;
    }
    // NULLs are never equal: a row that the condition leaves out meets no other.
    const std::size_t carrier = short_part();
    if (carrier == parts_.size()) {
      why_ = "MySQL takes no expression over texts this long: WHERE " + index_.where_sql;
      return;
    }
    form_.only_mysql = true;
    parts_[carrier] = "(CASE WHEN " + *condition + " THEN " + parts_[carrier] + " END)";
    note("its condition is an expression that is NULL where it does not hold");
  }

  /// A part that an expression of MySQL can give without becoming a TEXT, which no index takes: at
  /// most 512 characters. Their number where there is none.
  std::size_t short_part() const {
    constexpr std::int64_t kMostCharacters = 512;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const IndexPart& part = index_.parts[i];
      if (part.column.empty()) return i;
      const std::string name = bare_name(type_of(part).type);
      const bool is_long = name.ends_with("text") || name.ends_with("blob");
      if (!is_long && type_of(part).type.length.value_or(0) <= kMostCharacters) return i;
    }
    return parts_.size();
  }

  bool can_be_constraint() const {
    return target() == Engine::kPostgres && index_.unique &&
           index_.origin == IndexOrigin::kUnique && form_.where.empty() &&
           std::all_of(index_.parts.begin(), index_.parts.end(), [](const IndexPart& part) {
             return !part.column.empty() && !part.descending && !part.prefix_length;
           });
  }

  void tell_differences() {
    if (copy_.same_engine()) return;
    if (!index_.include.empty()) {
      note("does not carry " + join(index_.include, ", ") + " along (INCLUDE)");
    }
    if (index_.deferrable) note("is checked at once: only PostgreSQL defers unique constraints");
    if (index_.nulls_not_distinct) {
      note("takes several NULLs, where the source's took one (NULLS NOT DISTINCT)");
    }
    for (const IndexPart& part : index_.parts) {
      if (!part.nulls.empty()) note("NULLS " + part.nulls + " is not kept");
      if (!part.collation.empty()) note("the collation " + part.collation + " is not kept");
      if (!index_.unique || part.column.empty()) continue;
      const Column& column = table_.source->columns[table_.place_of(part.column)];
      if (is_case_blind(copy_.source.engine, column, part.collation)) {
        note(
            "texts that differ in case only are two values for the target's key, and were one for "
            "the source's: " +
            part.column);
      }
    }
  }

  const MadeTable& table_;
  const Index& index_;
  const CopyContext& copy_;
  std::string& why_;
  const Dialect& dialect_;
  std::string method_;
  std::vector<std::string> parts_;
  IndexForm form_;
};

}  // namespace

IndexForm index_form(const MadeTable& table, const Index& index, const CopyContext& copy,
                     std::string& why) {
  return FormMaker(table, index, copy, why).run();
}

}  // namespace crossload::dialect
