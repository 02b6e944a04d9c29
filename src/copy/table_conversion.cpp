#include "table_conversion.h"

#include <algorithm>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/driver/row_io.h"

#include "read_shape.h"

namespace crossload::copy {
namespace {

convert::Side side_of(const DescribedTable& side, const std::string& name) {
  const Column* column = side.table->find_column(name);
  if (column == nullptr) {
    throw Error(ErrorCode::kColumnMismatch,
                side.table->name.display() + " has no column " + name + " any more");
  }
  return {side.engine, *column, side.table->strict};
}

}  // namespace

convert::ColumnRules rules_for(const Rules& rules, const TableName& table,
                               const std::string& column) {
  convert::ColumnRules result;
  const auto add = [&](const std::string& name) {
    for (const auto& [target, named] : rules) {
      if (!ascii_iequals(target, name)) continue;
      for (const auto& [rule, value] : named) result[rule] = value;
    }
  };
  add("");
  add(table.display() + "." + column);
  return result;
}

TableConversion::TableConversion(const TablePlan& plan, const DescribedTable& source,
                                 const DescribedTable& target, const Rules& rules)
    : plan_(plan) {
  std::vector<std::string> mismatches;
  for (std::size_t i = 0; i < plan.source_columns.size(); ++i) {
    try {
      auto converter = convert::make_converter(
          side_of(source, plan.source_columns[i]), side_of(target, plan.target_columns[i]),
          rules_for(rules, plan.source, plan.source_columns[i]));
      if (converter) steps_.push_back({i, std::move(converter)});
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kColumnMismatch) throw;
      mismatches.push_back(plan.source_columns[i] + ": " + error.message());
    }
  }
  if (!mismatches.empty()) {
    throw Error(ErrorCode::kColumnMismatch, plan.source.display() + ": " + join(mismatches, "; "));
  }
  if (steps_.empty()) return;
  for (std::size_t i = 0; i < plan.source_columns.size(); ++i) cells_.push_back(i);
  const std::size_t read = columns_read(plan);
  for (std::size_t step = 0; step < steps_.size(); ++step)
    cells_[steps_[step].column] = read + step;
}

std::vector<convert::Fault> TableConversion::convert(RowBatch& batch) {
  std::vector<convert::Fault> faults;
  for (const Step& step : steps_) {
    const std::size_t before = faults.size();
    step.converter->convert(batch, step.column, batch.add_column(), faults);
    for (std::size_t i = before; i < faults.size(); ++i) faults[i].column = step.column;
  }
  std::stable_sort(faults.begin(), faults.end(),
                   [](const auto& left, const auto& right) { return left.row < right.row; });
  const auto last =
      std::unique(faults.begin(), faults.end(),
                  [](const auto& left, const auto& right) { return left.row == right.row; });
  faults.erase(last, faults.end());
  return faults;
}

RuleUses TableConversion::take_rule_uses() {
  RuleUses uses;
  for (const Step& step : steps_) {
    for (const auto& [rule, count] : step.converter->take_rule_uses()) {
      uses[plan_.source_columns[step.column] + ": " + rule] += count;
    }
  }
  return uses;
}

}  // namespace crossload::copy
