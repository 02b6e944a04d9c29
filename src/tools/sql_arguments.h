#pragma once

#include <vector>

#include "crossload/model/value.h"

#include "arguments.h"
#include "session.h"

namespace crossload::tools {

/// `params` of a call. Throws: Error kInvalidArgument naming the parameter.
std::vector<Value> sql_parameters(const Json& arguments);

/// Throws: Error kAccessDenied where the text speaks of crossload's own ledger.
void refuse_ledger(const std::string& sql);

/// A guard, as names in a caller's SQL are no boundary: MySQL reaches other databases of the server
/// by db.table and USE. Throws: Error kAccessDenied for USE of another database, and for one that
/// the profile's `databases` leaves out.
void refuse_other_databases(const FoundDatabase& where, const std::string& sql);

/// What to do next about an error of a caller's statement, where its kind tells.
void suggest_for_sql(Error& error, const FoundDatabase& where, const std::string& sql);

}  // namespace crossload::tools
