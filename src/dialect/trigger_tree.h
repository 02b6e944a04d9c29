#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql_parser.h"
#include "sql_tree.h"

namespace crossload::dialect {

struct TriggerStatement;
using TriggerBody = std::vector<TriggerStatement>;

enum class TriggerStatementKind {
  kSetNew,  ///< sets: columns of the row that fires it.
  kInsert,  ///< table, columns, rows or select, conflict.
  kUpdate,  ///< table, sets, condition.
  kDelete,  ///< table, condition.
  kRaise,   ///< message.
  kIf,      ///< branches: the first whose condition holds; without a condition: ELSE.
};

enum class ConflictKind {
  kFail,
  kIgnore,   ///< The new row is left out.
  kUpdate,   ///< The row that is there is changed.
  kReplace,  ///< The rows that are there go.
};

/// What an INSERT does where a unique key has the row already. In `sets` and `condition`, the
/// table "excluded" is the row that was to be inserted.
struct Conflict {
  ConflictKind kind = ConflictKind::kFail;
  std::vector<std::string> key;  ///< The key that is meant; empty: any.
  bool any_constraint = false;   ///< SQLite's OR IGNORE: rows that break others are left out too.
  std::vector<std::pair<std::string, ExprPtr>> sets;
  ExprPtr condition;
};

struct TriggerStatement {
  TriggerStatementKind kind = TriggerStatementKind::kSetNew;
  TableName table;
  std::vector<std::pair<std::string, ExprPtr>> sets;
  std::vector<std::string> columns;
  std::vector<std::vector<ExprPtr>> rows;
  SelectPtr select;
  Conflict conflict;
  ExprPtr condition;
  std::string message;
  std::vector<std::pair<ExprPtr, TriggerBody>> branches;
};

/// A variable that has one value throughout.
struct TriggerVariable {
  std::string name;
  CastType type;
  ExprPtr value;
};

/// What a row trigger says, whichever engine's words it came in.
struct TriggerTree {
  std::string timing;               ///< BEFORE, AFTER, INSTEAD OF
  std::vector<std::string> events;  ///< INSERT, UPDATE, DELETE
  std::vector<std::string> of;      ///< UPDATE OF
  ExprPtr when;
  std::vector<TriggerVariable> variables;  ///< Each may name those before it.
  TriggerBody body;
};

/// `routine`: of PostgreSQL, the function that the trigger calls. Throws: Error kSchemaCopyFailed,
/// naming what is not known.
TriggerTree read_trigger(Engine engine, std::string_view sql, std::string_view routine);

/// INSERT, UPDATE or DELETE, without what ends it.
TriggerStatement read_change(SqlParser& parser);

/// The statements that a body does for one event, where it asks for TG_OP.
TriggerBody body_for_event(TriggerBody body, const std::string& event);

/// The name of the function in PostgreSQL's CREATE TRIGGER; empty where there is none.
TableName trigger_function(std::string_view sql);

}  // namespace crossload::dialect
