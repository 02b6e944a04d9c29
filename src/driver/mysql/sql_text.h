#pragma once

#include <string>
#include <string_view>

#include "crossload/dialect/dialect.h"

namespace crossload::driver::mysql {

inline std::string quote(std::string_view identifier) {
  return dialect::dialect_for(Engine::kMysql).quote(identifier);
}

/// A table of the session's database, or of the one that it names.
inline std::string quote(const TableName& table) {
  return table.schema.empty() ? quote(table.name) : quote(table.schema) + "." + quote(table.name);
}

}  // namespace crossload::driver::mysql
