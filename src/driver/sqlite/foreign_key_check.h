#pragma once

#include <functional>
#include <vector>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// Looks up every foreign key value of the tables in its parent, as the engine itself would: by the
/// parent's affinity and collation. Orphans go to `found` one by one, never gathered.
FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const std::function<void(const FkOrphan&)>& found);

}  // namespace crossload::driver::sqlite
