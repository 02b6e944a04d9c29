#include "rule_arguments.h"

#include <algorithm>
#include <string>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/convert/converter.h"

namespace crossload::tools {
namespace {

using mcp::Json;

void require_known(const std::string& rule, const Json& value) {
  const auto& rules = convert::all_rules();
  const auto known = std::find_if(rules.begin(), rules.end(),
                                  [&](const convert::RuleInfo& info) { return info.name == rule; });
  if (known == rules.end()) {
    std::vector<std::string> names;
    for (const convert::RuleInfo& info : rules) names.push_back(info.name);
    throw Error(ErrorCode::kInvalidArgument, "there is no rule '" + utf8_lossy(rule) + "'")
        .candidates(nearest_names(rule, names))
        .suggest("the rules are: " + join(names, ", "));
  }
  const bool fits = value.is_string() && std::find(known->values.begin(), known->values.end(),
                                                   value.get<std::string>()) != known->values.end();
  if (fits) return;
  throw Error(ErrorCode::kInvalidArgument,
              "rule '" + rule + "' takes one of: " + join(known->values, ", "));
}

}  // namespace

copy::Rules parse_rules(const Json& rules) {
  copy::Rules result;
  for (const auto& [name, value] : rules.items()) {
    if (!value.is_object()) {
      require_known(name, value);
      result[""][name] = value.get<std::string>();
      continue;
    }
    if (name.find('.') == std::string::npos) {
      throw Error(
          ErrorCode::kInvalidArgument,
          "rules of one column stand under \"table.column\", not \"" + utf8_lossy(name) + "\"");
    }
    for (const auto& [rule, chosen] : value.items()) {
      require_known(rule, chosen);
      result[name][rule] = chosen.get<std::string>();
    }
  }
  return result;
}

std::string rules_help() {
  std::string text;
  for (const convert::RuleInfo& rule : convert::all_rules()) {
    text += "* `" + rule.name + "`: " + join(rule.values, ", ") + ". " + rule.description + "\n";
  }
  return text;
}

}  // namespace crossload::tools
