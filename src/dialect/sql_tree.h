#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

struct Expr;
struct Select;
using ExprPtr = std::unique_ptr<Expr>;
using SelectPtr = std::unique_ptr<Select>;

enum class ExprKind {
  kNumber,   ///< text
  kString,   ///< text, decoded
  kBlob,     ///< text, hex digits
  kBits,     ///< text of 0 and 1
  kBoolean,  ///< text "true", "false"
  kNull,
  kColumn,    ///< path
  kStar,      ///< path before it, or none
  kUnary,     ///< text: - + ~ NOT
  kBinary,    ///< text: the operator, see parse_operators.cpp
  kIs,        ///< text: NULL, TRUE, FALSE, DISTINCT (two args); negated
  kBetween,   ///< args: value, low, high; negated
  kIn,        ///< args: value, then the list; or select; negated
  kLike,      ///< text: LIKE ILIKE GLOB REGEXP IREGEXP; args: value, pattern[, escape]; negated
  kExists,    ///< select; negated
  kSubquery,  ///< select
  kCase,      ///< args: [operand] (when, then)* [else]; see has_operand, has_else
  kCast,      ///< args[0], type
  kCall,      ///< text: name in lower case; args and what a call may carry
  kInterval,  ///< args[0], text: unit in lower case; empty for PostgreSQL's INTERVAL 'text'
  kCollate,   ///< args[0], text
  kRow,       ///< args
  kArray,     ///< args
};

/// A type as a cast names it.
struct CastType {
  std::string name;  ///< Lower case, blanks between words, no sizes.
  std::vector<int> sizes;
  bool array = false;
};

struct OrderItem {
  ExprPtr expr;
  bool descending = false;
  std::optional<bool> nulls_first;
};

struct Window {
  std::vector<ExprPtr> partition;
  std::vector<OrderItem> order;
  std::string frame;  ///< Upper-case words; empty where it is the default.
};

struct Expr {
  ExprKind kind = ExprKind::kNull;
  std::string text;
  std::vector<std::string> path;
  std::vector<bool> quoted;  ///< Of path: written in quotes.
  std::vector<ExprPtr> args;
  SelectPtr select;
  CastType type;
  bool negated = false;
  bool distinct = false;     ///< Of a call's arguments.
  bool has_operand = false;  ///< kCase
  bool has_else = false;     ///< kCase
  std::vector<OrderItem> order;
  ExprPtr filter;
  std::unique_ptr<Window> window;
  bool by_blanks = false;  ///< kBinary ->: the operator as MySQL's column path.
};

enum class JoinKind { kComma, kInner, kLeft, kRight, kFull, kCross };

/// A table, a subquery or a join.
struct FromItem {
  TableName table;  ///< Empty for the others.
  std::string alias;
  std::vector<std::string> column_aliases;
  SelectPtr select;
  // A join of two.
  std::unique_ptr<FromItem> left;
  std::unique_ptr<FromItem> right;
  JoinKind join = JoinKind::kInner;
  bool natural = false;
  bool lateral = false;
  ExprPtr on;
  std::vector<std::string> use;  ///< USING
};

struct SelectItem {
  ExprPtr expr;
  std::string text;  ///< As it stands in the source: its name in SQLite where it has no alias.
  std::string alias;
};

struct CommonTable {
  std::string name;
  std::vector<std::string> columns;
  SelectPtr select;
};

/// One SELECT, or several that UNION and the like put together: then `arms` holds them.
struct Select {
  bool recursive = false;
  std::vector<CommonTable> with;
  bool distinct = false;
  std::vector<SelectItem> items;
  std::unique_ptr<FromItem> from;
  ExprPtr where;
  std::vector<ExprPtr> group_by;
  ExprPtr having;
  std::vector<SelectPtr> arms;
  std::vector<std::string> set_operators;  ///< Between the arms: "UNION ALL".
  std::vector<std::vector<ExprPtr>> values;
  std::vector<OrderItem> order_by;
  ExprPtr limit;
  ExprPtr offset;
};

}  // namespace crossload::dialect
