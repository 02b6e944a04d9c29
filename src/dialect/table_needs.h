#pragma once

#include <set>
#include <string>
#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// What the defaults, generated columns, checks and indexes of PostgreSQL's tables call that a new
/// PostgreSQL database has not: extensions, and functions of the source, each once and in an order
/// that runs.
class TableNeeds {
 public:
  /// Lifetime: `source` outlives this.
  explicit TableNeeds(const Schema& source) : source_(source) {}

  /// Extensions whose types or functions the table uses and no earlier one did.
  std::vector<SchemaItem> extensions_for(const Table& table);
  /// Functions that the table calls, and those that they call, which no earlier one did.
  std::vector<SchemaItem> functions_for(const Table& table);
  /// Functions that a statement calls, likewise.
  std::vector<SchemaItem> functions_in(const std::string& sql);
  bool has_made(const Routine& routine) const { return functions_.contains(&routine); }

 private:
  void add_functions_in(const std::string& text, std::vector<SchemaItem>& items);

  const Schema& source_;
  std::set<std::string> extensions_;
  std::set<const Routine*> functions_;
};

}  // namespace crossload::dialect
