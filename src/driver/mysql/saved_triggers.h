#pragma once

#include <vector>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::mysql {

/// A table's triggers, with what makes them again; see LoadSession::save_triggers().
std::vector<SavedTrigger> save_triggers(Session& session, const TableName& table);

/// Makes a trigger again under the settings that it was made under; the session's own are put back.
void restore_trigger(Session& session, const SavedTrigger& trigger);

}  // namespace crossload::driver::mysql
