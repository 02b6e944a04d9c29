#include "open.h"

#include <string_view>
#include <utility>

#include "crossload/base/strings.h"

#include "conninfo.h"
#include "queries.h"
#include "result_rows.h"
#include "row_limit.h"

namespace crossload::driver::postgres {
namespace {

constexpr std::size_t kMostParameters = 65'535;

std::string without(std::string text, const Secret& secret) {
  if (secret.empty()) return text;
  for (std::size_t at = 0; (at = text.find(secret.reveal(), at)) != std::string::npos;) {
    text.replace(at, secret.reveal().size(), "***");
    at += 3;
  }
  return text;
}

Error not_connected(const Endpoint& endpoint, const std::string& database, PGconn* connection) {
  std::string reason(trim(utf8_lossy(PQerrorMessage(connection))));
  reason = without(without(std::move(reason), endpoint.password), endpoint.url.password);
  Error error(ErrorCode::kConnectionFailed,
              "profile " + endpoint.profile + ", database " + utf8_lossy(database) + ": " + reason);
  // The library tells no SQLSTATE here, only that the server asked for a password.
  if (PQconnectionNeedsPassword(connection) != 0) {
    error.suggest("give the profile a password or password_file");
  } else if (PQconnectionUsedPassword(connection) != 0) {
    error.suggest("check the user and password of the profile");
  } else {
    error.retryable(true);
  }
  return error.suggest("check host, port, user, password and TLS options of the profile's URL");
}

ConnectionHandle connect(const Endpoint& endpoint, const std::string& database) {
  const Conninfo info = conninfo(endpoint, database);
  std::vector<const char*> keys;
  std::vector<const char*> values;
  for (const auto& [key, value] : info) {
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  ConnectionHandle connection(PQconnectdbParams(keys.data(), values.data(), 0));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw not_connected(endpoint, database, connection.get());
  }
  return connection;
}

// Everything that changes how a value is written or read, and what could stop a load half way.
std::string settings(const Endpoint& endpoint, Access access, int version) {
  std::string sql =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601';"
      "SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on;"
      "SET xmloption = 'content'; SET client_min_messages = 'warning'; SET quote_all_identifiers = "
      "off;"
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;"
      "SET lock_timeout = " +
      std::to_string(endpoint.timeouts.lock.count()) + ";";
  constexpr int kIdleSessionTimeout = 140'000;
  constexpr int kTransactionTimeout = 170'000;
  if (version >= kIdleSessionTimeout) sql += "SET idle_session_timeout = 0;";
  if (version >= kTransactionTimeout) sql += "SET transaction_timeout = 0;";
  if (access == Access::kReadOnly) sql += "SET default_transaction_read_only = on;";
  return sql;
}

// The user's tables win over the system's: pg_catalog, searched first unless it is named, is named
// last.
constexpr const char* kAppendSystem = R"(
SELECT pg_catalog.set_config('search_path', CASE
  WHEN 'pg_catalog' = ANY (pg_catalog.current_schemas(false)) THEN p.path
  WHEN pg_catalog.btrim(p.path) = '' THEN 'pg_catalog'
  ELSE p.path || ', pg_catalog' END, false)
FROM (SELECT pg_catalog.current_setting('search_path') AS path) p)";
constexpr const char* kDefaultSchema = R"(
SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY u(s, n)
WHERE s <> 'pg_catalog' ORDER BY n LIMIT 1)";

void check_version(const Session& session, const Endpoint& endpoint) {
  constexpr int kOldest = 120'000;
  if (session.version() >= kOldest) return;
  throw Error(ErrorCode::kConnectionFailed,
              "profile " + endpoint.profile + ": PostgreSQL older than 12 is not supported");
}

bool may_be_replica(Session& session) {
  try {
    session.run("BEGIN; SET LOCAL session_replication_role = replica");
    session.run_quietly("ROLLBACK");
    return true;
  } catch (const Error& error) {
    session.run_quietly("ROLLBACK");
    if (error.code() != ErrorCode::kAccessDenied) throw;
    return false;
  }
}

}  // namespace

std::unique_ptr<Session> open_session(const Endpoint& endpoint, const std::string& database,
                                      Access access) {
  auto session = std::make_unique<Session>(connect(endpoint, database), access, endpoint.timeouts);
  check_version(*session, endpoint);
  session->run(settings(endpoint, access, session->version()));
  session->run(kAppendSystem);
  const ResultHandle schema = session->run(kDefaultSchema);
  for (const Row row : rows_of(schema)) session->set_default_schema(row.string(0));
  return session;
}

ServerInfo server_info(Session& session) {
  ServerInfo info;
  info.engine = Engine::kPostgres;
  // "15.20 (Debian 15.20-0+deb12u1)": the rest is the packager's.
  const char* version = PQparameterStatus(session.handle(), "server_version");
  const std::string_view text = version == nullptr ? "?" : version;
  info.version = std::string(text.substr(0, text.find(' ')));
  info.max_parameters = kMostParameters;
  info.max_value_bytes = kMostAllocatedBytes;
  info.transactional_ddl = true;
  info.triggers_can_be_off = session.access() == Access::kReadWrite && may_be_replica(session);
  return info;
}

}  // namespace crossload::driver::postgres
