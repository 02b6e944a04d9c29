#pragma once

#include "translator.h"
#include "trigger_tree.h"

namespace crossload::dialect {

/// Makes the names of a trigger's variables stand for their values, which are written where they
/// are used. Lifetime: `tree` outlives `rows`.
/// Throws: Error kSchemaCopyFailed where the value there could be another.
void add_variables(const TriggerTree& tree, Translator& translator, Scope& rows);

/// A query stands in it.
bool has_query(const Expr& expr);

}  // namespace crossload::dialect
