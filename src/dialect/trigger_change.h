#pragma once

#include <string>
#include <utility>
#include <vector>

#include "translator.h"
#include "trigger_tree.h"

namespace crossload::dialect {

/// Columns and what they are set to.
using ColumnSets = std::vector<std::pair<std::string, ExprPtr>>;

/// Writes the changes that a trigger makes in other tables. Throws: Error kSchemaCopyFailed,
/// naming what has no translation.
class ChangeWriter {
 public:
  /// Lifetime: `translator` outlives this.
  explicit ChangeWriter(Translator& translator) : translator_(translator) {}

  /// INSERT, UPDATE or DELETE without what ends it. `rows`: where OLD and NEW are known;
  /// `condition` is one that must hold besides.
  std::string sql(const TriggerStatement& change, const Scope& rows, const std::string& condition);

  static const KnownColumn& column_of(const KnownTable& table, const std::string& name);
  const KnownTable& target_table(const TableName& name) const;
  /// "a" = 1, "b" = 2
  std::string sets_sql(const ColumnSets& sets, const KnownTable& table, const Scope& scope);

 private:
  std::string insert_sql(const TriggerStatement& insert, const KnownTable& table, const Scope& rows,
                         const std::string& condition);
  std::string rows_sql(const TriggerStatement& insert,
                       const std::vector<const KnownColumn*>& columns, const Scope& rows,
                       const std::string& condition, bool& null_for_not_null);
  std::string query_sql(const TriggerStatement& insert,
                        const std::vector<const KnownColumn*>& columns, const Scope& rows,
                        bool& null_for_not_null);
  void expect_old_values(const ColumnSets& sets, const KnownTable& table) const;

  Translator& translator_;
};

/// What an INSERT does about rows that are there already, in the target's words.
class ConflictWriter {
 public:
  /// `columns`: those that the INSERT gives values for. Lifetime: all of them outlive this.
  ConflictWriter(Translator& translator, const KnownTable& table, const TriggerStatement& insert,
                 const std::vector<const KnownColumn*>& columns)
      : translator_(translator), table_(table), insert_(insert), columns_(columns) {}

  /// "INSERT INTO " and its like.
  std::string verb() const;
  /// What stands behind the rows; empty where nothing can be there already.
  std::string clause(const Scope& rows);
  /// What the engines do unlike with a row that breaks NOT NULL or CHECK.
  void tell_other_constraints(bool null_for_not_null);

 private:
  bool replaces_itself() const;
  std::string ignore_clause();
  std::string update_clause(const Scope& rows);
  std::string replace_clause();
  std::vector<const UniqueKey*> reachable_keys() const;
  const UniqueKey* only_key() const;
  std::string key_list(const std::vector<std::string>& names) const;
  bool names_key(const std::vector<std::string>& names) const;
  bool gives(const std::string& column) const;
  void expect_no_triggers() const;

  Engine from() const { return translator_.from(); }
  Engine to() const { return translator_.to(); }

  Translator& translator_;
  const KnownTable& table_;
  const TriggerStatement& insert_;
  const std::vector<const KnownColumn*>& columns_;
};

}  // namespace crossload::dialect
