#pragma once

#include <string>
#include <vector>

#include "crossload/driver/catalog.h"

#include "session.h"

namespace crossload::driver::postgres {

/// Tables and views with their sizes; `schema` empty: of all schemas.
std::vector<TableSummary> list_tables(Session& session, const std::string& schema);
/// The same without counting anything.
std::vector<TableSummary> list_names(Session& session);

}  // namespace crossload::driver::postgres
