#include "crossload/convert/converter.h"

#include <string>
#include <utility>

#include "cell.h"
#include "pairs.h"
#include "rules.h"

namespace crossload::convert {
namespace {

class ColumnConverter : public Converter {
 public:
  /// `refuse_null`: the target's column takes no NULL.
  ColumnConverter(std::unique_ptr<RuleSet> rules, std::unique_ptr<CellConversion> conversion,
                  bool refuse_null)
      : rules_(std::move(rules)), conversion_(std::move(conversion)), refuse_null_(refuse_null) {}

  void convert(RowBatch& batch, std::size_t from, std::size_t to,
               std::vector<Fault>& faults) override {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const Outcome outcome = convert_cell({batch, row, from, to});
      if (outcome == Outcome::kSame || outcome == Outcome::kChanged) continue;
      batch.append_null(to);
      if (outcome == Outcome::kRefused) {
        faults.push_back({row, from, std::string(problem_.code), std::move(problem_.message)});
      } else if (refuse_null_) {
        faults.push_back({row, from, "not_null", "NULL in a column that takes none"});
      }
    }
  }

  std::map<std::string, std::uint64_t> take_rule_uses() override { return rules_->take_uses(); }

 private:
  Outcome convert_cell(const Cell& cell) {
    if (cell.kind() == CellKind::kNull) return Outcome::kNull;
    if (conversion_) return conversion_->convert(cell, problem_);
    cell.append_same();
    return Outcome::kSame;
  }

  std::unique_ptr<RuleSet> rules_;
  std::unique_ptr<CellConversion> conversion_;
  bool refuse_null_;
  Problem problem_;
};

// A NULL that a server turns into something else instead of refusing it: MySQL's AUTO_INCREMENT
// numbers it, its TIMESTAMP may take the time.
bool makes_up_for_null(const Side& source, const Side& target) {
  if (target.engine != Engine::kMysql || target.column.nullable || !source.column.nullable) {
    return false;
  }
  return target.column.identity != IdentityKind::kNone ||
         target.column.type.kind == TypeKind::kTimestampTz;
}

}  // namespace

std::unique_ptr<Converter> make_converter(const Side& source, const Side& target,
                                          const ColumnRules& rules) {
  auto chosen = std::make_unique<RuleSet>(rules);
  auto conversion = make_cell_conversion({source, target, *chosen});
  if (!conversion && !makes_up_for_null(source, target)) return nullptr;
  return std::make_unique<ColumnConverter>(std::move(chosen), std::move(conversion),
                                           !target.column.nullable);
}

}  // namespace crossload::convert
