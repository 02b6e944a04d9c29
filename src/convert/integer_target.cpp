#include <cmath>
#include <limits>
#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "number_targets.h"
#include "number_text.h"

namespace crossload::convert {
namespace {

struct IntegerRange {
  std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  std::uint64_t largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

  bool holds(std::int64_t value) const {
    return value >= smallest && (value < 0 || static_cast<std::uint64_t>(value) <= largest);
  }
  bool holds(std::uint64_t value) const { return value <= largest; }
  bool covers(const IntegerRange& other) const {
    return smallest <= other.smallest && largest >= other.largest;
  }
};

IntegerRange range_of(const LogicalType& type) {
  const int bits = type.bits > 0 && type.bits < 64 ? type.bits : 64;
  IntegerRange range;
  if (type.is_unsigned) {
    range.smallest = 0;
    range.largest = std::numeric_limits<std::uint64_t>::max() >> (64 - bits);
  } else {
    range.smallest = std::numeric_limits<std::int64_t>::min() >> (64 - bits);
    range.largest =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) >> (64 - bits);
  }
  return range;
}

class IntegerTarget : public CellConversion {
 public:
  explicit IntegerTarget(const Pair& pair)
      : range_(range_of(pair.to())),
        type_(pair.to().declared),
        year_(is_year(pair.to())),
        bit_string_(pair.from().kind == TypeKind::kBit),
        dynamic_(pair.from().kind == TypeKind::kDynamic) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    switch (cell.kind()) {
      case CellKind::kInt64:
        if (!fits(cell.int64())) return overflow(std::to_string(cell.int64()), problem);
        cell.append_same();
        return Outcome::kSame;
      case CellKind::kUInt64:
        if (!range_.holds(cell.uint64())) return overflow(std::to_string(cell.uint64()), problem);
        cell.append_same();
        return Outcome::kSame;
      case CellKind::kFloat64:
        return from_double(cell, problem);
      case CellKind::kText:
        return bit_string_ ? from_bits(cell, problem) : from_text(cell, problem);
      case CellKind::kBytes:
        return refuse(problem, "type", "bytes in a column of integers");
      case CellKind::kNull:
        return Outcome::kNull;
    }
    return Outcome::kNull;
  }

 private:
  bool fits(std::int64_t value) const {
    if (!year_) return range_.holds(value);
    return value == 0 || (value >= kFirstYear && value <= kLastYear);
  }

  Outcome overflow(const std::string& value, Problem& problem) const {
    return refuse(problem, "int_overflow", value + " does not fit " + type_);
  }

  Outcome put(const Cell& cell, std::int64_t value, Problem& problem) const {
    if (!fits(value)) return overflow(std::to_string(value), problem);
    cell.batch.append_int64(cell.to, value);
    return Outcome::kChanged;
  }

  Outcome put(const Cell& cell, std::uint64_t value, Problem& problem) const {
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= kLargest) return put(cell, static_cast<std::int64_t>(value), problem);
    if (!range_.holds(value)) return overflow(std::to_string(value), problem);
    cell.batch.append_uint64(cell.to, value);
    return Outcome::kChanged;
  }

  Outcome from_double(const Cell& cell, Problem& problem) const {
    const double value = cell.float64();
    if (!std::isfinite(value)) return refuse(problem, "nan", format_double(value));
    if (std::trunc(value) != value) {
      return refuse(problem, dynamic_ ? "type" : "precision",
                    format_double(value) + " in a column of integers");
    }
    if (value < -9223372036854775808.0 || value >= 18446744073709551616.0) {
      return overflow(format_double(value), problem);
    }
    if (value < 0) return put(cell, static_cast<std::int64_t>(value), problem);
    return put(cell, static_cast<std::uint64_t>(value), problem);
  }

  // A decimal or text: 7 from '7' or '7.00', but nothing that another writing of the same text
  // could not give back (' 7', '007').
  Outcome from_text(const Cell& cell, Problem& problem) const {
    const std::string_view text = cell.bytes();
    if (is_not_finite(text)) return refuse(problem, "nan", std::string(text));
    const auto number = parse_decimal(text);
    const bool padded = text.size() > 1 && text.front() == '0' && text[1] != '.';
    if (!number || text.front() == '+' || (dynamic_ && padded)) {
      return refuse(problem, "type", shown(text) + " is no integer");
    }
    if (!number->fraction.empty()) {
      return refuse(problem, dynamic_ ? "type" : "scale", shown(text) + " is no integer");
    }
    if (const auto value = to_int64(*number)) return put(cell, *value, problem);
    if (const auto value = to_uint64(*number)) return put(cell, *value, problem);
    return overflow(shown(text), problem);
  }

  Outcome from_bits(const Cell& cell, Problem& problem) const {
    std::uint64_t value = 0;
    for (const char bit : cell.bytes()) {
      if ((value >> 63) != 0) return overflow("the bit string " + shown(cell.bytes()), problem);
      value = value << 1 | (bit == '1' ? 1U : 0U);
    }
    return put(cell, value, problem);
  }

  static constexpr std::int64_t kFirstYear = 1901;
  static constexpr std::int64_t kLastYear = 2155;

  IntegerRange range_;
  std::string type_;
  bool year_;
  bool bit_string_;
  bool dynamic_;
};

}  // namespace

std::unique_ptr<CellConversion> to_integer(const Pair& pair) {
  const TypeKind from = pair.from().kind;
  const bool year_fits = !is_year(pair.to()) || is_year(pair.from());
  if (from == TypeKind::kBoolean && year_fits) return nullptr;
  if (from == TypeKind::kInteger && year_fits &&
      range_of(pair.to()).covers(range_of(pair.from()))) {
    return nullptr;
  }
  return std::make_unique<IntegerTarget>(pair);
}

}  // namespace crossload::convert
