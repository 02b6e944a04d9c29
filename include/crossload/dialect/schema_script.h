#pragma once

#include <string>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// One statement of a schema copy.
struct SchemaItem {
  std::string type;  ///< table, index, foreign_key, trigger, view.
  std::string name;
  TableName table;  ///< The table it belongs to (itself for a table); empty for a view.
  std::string sql;  ///< Runs on the target as it stands, no semicolon at the end.
};

/// `type` of warnings and skipped items is one of: table column type default check index foreign_key
/// trigger view routine identifier collation partition sequence comment (skipped: also
/// stored_procedure, function).
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

/// A source schema as statements for a target, in an order that runs.
struct SchemaScript {
  std::vector<SchemaItem> tables;
  std::vector<SchemaItem> indexes;
  std::vector<SchemaItem> foreign_keys;
  std::vector<SchemaItem> triggers;
  std::vector<SchemaItem> views;  ///< In dependency order.
  std::vector<SchemaWarning> warnings;
  std::vector<SkippedItem> skipped;
};

/// Translates the tables of `source` named in `tables` (all where empty), what hangs on them, and,
/// with `views`, the views. Pure.
struct ScriptOptions {
  std::vector<TableName> tables;
  bool views = true;
};
SchemaScript make_schema_script(const Schema& source, Engine target, const ScriptOptions& options);

}  // namespace crossload::dialect
