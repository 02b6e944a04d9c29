#include "rules.h"

#include <algorithm>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::convert {
namespace {

const RuleInfo& find_rule(const std::string& name) {
  const auto& rules = all_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const RuleInfo& rule) { return rule.name == name; });
  if (found != rules.end()) return *found;
  std::vector<std::string> names;
  for (const RuleInfo& rule : rules) names.push_back(rule.name);
  throw Error(ErrorCode::kInvalidArgument, "there is no rule " + name)
      .candidates(nearest_names(name, names))
      .suggest("use one of: " + join(names, ", "));
}

}  // namespace

const std::vector<RuleInfo>& all_rules() {
  static const std::vector<RuleInfo> rules = {
      {"zero_date",
       {"reject", "null"},
       {"zero_date"},
       "MySQL's 0000-00-00 where the target has no such date"},
      {"partial_date",
       {"reject", "null"},
       {"partial_date"},
       "MySQL's dates with month or day 00 where the target has no such date"},
      {"year_zero",
       {"reject", "bc"},
       {"year_zero"},
       "the year 0000 for PostgreSQL; bc: as the year 1 BC, which it is"},
      {"infinity",
       {"reject", "null", "max", "text"},
       {"infinity"},
       "PostgreSQL's infinity and -infinity; max: 9999-12-31 and 0001-01-01; text: the word, in "
       "SQLite"},
      {"bc",
       {"reject", "iso"},
       {"out_of_range"},
       "dates before the year 1 in SQLite; iso: the year 1 BC is 0000, the year 2 BC -0001"},
      {"epoch",
       {"reject", "seconds", "milliseconds", "microseconds", "julian"},
       {"type"},
       "numbers in a column of dates: counted from 1970-01-01 UTC, or Julian day numbers"},
      {"nan",
       {"reject", "null", "text"},
       {"nan"},
       "NaN and Infinity where the target has no such number; text: the word, in a column of text"},
      {"nonzero",
       {"reject", "true"},
       {"boolean"},
       "numbers other than 0 and 1, and the words yes, no, on and off, for a boolean"},
      {"nul", {"reject", "strip"}, {"nul"}, "the character U+0000 in text for PostgreSQL"},
      {"invalid_utf8",
       {"reject", "replace"},
       {"invalid_utf8"},
       "text that is not UTF-8; replace: each bad byte becomes U+FFFD"},
      {"decode_as",
       {"reject", "utf8"},
       {"charset"},
       "text whose UTF-8 bytes were stored as latin1 once: utf8 decodes them again"},
      {"char_blanks",
       {"keep", "trim"},
       {},
       "the blanks that PostgreSQL pads char(n) with, in a target that is no char(n)"},
      {"bytes",
       {"reject", "utf8"},
       {"type"},
       "text in a column of bytes and bytes in a column of text; utf8: the same bytes"},
      {"binary_to_uuid",
       {"reject", "plain", "swapped"},
       {"type"},
       "16 bytes as a UUID and back; swapped: in the order of UUID_TO_BIN(x, 1)"},
      {"enum_empty",
       {"reject", "null"},
       {"enum_empty"},
       "the empty value of a MySQL ENUM that stands for an error"},
      {"array_bounds",
       {"reject", "drop"},
       {"array_bounds"},
       "PostgreSQL arrays that do not begin at 1, as JSON"},
      {"json_number",
       {"reject", "double"},
       {"json_number"},
       "JSON numbers that MySQL would keep as another double"},
      {"json_duplicate",
       {"reject", "last"},
       {"json_duplicate"},
       "JSON objects with a key twice, where the target keeps the last only"},
      {"large_object",
       {"reject", "number"},
       {},
       "columns that name PostgreSQL's large objects; reject: no job is started; number: the "
       "numbers are copied, the large objects are not"},
  };
  return rules;
}

RuleSet::RuleSet(const ColumnRules& rules) {
  for (const auto& [name, value] : rules) {
    const RuleInfo& rule = find_rule(name);
    if (std::find(rule.values.begin(), rule.values.end(), value) == rule.values.end()) {
      throw Error(ErrorCode::kInvalidArgument, "the rule " + name + " has no value \"" + value +
                                                   "\"; it takes " + join(rule.values, ", "));
    }
    const auto position = static_cast<std::size_t>(&rule - all_rules().data());
    if (value != rule.values.front()) chosen_[position] = value;
  }
}

std::map<std::string, std::uint64_t> RuleSet::take_uses() {
  std::map<std::string, std::uint64_t> taken;
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    if (uses_[i] != 0) taken[all_rules()[i].name + "=" + chosen_[i]] = uses_[i];
    uses_[i] = 0;
  }
  return taken;
}

}  // namespace crossload::convert
