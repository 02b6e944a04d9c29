#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "crossload/convert/converter.h"

namespace crossload::convert {

/// In the order of all_rules().
enum class Rule : std::uint8_t {
  kZeroDate,
  kPartialDate,
  kYearZero,
  kInfinity,
  kBc,
  kEpoch,
  kNan,
  kNonzero,
  kNul,
  kInvalidUtf8,
  kDecodeAs,
  kCharBlanks,
  kBytes,
  kBinaryToUuid,
  kEnumEmpty,
  kArrayBounds,
  kJsonNumber,
  kJsonDuplicate,
  kLargeObject,
};
inline constexpr std::size_t kRuleCount = static_cast<std::size_t>(Rule::kLargeObject) + 1;

/// What a caller chose for one column, and how often it was used. Thread: one at a time.
class RuleSet {
 public:
  /// Throws: Error kInvalidArgument for a rule that is unknown or has another value.
  explicit RuleSet(const ColumnRules& rules);

  /// True where the caller chose that value.
  bool is(Rule rule, std::string_view value) const { return chosen_[index(rule)] == value; }
  /// True where the caller chose any value but the default.
  bool chosen(Rule rule) const { return !chosen_[index(rule)].empty(); }
  void count(Rule rule) { ++uses_[index(rule)]; }
  std::map<std::string, std::uint64_t> take_uses();

 private:
  static std::size_t index(Rule rule) { return static_cast<std::size_t>(rule); }

  std::array<std::string, kRuleCount> chosen_;  ///< Empty: the default.
  std::array<std::uint64_t, kRuleCount> uses_ = {};
};

}  // namespace crossload::convert
