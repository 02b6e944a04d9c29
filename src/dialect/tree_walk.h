#pragma once

#include "sql_tree.h"

namespace crossload::dialect {

template <typename Visit>
void walk_query(const Select& select, const Visit& visit);

/// Calls `visit` for each part of the expression, outermost first, those of subqueries too.
template <typename Visit>
void walk_whole(const Expr& expr, const Visit& visit) {
  visit(expr);
  for (const ExprPtr& each : expr.args) walk_whole(*each, visit);
  if (expr.filter) walk_whole(*expr.filter, visit);
  for (const OrderItem& each : expr.order) walk_whole(*each.expr, visit);
  if (expr.window) {
    for (const ExprPtr& each : expr.window->partition) walk_whole(*each, visit);
    for (const OrderItem& each : expr.window->order) walk_whole(*each.expr, visit);
  }
  if (expr.select) walk_query(*expr.select, visit);
}

template <typename Visit>
void walk_tables(const FromItem& item, const Visit& visit) {
  if (item.select) walk_query(*item.select, visit);
  if (item.left) walk_tables(*item.left, visit);
  if (item.right) walk_tables(*item.right, visit);
  if (item.on) walk_whole(*item.on, visit);
}

template <typename Visit>
void walk_query(const Select& select, const Visit& visit) {
  const auto walk_one = [&](const ExprPtr& expr) {
    if (expr) walk_whole(*expr, visit);
  };
  for (const CommonTable& each : select.with) walk_query(*each.select, visit);
  for (const SelectItem& each : select.items) walk_one(each.expr);
  if (select.from) walk_tables(*select.from, visit);
  walk_one(select.where);
  for (const ExprPtr& each : select.group_by) walk_one(each);
  walk_one(select.having);
  for (const SelectPtr& each : select.arms) walk_query(*each, visit);
  for (const auto& row : select.values) {
    for (const ExprPtr& each : row) walk_one(each);
  }
  for (const OrderItem& each : select.order_by) walk_one(each.expr);
  walk_one(select.limit);
  walk_one(select.offset);
}

}  // namespace crossload::dialect
