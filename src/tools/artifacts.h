#pragma once

#include <filesystem>
#include <string>

#include "crossload/jobs/job.h"
#include "crossload/tools/services.h"

namespace crossload::tools {

/// A readable file under `state_dir` by the path a caller wrote.
/// Throws: Error kInvalidArgument where it lies outside (links followed), is missing or is no plain
/// file.
std::filesystem::path artifact_path(const std::filesystem::path& state_dir,
                                    const std::string& path);

/// The path that read-artifact and execute-sql take for a file under `state_dir`.
std::string artifact_name(const std::filesystem::path& state_dir,
                          const std::filesystem::path& file);

}  // namespace crossload::tools
