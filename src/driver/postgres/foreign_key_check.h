#pragma once

#include <functional>
#include <vector>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::postgres {

/// Checks every foreign key of the tables, and those of other tables that point at them, by an
/// anti-join in the server. A key over orphans is left NOT VALID; one without is left valid.
FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const std::function<void(const FkOrphan&)>& found);

}  // namespace crossload::driver::postgres
