#include "table_names.h"

#include <set>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

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

std::map<std::string, std::string> normal_schema_map(const std::map<std::string, std::string>& map,
                                                     const Schema& source,
                                                     const std::string& source_default, Engine to,
                                                     const std::string& target_default) {
  std::set<std::string> known = {""};
  for (const Table& table : source.tables) known.insert(table.name.schema);
  for (const View& view : source.views) known.insert(view.name.schema);
  std::map<std::string, std::string> result;
  for (const auto& [from, into] : map) {
    const std::string schema = from == source_default ? "" : from;
    if (!known.contains(schema)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "schema_map: the source has no schema \"" + utf8_lossy(from) + "\"")
          .candidates(nearest_names(from, {known.begin(), known.end()}));
    }
    const bool is_default = to == Engine::kPostgres && into == target_default;
    if (!result.emplace(schema, is_default ? "" : into).second) {
      throw Error(ErrorCode::kInvalidArgument,
                  "schema_map names the default schema twice: as \"\" and as \"" +
                      utf8_lossy(source_default) + "\"");
    }
  }
  return result;
}

}  // namespace crossload::copy
