#include "grouping.h"

#include <algorithm>
#include <array>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

constexpr auto kAggregates = std::to_array<std::string_view>(
    {"count", "sum", "total", "avg", "min", "max", "group_concat", "string_agg", "bool_and",
     "bool_or", "every", "array_agg", "json_agg", "jsonb_agg", "stddev", "variance", "std"});

void add_equalities(const Expr& expr, const Scope& scope,
                    std::vector<std::pair<ScopeColumn, ScopeColumn>>& equal,
                    std::set<ScopeColumn>& constant) {
  if (expr.kind != ExprKind::kBinary) return;
  if (expr.text == "AND") {
    add_equalities(*expr.args[0], scope, equal, constant);
    add_equalities(*expr.args[1], scope, equal, constant);
    return;
  }
  if (expr.text != "=") return;
  const ScopeColumn left = find_column(*expr.args[0], scope);
  const ScopeColumn right = find_column(*expr.args[1], scope);
  const auto is_literal = [](const Expr& each) {
    return each.kind == ExprKind::kString || each.kind == ExprKind::kNumber;
  };
  if (left.column != nullptr && right.column != nullptr) {
    equal.emplace_back(left, right);
  } else if (left.column != nullptr && is_literal(*expr.args[1])) {
    constant.insert(left);
  }
}

}  // namespace

bool is_aggregate(const Expr& call) {
  if (call.kind != ExprKind::kCall || call.window) return false;
  if ((call.text == "min" || call.text == "max") && call.args.size() > 1) return false;
  return std::find(kAggregates.begin(), kAggregates.end(), call.text) != kAggregates.end();
}

bool has_aggregate(const Expr& expr) {
  bool found = false;
  walk(expr, [&](const Expr& each) {
    found = found || is_aggregate(each);
    return !found;
  });
  return found;
}

ScopeColumn find_column(const Expr& expr, const Scope& scope) {
  if (expr.kind != ExprKind::kColumn) return {};
  const std::string table = expr.path.size() > 1 ? expr.path[expr.path.size() - 2] : "";
  for (const ScopeTable& each : scope.tables) {
    if (!table.empty() && !ascii_iequals(each.name, table)) continue;
    const bool hidden = table.empty() && std::any_of(each.hidden.begin(), each.hidden.end(),
                                                     [&](const std::string& name) {
                                                       return ascii_iequals(name, expr.path.back());
                                                     });
    if (hidden) continue;
    const KnownColumn* column = each.table->find(expr.path.back());
    if (column != nullptr) return {&each, column};
  }
  return {};
}

std::set<ScopeColumn> determined_columns(const Scope& scope, std::set<ScopeColumn> grouped,
                                         const std::vector<const Expr*>& conditions,
                                         const std::vector<const Expr*>& outer_joins) {
  std::vector<std::pair<ScopeColumn, ScopeColumn>> equal;
  std::vector<std::pair<ScopeColumn, ScopeColumn>> found_by;
  std::set<ScopeColumn> none;
  for (const Expr* join : outer_joins) {
    // Whether a row is found must hang on the one column only.
    if (join->kind == ExprKind::kBinary && join->text == "=") {
      add_equalities(*join, scope, found_by, none);
    }
  }
  for (const Expr* condition : conditions) add_equalities(*condition, scope, equal, grouped);
  for (std::size_t before = 0; before != grouped.size();) {
    before = grouped.size();
    for (const auto& [left, right] : equal) {
      if (grouped.contains(left)) grouped.insert(right);
      if (grouped.contains(right)) grouped.insert(left);
    }
    for (const auto& [left, right] : found_by) {
      if (right.table->nullable && grouped.contains(left)) grouped.insert(right);
      if (left.table->nullable && grouped.contains(right)) grouped.insert(left);
    }
    for (const ScopeTable& table : scope.tables) {
      for (const std::vector<std::string>& key : table.table->keys) {
        const bool whole = std::all_of(key.begin(), key.end(), [&](const std::string& name) {
          return grouped.contains({&table, table.table->find(name)});
        });
        if (!whole || key.empty()) continue;
        for (const KnownColumn& column : table.table->columns) grouped.insert({&table, &column});
      }
    }
  }
  return grouped;
}

}  // namespace crossload::dialect
