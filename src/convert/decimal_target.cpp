#include <algorithm>
#include <cmath>
#include <string>

#include "column_type.h"
#include "number_targets.h"
#include "number_text.h"

namespace crossload::convert {
namespace {

/// How many digits a column of decimals has.
struct Digits {
  bool limited = false;
  int precision = 0;
  int scale = 0;

  int whole() const { return precision - scale; }
  bool covers(const Digits& other) const {
    if (!limited) return true;
    return other.limited && whole() >= other.whole() && scale >= other.scale;
  }
};

Digits digits_of(const LogicalType& type) {
  if (!type.precision) return {};
  return {true, *type.precision, type.scale.value_or(0)};
}

class DecimalForm : public TextForm {
 public:
  explicit DecimalForm(const Pair& pair)
      : rules_(pair.rules),
        digits_(digits_of(pair.to())),
        type_(pair.to().declared),
        postgres_(pair.target.engine == Engine::kPostgres) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    const auto number = parse_decimal(in);
    if (number) return check(*number, in, problem);
    if (is_not_finite(in)) return not_finite(in, problem);
    const std::string plain = without_exponent(in);
    const auto plain_number = parse_decimal(plain);
    if (!plain_number) return refuse(problem, "type", shown(in) + " is no number");
    const Outcome outcome = check(*plain_number, in, problem);
    if (outcome != Outcome::kSame) return outcome;
    out = plain;
    return Outcome::kChanged;
  }

 private:
  Outcome not_finite(std::string_view in, Problem& problem) {
    // Only a numeric without limits takes Infinity.
    if (postgres_ && (in == "NaN" || !digits_.limited)) return Outcome::kSame;
    if (!rules_.is(Rule::kNan, "null")) return refuse(problem, "nan", std::string(in));
    rules_.count(Rule::kNan);
    return Outcome::kNull;
  }

  Outcome check(const Decimal& number, std::string_view in, Problem& problem) const {
    if (!digits_.limited) return Outcome::kSame;
    if (static_cast<int>(number.fraction.size()) > std::max(digits_.scale, 0) ||
        !ends_in_zeros(number)) {
      return refuse(problem, "scale", shown(in) + " has more decimals than " + type_);
    }
    if (static_cast<int>(number.whole.size()) > std::max(digits_.whole(), 0) ||
        !begins_with_zeros(number)) {
      return refuse(problem, "out_of_range", shown(in) + " has more digits than " + type_);
    }
    return Outcome::kSame;
  }

  // numeric(3,-2) keeps hundreds.
  bool ends_in_zeros(const Decimal& number) const {
    if (digits_.scale >= 0 || number.whole.empty()) return true;
    const auto zeros = static_cast<std::size_t>(-digits_.scale);
    const std::size_t last = number.whole.find_last_not_of('0');
    return number.whole.size() - 1 - last >= zeros;
  }

  // numeric(2,5) begins at the fourth decimal.
  bool begins_with_zeros(const Decimal& number) const {
    if (digits_.whole() >= 0) return true;
    const auto zeros = static_cast<std::size_t>(-digits_.whole());
    return number.fraction.find_first_not_of('0') >= zeros;
  }

  RuleSet& rules_;
  Digits digits_;
  std::string type_;
  bool postgres_;
};

// Digits enough for every integer of the type.
Digits integer_digits(const LogicalType& type) {
  if (type.bits > 0 && type.bits <= 8) return {true, 3, 0};
  if (type.bits > 0 && type.bits <= 16) return {true, 5, 0};
  if (type.bits > 0 && type.bits <= 32) return {true, 10, 0};
  return {true, 20, 0};
}

// Integers that the target has room for need no look.
class IntegerToDecimal : public CellConversion {
 public:
  Outcome convert(const Cell& cell, Problem& /*problem*/) override {
    const bool is_signed = cell.kind() == CellKind::kInt64;
    cell.batch.append_text(
        cell.to, is_signed ? std::to_string(cell.int64()) : std::to_string(cell.uint64()));
    return Outcome::kChanged;
  }
};

}  // namespace

std::unique_ptr<CellConversion> to_decimal(const Pair& pair) {
  const LogicalType& from = pair.from();
  const Digits target = digits_of(pair.to());
  const bool same_family =
      pair.source.engine == pair.target.engine || pair.source.engine == Engine::kMysql;
  if (from.kind == TypeKind::kDecimal && target.covers(digits_of(from)) && same_family) {
    return nullptr;
  }
  const bool whole = from.kind == TypeKind::kInteger || from.kind == TypeKind::kBoolean;
  if (whole && target.covers(integer_digits(from))) return std::make_unique<IntegerToDecimal>();
  CellText reading;
  reading.float32 = from.kind == TypeKind::kFloat32;
  return text_conversion(nullptr, std::make_unique<DecimalForm>(pair), reading);
}

}  // namespace crossload::convert
