#include <algorithm>
#include <array>
#include <string>

#include "crossload/base/strings.h"

#include "number_targets.h"

namespace crossload::convert {
namespace {

using Words = std::array<std::string_view, 3>;

bool is_one_of(const Words& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return ascii_iequals(word, text); });
}

class BooleanTarget : public CellConversion {
 public:
  explicit BooleanTarget(const Pair& pair) : rules_(pair.rules) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    switch (cell.kind()) {
      case CellKind::kInt64:
        return from_integer(cell, problem);
      case CellKind::kUInt64:
        return other(cell, true, std::to_string(cell.uint64()), problem);
      case CellKind::kFloat64:
        return from_double(cell, problem);
      case CellKind::kText:
        return from_text(cell, problem);
      case CellKind::kBytes:
        return refuse(problem, "type", "bytes in a column of booleans");
      case CellKind::kNull:
        return Outcome::kNull;
    }
    return Outcome::kNull;
  }

 private:
  static Outcome put(const Cell& cell, bool value) {
    cell.batch.append_int64(cell.to, value ? 1 : 0);
    return Outcome::kChanged;
  }

  // What only the rule takes for a boolean.
  Outcome other(const Cell& cell, bool value, const std::string& text, Problem& problem) {
    if (!rules_.is(Rule::kNonzero, "true")) {
      return refuse(problem, "boolean", text + " is neither true nor false");
    }
    rules_.count(Rule::kNonzero);
    return put(cell, value);
  }

  Outcome from_integer(const Cell& cell, Problem& problem) {
    const std::int64_t value = cell.int64();
    if (value != 0 && value != 1) return other(cell, true, std::to_string(value), problem);
    cell.append_same();
    return Outcome::kSame;
  }

  Outcome from_double(const Cell& cell, Problem& problem) {
    const double value = cell.float64();
    if (value == 0 || value == 1) return put(cell, value != 0);
    return other(cell, true, format_double(value), problem);
  }

  Outcome from_text(const Cell& cell, Problem& problem) {
    constexpr Words kTrue = {"true", "t", "1"};
    constexpr Words kFalse = {"false", "f", "0"};
    constexpr Words kYes = {"yes", "y", "on"};
    constexpr Words kNo = {"no", "n", "off"};
    const std::string_view text = cell.bytes();
    if (is_one_of(kTrue, text)) return put(cell, true);
    if (is_one_of(kFalse, text)) return put(cell, false);
    if (is_one_of(kYes, text)) return other(cell, true, shown(text), problem);
    if (is_one_of(kNo, text)) return other(cell, false, shown(text), problem);
    return refuse(problem, "boolean", shown(text) + " is neither true nor false");
  }

  RuleSet& rules_;
};

}  // namespace

std::unique_ptr<CellConversion> to_boolean(const Pair& pair) {
  if (pair.from().kind == TypeKind::kBoolean) return nullptr;
  return std::make_unique<BooleanTarget>(pair);
}

}  // namespace crossload::convert
