#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "translator.h"

namespace crossload::dialect {

bool is_aggregate(const Expr& call);
/// An aggregate stands in it, subqueries left aside.
bool has_aggregate(const Expr& expr);
/// Calls `visit` for each part of the expression, outermost first, subqueries left aside; where it
/// returns false, not for the parts of that part.
template <typename Visit>
void walk(const Expr& expr, const Visit& visit) {
  if (!visit(expr)) return;
  for (const ExprPtr& each : expr.args) walk(*each, visit);
  if (expr.filter) walk(*expr.filter, visit);
  for (const OrderItem& each : expr.order) walk(*each.expr, visit);
  if (expr.window) {
    for (const ExprPtr& each : expr.window->partition) walk(*each, visit);
    for (const OrderItem& each : expr.window->order) walk(*each.expr, visit);
  }
}

/// A column of one of the tables of a scope.
struct ScopeColumn {
  const ScopeTable* table = nullptr;
  const KnownColumn* column = nullptr;

  bool operator<(const ScopeColumn& other) const {
    return std::pair(table, column) < std::pair(other.table, other.column);
  }
};

/// The column of this scope, not of an outer one, that a name means; table nullptr where none.
ScopeColumn find_column(const Expr& expr, const Scope& scope);

/// Columns that have one value in a group, because of the columns it is grouped by: those, what
/// joins and conditions make equal to them, and all columns of a table whose key is among them.
/// `outer_joins`: a row of the optional side is found by the other side's columns.
std::set<ScopeColumn> determined_columns(const Scope& scope, std::set<ScopeColumn> grouped,
                                         const std::vector<const Expr*>& conditions,
                                         const std::vector<const Expr*>& outer_joins);

}  // namespace crossload::dialect
