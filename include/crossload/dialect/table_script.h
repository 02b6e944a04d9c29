#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

struct TableScriptOptions {
  TargetTraits target = {};
  TableName name = {};  ///< In the target.
  /// What is known of the data, by column.
  std::map<std::string, ColumnProfile> profiles = {};
  /// What stands in place of the target's own way of numbering rows, by column.
  std::map<std::string, std::string> numbering = {};
  /// Types that were decided by more than the column: by column.
  std::map<std::string, MappedType> types = {};
  /// Names in the target that PostgreSQL would take for a type of the table's columns.
  std::set<std::string> taken_names = {};
  /// PostgreSQL's INHERITS in the target, and the columns and checks that come from there.
  std::vector<TableName> parents = {};
  std::set<std::string> inherited_columns = {};
  std::set<std::string> inherited_checks = {};
  bool any_mysql = false;  ///< As in ScriptOptions.
  /// Only columns, types and keys: no defaults and checks, nor columns that would be generated.
  bool plain = false;
};

/// One table for a target, and what became of its columns.
struct TableScript {
  std::string sql;                   ///< CREATE TABLE, no semicolon at the end.
  std::vector<std::string> columns;  ///< Their names in the target, in the source's order.
  std::vector<MappedType> types;     ///< In the same order.
  std::vector<SchemaWarning> warnings;
  std::size_t end_of_parts = 0;  ///< Where in `sql` another constraint can be put in.
};

/// "CHECK (...)" for a table of the engine that the check is from, with what PostgreSQL says behind
/// it but for NOT VALID.
std::string check_text(const CheckConstraint& check);
/// NOT VALID: rows to come are held to it, and rows that are there may break it.
bool is_unproved(const CheckConstraint& check);

/// CREATE TABLE with mapped types, NOT NULL, primary key, identity, and the defaults and CHECKs
/// that mean the same in the target; what is left out is in the warnings. Indexes, unique
/// constraints and foreign keys come after it. Pure.
TableScript make_table_sql(Engine source, const Table& table, const TableScriptOptions& options);

}  // namespace crossload::dialect
