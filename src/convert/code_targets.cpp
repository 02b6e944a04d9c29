// UUIDs and bit strings: text of a fixed form.

#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "label_targets.h"
#include "number_text.h"
#include "uuid_text.h"

namespace crossload::convert {
namespace {

class UuidForm : public TextForm {
 public:
  explicit UuidForm(const Pair& pair) : rules_(pair.rules) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    out = canonical_uuid(in);
    if (out.empty()) return refuse(problem, "type", shown(in) + " is no UUID");
    return out == in ? Outcome::kSame : Outcome::kChanged;
  }

  Outcome bytes(std::string_view in, std::string& out, Problem& problem) override {
    constexpr std::size_t kUuidBytes = 16;
    if (!rules_.chosen(Rule::kBinaryToUuid) || in.size() != kUuidBytes) {
      return TextForm::bytes(in, out, problem);
    }
    rules_.count(Rule::kBinaryToUuid);
    out = uuid_of_bytes(in, rules_.is(Rule::kBinaryToUuid, "swapped"));
    return Outcome::kChanged;
  }

 private:
  RuleSet& rules_;
};

class BitForm : public TextForm {
 public:
  explicit BitForm(const Pair& pair)
      : size_(static_cast<std::size_t>(pair.to().length.value_or(1))),
        limited_(pair.to().length.has_value() || !is_varying_bits(pair.to())),
        varying_(is_varying_bits(pair.to())),
        numbers_(pair.between(Engine::kMysql, Engine::kMysql)),
        type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (in.find_first_not_of("01") != std::string_view::npos) {
      return refuse(problem, "type", shown(in) + " is no bit string");
    }
    if (!limited_ || in.size() == size_ || (varying_ && in.size() < size_)) return Outcome::kSame;
    if (in.size() > size_) {
      return refuse(problem, "too_long", std::to_string(in.size()) + " bits do not fit " + type_);
    }
    // MySQL's bit strings are numbers, PostgreSQL's are not: 01 is not 1 there.
    if (!numbers_) {
      return refuse(problem, "too_short", std::to_string(in.size()) + " bits do not fill " + type_);
    }
    out.assign(size_ - in.size(), '0');
    out += in;
    return Outcome::kChanged;
  }

  Outcome integer(std::int64_t value, std::string& out, Problem& problem) override {
    if (value < 0) {
      return refuse(problem, "type", std::to_string(value) + " is no bit string");
    }
    return large_integer(static_cast<std::uint64_t>(value), out, problem);
  }

  Outcome large_integer(std::uint64_t value, std::string& out, Problem& problem) override {
    out.clear();
    for (std::uint64_t rest = value; rest != 0; rest >>= 1) {
      out.insert(out.begin(), (rest & 1U) != 0 ? '1' : '0');
    }
    if (varying_) {
      if (out.empty()) out = "0";
    } else if (out.size() < size_) {
      out.insert(0, size_ - out.size(), '0');
    }
    if (limited_ && out.size() > size_) {
      return refuse(problem, "int_overflow", std::to_string(value) + " does not fit " + type_);
    }
    return Outcome::kChanged;
  }

  Outcome real(double value, std::string& /*out*/, Problem& problem) override {
    return refuse(problem, "type", format_double(value) + " is no bit string");
  }

 private:
  std::size_t size_;
  bool limited_;
  bool varying_;
  bool numbers_;
  std::string type_;
};

}  // namespace

std::unique_ptr<CellConversion> to_uuid(const Pair& pair) {
  if (pair.from().kind == TypeKind::kUuid) return nullptr;
  return text_conversion(nullptr, std::make_unique<UuidForm>(pair), {});
}

std::unique_ptr<CellConversion> to_bit(const Pair& pair) {
  const LogicalType& from = pair.from();
  const LogicalType& to = pair.to();
  const bool same_sort = is_varying_bits(from) == is_varying_bits(to);
  if (from.kind == TypeKind::kBit && same_sort && from.length == to.length) return nullptr;
  return text_conversion(nullptr, std::make_unique<BitForm>(pair), {});
}

}  // namespace crossload::convert
