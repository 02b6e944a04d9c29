#include "sqlite_target.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "crossload/base/strings.h"
#include "crossload/dialect/sqlite_affinity.h"

#include "array_text.h"
#include "column_type.h"
#include "json_target.h"
#include "label_targets.h"
#include "number_text.h"
#include "sqlite_moment.h"
#include "text_target.h"

namespace crossload::convert {
namespace {

using Affinity = dialect::SqliteAffinity;

bool keeps_text(Affinity affinity) {
  return affinity == Affinity::kText || affinity == Affinity::kNone;
}

Affinity affinity_of(const Pair& pair) {
  return dialect::sqlite_affinity(pair.to().declared, pair.target.strict_table);
}

/// Numbers of all kinds, each in a storage class that keeps it.
class NumberToSqlite : public CellConversion {
 public:
  explicit NumberToSqlite(const Pair& pair)
      : rules_(pair.rules),
        affinity_(affinity_of(pair)),
        strict_(pair.target.strict_table),
        float32_(pair.from().kind == TypeKind::kFloat32),
        type_(pair.to().declared) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    switch (cell.kind()) {
      case CellKind::kUInt64:
        return from_large(cell, problem);
      case CellKind::kFloat64:
        return from_double(cell, problem);
      case CellKind::kText:
        return from_decimal(cell, problem);
      case CellKind::kInt64:
      case CellKind::kBytes:
      case CellKind::kNull:
        break;
    }
    cell.append_same();
    return Outcome::kSame;
  }

 private:
  Outcome from_large(const Cell& cell, Problem& problem) const {
    const std::string digits = std::to_string(cell.uint64());
    if (!keeps_text(affinity_)) {
      return refuse(problem, "int_overflow", "SQLite has no integer as large as " + digits);
    }
    cell.batch.append_text(cell.to, digits);
    return Outcome::kChanged;
  }

  Outcome from_double(const Cell& cell, Problem& problem) {
    const double value = cell.float64();
    if (std::isnan(value)) return not_finite(cell, "NaN", problem);
    if (affinity_ != Affinity::kText) {
      cell.append_same();
      return Outcome::kSame;
    }
    // As text SQLite itself writes 15 digits.
    cell.batch.append_text(cell.to, float32_ ? format_float32(value) : format_double(value));
    return Outcome::kChanged;
  }

  Outcome not_finite(const Cell& cell, const std::string& word, Problem& problem) {
    if (rules_.is(Rule::kNan, "null")) {
      rules_.count(Rule::kNan);
      return Outcome::kNull;
    }
    if (!rules_.is(Rule::kNan, "text") || !keeps_text(affinity_)) {
      return refuse(problem, "nan", "SQLite has no number " + word);
    }
    rules_.count(Rule::kNan);
    cell.batch.append_text(cell.to, word);
    return Outcome::kChanged;
  }

  Outcome from_decimal(const Cell& cell, Problem& problem) {
    const std::string_view text = cell.bytes();
    if (is_not_finite(text)) return not_finite(cell, std::string(text), problem);
    if (keeps_text(affinity_)) {
      cell.append_same();
      return Outcome::kSame;
    }
    const auto number = parse_decimal(text);
    if (!number) return refuse(problem, "type", shown(text) + " is no number");
    if (affinity_ != Affinity::kReal) {
      if (const auto whole = to_int64(*number)) {
        cell.batch.append_int64(cell.to, *whole);
        return Outcome::kChanged;
      }
      if (strict_ && affinity_ == Affinity::kInteger) {
        const bool fraction = !number->fraction.empty();
        return refuse(problem, fraction ? "scale" : "int_overflow",
                      shown(text) + " does not fit " + type_);
      }
    }
    std::optional<double> value = short_double(*number);
    if (!value && is_short(*number)) value = exact_double(text);
    if (!value) {
      return refuse(problem, "precision",
                    type_ + " keeps 15 digits, which are too few for " + shown(text));
    }
    cell.batch.append_double(cell.to, *value);
    return Outcome::kChanged;
  }

  static bool is_short(const Decimal& number) {
    constexpr std::size_t kDoubleDigits = std::numeric_limits<double>::digits10;
    std::string digits = std::string(number.whole) + std::string(number.fraction);
    digits.erase(0, digits.find_first_not_of('0'));
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    return digits.size() <= kDoubleDigits;
  }

  RuleSet& rules_;
  Affinity affinity_;
  bool strict_;
  bool float32_;
  std::string type_;
};

/// A bit string: digits where the column keeps text, else the number.
class BitToSqlite : public CellConversion {
 public:
  explicit BitToSqlite(const Pair& pair)
      : affinity_(affinity_of(pair)), varying_(is_varying_bits(pair.from())) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    const std::string_view bits = cell.bytes();
    const std::size_t first = bits.find('1');
    const std::size_t used = first == std::string_view::npos ? 0 : bits.size() - first;
    constexpr std::size_t kMostBits = 63;
    const bool is_number = used <= kMostBits && (!varying_ || used == bits.size());
    if (affinity_ == Affinity::kText || (affinity_ == Affinity::kNone && !is_number)) {
      cell.append_same();
      return Outcome::kSame;
    }
    if (!is_number) {
      return refuse(problem, used > kMostBits ? "int_overflow" : "type",
                    "the bit string " + shown(bits) + " is no integer of SQLite");
    }
    std::int64_t value = 0;
    for (const char bit : bits) value = value * 2 + (bit == '1' ? 1 : 0);
    cell.batch.append_int64(cell.to, value);
    return Outcome::kChanged;
  }

 private:
  Affinity affinity_;
  bool varying_;
};

bool needs_number_rules(const Pair& pair) {
  const LogicalType& from = pair.from();
  switch (from.kind) {
    case TypeKind::kInteger:
      return from.is_unsigned && from.bits == 64;
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
    case TypeKind::kDecimal:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::unique_ptr<CellConversion> to_sqlite(const Pair& pair) {
  if (needs_number_rules(pair)) return std::make_unique<NumberToSqlite>(pair);
  const auto json_of = [](std::unique_ptr<TextForm> form) {
    return text_conversion(nullptr, std::move(form), {});
  };
  switch (pair.from().kind) {
    case TypeKind::kBit:
      return std::make_unique<BitToSqlite>(pair);
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      return moment_to_sqlite(pair);
    case TypeKind::kArray:
      return json_of(array_to_json(pair));
    case TypeKind::kEnum:
      return may_be_empty_enum(pair) ? from_enum(pair, nullptr) : nullptr;
    case TypeKind::kOther:
      return is_hstore(pair.from()) ? json_of(hstore_to_json()) : nullptr;
    case TypeKind::kText:
      return to_text(pair);
    default:
      return nullptr;
  }
}

}  // namespace crossload::convert
