#include "trigger_variables.h"

#include <algorithm>
#include <set>
#include <string>

#include "crossload/base/strings.h"

#include "tree_walk.h"

namespace crossload::dialect {
namespace {

/// Columns of NEW that the body sets, in lower case.
void add_set_columns(const TriggerBody& body, std::set<std::string>& names) {
  for (const TriggerStatement& each : body) {
    if (each.kind == TriggerStatementKind::kSetNew) {
      for (const auto& [name, value] : each.sets) names.insert(ascii_lower(name));
    }
    for (const auto& [condition, inner] : each.branches) add_set_columns(inner, names);
  }
}

/// The value is the same wherever it is asked for.
void expect_steady(const TriggerVariable& variable, const std::set<std::string>& set_columns) {
  if (has_query(*variable.value)) Translator::refuse("a variable with the value of a query");
  walk_whole(*variable.value, [&](const Expr& part) {
    if (part.kind == ExprKind::kColumn && part.path.size() == 2 &&
        set_columns.contains(ascii_lower(part.path[1]))) {
      Translator::refuse("a variable made of " + part.path[1] + ", which changes behind it,");
    }
    if (part.kind != ExprKind::kCall) return;
    for (const char* name : {"uuid", "gen_random_uuid", "uuid_generate_v4", "rand", "random"}) {
      if (part.text == name) Translator::refuse("a variable with the value of " + part.text + "()");
    }
  });
}

/// A variable cuts, rounds or refuses what is not of its type.
void expect_own_type(const TriggerVariable& variable, const Written& value,
                     Translator& translator) {
  if (value.null_literal) return;
  const TypeKind kind = kind_of_cast(variable.type, translator.from());
  const std::vector<int>& sizes = variable.type.sizes;
  bool fits = value.source.kind == kind && !value.truth;
  if (kind == TypeKind::kText && !sizes.empty()) {
    const auto length = value.text ? static_cast<std::int64_t>(value.text->size())
                                   : value.source.length.value_or(sizes[0] + std::int64_t{1});
    fits = fits && length <= sizes[0];
  } else if (kind == TypeKind::kTimestamp) {
    fits = fits && value.source.precision.value_or(0) == 0;
  } else if (kind != TypeKind::kInteger && kind != TypeKind::kDate && kind != TypeKind::kText) {
    fits = false;
  }
  if (!fits) {
    Translator::refuse("the variable " + variable.name + " of another type than its value");
  }
  if (kind == TypeKind::kInteger && !variable.type.name.starts_with("bigint") &&
      variable.type.name != "int8" && !value.number) {
    translator.note("the variable " + variable.name +
                    " is not there to refuse a value out of its range");
  }
}

}  // namespace

bool has_query(const Expr& expr) {
  bool found = false;
  walk_whole(expr, [&](const Expr& part) { found = found || part.select != nullptr; });
  return found;
}

void add_variables(const TriggerTree& tree, Translator& translator, Scope& rows) {
  if (tree.variables.empty()) return;
  std::set<std::string> set_columns;
  add_set_columns(tree.body, set_columns);
  rows.of_variables = true;
  for (const TriggerVariable& each : tree.variables) {
    expect_steady(each, set_columns);
    // Known before its own name is, so that no value can name itself.
    expect_own_type(each, translator.value(*each.value, rows), translator);
    rows.aliases.emplace_back(each.name, each.value.get());
  }
}

}  // namespace crossload::dialect
