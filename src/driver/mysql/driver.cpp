#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/driver_mysql/mysql_driver.h"

#include "connect.h"
#include "connection.h"
#include "open.h"
#include "queries.h"

namespace crossload::driver {
namespace {

using mysql::Session;
using mysql::TextRow;

std::optional<std::uint64_t> bytes_of(const std::optional<std::string>& text) {
  std::uint64_t bytes = 0;
  if (!text) return std::nullopt;
  std::from_chars(text->data(), text->data() + text->size(), bytes);
  return bytes;
}

bool is_allowed(const Endpoint& endpoint, const std::string& name) {
  return endpoint.databases.empty() ||
         std::find(endpoint.databases.begin(), endpoint.databases.end(), name) !=
             endpoint.databases.end();
}

// A login in no database, to look around.
Session look_around(const Endpoint& endpoint) {
  return Session(mysql::log_in(endpoint, {}), endpoint, {}, Access::kReadOnly);
}

struct ServerIdentity {
  std::string text;
  bool folds_names = false;
};

ServerIdentity identity_of(Session& session) {
  std::map<std::string, std::string> variables;
  for (const TextRow& row : session.ask(mysql::queries::kServerIdentity)) {
    variables[ascii_lower(row[0].value_or(""))] = row[1].value_or("");
  }
  // Servers of one machine may share a name, copies of a data folder an id.
  const std::string id =
      variables.contains("server_uuid") ? variables["server_uuid"] : variables["server_uid"];
  return {variables["hostname"] + ":" + variables["port"] + "/" + id,
          variables["lower_case_table_names"] != "0"};
}

class MysqlDriver : public Driver {
 public:
  Engine engine() const override { return Engine::kMysql; }

  std::vector<DatabaseInfo> list_databases(const Endpoint& endpoint) override {
    Session session = look_around(endpoint);
    std::vector<DatabaseInfo> databases;
    for (const TextRow& row : session.ask(mysql::queries::kDatabases)) {
      const std::string name = row[0].value_or("");
      if (is_allowed(endpoint, name)) databases.push_back({name, bytes_of(row[1])});
    }
    return databases;
  }

  Database resolve(const Endpoint& endpoint, const std::optional<std::string>& database,
                   bool may_create) override {
    Session session = look_around(endpoint);
    const std::vector<std::string> names = names_of(session, endpoint);
    const std::string wanted = wanted_name(endpoint, database, names);
    const ServerIdentity server = identity_of(session);
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
      return server.folds_names ? ascii_iequals(name, wanted) : name == wanted;
    });
    if (found != names.end()) return {*found, *found, server.text + "/" + *found, true};
    if (!may_create || !is_allowed(endpoint, wanted)) throw not_found(endpoint, wanted, names);
    return {wanted, wanted, server.text + "/" + wanted, false};
  }

  std::unique_ptr<Connection> connect(const Endpoint& endpoint, const Database& database,
                                      const ConnectOptions& options) override {
    return std::make_unique<mysql::MysqlConnection>(
        mysql::open_session(endpoint, database.location, options.access));
  }

 private:
  static std::vector<std::string> names_of(Session& session, const Endpoint& endpoint) {
    std::vector<std::string> names;
    for (const TextRow& row : session.ask(mysql::queries::kDatabaseNames)) {
      const std::string name = row[0].value_or("");
      if (is_allowed(endpoint, name)) names.push_back(name);
    }
    return names;
  }

  static Error not_found(const Endpoint& endpoint, const std::string& name,
                         const std::vector<std::string>& names) {
    return Error(ErrorCode::kDatabaseNotFound,
                 "profile " + endpoint.profile + " has no database " + utf8_lossy(name))
        .candidates(nearest_names(name, names))
        .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
  }

  static std::string wanted_name(const Endpoint& endpoint,
                                 const std::optional<std::string>& database,
                                 const std::vector<std::string>& names) {
    if (database) return *database;
    if (endpoint.databases.size() == 1) return endpoint.databases.front();
    if (!endpoint.url.path.empty()) return endpoint.url.path;
    throw Error(ErrorCode::kInvalidArgument,
                "profile " + endpoint.profile + " is a server: say which database")
        .candidates(names)
        .suggest("call list-databases {\"profile_name\":\"" + endpoint.profile + "\"}");
  }
};

}  // namespace

std::unique_ptr<Driver> make_mysql_driver() {
  return std::make_unique<MysqlDriver>();
}

}  // namespace crossload::driver
