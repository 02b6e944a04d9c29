#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

#include "copy_names.h"

namespace crossload::dialect {

/// What a source table, type or sequence is called in the target.
using TargetNames = std::function<TableName(const TableName&)>;

/// A table of a copy: what it is in the source and what it becomes.
struct MadeTable {
  const Table* source = nullptr;
  TableName name;                    ///< In the target.
  std::vector<std::string> columns;  ///< Names in the target, in the source's order.
  std::vector<MappedType> types;     ///< In the same order.
  /// Columns of the target that its unique keys cover as a whole, the primary key first.
  std::vector<std::vector<std::string>> unique_keys;

  /// The place of a source column; npos where there is none.
  std::size_t place_of(std::string_view source_column) const;
};

/// What the parts of a copy share while it is made.
struct CopyContext {
  const Schema& source;
  TargetTraits target;
  const ScriptOptions& options;
  CopyNames names;
  SchemaScript script;
  std::vector<MadeTable> tables;

  bool everything() const { return options.tables.empty() || options.whole; }
  /// The target's own table of that name; nullptr where the copy makes it.
  const Table* existing(const TableName& target_name) const {
    return options.existing == nullptr ? nullptr : options.existing->find_table(target_name);
  }
  bool same_engine() const { return source.engine == target.engine; }
  const MadeTable* find(const TableName& source_name) const;
  void warn(const std::string& type, const std::string& name, const std::string& message) {
    script.warnings.push_back({type, name, message});
  }
  void skip(const std::string& type, const std::string& name, const std::string& reason,
            const std::string& sql) {
    script.skipped.push_back({type, name, reason, sql, skipped_file(type)});
  }
};

}  // namespace crossload::dialect
