#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config.h"
#include "json_text.h"

namespace crossload::app {

/// Reads the profile `name`; relative paths are taken from `folder`.
/// Throws: Error kInvalidArgument naming profile and key.
tools::Profile read_profile(const std::string& name, const Json& json,
                            const std::filesystem::path& folder, const Variables& variables,
                            std::vector<std::string>& warnings);

}  // namespace crossload::app
