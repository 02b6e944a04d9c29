#include <algorithm>
#include <chrono>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/driver_postgres/postgres_driver.h"

#include "connection.h"
#include "open.h"
#include "queries.h"
#include "result_rows.h"

namespace crossload::driver {
namespace {

using postgres::ResultHandle;
using postgres::Row;
using postgres::rows_of;
using postgres::Session;

std::vector<std::string> names_of(const std::vector<DatabaseInfo>& databases) {
  std::vector<std::string> names;
  for (const DatabaseInfo& database : databases) names.push_back(database.name);
  return names;
}

bool is_allowed(const Endpoint& endpoint, const std::string& name) {
  return endpoint.databases.empty() ||
         std::find(endpoint.databases.begin(), endpoint.databases.end(), name) !=
             endpoint.databases.end();
}

// Any database will do to ask for the others; a user may be shut out of some.
std::unique_ptr<Session> any_session(const Endpoint& endpoint,
                                     const std::optional<std::string>& wanted) {
  std::vector<std::string> names;
  if (!endpoint.url.path.empty()) names.push_back(endpoint.url.path);
  names.insert(names.end(), endpoint.databases.begin(), endpoint.databases.end());
  names.insert(names.end(), {"postgres", "template1"});
  if (wanted) names.push_back(*wanted);
  std::optional<Error> first;
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& name : names) {
    try {
      return postgres::open_session(endpoint, name, Access::kReadOnly);
    } catch (const Error& error) {
      if (!first) first = error;
    }
    // A server that does not answer will not for another name.
    if (std::chrono::steady_clock::now() - start > endpoint.timeouts.connect / 2) break;
  }
  throw Error(*first);
}

std::vector<DatabaseInfo> databases_on(const Endpoint& endpoint, Session& session) {
  std::vector<DatabaseInfo> databases;
  const ResultHandle rows = session.run(postgres::queries::kDatabases);
  for (const Row row : rows_of(rows)) {
    if (!is_allowed(endpoint, row.string(0))) continue;
    DatabaseInfo& database = databases.emplace_back(DatabaseInfo{row.string(0), std::nullopt});
    if (!row.is_null(1)) database.bytes = static_cast<std::uint64_t>(row.number(1));
  }
  return databases;
}

class PostgresDriver : public Driver {
 public:
  Engine engine() const override { return Engine::kPostgres; }

  std::vector<DatabaseInfo> list_databases(const Endpoint& endpoint) override {
    return databases_on(endpoint, *any_session(endpoint, std::nullopt));
  }

  Database resolve(const Endpoint& endpoint, const std::optional<std::string>& database,
                   bool may_create) override {
    const std::string name = wanted_name(endpoint, database);
    const std::unique_ptr<Session> session = any_session(endpoint, name);
    const std::vector<std::string> names = names_of(databases_on(endpoint, *session));
    const bool exists = std::find(names.begin(), names.end(), name) != names.end();
    if (!is_allowed(endpoint, name) || (!exists && !may_create)) {
      throw Error(ErrorCode::kDatabaseNotFound,
                  "profile " + endpoint.profile + " has no database " + utf8_lossy(name))
          .candidates(nearest_names(name, names))
          .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
    }
    return {name, name, identity(endpoint, *session) + "/" + name, exists};
  }

  std::unique_ptr<Connection> connect(const Endpoint& endpoint, const Database& database,
                                      const ConnectOptions& options) override {
    std::unique_ptr<Session> session =
        postgres::open_session(endpoint, database.location, options.access);
    ServerInfo server = postgres::server_info(*session);
    return std::make_unique<postgres::PostgresConnection>(std::move(session), std::move(server));
  }

 private:
  std::string wanted_name(const Endpoint& endpoint, const std::optional<std::string>& database) {
    if (database) return *database;
    if (!endpoint.url.path.empty()) return endpoint.url.path;
    if (endpoint.databases.size() == 1) return endpoint.databases.front();
    throw Error(ErrorCode::kInvalidArgument,
                "profile " + endpoint.profile + " is a server: say which database")
        .candidates(names_of(list_databases(endpoint)))
        .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
  }

  // One server has many names; the number that initdb gave it is its own, and copies of its files
  // that run beside it have another port. Where a user may not ask for the number, the address
  // does.
  static std::string identity(const Endpoint& endpoint, Session& session) {
    try {
      const ResultHandle rows = session.run(postgres::queries::kServerIdentity);
      for (const Row row : rows_of(rows)) return "postgres:" + row.string(0);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kAccessDenied) throw;
    }
    return "postgres:" + endpoint.url.host + ":" + std::to_string(endpoint.url.port.value_or(5432));
  }
};

}  // namespace

std::unique_ptr<Driver> make_postgres_driver() {
  return std::make_unique<PostgresDriver>();
}

}  // namespace crossload::driver
