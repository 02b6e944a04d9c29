#pragma once

#include <string>

#include "session.h"

namespace crossload::driver::postgres {

/// The table as FROM has it so that each of its rows is read once.
/// Throws: Error kAccessDenied where row level security hides rows from the user.
std::string from_clause(Session& session, const TableName& table);

/// The name as the model has it: without the default schema.
TableName model_name(const Session& session, std::string schema, std::string name);

}  // namespace crossload::driver::postgres
