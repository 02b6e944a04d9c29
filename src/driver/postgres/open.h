#pragma once

#include <memory>
#include <string>

#include "crossload/driver/driver.h"

#include "session.h"

namespace crossload::driver::postgres {

/// A session on a database with the settings under which values are exact, proved usable.
/// Throws: Error kConnectionFailed, kAccessDenied.
std::unique_ptr<Session> open_session(const Endpoint& endpoint, const std::string& database,
                                      Access access);

/// What the session's server can do. Asks it, the first time a load is prepared excepted.
ServerInfo server_info(Session& session);

}  // namespace crossload::driver::postgres
