#include "crossload/dialect/table_script.h"

#include <algorithm>
#include <set>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"

#include "column_default.h"
#include "declared_loss.h"
#include "key_use.h"
#include "mysql_collation.h"
#include "mysql_words.h"
#include "translate.h"
#include "type_names.h"

namespace crossload::dialect {
namespace {

// Source: dev.mysql.com "CREATE TABLE Statement".
constexpr std::size_t kMostColumnComment = 1'024;
constexpr std::size_t kMostTableComment = 2'048;

class TableWriter {
 public:
  TableWriter(Engine source, const Table& table, const TableScriptOptions& options)
      : source_(source),
        target_(options.target),
        table_(table),
        options_(options),
        dialect_(dialect_for(options.target.engine)) {}

  TableScript run() {
    map_columns();
    if (target_.engine == Engine::kMysql && !same_engine()) shrink_row();
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const bool generated = table_.columns[i].generated != GeneratedKind::kNone;
      // Another engine's generated columns are copied as plain ones.
      if (options_.plain && generated && same_engine()) continue;
      if (!is_inherited(table_.columns[i].name)) parts.push_back(column_sql(i));
    }
    const std::string tail = primary_key_tail();
    if (!rowid_column()) add_primary_key(parts, tail);
    add_identity_key(parts);
    if (!options_.plain) add_checks(parts);
    result_.sql = "CREATE TABLE " + dialect_.quote(options_.name) + " (\n  " + join(parts, ",\n  ");
    result_.end_of_parts = result_.sql.size();
    result_.sql += "\n)" + table_options();
    return std::move(result_);
  }

 private:
  bool same_engine() const { return source_ == target_.engine; }
  bool is_target(Engine engine) const { return target_.engine == engine; }

  void warn(const char* type, const Column& column, const std::string& message) {
    result_.warnings.push_back({type, table_.name.display() + "." + column.name, message});
  }

  bool is_inherited(const std::string& name) const {
    return !options_.plain && options_.inherited_columns.contains(name);
  }

  bool in_primary_key(const std::string& name) const {
    return std::any_of(table_.primary_key.begin(), table_.primary_key.end(),
                       [&](const std::string& key) { return ascii_iequals(key, name); });
  }

  // SQLite alone takes NULL in a primary key, any number of times.
  bool key_holds_nulls() const {
    if (source_ != Engine::kSqlite || same_engine()) return false;
    return std::any_of(options_.profiles.begin(), options_.profiles.end(),
                       [&](const auto& profile) {
                         return profile.second.nulls > 0 && in_primary_key(profile.first);
                       });
  }

  bool must_be_there(const Column& column) const {
    return in_primary_key(column.name) && !key_holds_nulls();
  }

  bool is_sole_key(const Column& column) const {
    return table_.primary_key.size() == 1 && in_primary_key(column.name);
  }

  void map_columns() {
    unkept_ = unkept_lengths(source_, table_, options_.profiles);
    std::set<std::string> used;
    for (const Column& column : table_.columns) {
      result_.columns.push_back(unique_name(column, used));
      ColumnUse use = use_of(table_, column, unkept_);
      const auto profile = options_.profiles.find(column.name);
      if (profile != options_.profiles.end()) use.profile = profile->second;
      MappedType type = map_type(source_, column, target_, use);
      if (column.identity != IdentityKind::kNone) type = identity_type(column, type);
      const auto decided = options_.types.find(column.name);
      if (decided != options_.types.end()) type = decided->second;
      if (type.verdict == MappingVerdict::kLossy || type.verdict == MappingVerdict::kUnsupported) {
        warn("type", column,
             column.type.declared + " becomes " + type.sql + " (" +
                 std::string(to_string(type.verdict)) + "): " + type.note);
      }
      if (column.type.kind == TypeKind::kSpatial && type.verdict == MappingVerdict::kWidened) {
        warn("column", column, column.type.declared + " becomes " + type.sql + ": " + type.note);
      }
      const std::string lost = same_engine() ? "" : lost_by_declaration(source_, column, use);
      if (!lost.empty()) warn("column", column, lost);
      result_.types.push_back(std::move(type));
    }
  }

  // Names that differ by case only are one name in MySQL and SQLite.
  std::string unique_name(const Column& column, std::set<std::string>& used) {
    std::string name = fitting_identifier(column.name, target_.engine);
    const auto key = [&](const std::string& text) {
      return is_target(Engine::kPostgres) ? text : ascii_lower(text);
    };
    for (int n = 2; used.contains(key(name)); ++n) {
      name = fitting_identifier(column.name + "_" + std::to_string(n), target_.engine);
    }
    used.insert(key(name));
    if (name != column.name) warn("identifier", column, "the column is called " + name);
    return name;
  }

  // Identities are integers in every engine.
  MappedType identity_type(const Column& column, const MappedType& type) const {
    if (is_target(Engine::kPostgres) && type.type.kind == TypeKind::kDecimal) {
      MappedType integer = mapped(TypeKind::kInteger, "bigint");
      integer.type.bits = 64;
      return lossy(integer, "integers above 9223372036854775807 are rejected");
    }
    if (is_target(Engine::kSqlite) && !same_engine() && is_sole_key(column)) {
      return mapped(TypeKind::kDynamic, "INTEGER", "INTEGER");
    }
    return type;
  }

  // The only column that SQLite numbers itself.
  const Column* rowid_column() const {
    if (!is_target(Engine::kSqlite)) return nullptr;
    for (const Column& column : table_.columns) {
      if (column.identity != IdentityKind::kNone && is_sole_key(column)) return &column;
    }
    return nullptr;
  }

  // MySQL keeps at most 65,535 bytes of a row beside its long values.
  void shrink_row() {
    constexpr std::uint64_t kRowBytes = 65'000;
    constexpr std::uint64_t kWidestCharacter = 4;
    for (;;) {
      std::uint64_t bytes = 0;
      MappedType* widest = nullptr;
      std::size_t position = 0;
      for (std::size_t i = 0; i < result_.types.size(); ++i) {
        MappedType& type = result_.types[i];
        const std::string name = bare_name(type.type);
        const bool text = name == "varchar" || name == "char";
        if (!text && name != "varbinary" && name != "binary") {
          bytes += 12;
          continue;
        }
        const auto length = static_cast<std::uint64_t>(type.type.length.value_or(0));
        bytes += length * (text ? kWidestCharacter : 1) + 2;
        const bool may_grow =
            name == "varchar" && !use_of(table_, table_.columns[i], unkept_).in_key;
        if (may_grow && (widest == nullptr || *widest->type.length < *type.type.length)) {
          widest = &type;
          position = i;
        }
      }
      if (bytes <= kRowBytes || widest == nullptr) return;
      warn("type", table_.columns[position],
           widest->sql + " becomes longtext: the row would pass 65,535 bytes");
      *widest = mapped(TypeKind::kText, "longtext");
    }
  }

  std::string column_sql(std::size_t i) {
    std::string sql = column_definition(i);
    const Column& column = table_.columns[i];
    if (column.hidden && !options_.plain) sql += visibility(column);
    if (is_target(Engine::kMysql) && !column.comment.empty()) {
      const std::string text = mysql_comment(table_.name.display() + "." + column.name,
                                             column.comment, kMostColumnComment);
      if (!text.empty()) sql += " COMMENT " + text;
    }
    return sql;
  }

  /// Of an INVISIBLE column of MySQL's kind.
  std::string visibility(const Column& column) {
    const std::string why = why_not_invisible(column, target_);
    if (why.empty()) return " INVISIBLE";
    warn("column", column, why);
    return "";
  }

  std::string column_definition(std::size_t i) {
    const Column& column = table_.columns[i];
    const MappedType& type = result_.types[i];
    std::string sql = dialect_.quote(result_.columns[i]);
    if (!type.sql.empty()) sql += " " + type_sql(type);
    if (is_target(Engine::kMysql)) sql += text_options(column, type);
    if (is_target(Engine::kPostgres) && same_engine() && !column.collation.empty()) {
      sql += " COLLATE " + dialect_.quote(TableName{column.collation_schema, column.collation});
    }
    if (column.generated != GeneratedKind::kNone) {
      if (same_engine()) {
        return sql + generated_sql(column, column.generated_sql) + generated_not_null(column);
      }
      if (const auto made = options_.plain ? std::nullopt : generated_expression(i)) {
        return sql + generated_sql(column, *made) + generated_not_null(column);
      }
      return sql + (must_be_there(column) ? " NOT NULL" : "");
    }
    if (&column == rowid_column()) {
      const bool reuses = column.identity == IdentityKind::kRowid;
      return sql + " PRIMARY KEY" + (reuses ? "" : " AUTOINCREMENT");
    }
    if (!column.nullable || must_be_there(column)) {
      sql += " NOT NULL";
    } else if (is_target(Engine::kMysql) && type.sql.starts_with("timestamp")) {
      // Without explicit_defaults_for_timestamp the server would make it NOT NULL.
      sql += " NULL";
    }
    if (column.identity != IdentityKind::kNone) return sql + identity_sql(column);
    if (options_.plain) return sql;
    sql += column_default(column, type);
    if (!column.on_update.empty()) {
      if (same_engine()) {
        sql += " ON UPDATE " + column.on_update;
      }
    }
    return sql;
  }

  // A table called "text" is a type of that name, and comes first on the search path; words of the
  // grammar are always the system's.
  std::string type_sql(const MappedType& type) const {
    const std::string name = type.sql.substr(0, type.sql.find_first_of("([ "));
    const bool hidden = is_target(Engine::kPostgres) && type.type.named.empty() &&
                        options_.taken_names.contains(name) && !is_postgres_word(name);
    return hidden ? "pg_catalog." + type.sql : type.sql;
  }

  std::string text_options(const Column& column, const MappedType& type) const {
    if (!same_engine() || column.type.charset.empty()) return "";
    const bool has_charset = type.type.kind == TypeKind::kText ||
                             type.type.kind == TypeKind::kEnum || type.type.kind == TypeKind::kSet;
    if (!has_charset) return "";
    std::string sql = " CHARACTER SET " + column.type.charset;
    const std::string collation = column.collation.empty() ? table_.collation : column.collation;
    if (collation.starts_with(column.type.charset)) {
      sql += " COLLATE " + mysql_collation(collation, target_.mariadb);
    }
    return sql;
  }

  /// Columns and what they become, for expressions over them.
  KnownTable known() const {
    return known_table(source_, table_, options_.name, result_.columns, result_.types);
  }

  TranslationContext context(const KnownTable& known) const {
    TranslationContext context;
    context.source = source_;
    context.target = target_;
    context.table = &known;
    return context;
  }

  /// A column of the expression that MySQL lets no CHECK or generated column read; empty where
  /// there is none. Source: dev.mysql.com "CHECK Constraints", "CREATE TABLE and Generated
  /// Columns".
  std::string barred_column(const std::string& expression, bool in_check) const {
    if (!is_target(Engine::kMysql)) return "";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Column& column = table_.columns[i];
      const std::string quoted = dialect_.quote(std::string_view(result_.columns[i]));
      if (expression.find(quoted) == std::string::npos) continue;
      if (column.identity != IdentityKind::kNone) return column.name + ", which numbers itself";
      if (in_check && !target_.mariadb && is_set_by_key(table_, column)) {
        return column.name + ", which a foreign key changes";
      }
    }
    return "";
  }

  std::optional<std::string> generated_expression(std::size_t i) {
    const Column& column = table_.columns[i];
    const KnownTable columns = known();
    TranslationContext use = context(columns);
    use.lasting = use.generated = true;
    Translation made = translate_for_column(column.generated_sql, columns.columns[i], use);
    const std::string barred = made.sql ? barred_column(*made.sql, false) : "";
    if (!barred.empty()) {
      made.reason = "it reads " + barred;
      made.sql.reset();
    }
    if (made.sql && in_primary_key(column.name) && !is_target(Engine::kPostgres)) {
      made.reason = "it is part of the primary key";
      made.sql.reset();
    }
    for (const std::string& note : made.notes) warn("column", column, note);
    if (!made.sql) {
      warn("column", column,
           "a generated column becomes a plain one: " + made.reason + ": " + column.generated_sql);
    }
    return std::move(made.sql);
  }

  std::string generated_not_null(const Column& column) {
    if (column.nullable) return "";
    if (!is_target(Engine::kMysql) || !(target_.mariadb || options_.any_mysql)) return " NOT NULL";
    warn("column", column, "MariaDB has no NOT NULL for generated columns");
    return "";
  }

  std::string generated_sql(const Column& column, const std::string& expression) const {
    const bool is_virtual =
        column.generated == GeneratedKind::kVirtual && !is_target(Engine::kPostgres);
    return " GENERATED ALWAYS AS (" + expression + ")" + (is_virtual ? " VIRTUAL" : " STORED");
  }

  std::string identity_sql(const Column& column) {
    const auto kept = options_.numbering.find(column.name);
    if (kept != options_.numbering.end()) return kept->second;
    if (is_target(Engine::kPostgres)) {
      return column.identity == IdentityKind::kAlways && same_engine()
                 ? " GENERATED ALWAYS AS IDENTITY"
                 : " GENERATED BY DEFAULT AS IDENTITY";
    }
    if (is_target(Engine::kMysql) && &column == numbered_column()) return " AUTO_INCREMENT";
    warn("column", column, "the column does not number itself in the target");
    return "";
  }

  // MySQL numbers one column a table.
  const Column* numbered_column() const {
    const auto found =
        std::find_if(table_.columns.begin(), table_.columns.end(),
                     [](const Column& column) { return column.identity != IdentityKind::kNone; });
    return found == table_.columns.end() ? nullptr : &*found;
  }

  std::string column_default(const Column& column, const MappedType& type) {
    if (!column.default_sql) return "";
    const auto numbered = options_.numbering.find(column.name);
    if (numbered != options_.numbering.end()) return numbered->second;
    const bool keeps_type = column.type.named.empty() || options_.types.contains(column.name);
    if (same_engine() && keeps_type && column.default_sql->find("nextval(") == std::string::npos) {
      return " DEFAULT " + own_default_sql(*column.default_sql, type, target_);
    }
    const auto value = parse_default(source_, column.type.kind, *column.default_sql);
    auto sql = value ? default_sql(*value, type, target_) : std::nullopt;
    if (!value) sql = default_expression(column);
    if (!sql) {
      warn("default", column, "the default is not translated: " + *column.default_sql);
      return "";
    }
    return sql->empty() ? "" : " DEFAULT " + *sql;
  }

  /// A default that is calculated.
  std::optional<std::string> default_expression(const Column& column) {
    const KnownTable columns = known();
    TranslationContext use = context(columns);
    use.table = nullptr;
    const KnownColumn* const place = columns.find(column.name);
    const Translation made = translate_for_column(*column.default_sql, *place, use);
    if (!made.sql) return std::nullopt;
    for (const std::string& note : made.notes) warn("default", column, note);
    // PostgreSQL takes few operators there without brackets.
    const bool bare = is_target(Engine::kPostgres) && made.sql->find(' ') == std::string::npos;
    return bare ? *made.sql : "(" + *made.sql + ")";
  }

  std::string target_column(const std::string& name) const {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      if (ascii_iequals(table_.columns[i].name, name)) return dialect_.quote(result_.columns[i]);
    }
    return dialect_.quote(name);
  }

  void add_primary_key(std::vector<std::string>& parts, const std::string& tail) {
    if (table_.primary_key.empty()) return;
    std::vector<std::string> names;
    const bool mysql_to_mysql = same_engine() && is_target(Engine::kMysql);
    for (const std::string& name : table_.primary_key) {
      names.push_back(target_column(name));
      const int prefix = key_prefix(table_, name);
      if (prefix > 0 && mysql_to_mysql) names.back() += "(" + std::to_string(prefix) + ")";
      if (prefix == 0 || mysql_to_mysql) continue;
      warn_of_key("covers all of " + name + ", of which the source's took the first " +
                  std::to_string(prefix) +
                  " characters: the target takes rows that the source refuses");
    }
    if (key_holds_nulls()) {
      result_.warnings.push_back({"index", table_.name.display(),
                                  "the primary key becomes a unique one: rows hold NULL in it"});
      parts.push_back("UNIQUE (" + join(names, ", ") + ")");
      return;
    }
    parts.push_back(primary_key_name() + "PRIMARY KEY (" + join(names, ", ") + ")" + tail);
  }

  /// What only PostgreSQL says behind a key; told for another engine.
  std::string primary_key_tail() {
    const Index* const index = primary_key_index(table_);
    if (index == nullptr) return "";
    if (!same_engine()) {
      if (!index->include.empty()) {
        warn_of_key("does not carry " + join(index->include, ", ") + " along (INCLUDE)");
      }
      if (index->deferrable) warn_of_key("is checked at once: only PostgreSQL defers keys");
      return "";
    }
    std::vector<std::string> names;
    for (const std::string& name : index->include) names.push_back(target_column(name));
    std::string tail = names.empty() ? "" : " INCLUDE (" + join(names, ", ") + ")";
    if (index->deferrable) tail += " DEFERRABLE";
    if (index->initially_deferred) tail += " INITIALLY DEFERRED";
    return tail;
  }

  void warn_of_key(const std::string& message) {
    result_.warnings.push_back({"index", table_.name.display(), "the primary key " + message});
  }

  std::string primary_key_name() const {
    if (!is_target(Engine::kPostgres) || !same_engine()) return "";
    const Index* const index = primary_key_index(table_);
    if (index == nullptr || index->name.empty()) return "";
    return "CONSTRAINT " + dialect_.quote(std::string_view(index->name)) + " ";
  }

  // MySQL numbers a column only where a key begins with it.
  void add_identity_key(std::vector<std::string>& parts) {
    if (!is_target(Engine::kMysql)) return;
    const Column* const column = numbered_column();
    if (column == nullptr || column->generated != GeneratedKind::kNone) return;
    if (!table_.primary_key.empty() && ascii_iequals(table_.primary_key[0], column->name)) return;
    result_.warnings.push_back({"index", table_.name.display() + "." + column->name,
                                "a key is added: MySQL numbers only a column that begins one"});
    parts.push_back("KEY (" + target_column(column->name) + ")");
  }

  /// MariaDB's JSON is a text with a check; other engines have a type.
  bool is_of_json_type(const CheckConstraint& check) const {
    if (source_ != Engine::kMysql || target_.mariadb) return false;
    const Column* const column = table_.find_column(check.name);
    return column != nullptr && column->type.kind == TypeKind::kJson &&
           ascii_lower(check.expression).starts_with("json_valid(");
  }

  void add_checks(std::vector<std::string>& parts) {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const auto& labels = result_.types[i].only_labels;
      if (labels.empty()) continue;
      std::vector<std::string> literals;
      for (const std::string& label : labels) literals.push_back(dialect_.literal(label));
      parts.push_back("CHECK (" + dialect_.quote(result_.columns[i]) + " IN (" +
                      join(literals, ", ") + "))");
    }
    for (const CheckConstraint& check : table_.checks) {
      if (is_of_json_type(check) || options_.inherited_checks.contains(check.name)) continue;
      if (same_engine() && (check.enforced || has_unenforced_checks())) {
        // One that rows may break comes behind them.
        if (!is_unproved(check)) parts.push_back(check_name(check) + check_text(check));
        continue;
      }
      if (!check.validated) {
        tell_unproved(check);
        continue;
      }
      add_check(check, parts);
    }
  }

  // A server before the version that has them has none of its own.
  bool has_unenforced_checks() const {
    return is_target(Engine::kPostgres) ||
           (is_target(Engine::kMysql) && !target_.mariadb && !options_.any_mysql);
  }

  void tell_unproved(const CheckConstraint& check) {
    result_.warnings.push_back(
        {"check", check.name,
         "the check is left out: the source does not hold its rows to it: " + check.expression});
  }

  // MariaDB names a column's check after the column and others CONSTRAINT_1, once in each table;
  // in MySQL a name stands once in a schema.
  std::string check_name(const CheckConstraint& check) const {
    const bool numbered = check.name.starts_with("CONSTRAINT_");
    const bool given_by_server =
        is_target(Engine::kMysql) && (numbered || table_.find_column(check.name) != nullptr);
    if (check.name.empty() || given_by_server) return "";
    return "CONSTRAINT " + dialect_.quote(check.name) + " ";
  }

  /// As a literal; empty where it is left out.
  std::string mysql_comment(const std::string& of, const std::string& comment, std::size_t most) {
    MysqlComment made = fit_mysql_comment(comment, most);
    if (!made.told.empty()) result_.warnings.push_back({"comment", of, made.told});
    return std::move(made.sql);
  }

  void add_check(const CheckConstraint& check, std::vector<std::string>& parts) {
    const bool has_json = !is_target(Engine::kSqlite);
    if (has_json && is_json_check(table_, result_.types, check.expression)) return;
    const KnownTable columns = known();
    TranslationContext use = context(columns);
    use.lasting = true;
    Translation made = translate_expression(check.expression, use, ExpressionUse::kCondition);
    const std::string barred = made.sql ? barred_column(*made.sql, true) : "";
    if (!barred.empty()) {
      made.reason = "MySQL lets no check read " + barred;
      made.sql.reset();
    }
    const std::string name = check.name.empty() ? table_.name.display() : check.name;
    if (!made.sql) {
      result_.warnings.push_back(
          {"check", name, "the check is left out: " + made.reason + ": " + check.expression});
      return;
    }
    for (const std::string& note : made.notes) result_.warnings.push_back({"check", name, note});
    // In MySQL a name stands once in a schema.
    const bool named = !check.name.empty() && !is_target(Engine::kMysql);
    const std::string kept = fitting_identifier(check.name, target_.engine);
    parts.push_back((named ? "CONSTRAINT " + dialect_.quote(std::string_view(kept)) + " " : "") +
                    "CHECK (" + *made.sql + ")");
  }

  std::string table_options() {
    const std::string& partitions = table_.partition_sql;
    if (is_target(Engine::kPostgres) && same_engine() && partitions.starts_with("PARTITION BY")) {
      return " " + partitions;
    }
    if (!options_.plain && !options_.parents.empty()) {
      std::vector<std::string> names;
      for (const TableName& parent : options_.parents) names.push_back(dialect_.quote(parent));
      return "\nINHERITS (" + join(names, ", ") + ")";
    }
    if (!is_target(Engine::kMysql)) return "";
    std::string sql = " ENGINE=InnoDB";
    if (options_.any_mysql && !same_engine()) {
      sql += " DEFAULT CHARACTER SET utf8mb4 " + any_exact_mysql_collation();
    } else {
      const std::string collation = same_engine() && !table_.collation.empty()
                                        ? mysql_collation(table_.collation, target_.mariadb)
                                        : exact_mysql_collation(target_.mariadb);
      sql += " DEFAULT CHARACTER SET " + collation.substr(0, collation.find('_')) + " COLLATE " +
             collation;
    }
    if (!table_.comment.empty()) {
      const std::string text =
          mysql_comment(table_.name.display(), table_.comment, kMostTableComment);
      if (!text.empty()) sql += " COMMENT=" + text;
    }
    if (same_engine() && !partitions.empty()) sql += "\n" + partitions;
    return sql;
  }

  Engine source_;
  const TargetTraits& target_;
  const Table& table_;
  const TableScriptOptions& options_;
  const Dialect& dialect_;
  std::set<std::string> unkept_;  ///< By unkept_lengths().
  TableScript result_;
};

}  // namespace

std::string check_text(const CheckConstraint& check) {
  return "CHECK (" + check.expression + ")" + (check.inheritable ? "" : " NO INHERIT") +
         (check.enforced ? "" : " NOT ENFORCED");
}

bool is_unproved(const CheckConstraint& check) {
  return check.enforced && !check.validated;
}

TableScript make_table_sql(Engine source, const Table& table, const TableScriptOptions& options) {
  return TableWriter(source, table, options).run();
}

}  // namespace crossload::dialect
