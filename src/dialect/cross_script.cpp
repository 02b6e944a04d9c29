#include "cross_script.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"
#include "crossload/dialect/table_script.h"

#include "case_blind.h"
#include "foreign_key_script.h"
#include "index_script.h"
#include "key_types.h"
#include "lexer.h"
#include "mysql_copy.h"
#include "mysql_losses.h"
#include "object_script.h"
#include "postgres_objects.h"
#include "table_needs.h"

namespace crossload::dialect {
namespace {

class CrossScript {
 public:
  CrossScript(const Schema& source, Engine target, const ScriptOptions& options)
      : copy_{.source = source,
              .target = {target, options.mariadb},
              .options = options,
              .names = CopyNames(target),
              .script = {},
              .tables = {}},
        table_names_(fitting_table_names(source, target, options.rename)),
        needs_(source) {}

  SchemaScript run() {
    for (const Table& table : copy_.source.tables) {
      if (is_chosen(table)) choose(table);
    }
    std::stable_sort(copy_.tables.begin(), copy_.tables.end(),
                     [&](const MadeTable& a, const MadeTable& b) {
                       return depth_of(*a.source) < depth_of(*b.source);
                     });
    map_tables();
    add_statements();
    tell_case();
    add_the_rest();
    return std::move(copy_.script);
  }

 private:
  bool is_chosen(const Table& table) const {
    constexpr std::string_view kInternal = "sqlite_";
    if (copy_.source.engine == Engine::kSqlite &&
        ascii_iequals(std::string_view(table.name.name).substr(0, kInternal.size()), kInternal)) {
      return false;
    }
    const std::vector<TableName>& wanted = copy_.options.tables;
    if (wanted.empty()) return true;
    const bool named = std::any_of(wanted.begin(), wanted.end(), [&](const TableName& name) {
      return ascii_iequals(name.name, table.name.name) &&
             ascii_iequals(name.schema, table.name.schema);
    });
    // A partitioned table has no room for rows but its partitions.
    return named || (keeps_partitions() && is_part(table));
  }

  TableName target_name(const TableName& name) const {
    if (const auto table = table_names_.find(name); table != table_names_.end()) {
      return table->second;
    }
    TableName renamed = copy_.options.rename ? copy_.options.rename(name) : name;
    renamed.schema = fitting_identifier(renamed.schema, copy_.target.engine);
    renamed.name = fitting_identifier(renamed.name, copy_.target.engine);
    return renamed;
  }

  bool keeps_partitions() const {
    return copy_.same_engine() && copy_.target.engine == Engine::kPostgres;
  }

  /// A partition of a table that is copied too.
  bool is_part(const Table& table) const {
    if (table.partition_of.name.empty() || table.partition_of == table.name) return false;
    const Table* const parent = copy_.source.find_table(table.partition_of);
    return parent != nullptr && is_chosen(*parent);
  }

  /// How many tables in a row must be there before it: those it is a partition of or inherits from.
  int depth_of(const Table& table) const {
    if (!keeps_partitions()) return 0;
    std::vector<TableName> before = table.inherits;
    if (is_part(table)) before.push_back(table.partition_of);
    int depth = 0;
    for (const TableName& name : before) {
      const Table* const other = copy_.source.find_table(name);
      if (other != nullptr && other != &table) depth = std::max(depth, 1 + depth_of(*other));
    }
    return depth;
  }

  bool keeps_parents(const Table& table) const {
    return is_postgres_copy() &&
           std::all_of(table.inherits.begin(), table.inherits.end(),
                       [&](const TableName& name) { return copy_.find(name) != nullptr; });
  }

  static bool says_the_same(const Column& column, const Column& of_parent) {
    return column.identity == IdentityKind::kNone && column.default_sql == of_parent.default_sql &&
           column.generated_sql == of_parent.generated_sql &&
           column.nullable == of_parent.nullable && column.collation == of_parent.collation;
  }

  static std::set<std::string> checks_from(const Table& parent, const Table& table) {
    std::set<std::string> names;
    for (const CheckConstraint& check : table.checks) {
      const bool theirs =
          std::any_of(parent.checks.begin(), parent.checks.end(), [&](const auto& other) {
            return other.inheritable && other.name == check.name &&
                   other.expression == check.expression;
          });
      if (theirs) names.insert(check.name);
    }
    return names;
  }

  /// What its parents say is not said again.
  void keep_parents(const Table& table, TableScriptOptions& options) const {
    if (is_postgres_copy() && is_part(table)) {
      options.inherited_checks = checks_from(*copy_.source.find_table(table.partition_of), table);
      return;
    }
    if (!keeps_parents(table)) return;
    std::set<std::string> differing;
    for (const TableName& name : table.inherits) {
      const MadeTable& parent = *copy_.find(name);
      options.parents.push_back(parent.name);
      for (const Column& column : table.columns) {
        const Column* const theirs = parent.source->find_column(column.name);
        if (!column.inherited || theirs == nullptr) continue;
        (says_the_same(column, *theirs) ? options.inherited_columns : differing)
            .insert(column.name);
      }
      options.inherited_checks.merge(checks_from(*parent.source, table));
    }
    for (const std::string& column : differing) options.inherited_columns.erase(column);
  }

  bool is_mysql_copy() const {
    return copy_.same_engine() && copy_.target.engine == Engine::kMysql &&
           copy_.options.mariadb == copy_.options.source_mariadb;
  }

  // Its name is the partition's.
  static bool covers_the_same(const Index& index, const Index& other) {
    return index.unique == other.unique && index.where_sql == other.where_sql &&
           std::equal(index.parts.begin(), index.parts.end(), other.parts.begin(),
                      other.parts.end(), [](const IndexPart& part, const IndexPart& of_other) {
                        return part.column == of_other.column &&
                               part.expression == of_other.expression;
                      });
  }

  /// What a partition has and the table that it belongs to has not.
  void tell_left_behind(const Table& part) {
    const Table* const whole = copy_.source.find_table(part.partition_of);
    if (whole == nullptr) return;
    std::vector<std::string> names;
    const auto compare = [&](const auto& own, const auto& of_whole) {
      for (const auto& each : own) {
        const bool inherited =
            std::any_of(of_whole.begin(), of_whole.end(),
                        [&](const auto& other) { return other.name == each.name; });
        if (!inherited && !each.name.empty()) names.push_back(each.name);
      }
    };
    compare(part.foreign_keys, whole->foreign_keys);
    compare(part.checks, whole->checks);
    compare(part.triggers, whole->triggers);
    for (const Index& index : part.indexes) {
      const auto& wholes = whole->indexes;
      if (std::none_of(wholes.begin(), wholes.end(),
                       [&](const Index& other) { return covers_the_same(index, other); })) {
        names.push_back(index.name);
      }
    }
    for (const Column& column : part.columns) {
      const Column* const of_whole = whole->find_column(column.name);
      if (of_whole != nullptr && column.default_sql != of_whole->default_sql) {
        names.push_back("the default of " + column.name);
      }
    }
    if (names.empty()) return;
    copy_.warn("partition", part.name.display(),
               "what this partition alone has is not kept: " + join(names, ", "));
  }

  const char* why_no_table(TableKind kind) const {
    if (kind != TableKind::kVirtual) return "it is the storage of a virtual table";
    return copy_.source.engine == Engine::kPostgres
               ? "a foreign table: its rows lie on another server"
               : "the module of a virtual table is its engine's";
  }

  void choose(const Table& table) {
    if (table.kind != TableKind::kTable) {
      copy_.skip("table", table.name.display(), why_no_table(table.kind), table.sql);
      return;
    }
    if (table.columns.empty() && copy_.target.engine != Engine::kPostgres) {
      copy_.skip("table", table.name.display(), "only PostgreSQL has tables without columns", "");
      return;
    }
    if (is_part(table) && !keeps_partitions()) {
      // The rows are the partitioned table's; PostgreSQL shows them in both.
      copy_.skip("partition", table.name.display(),
                 "a partition; its rows are in the partitioned table", table.sql);
      tell_left_behind(table);
      return;
    }
    MadeTable& made = copy_.tables.emplace_back();
    made.source = &table;
    made.name = target_name(table.name);
    const TableName wanted = copy_.options.rename ? copy_.options.rename(table.name) : table.name;
    if (made.name != wanted) {
      copy_.warn("identifier", table.name.display(), "the table is called " + made.name.display());
    }
  }

  TableScriptOptions options_for(const MadeTable& made) {
    TableScriptOptions options;
    options.target = copy_.target;
    options.any_mysql = copy_.options.any_mysql;
    options.name = made.name;
    for (const Column& column : made.source->columns) {
      const auto found =
          copy_.options.profiles.find(made.source->name.display() + "." + column.name);
      if (found != copy_.options.profiles.end()) options.profiles[column.name] = found->second;
    }
    keep_sequences(*made.source, copy_, names_, options);
    keep_user_types(*made.source, options);
    keep_parents(*made.source, options);
    for (const MadeTable& other : copy_.tables) options.taken_names.insert(other.name.name);
    for (const TableName& there : copy_.options.present) options.taken_names.insert(there.name);
    return options;
  }

  /// PostgreSQL's own types that the copy makes too.
  void keep_user_types(const Table& table, TableScriptOptions& options) const {
    for (const Column& column : table.columns) {
      if (column.type.named.empty() || copied_type(copy_, column.type.named).empty()) continue;
      MappedType same;
      same.sql = column.type.declared;
      same.type = column.type;
      options.types[column.name] = std::move(same);
    }
  }

  void map_tables() {
    for (MadeTable& made : copy_.tables) {
      options_.push_back(options_for(made));
      scripts_.push_back(make_table_sql(copy_.source.engine, *made.source, options_.back()));
      made.columns = scripts_.back().columns;
      made.types = scripts_.back().types;
      if (const Table* there = copy_.existing(made.name)) take_types(made, *there);
    }
    // A column that refers to another one becomes what that one is, and so down the line.
    constexpr int kMostRounds = 5;
    for (int round = 0; round < kMostRounds; ++round) {
      if (!match_key_types()) break;
    }
  }

  static void take_types(MadeTable& made, const Table& there) {
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
      const Column* const column = there.find_column(made.columns[i]);
      if (column == nullptr) continue;
      made.types[i].sql = column->type.declared;
      made.types[i].type = column->type;
    }
  }

  bool match_key_types() {
    bool changed = false;
    for (std::size_t i = 0; i < copy_.tables.size(); ++i) {
      if (copy_.existing(copy_.tables[i].name) != nullptr) continue;
      auto types = key_types(copy_.tables[i], copy_, options_[i].profiles);
      if (types.empty()) continue;
      changed = true;
      for (auto& [column, type] : types) options_[i].types[column] = std::move(type);
      scripts_[i] = make_table_sql(copy_.source.engine, *copy_.tables[i].source, options_[i]);
      copy_.tables[i].types = scripts_[i].types;
    }
    return changed;
  }

  void add_statements() {
    for (const MadeTable& made : copy_.tables) {
      add_schema(made.name.schema);
      if (is_postgres_copy()) add_needs(needs_.extensions_for(*made.source));
      take_names(made);
    }
    add_types_and_sequences(copy_, names_);
    if (is_postgres_copy()) add_needs_of_types();
    std::vector<std::optional<MysqlTableText>> texts;
    for (MadeTable& made : copy_.tables) {
      texts.push_back(is_mysql_copy() ? take_apart_mysql(*made.source, made.name.name)
                                      : std::nullopt);
      if (texts.back()) {
        add_own_indexes(made, *texts.back());
      } else {
        add_indexes(made, copy_);
      }
    }
    for (std::size_t i = 0; i < copy_.tables.size(); ++i) add_table(i, texts[i]);
  }

  /// What the table's names leave for those of indexes and constraints.
  void take_names(const MadeTable& made) {
    const std::string space = index_space(copy_.target.engine, made.name);
    if (copy_.target.engine != Engine::kMysql) copy_.names.take(space, made.name.name);
    if (copy_.target.engine != Engine::kPostgres) return;
    copy_.names.take(space, made.name.name + "_pkey");
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
      if (made.source->columns[i].identity == IdentityKind::kNone) continue;
      copy_.names.take(space, made.name.name + "_" + made.columns[i] + "_seq");
    }
    for (const CheckConstraint& check : made.source->checks) {
      copy_.names.take(foreign_key_space(copy_.target.engine, made.name), check.name);
    }
  }

  /// As the server itself printed them, in its order.
  void add_own_indexes(const MadeTable& made, const MysqlTableText& text) {
    const Dialect& dialect = dialect_for(Engine::kMysql);
    for (const auto& [name, definition] : text.indexes) {
      copy_.script.indexes.push_back(
          {.type = "index",
           .name = name,
           .table = made.name,
           .sql = "ALTER TABLE " + dialect.quote(made.name) + " ADD " + definition,
           .part = definition});
    }
  }

  void add_table(std::size_t i, const std::optional<MysqlTableText>& text) {
    const MadeTable& made = copy_.tables[i];
    TableScript& script = scripts_[i];
    if (is_postgres_copy()) add_needs(needs_.functions_for(*made.source));
    std::string sql = std::move(script.sql);
    for (const std::string& clause : add_foreign_keys(made, copy_, names_)) {
      const std::string part = ",\n  " + clause;
      sql.insert(script.end_of_parts, part);
      script.end_of_parts += part.size();
    }
    if (text) {
      sql = text->create;
      tell(shared_sequences(*made.source));
    } else if (is_part(*made.source)) {
      sql = "CREATE TABLE " + dialect_for(copy_.target.engine).quote(made.name) + " PARTITION OF " +
            dialect_for(copy_.target.engine).quote(target_name(made.source->partition_of)) +
            own_parts(i) + " " + made.source->partition_sql;
    } else {
      tell(std::move(script.warnings));
      tell_differences(*made.source);
    }
    copy_.script.tables.push_back({.type = "table",
                                   .name = made.name.display(),
                                   .table = made.name,
                                   .sql = std::move(sql),
                                   .source = made.source->name,
                                   .plain_sql = plain_table(i)});
    add_after_table(made, copy_, names_);
    if (is_postgres_copy()) add_unproved_checks(i);
    add_report(made, text.has_value());
  }

  /// PostgreSQL's.
  static std::string named_check(const CheckConstraint& check) {
    const Dialect& dialect = dialect_for(Engine::kPostgres);
    return "CONSTRAINT " + dialect.quote(std::string_view(check.name)) + " " + check_text(check);
  }

  /// What a partition says otherwise than the table that it belongs to.
  std::string own_parts(std::size_t i) const {
    const Table& part = *copy_.tables[i].source;
    const Table& whole = *copy_.source.find_table(part.partition_of);
    const Dialect& dialect = dialect_for(Engine::kPostgres);
    std::vector<std::string> parts;
    for (const Column& column : part.columns) {
      const Column* const of_whole = whole.find_column(column.name);
      if (of_whole == nullptr) continue;
      std::string own;
      if (of_whole->nullable && !column.nullable) own += " NOT NULL";
      if (column.default_sql != of_whole->default_sql) {
        own += " DEFAULT " + column.default_sql.value_or("NULL");
      }
      if (!own.empty()) parts.push_back(dialect.quote(column.name) + own);
    }
    for (const CheckConstraint& check : part.checks) {
      if (is_unproved(check) || options_[i].inherited_checks.contains(check.name)) continue;
      parts.push_back(named_check(check));
    }
    return parts.empty() ? "" : " (" + join(parts, ", ") + ")";
  }

  /// NOT VALID: rows that are there may break them, others may not.
  void add_unproved_checks(std::size_t i) {
    const MadeTable& made = copy_.tables[i];
    const Dialect& dialect = dialect_for(Engine::kPostgres);
    for (const CheckConstraint& check : made.source->checks) {
      if (!is_unproved(check) || options_[i].inherited_checks.contains(check.name)) continue;
      copy_.script.foreign_keys.push_back({.type = "check",
                                           .name = made.name.display() + "." + check.name,
                                           .table = made.name,
                                           .sql = "ALTER TABLE " + dialect.quote(made.name) +
                                                  " ADD " + named_check(check) + " NOT VALID"});
    }
  }

  std::string plain_table(std::size_t i) const {
    const Table& table = *copy_.tables[i].source;
    if (copy_.target.engine == Engine::kSqlite || (keeps_partitions() && is_part(table))) return {};
    TableScriptOptions plain = options_[i];
    plain.plain = true;
    plain.numbering.clear();
    return make_table_sql(copy_.source.engine, table, plain).sql;
  }

  void tell(std::vector<SchemaWarning> told) {
    for (SchemaWarning& warning : told) copy_.script.warnings.push_back(std::move(warning));
  }

  void tell_differences(const Table& table) {
    if (copy_.source.engine == Engine::kMysql) tell(lost_of_mysql(table, copy_.target));
    if (!table.inherits.empty() && !keeps_parents(table)) {
      std::vector<std::string> names;
      for (const TableName& parent : table.inherits) names.push_back(parent.display());
      copy_.warn("table", table.name.display(),
                 "inherits from no table any more: queries of " + join(names, ", ") +
                     " do not give its rows");
    }
    if (!table.partition_sql.empty() && !copy_.same_engine()) {
      copy_.warn("partition", table.name.display(), "the table becomes one without partitions");
    }
    if (copy_.same_engine()) return;
    tell_conflict_clauses(table);
    for (const Sequence& sequence : copy_.source.sequences) {
      if (sequence.owner != table.name || sequence.increment == 1) continue;
      copy_.warn("column", table.name.display() + "." + sequence.owner_column,
                 "counts by one, where the source's sequence counts by " +
                     std::to_string(sequence.increment));
    }
    for (const std::string& name : table.primary_key) {
      const Column* const column = table.find_column(name);
      if (column == nullptr || !is_case_blind(copy_.source.engine, *column, "")) continue;
      copy_.warn("collation", table.name.display() + "." + name,
                 "texts that differ in case only are two keys for the target, and were one for the "
                 "source");
    }
  }

  /// SQLite: which of two rows stays where a constraint is broken.
  void tell_conflict_clauses(const Table& table) {
    if (copy_.source.engine != Engine::kSqlite) return;
    std::set<std::string> ways;
    Lexer lexer(Engine::kSqlite, table.sql);
    bool on = false;
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      if (on && token.is_word("conflict")) {
        const std::string way(lexer.next().text);
        if (!ascii_iequals(way, "abort")) ways.insert(way);
      }
      on = token.is_word("on");
    }
    for (const std::string& way : ways) {
      copy_.warn(
          "table", table.name.display(),
          "ON CONFLICT " + way + " of a constraint is left out: rows that break it are refused");
    }
  }

  /// Once for all: where the source's default collation folds case, every text does.
  void tell_case() {
    if (copy_.same_engine()) return;
    std::vector<std::string> names;
    for (const MadeTable& made : copy_.tables) {
      for (const Column& column : made.source->columns) {
        const bool text =
            column.type.kind == TypeKind::kText || column.type.kind == TypeKind::kDynamic;
        if (!text || !is_case_blind(copy_.source.engine, column, "")) continue;
        names.push_back(made.source->name.display() + "." + column.name);
      }
    }
    if (names.empty()) return;
    copy_.warn("collation", names.front(),
               "texts that differ in case only are equal for the source and not for the target: " +
                   some_of(names));
  }

  void add_report(const MadeTable& made, bool same) {
    TableReport report{.source = made.source->name, .target = made.name, .columns = {}};
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
      const Column& column = made.source->columns[i];
      const MappedType& type = made.types[i];
      report.columns.push_back({.source = column.name,
                                .source_type = column.type.declared,
                                .target = made.columns[i],
                                .target_type = same ? column.type.declared : type.sql,
                                .verdict = same ? MappingVerdict::kSame : type.verdict,
                                .note = same ? std::string() : type.note});
    }
    copy_.script.reports.push_back(std::move(report));
  }

  void add_schema(const std::string& schema) {
    if (schema.empty() || copy_.target.engine != Engine::kPostgres) return;
    if (!schemas_.insert(schema).second) return;
    // A name that no table has: what has a table's name is taken for made.
    copy_.script.tables.push_back(
        {"schema",
         "schema " + schema,
         {},
         "CREATE SCHEMA IF NOT EXISTS " +
             dialect_for(copy_.target.engine).quote(std::string_view(schema))});
  }

  bool is_postgres_copy() const {
    return copy_.same_engine() && copy_.target.engine == Engine::kPostgres;
  }

  /// A domain's check may call a function of the types before it.
  void add_needs_of_types() {
    std::vector<SchemaItem> items = std::move(copy_.script.tables);
    copy_.script.tables.clear();
    for (SchemaItem& item : items) {
      if (item.type == "type") add_needs(needs_.functions_in(item.sql));
      copy_.script.tables.push_back(std::move(item));
    }
  }

  void add_needs(std::vector<SchemaItem> items) {
    for (SchemaItem& item : items) copy_.script.tables.push_back(std::move(item));
  }

  bool is_referenced(const Table& table) const {
    const auto& tables = copy_.source.tables;
    return std::any_of(tables.begin(), tables.end(), [&](const Table& each) {
      return std::any_of(each.foreign_keys.begin(), each.foreign_keys.end(),
                         [&](const ForeignKey& key) {
                           return copy_.source.find_table(key.referenced_table) == &table;
                         });
    });
  }

  void add_the_rest() {
    KnownTables tables;
    if (copy_.options.other_default_schema) tables.rename_default_schema();
    for (const MadeTable& made : copy_.tables) {
      KnownTable known =
          known_table(copy_.source.engine, *made.source, made.name, made.columns, made.types);
      known.is_referenced = is_referenced(*made.source);
      tables.add(std::move(known));
    }
    ObjectCopy objects{
        .source = copy_.source,
        .target = copy_.target,
        .source_mariadb = copy_.options.source_mariadb,
        .names = names_,
        .tables = tables,
        .given = copy_.names,
        .script = copy_.script,
        .everything = copy_.everything(),
        .is_made = [this](const Routine& routine) { return needs_.has_made(routine); }};
    if (copy_.options.views) add_views(objects);
    // Some stand behind the views, whose rows they take or give.
    add_routines(objects);
    add_triggers(objects);
    add_engine_objects(objects);
  }

  CopyContext copy_;
  std::map<TableName, TableName> table_names_;
  TargetNames names_ = [this](const TableName& name) { return target_name(name); };
  std::vector<TableScriptOptions> options_;  ///< By place among the tables, as is the next.
  std::vector<TableScript> scripts_;
  std::set<std::string> schemas_;
  TableNeeds needs_;
};

}  // namespace

SchemaScript cross_script(const Schema& source, Engine target, const ScriptOptions& options) {
  return CrossScript(source, target, options).run();
}

}  // namespace crossload::dialect
