#include "table_names.h"

namespace crossload::copy {

TableName target_name(const TableName& source, Engine from, Engine to,
                      const std::map<std::string, std::string>& schema_map) {
  const auto mapped = schema_map.find(source.schema);
  if (mapped != schema_map.end()) {
    if (to == Engine::kPostgres) return {mapped->second, source.name};
    return {"", mapped->second + source.name};
  }
  if (source.schema.empty() || (from == Engine::kPostgres && to == Engine::kPostgres)) {
    return source;
  }
  if (to == Engine::kPostgres) return {source.schema, source.name};
  return {"", source.schema + "__" + source.name};
}

}  // namespace crossload::copy
