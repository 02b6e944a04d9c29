#pragma once

#include <string_view>
#include <vector>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {

/// Dialect::split for one engine.
std::vector<SqlStatement> split_script(Engine engine, std::string_view script);

}  // namespace crossload::dialect
