#include "case_blind.h"

#include "crossload/base/strings.h"

namespace crossload::dialect {

bool is_case_blind(Engine source, const Column& column, const std::string& index_collation) {
  const std::string collation =
      ascii_lower(index_collation.empty() ? column.collation : index_collation);
  switch (source) {
    case Engine::kMysql:
      return collation.ends_with("_ci");
    case Engine::kSqlite:
      return collation == "nocase";
    case Engine::kPostgres:
      return ascii_lower(column.type.declared).find("citext") != std::string::npos;
  }
  return false;
}

}  // namespace crossload::dialect
