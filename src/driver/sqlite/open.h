#pragma once

#include <filesystem>
#include <memory>

#include "session.h"

namespace crossload::driver::sqlite {

/// Opens a database file and proves that it can be read.
/// Throws: Error kConnectionFailed, kAccessDenied, each with what to do.
std::unique_ptr<Session> open_session(const Endpoint& endpoint, const std::filesystem::path& file,
                                      const ConnectOptions& options);

}  // namespace crossload::driver::sqlite
