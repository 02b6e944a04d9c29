#include "crossload/convert/converter.h"

namespace crossload::convert {

const std::vector<RuleInfo>& all_rules() {
  static const std::vector<RuleInfo> rules;
  return rules;
}

}  // namespace crossload::convert
