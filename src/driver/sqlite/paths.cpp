#include "paths.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <system_error>

#include <sqlite3.h>
#include <sys/stat.h>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"

#include "handles.h"

namespace crossload::driver::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> kEndings = {
    ".db", ".sqlite", ".sqlite3", ".db3", ".s3db", ".sl3", ".gpkg", ".mbtiles", ".sqlitedb"};
constexpr std::size_t kMostDatabases = 10'000;
constexpr int kDeepestFolder = 8;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_hidden(const fs::path& path) {
  return path.filename().native().starts_with('.');
}

}  // namespace

Place place_of(const Endpoint& endpoint) {
  std::error_code failure;
  const fs::path path = fs::absolute(endpoint.url.path, failure);
  if (is_folder(path)) return {fs::canonical(path), std::nullopt, {}};
  // A file, there or still to be made.
  const fs::path file = path.has_filename() ? path : path.parent_path();
  if (!path.has_filename() || !is_folder(file.parent_path())) {
    throw Error(ErrorCode::kConnectionFailed,
                "profile " + endpoint.profile + ": " + path.string() + " does not exist")
        .suggest("make the folder, or correct the profile's url");
  }
  const fs::path target = fs::exists(file, failure)
                              ? fs::canonical(file)
                              : fs::canonical(file.parent_path()) / file.filename();
  return {target.parent_path(), target, file};
}

bool looks_like_database(const fs::path& file) {
  constexpr std::string_view kMagic{"SQLite format 3\0", 16};
  // Through SQLite, never by a descriptor of our own: closing that would drop the locks that other
  // connections of this process hold on the file (POSIX advisory locks).
  sqlite3* opened = nullptr;
  const int result =
      sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  const DatabaseHandle database(opened);
  sqlite3_file* descriptor = nullptr;
  if (result != SQLITE_OK ||
      sqlite3_file_control(opened, "main", SQLITE_FCNTL_FILE_POINTER, &descriptor) != SQLITE_OK ||
      descriptor == nullptr || descriptor->pMethods == nullptr) {
    return false;
  }
  std::array<char, 16> head{};
  return descriptor->pMethods->xRead(descriptor, head.data(), static_cast<int>(head.size()), 0) ==
             SQLITE_OK &&
         std::memcmp(head.data(), kMagic.data(), kMagic.size()) == 0;
}

bool is_side_file(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal");
}

std::vector<DatabaseInfo> databases_below(const fs::path& folder) {
  std::vector<DatabaseInfo> found;
  std::error_code failure;
  fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied,
                                           failure);
  for (; !failure && entries != fs::recursive_directory_iterator() && found.size() < kMostDatabases;
       entries.increment(failure)) {
    const fs::path& path = entries->path();
    if (is_hidden(path)) {
      if (is_folder(path)) entries.disable_recursion_pending();
      continue;
    }
    if (entries.depth() >= kDeepestFolder) entries.disable_recursion_pending();
    if (!is_file(path) || is_side_file(path)) continue;
    const fs::path relative = path.lexically_relative(folder);
    if (!path_inside(folder, relative) || !looks_like_database(path)) continue;
    std::error_code unknown;
    const std::uint64_t bytes = fs::file_size(path, unknown);
    found.push_back({relative.string(), unknown ? std::nullopt : std::optional(bytes)});
  }
  std::sort(found.begin(), found.end(),
            [](const DatabaseInfo& a, const DatabaseInfo& b) { return a.name < b.name; });
  return found;
}

fs::path checked_path(const fs::path& folder, const std::string& name) {
  if (name.empty() || name.find('\0') != std::string::npos) {
    throw Error(ErrorCode::kInvalidArgument, "a database name is the name of a file");
  }
  const std::optional<fs::path> inside = path_inside(folder, name);
  if (!inside || *inside == folder) {
    throw Error(ErrorCode::kInvalidArgument,
                "the database name " + utf8_lossy(name) + " leads out of the profile's folder")
        .suggest("name a file inside the folder; list-databases shows them");
  }
  return *inside;
}

std::optional<fs::path> find_file(const fs::path& folder, const std::string& name) {
  const fs::path exact = checked_path(folder, name);
  if (is_file(exact)) return exact;
  for (const std::string_view ending : kEndings) {
    const std::optional<fs::path> candidate = path_inside(folder, name + std::string(ending));
    if (candidate && is_file(*candidate)) return candidate;
  }
  return std::nullopt;
}

std::string identity_of(const fs::path& file) {
  struct ::stat status {};
  if (::stat(file.c_str(), &status) != 0) return file.string();
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

}  // namespace crossload::driver::sqlite
