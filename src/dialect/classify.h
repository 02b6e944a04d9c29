#pragma once

#include <string_view>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {

/// Dialect::classify for one engine.
StatementClass classify_statement(Engine engine, std::string_view statement);

}  // namespace crossload::dialect
