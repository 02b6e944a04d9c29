#pragma once

#include <string>

#include "session.h"

namespace crossload::driver::mysql {

/// When each table of the session's database was last written to, as the server remembers it: by
/// the second and since its start, which is part of the text.
std::string fingerprint(Session& session);

}  // namespace crossload::driver::mysql
