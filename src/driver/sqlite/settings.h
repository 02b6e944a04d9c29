#pragma once

#include <vector>

#include "crossload/driver/catalog.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// The properties of the file that its tables do not show.
std::vector<DatabaseSetting> settings_of(Session& session);

/// True for a file of no pages: nothing was written to it yet.
bool holds_nothing(Session& session);

/// Gives a file that holds nothing the properties of another; all of them or none.
/// Throws: Error kInvalidArgument for a setting that is none of those settings_of() tells.
void apply_settings(Session& session, const std::vector<DatabaseSetting>& settings);

}  // namespace crossload::driver::sqlite
