#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/tools/services.h"

namespace crossload::app {

/// Looks an environment variable up; nullopt where it is not set.
using Variables = std::function<std::optional<std::string>(const std::string& name)>;

/// The variables of this process.
Variables process_variables();

/// What crossload.json says, checked whole. Passwords are in the endpoints' Secrets and nowhere
/// else.
struct Config {
  std::filesystem::path file;       ///< Absolute.
  std::filesystem::path state_dir;  ///< Absolute; need not exist.
  std::vector<tools::Profile> profiles;
  std::vector<std::string> warnings;  ///< To be logged; none holds a secret.
};

/// The configuration file to use: `option` (--config), $CROSSLOAD_CONFIG, crossload.json in
/// `working_folder`, $XDG_CONFIG_HOME/crossload/config.json (~/.config where unset).
/// Throws: Error kInvalidArgument when the first of these that is given, or all, do not exist.
std::filesystem::path find_config(const std::optional<std::filesystem::path>& option,
                                  const Variables& variables,
                                  const std::filesystem::path& working_folder);

/// Throws: Error kInvalidArgument naming file, profile and key; never quotes a value that could be
/// or hold a secret.
Config load_config(const std::filesystem::path& file, const Variables& variables);

/// As load_config for text already read; `file` gives the folder for relative paths.
Config parse_config(std::string_view text, const std::filesystem::path& file,
                    const Variables& variables);

}  // namespace crossload::app
