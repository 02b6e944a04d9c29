#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "crossload/base/strings.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

#include "connection.h"
#include "open.h"
#include "paths.h"

namespace crossload::driver {
namespace {

namespace fs = std::filesystem;
using sqlite::Place;

std::vector<std::string> names_of(const std::vector<DatabaseInfo>& databases) {
  std::vector<std::string> names;
  for (const DatabaseInfo& database : databases) names.push_back(database.name);
  return names;
}

bool is_allowed(const Endpoint& endpoint, const Place& place, const fs::path& file) {
  if (endpoint.databases.empty()) return true;
  return std::any_of(
      endpoint.databases.begin(), endpoint.databases.end(), [&](const std::string& name) {
        const auto allowed = sqlite::find_file(place.folder, name);
        return (allowed ? *allowed : sqlite::checked_path(place.folder, name)) == file;
      });
}

Database database_at(const fs::path& folder, const fs::path& file, bool exists) {
  return {file.lexically_relative(folder).string(), file.string(), sqlite::identity_of(file),
          exists};
}

// One thread per connection makes the library's own mutexes needless, and its memory counters are a
// lock in every allocation. Fails when SQLite is in use already; then its defaults do.
void configure_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

class SqliteDriver : public Driver {
 public:
  Engine engine() const override { return Engine::kSqlite; }

  std::vector<DatabaseInfo> list_databases(const Endpoint& endpoint) override {
    const Place place = sqlite::place_of(endpoint);
    std::vector<DatabaseInfo> databases = sqlite::databases_below(place.folder);
    const auto hidden = [&](const DatabaseInfo& database) {
      const fs::path file = place.folder / database.name;
      return (place.file && *place.file != file) || !is_allowed(endpoint, place, file);
    };
    databases.erase(std::remove_if(databases.begin(), databases.end(), hidden), databases.end());
    return databases;
  }

  Database resolve(const Endpoint& endpoint, const std::optional<std::string>& database,
                   bool may_create) override {
    const Place place = sqlite::place_of(endpoint);
    if (place.file) return resolve_file(endpoint, place, database, may_create);
    const std::string name = wanted_name(endpoint, database);
    const std::optional<fs::path> found = sqlite::find_file(place.folder, name);
    if (found && is_allowed(endpoint, place, *found))
      return database_at(place.folder, *found, true);
    const fs::path missing = sqlite::checked_path(place.folder, name);
    if (found || !is_allowed(endpoint, place, missing) || !may_create) {
      throw not_found(endpoint, name);
    }
    if (sqlite::is_side_file(missing) || !fs::is_directory(missing.parent_path())) {
      throw Error(ErrorCode::kInvalidArgument, "no database can be made at " + missing.string())
          .suggest(
              "choose a name in an existing folder that does not end in -wal, -shm or -journal");
    }
    check_can_be_made(missing);
    return database_at(place.folder, missing, false);
  }

  std::unique_ptr<Connection> connect(const Endpoint& endpoint, const Database& database,
                                      const ConnectOptions& options) override {
    return std::make_unique<sqlite::SqliteConnection>(
        sqlite::open_session(endpoint, database.location, options), database.location);
  }

 private:
  /// Now, while there is no job yet.
  static void check_can_be_made(const fs::path& missing) {
    if (::faccessat(AT_FDCWD, missing.parent_path().c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
    throw Error(ErrorCode::kAccessDenied, "no database can be made in " +
                                              missing.parent_path().string() + ": " +
                                              std::generic_category().message(errno))
        .suggest("check the folder's permissions, and that its file system is mounted for writing");
  }

  Error not_found(const Endpoint& endpoint, const std::string& name) {
    return Error(ErrorCode::kDatabaseNotFound,
                 "profile " + endpoint.profile + " has no database " + utf8_lossy(name))
        .candidates(nearest_names(name, names_of(list_databases(endpoint))))
        .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
  }

  std::string wanted_name(const Endpoint& endpoint, const std::optional<std::string>& database) {
    if (database) return *database;
    if (endpoint.databases.size() == 1) return endpoint.databases.front();
    throw Error(ErrorCode::kInvalidArgument,
                "profile " + endpoint.profile + " is a folder: say which database")
        .candidates(names_of(list_databases(endpoint)))
        .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
  }

  Database resolve_file(const Endpoint& endpoint, const Place& place,
                        const std::optional<std::string>& database, bool may_create) {
    const fs::path& file = *place.file;
    const auto names = [&](const fs::path& path) {
      return *database == path.filename() || *database == path.stem() || *database == path.string();
    };
    const bool named = !database || names(file) || names(place.named);
    const bool exists = fs::is_regular_file(file);
    if (!named || (!exists && !may_create)) {
      throw not_found(endpoint, database.value_or(file.filename().string()));
    }
    if (!exists) check_can_be_made(file);
    return database_at(place.folder, file, exists);
  }
};

}  // namespace

std::unique_ptr<Driver> make_sqlite_driver() {
  configure_library();
  return std::make_unique<SqliteDriver>();
}

}  // namespace crossload::driver
