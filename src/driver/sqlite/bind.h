#pragma once

#include <vector>

#include "crossload/model/value.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// Binds values to parameters 1, 2, ...; SQLite keeps copies.
/// Throws: Error kInvalidArgument for a value SQLite cannot hold (NaN, an integer past 2^63-1).
void bind_values(Session& session, sqlite3_stmt* statement, const std::vector<Value>& values);

}  // namespace crossload::driver::sqlite
