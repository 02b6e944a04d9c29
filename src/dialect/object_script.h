#pragma once

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "crossload/dialect/schema_script.h"

#include "copy_names.h"
#include "translate.h"

namespace crossload::dialect {

/// "a, b and 3 more".
std::string some_of(const std::vector<std::string>& names);

/// The tables of a copy and, as they are made, its views: what other objects may name.
class KnownTables {
 public:
  void add(KnownTable table) { tables_.push_back(std::move(table)); }
  /// By source name; PostgreSQL's "public" is its default schema. nullptr where the target will not
  /// have it.
  const KnownTable* find(const TableName& name) const;
  /// Every table is called as in the source, its schema too.
  bool keeps_names() const;
  /// The default schema, which no name has, is another one.
  void rename_default_schema() { default_schema_renamed_ = true; }

 private:
  std::deque<KnownTable> tables_;
  bool default_schema_renamed_ = false;
};

/// What views, triggers and routines of a copy need to know of it.
struct ObjectCopy {
  const Schema& source;
  TargetTraits target;
  bool source_mariadb = false;
  std::function<TableName(const TableName&)> names;  ///< Of the source to those of the target.
  KnownTables& tables;
  CopyNames& given;  ///< Those of indexes among them.
  SchemaScript& script;
  bool everything = true;  ///< No selection of tables.
  /// A routine that a table needed and that comes before it.
  std::function<bool(const Routine&)> is_made = [](const Routine&) { return false; };

  bool same_engine() const { return source.engine == target.engine; }
  TranslationContext context() const;
  void skip(const std::string& type, const std::string& name, const std::string& reason,
            const std::string& sql);
  /// Among the tables a statement makes the schema; `item`: "schema s".
  bool makes_schema(const std::string& item) const;
  /// PostgreSQL: what has no table may have a schema of its own.
  void need_schema(const std::string& target_schema);
  void warn(const std::string& type, const std::string& name, const std::string& message) {
    script.warnings.push_back({type, name, message});
  }
};

/// Views, each behind those it reads; their names join `copy.tables`. Those that have no
/// translation are skipped with the reason.
void add_views(ObjectCopy& copy);

/// Triggers of the tables that are copied, and those that do what the target has no clause for.
void add_triggers(ObjectCopy& copy);

/// Functions and procedures: by their own text where the engine stays the same, those that tables
/// may use before the tables; skipped elsewhere.
void add_routines(ObjectCopy& copy);

/// What only the source's engine has a word for: by its own text where the engine stays the same,
/// behind all that it may need; told elsewhere.
void add_engine_objects(ObjectCopy& copy);

/// The statement behind the object's name: CREATE VIEW "s"."v" AS ... gives " AS ...".
std::string behind_object_name(Engine engine, const std::string& sql, std::string_view kind);

}  // namespace crossload::dialect
