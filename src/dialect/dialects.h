#pragma once

#include <string>
#include <string_view>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {

const Dialect& sqlite_dialect();
const Dialect& postgres_dialect();
const Dialect& mysql_dialect();

/// What must follow a statement before its semicolon counts: a line end after a line comment, the
/// end of an open block comment, else nothing.
std::string statement_end(Engine engine, std::string_view statement);

}  // namespace crossload::dialect
