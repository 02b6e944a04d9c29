#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "session.h"

namespace crossload::driver::mysql {

/// The number that AUTO_INCREMENT handed out last; nullopt where it has handed out none.
std::optional<std::int64_t> last_identity(Session& session, const std::string& table);

}  // namespace crossload::driver::mysql
