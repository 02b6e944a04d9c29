#include "copy_expression.h"

namespace crossload::dialect {

std::optional<std::string> expression_in_target(const MadeTable&, const CopyContext& copy,
                                                const std::string& sql, std::string& why) {
  if (copy.same_engine()) return sql;
  why = "the expression is not translated: " + sql;
  return std::nullopt;
}

}  // namespace crossload::dialect
