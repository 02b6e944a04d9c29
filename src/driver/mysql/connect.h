#pragma once

#include <string>

#include "crossload/driver/driver.h"

#include "handles.h"

namespace crossload::driver::mysql {

/// Logs in at the endpoint's server; `database` empty: in none. TLS, files and time-outs as the URL
/// and the engine's own option files say. Throws: Error kConnectionFailed, kAccessDenied,
/// kDatabaseNotFound, kInvalidArgument for an option of the URL that there is not.
Handle log_in(const Endpoint& endpoint, const std::string& database);

}  // namespace crossload::driver::mysql
