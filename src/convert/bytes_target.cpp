#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "text_target.h"
#include "uuid_text.h"

namespace crossload::convert {
namespace {

constexpr std::uint64_t kUuidBytes = 16;

class BytesTarget : public CellConversion {
 public:
  explicit BytesTarget(const Pair& pair)
      : rules_(pair.rules),
        most_(most_bytes(pair.target.engine, pair.to())),
        padded_(is_padded(pair.target.engine, pair.to())),
        type_(pair.to().declared) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    switch (cell.kind()) {
      case CellKind::kBytes:
        if (!fits(cell.bytes().size(), problem)) return Outcome::kRefused;
        cell.append_same();
        return Outcome::kSame;
      case CellKind::kText:
        return from_text(cell, problem);
      case CellKind::kInt64:
      case CellKind::kUInt64:
      case CellKind::kFloat64:
        return refuse(problem, "type", "a number in a column of bytes");
      case CellKind::kNull:
        return Outcome::kNull;
    }
    return Outcome::kNull;
  }

 private:
  bool fits(std::size_t size, Problem& problem) const {
    if (size > most_) {
      refuse(problem, "too_long", std::to_string(size) + " bytes do not fit " + type_);
      return false;
    }
    // The server would put zero bytes behind.
    if (padded_ && size < most_) {
      refuse(problem, "too_short", std::to_string(size) + " bytes do not fill " + type_);
      return false;
    }
    return true;
  }

  Outcome put(const Cell& cell, const std::string& bytes, Rule rule, Problem& problem) {
    if (!fits(bytes.size(), problem)) return Outcome::kRefused;
    rules_.count(rule);
    cell.batch.append_bytes(cell.to, bytes);
    return Outcome::kChanged;
  }

  Outcome from_text(const Cell& cell, Problem& problem) {
    if (rules_.chosen(Rule::kBinaryToUuid) && most_ == kUuidBytes) {
      const std::string uuid = canonical_uuid(cell.bytes());
      if (!uuid.empty()) {
        const bool swapped = rules_.is(Rule::kBinaryToUuid, "swapped");
        return put(cell, bytes_of_uuid(uuid, swapped), Rule::kBinaryToUuid, problem);
      }
    }
    if (rules_.is(Rule::kBytes, "utf8")) {
      return put(cell, std::string(cell.bytes()), Rule::kBytes, problem);
    }
    return refuse(problem, "type", "text in a column of bytes: " + shown(cell.bytes()));
  }

  RuleSet& rules_;
  std::uint64_t most_;
  bool padded_;
  std::string type_;
};

}  // namespace

std::unique_ptr<CellConversion> to_bytes(const Pair& pair) {
  const TypeKind from = pair.from().kind;
  const std::uint64_t most = most_bytes(pair.target.engine, pair.to());
  const std::uint64_t given = most_bytes(pair.source.engine, pair.from());
  const bool padded = is_padded(pair.target.engine, pair.to());
  const bool same_padding =
      !padded || (is_padded(pair.source.engine, pair.from()) && given == most);
  if ((from == TypeKind::kBytes || from == TypeKind::kSpatial) && same_padding &&
      (given <= most || most >= 4'294'967'295)) {
    return nullptr;
  }
  return std::make_unique<BytesTarget>(pair);
}

}  // namespace crossload::convert
