#pragma once

#include <vector>

#include "crossload/driver/catalog.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// The properties of the file that its tables do not show.
std::vector<DatabaseSetting> settings_of(Session& session);

/// Gives a file of no bytes the properties of another, before anything is read from it.
/// Throws: Error kInvalidArgument for a setting that is none of those settings_of() tells.
void apply_settings(Session& session, const std::vector<DatabaseSetting>& settings);

}  // namespace crossload::driver::sqlite
