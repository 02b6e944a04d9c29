#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// One statement of a schema copy.
struct SchemaItem {
  /// table, index, foreign_key, trigger, view; among the tables also schema, extension, type,
  /// routine, sequence, comment; among foreign keys check; the types of EngineObject.
  std::string type;
  std::string name;       ///< In the target, as are the next and the statement.
  TableName table;        ///< The table it belongs to (itself for a table, the view for a view's
                          ///< trigger); empty for a view.
  std::string sql;        ///< Runs on the target as it stands, no semicolon at the end.
  TableName source = {};  ///< A table's name in the source.
  /// A table without its defaults, checks and generated columns, for a server that refuses one of
  /// them; empty where there is no such statement.
  std::string plain_sql = {};
  /// An index or foreign key for MySQL as a part of CREATE TABLE, which says the same as `sql`;
  /// empty where there is no such part.
  std::string part = {};
  TableName parent = {};  ///< What a foreign key with a part refers to.
};

/// `type` of warnings and skipped items is one of: table column type default check index
/// foreign_key trigger view routine identifier collation partition sequence comment (skipped: also
/// stored_procedure, function), or that of an EngineObject.
struct SchemaWarning {
  std::string type;
  std::string name;
  std::string message;
};

struct SkippedItem {
  std::string type;
  std::string name;
  std::string reason;
  std::string sql;   ///< The source's text.
  std::string file;  ///< Where a schema copy writes it: skipped/....sql.
};

/// What a column of a table became.
struct ColumnReport {
  std::string source;
  std::string source_type;
  std::string target;
  std::string target_type;
  MappingVerdict verdict = MappingVerdict::kSame;
  std::string note;
};

struct TableReport {
  TableName source;
  TableName target;
  std::vector<ColumnReport> columns;
};

/// A source schema as statements for a target, in an order that runs: tables, indexes, foreign
/// keys, views, triggers.
struct SchemaScript {
  std::vector<SchemaItem> tables;
  std::vector<SchemaItem> indexes;
  std::vector<SchemaItem> foreign_keys;
  std::vector<SchemaItem> triggers;  ///< Those of views behind those of tables.
  std::vector<SchemaItem> views;     ///< In dependency order.
  std::vector<SchemaWarning> warnings;
  std::vector<SkippedItem> skipped;
  std::vector<TableReport> reports;  ///< Of the tables made; empty where nothing is translated.
};

struct ScriptOptions {
  std::vector<TableName> tables =
      {};  ///< All where empty. A shadow table brings its virtual table.
  bool views = true;
  /// The tables are named because all are wanted: types, sequences and routines come too.
  bool whole = false;
  /// Tables and views that the target has: not made, but others may need them.
  std::vector<TableName> present = {};
  /// What the target has: a table that is there already is what it is there, not what it would
  /// become. Lifetime: that of the call.
  const Schema* existing = nullptr;
  bool mariadb = false;         ///< The target is MariaDB, where it is no MySQL.
  bool source_mariadb = false;  ///< Likewise the source.
  /// PostgreSQL: the default schema of the target is called otherwise than that of the source,
  /// whose own texts name it.
  bool other_default_schema = false;
  /// The statements for MySQL must run on MariaDB too: which of them will take them is not known.
  bool any_mysql = false;
  /// What a source table is called in the target; the same where it is empty.
  std::function<TableName(const TableName&)> rename = {};
  /// What is known of the data, by "table.column" as the source displays them.
  std::map<std::string, ColumnProfile> profiles = {};
};

/// Translates the tables of `source` that the options name, what hangs on them, and the views that
/// need nothing else. Pure. Throws: Error kSchemaCopyFailed where this version cannot translate
/// from the source's engine to the target's.
SchemaScript make_schema_script(const Schema& source, Engine target, const ScriptOptions& options);

/// A CREATE TABLE for MySQL with more parts behind its own. Pure.
std::string with_parts(const std::string& create_table, const std::vector<std::string>& parts);

/// The file of a schema copy that takes skipped items of a type, e.g. "skipped/functions.sql".
std::string skipped_file(std::string_view type);

}  // namespace crossload::dialect
