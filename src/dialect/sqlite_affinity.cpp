#include "crossload/dialect/sqlite_affinity.h"

#include <string>

#include "crossload/base/strings.h"

namespace crossload::dialect {

SqliteAffinity sqlite_affinity(std::string_view declared_type, bool strict) {
  const std::string type = ascii_lower(declared_type);
  const auto has = [&](const char* part) { return type.find(part) != std::string::npos; };
  if (strict && type == "any") return SqliteAffinity::kNone;
  if (has("int")) return SqliteAffinity::kInteger;
  if (has("char") || has("clob") || has("text")) return SqliteAffinity::kText;
  if (type.empty() || has("blob")) return SqliteAffinity::kNone;
  if (has("real") || has("floa") || has("doub")) return SqliteAffinity::kReal;
  return SqliteAffinity::kNumeric;
}

}  // namespace crossload::dialect
