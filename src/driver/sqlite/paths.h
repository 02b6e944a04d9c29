#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/driver.h"

namespace crossload::driver::sqlite {

/// Where an endpoint's url points.
struct Place {
  std::filesystem::path folder;               ///< Canonical.
  std::optional<std::filesystem::path> file;  ///< Set where the url names one file; links followed.
  std::filesystem::path named;                ///< That file as the url names it.
};

/// Throws: Error kConnectionFailed where neither the file nor its folder exists.
Place place_of(const Endpoint& endpoint);

/// The database files below the place's folder as names relative to it, sorted. Hidden files and
/// folders, and SQLite's own side files, are left out; links out of the folder are not followed.
std::vector<DatabaseInfo> databases_below(const std::filesystem::path& folder);

/// True where the file begins as SQLite databases do.
bool looks_like_database(const std::filesystem::path& file);

/// True for the names of SQLite's own files beside a database: -wal, -shm, -journal.
bool is_side_file(const std::filesystem::path& file);

/// `name` inside the folder: exactly, or with one of the usual endings of database files added;
/// nullopt where there is no such file. Throws: Error kInvalidArgument for a path out of the
/// folder.
std::optional<std::filesystem::path> find_file(const std::filesystem::path& folder,
                                               const std::string& name);

/// Throws: Error kInvalidArgument where the name leads out of the folder or cannot be a file's.
std::filesystem::path checked_path(const std::filesystem::path& folder, const std::string& name);

/// Equal for two paths of one file: device and inode, or the path itself where there is no file
/// yet.
std::string identity_of(const std::filesystem::path& file);

}  // namespace crossload::driver::sqlite
