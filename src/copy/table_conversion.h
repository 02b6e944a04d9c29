#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crossload/convert/converter.h"
#include "crossload/copy/migration.h"

namespace crossload::copy {

/// What the rules of a job changed, by "column: rule=value".
using RuleUses = std::map<std::string, std::uint64_t>;

/// The rules of the job that hold for every column, and over them those of this one.
convert::ColumnRules rules_for(const Rules& rules, const TableName& table,
                               const std::string& column);

/// A table as one of its sides' catalogs describes it.
struct DescribedTable {
  Engine engine = Engine::kSqlite;
  const Table* table = nullptr;
};

/// The converters of one table, a column each, chosen once. Converted values stand in columns of
/// the batch behind those that were read, so that rejects and positions keep the source's own
/// values. Thread: one at a time.
class TableConversion {
 public:
  /// Throws: Error kColumnMismatch naming every pair of columns that cannot be converted.
  TableConversion(const TablePlan& plan, const DescribedTable& source, const DescribedTable& target,
                  const Rules& rules);

  /// By target column of the plan: where its values lie in a converted batch. Empty where nothing
  /// is converted.
  const std::vector<std::size_t>& cells() const { return cells_; }
  /// Converts a batch as it was read; the rows that must not be written, at most once each, in
  /// order.
  std::vector<convert::Fault> convert(RowBatch& batch);
  /// What rules changed since the last call.
  RuleUses take_rule_uses();

 private:
  struct Step {
    std::size_t column;
    std::unique_ptr<convert::Converter> converter;
  };
  const TablePlan& plan_;
  std::vector<Step> steps_;
  std::vector<std::size_t> cells_;
};

}  // namespace crossload::copy
