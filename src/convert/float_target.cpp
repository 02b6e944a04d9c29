#include <cmath>
#include <string>

#include "crossload/base/strings.h"

#include "number_targets.h"
#include "number_text.h"

namespace crossload::convert {
namespace {

class FloatTarget : public CellConversion {
 public:
  explicit FloatTarget(const Pair& pair)
      : rules_(pair.rules),
        single_(pair.to().kind == TypeKind::kFloat32),
        finite_(pair.target.engine == Engine::kMysql) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    switch (cell.kind()) {
      case CellKind::kInt64:
        if (!fits_double(cell.int64())) return inexact(std::to_string(cell.int64()), problem);
        return put(cell, static_cast<double>(cell.int64()), problem);
      case CellKind::kUInt64:
        if (!fits_double(cell.uint64())) return inexact(std::to_string(cell.uint64()), problem);
        return put(cell, static_cast<double>(cell.uint64()), problem);
      case CellKind::kFloat64:
        return put(cell, cell.float64(), problem);
      case CellKind::kText:
        return from_text(cell, problem);
      case CellKind::kBytes:
        return refuse(problem, "type", "bytes in a column of numbers");
      case CellKind::kNull:
        return Outcome::kNull;
    }
    return Outcome::kNull;
  }

 private:
  Outcome inexact(const std::string& value, Problem& problem) const {
    const char* const type = single_ ? "float" : "double";
    return refuse(problem, "precision", "no " + std::string(type) + " is exactly " + value);
  }

  Outcome put(const Cell& cell, double value, Problem& problem) {
    if (finite_ && !std::isfinite(value)) {
      if (!rules_.is(Rule::kNan, "null")) return refuse(problem, "nan", format_double(value));
      rules_.count(Rule::kNan);
      return Outcome::kNull;
    }
    if (single_ && !fits_float32(value)) return inexact(format_double(value), problem);
    if (cell.kind() == CellKind::kFloat64) {
      cell.append_same();
      return Outcome::kSame;
    }
    cell.batch.append_double(cell.to, value);
    return Outcome::kChanged;
  }

  Outcome from_text(const Cell& cell, Problem& problem) {
    const std::string_view text = cell.bytes();
    if (!is_not_finite(text) && without_exponent(text).empty()) {
      return refuse(problem, "type", shown(text) + " is no number");
    }
    const auto value = single_ ? exact_float32(text) : exact_double(text);
    return value ? put(cell, *value, problem) : inexact(shown(text), problem);
  }

  RuleSet& rules_;
  bool single_;
  bool finite_;
};

}  // namespace

std::unique_ptr<CellConversion> to_float(const Pair& pair) {
  const TypeKind from = pair.from().kind;
  const bool wide_enough = from == TypeKind::kFloat32 ||
                           (from == TypeKind::kFloat64 && pair.to().kind == TypeKind::kFloat64);
  const bool may_hold_nan =
      pair.target.engine != Engine::kMysql || pair.source.engine == Engine::kMysql;
  if (wide_enough && may_hold_nan) return nullptr;
  return std::make_unique<FloatTarget>(pair);
}

}  // namespace crossload::convert
