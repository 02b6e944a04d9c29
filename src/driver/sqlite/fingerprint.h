#pragma once

#include <filesystem>
#include <string>

#include "session.h"

namespace crossload::driver::sqlite {

/// A text that differs when something was committed to the file since; the same in every process.
/// Shape: bytes-counter-cookie[-...] of the file's header, and of the write-ahead log where there
/// is one.
std::string fingerprint_of(Session& session, const std::filesystem::path& file);

}  // namespace crossload::driver::sqlite
