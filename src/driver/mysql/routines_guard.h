#pragma once

#include <string>
#include <vector>

#include "session.h"

namespace crossload::driver::mysql {

/// Why functions of these names may not be called on a read-only session: a loaded function can do
/// anything, a stored one what its text says; empty where they may. The engine itself refuses a
/// stored function that changes rows.
std::string refused_function(Session& session, const std::vector<std::string>& names);

}  // namespace crossload::driver::mysql
