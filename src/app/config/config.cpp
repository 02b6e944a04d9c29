#include "config.h"

#include <algorithm>
#include <system_error>

#include <sys/stat.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"

#include "json_text.h"
#include "object_reader.h"
#include "profile_reader.h"

namespace crossload::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxConfigBytes = std::uintmax_t{1} << 20U;
constexpr std::string_view kDefaultStateFolder = ".tmp";

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

/// A path the user named has to be there; one that is only looked for may be missing.
fs::path named_file(const fs::path& file, const fs::path& working_folder, std::string_view source) {
  fs::path absolute = (working_folder / file).lexically_normal();
  if (is_there(absolute)) return absolute;
  throw Error(ErrorCode::kInvalidArgument, "no configuration: the file '" + absolute.string() +
                                               "' given by " + std::string(source) +
                                               " does not exist");
}

std::optional<fs::path> user_folder(const Variables& variables) {
  const std::optional<std::string> xdg = variables("XDG_CONFIG_HOME");
  if (xdg && fs::path(*xdg).is_absolute()) return fs::path(*xdg);
  const std::optional<std::string> home = variables("HOME");
  if (home && fs::path(*home).is_absolute()) return fs::path(*home) / ".config";
  return std::nullopt;
}

fs::path read_state_dir(const ObjectReader& root, const fs::path& folder) {
  const std::string text = root.text("state_dir").value_or(std::string(kDefaultStateFolder));
  if (text.empty()) throw root.wrong("state_dir", "it is empty");
  fs::path state_dir = (folder / text).lexically_normal();
  if (!state_dir.has_filename()) state_dir = state_dir.parent_path();
  std::error_code ignored;
  if (is_there(state_dir) && !fs::is_directory(state_dir, ignored)) {
    throw root.wrong("state_dir", "it is a file, not a folder");
  }
  return state_dir;
}

void check_profile_name(const std::string& name) {
  constexpr std::size_t kMaxBytes = 100;
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  });
  if (name.empty() || name.size() > kMaxBytes || !printable) {
    throw Error(ErrorCode::kInvalidArgument,
                "key 'profiles': a profile's name has 1 to 100 bytes and no control characters");
  }
}

bool has_written_password(const Json& profile) {
  const auto written = [&](const char* key) {
    const std::string text = profile.value(key, std::string());
    return text.find("${") == std::string::npos ? text : std::string();
  };
  const std::string url = written("url");
  return !written("password").empty() || (!url.empty() && !Uri::parse(url).password.empty());
}

/// A password written into a file that everyone may read deserves a word.
void warn_of_open_passwords(const Json& profiles, const fs::path& file,
                            std::vector<std::string>& warnings) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || (status.st_mode & S_IROTH) == 0) return;
  for (const auto& item : profiles.items()) {
    if (!has_written_password(item.value())) continue;
    warnings.push_back("everyone on this machine may read the password of profile '" + item.key() +
                       "' in '" + file.string() + "' (chmod 600, ${VARIABLE} or password_file)");
  }
}

Config read_config(std::string_view text, const fs::path& file, const Variables& variables) {
  const Json json = parse_json_with_comments(text);
  const ObjectReader root(json, "", {"state_dir", "profiles"}, variables);
  const fs::path folder = file.parent_path();
  Config config;
  config.file = file;
  config.state_dir = read_state_dir(root, folder);
  const Json* profiles = root.find("profiles");
  if (profiles == nullptr) throw root.wrong("profiles", "it is missing");
  if (!profiles->is_object() || profiles->empty()) {
    throw root.wrong("profiles", "it must be an object with at least one profile");
  }
  for (const auto& item : profiles->items()) {
    check_profile_name(item.key());
    config.profiles.push_back(
        read_profile(item.key(), item.value(), folder, variables, config.warnings));
  }
  warn_of_open_passwords(*profiles, file, config.warnings);
  return config;
}

}  // namespace

fs::path find_config(const std::optional<fs::path>& option, const Variables& variables,
                     const fs::path& working_folder) {
  if (option) return named_file(*option, working_folder, "--config");
  const std::optional<std::string> variable = variables("CROSSLOAD_CONFIG");
  if (variable && !variable->empty()) {
    return named_file(*variable, working_folder, "$CROSSLOAD_CONFIG");
  }
  std::vector<fs::path> places = {working_folder / "crossload.json"};
  if (const auto user = user_folder(variables)) {
    places.push_back(*user / "crossload" / "config.json");
  }
  std::string looked;
  for (const fs::path& place : places) {
    if (is_there(place)) return place;
    looked += (looked.empty() ? "'" : ", '") + place.string() + "'";
  }
  throw Error(ErrorCode::kInvalidArgument, "no configuration found; looked for " + looked)
      .suggest(
          "give --config FILE or write crossload.json, e.g. "
          R"({"profiles": {"files": {"url": "sqlite:data/"}}})");
}

Config load_config(const fs::path& file, const Variables& variables) {
  std::error_code error;
  if (fs::is_regular_file(file, error) && fs::file_size(file, error) > kMaxConfigBytes) {
    throw Error(ErrorCode::kInvalidArgument,
                "the configuration '" + file.string() + "' is larger than 1 MiB");
  }
  return parse_config(read_file(file), file, variables);
}

Config parse_config(std::string_view text, const fs::path& file, const Variables& variables) {
  std::error_code ignored;
  const fs::path absolute = fs::absolute(file, ignored).lexically_normal();
  try {
    return read_config(text, absolute, variables);
  } catch (Error& error) {
    error.add_context("'" + absolute.string() + "'");
    throw;
  }
}

}  // namespace crossload::app
