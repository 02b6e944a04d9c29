#pragma once

#include <functional>
#include <vector>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::mysql {

/// Holds every foreign key of the tables against the data by an anti-join; see LoadSession.
FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const std::function<void(const FkOrphan&)>& found);

}  // namespace crossload::driver::mysql
