#pragma once

#include <memory>

#include "crossload/driver/driver.h"

#include "session.h"

namespace crossload::driver::mysql {

/// Opens a session in a database of the endpoint's server, with settings of its own under which
/// values are exact. Throws: Error kConnectionFailed, kAccessDenied, kDatabaseNotFound.
std::unique_ptr<Session> open_session(const Endpoint& endpoint, const std::string& database,
                                      Access access);

}  // namespace crossload::driver::mysql
