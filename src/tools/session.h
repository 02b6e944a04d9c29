#pragma once

#include <memory>
#include <optional>
#include <string>

#include "crossload/driver/driver.h"
#include "crossload/tools/services.h"

#include "arguments.h"

namespace crossload::tools {

/// A database as a caller names it.
struct DatabaseArgument {
  std::string profile_name;
  std::optional<std::string> database_name;
};

/// profile_name and database_name of a call.
DatabaseArgument database_argument(const Json& arguments);

/// A named database, found: what to connect to and what may be done there.
struct FoundDatabase {
  const Profile* profile = nullptr;
  driver::Driver* driver = nullptr;
  driver::Database database;

  /// "profile/database", as results and messages show it.
  std::string display() const { return profile->endpoint.profile + "/" + database.name; }
  /// profile_name and database_name for a suggested call.
  Json arguments() const;
};

/// Throws: Error kProfileNotFound with the nearest names and a next step.
const Profile& find_profile(const Services& services, const std::string& name);

/// Throws: Error kProfileNotFound, kDatabaseNotFound, both with the nearest names and a next step.
FoundDatabase find_database(const Services& services, const DatabaseArgument& argument,
                            bool may_create = false);

/// One session on a named database. Lifetime: that of one call.
struct Session {
  FoundDatabase where;
  std::unique_ptr<driver::Connection> connection;
};

/// Throws: as find_database, and Error kConnectionFailed, kAccessDenied.
Session open_session(const Services& services, const DatabaseArgument& argument,
                     driver::Access access = driver::Access::kReadOnly);

/// A table of the session's database by the name a caller wrote.
/// Throws: Error kTableNotFound with the nearest names and a next step.
TableName find_table(Session& session, const std::string& text);

/// Throws: Error kAccessDenied where the profile is not `write`; `purpose` says what needed it.
void require_write(const Profile& profile, const std::string& purpose);

/// Throws: Error kAccessDenied where the profile does not allow the power ("truncate", "drop").
void require_power(const Profile& profile, const std::string& power, const std::string& purpose);

}  // namespace crossload::tools
