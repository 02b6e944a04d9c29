#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crossload/base/secret.h"

namespace crossload::app {

/// The password a file holds, without the newline at its end. Adds a line to `warnings` where
/// everyone on the machine may read the file.
/// Throws: Error kInvalidArgument naming the file and the reason; never quotes its content.
Secret read_password_file(const std::filesystem::path& file, std::vector<std::string>& warnings);

}  // namespace crossload::app
