#pragma once

#include <string>
#include <string_view>

#include "crossload/dialect/dialect.h"

namespace crossload::driver::sqlite {

inline std::string quote(std::string_view identifier) {
  return dialect::dialect_for(Engine::kSqlite).quote(identifier);
}

}  // namespace crossload::driver::sqlite
