#include "artifacts.h"

#include <system_error>

#include "crossload/base/files.h"

#include "arguments.h"

namespace crossload::tools {

std::filesystem::path artifact_path(const std::filesystem::path& state_dir,
                                    const std::string& path) {
  const auto found = path_inside(state_dir, path);
  if (!found) {
    throw Error(ErrorCode::kInvalidArgument, "'" + path + "' lies outside the state folder")
        .suggest(call_hint("read-artifact", Json::object()));
  }
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(*found, ignored)) {
    throw Error(ErrorCode::kInvalidArgument, "there is no file '" + path + "' in the state folder")
        .suggest(call_hint("read-artifact", Json::object()));
  }
  return *found;
}

std::string artifact_name(const std::filesystem::path& state_dir,
                          const std::filesystem::path& file) {
  return file.lexically_relative(state_dir).string();
}

}  // namespace crossload::tools
