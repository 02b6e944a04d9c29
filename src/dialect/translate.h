#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A column as an expression may name it: what it is called and is on either side.
struct KnownColumn {
  std::string name;
  std::string target_name;
  LogicalType source;
  LogicalType target;
  bool nullable = true;
  bool generated = false;
  bool has_default = false;      ///< Other than NULL.
  bool numbered = false;         ///< The target numbers it.
  bool touched = false;          ///< MySQL's ON UPDATE CURRENT_TIMESTAMP.
  std::string collation = {};    ///< Of the source; empty: the engine's default.
  std::string moment_form = {};  ///< As MappedType has it.
  bool exact = true;  ///< Source texts that differ in any byte are different (no collation folds).
};

/// What no two rows of a table share. `plain`: whole columns, over all rows.
struct UniqueKey {
  std::vector<std::string> columns;  ///< By source names.
  bool plain = true;
};

/// A table or view with its columns, in order, and its unique keys (by source names).
struct KnownTable {
  TableName name;
  TableName target_name;
  std::vector<KnownColumn> columns;
  std::vector<std::vector<std::string>> keys = {};  ///< Of columns that are not null.
  std::vector<UniqueKey> unique_keys = {};          ///< Each once, the primary key first.
  bool has_checks = false;
  bool has_triggers = false;
  bool is_referenced = false;  ///< By a foreign key.

  /// nullptr where there is none; ASCII case does not count unless two differ in it only.
  const KnownColumn* find(std::string_view column) const;
};

/// What a table is once its statement has run on the target: `columns` are its columns' names
/// there, `types` their types, in the source's order.
KnownTable known_table(Engine source, const Table& table, const TableName& target_name,
                       const std::vector<std::string>& columns,
                       const std::vector<MappedType>& types);

struct TranslationContext {
  Engine source = Engine::kSqlite;
  TargetTraits target = {};
  bool source_mariadb = false;
  /// What is written is kept: the same row must give the same value at any time (keys of indexes,
  /// predicates, generated columns).
  bool lasting = false;
  /// Generated columns cannot read others (PostgreSQL).
  bool generated = false;
  /// The table whose columns bare names mean; nullptr for a default.
  const KnownTable* table = nullptr;
  /// Tables and views that subqueries may read; nullptr where the target will not have it.
  std::function<const KnownTable*(const TableName&)> find_table = {};
  /// Tables of SQLite that modules keep.
  std::function<bool(const TableName&)> is_virtual = {};
};

/// SQL of one engine in another's words. Without `sql`, `reason` names what has no translation.
struct Translation {
  std::optional<std::string> sql;
  std::string reason;
  std::vector<std::string> notes = {};  ///< Where the meaning differs at an edge.
  LogicalType type = {};  ///< Of the value in the target; kDynamic where it is not known.
};

/// What the place of an expression wants of it.
enum class ExpressionUse {
  kValue,      ///< Index keys, generated columns, defaults.
  kCondition,  ///< CHECKs, predicates of partial indexes.
};

/// The same expression for the target; what is not known to mean the same is refused. No brackets
/// around it. Pure; throws nothing for what the text says.
Translation translate_expression(std::string_view sql, const TranslationContext& context,
                                 ExpressionUse use = ExpressionUse::kValue);

/// The same for what is put into a column: of the column's own type.
Translation translate_for_column(std::string_view sql, const KnownColumn& column,
                                 const TranslationContext& context);

}  // namespace crossload::dialect
