#include "url_rules.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "object_reader.h"

namespace crossload::app {
namespace {

constexpr std::array<std::pair<std::string_view, Engine>, 5> kSchemes = {{
    {"sqlite", Engine::kSqlite},
    {"postgresql", Engine::kPostgres},
    {"postgres", Engine::kPostgres},
    {"mysql", Engine::kMysql},
    {"mariadb", Engine::kMysql},
}};

/// What the client library takes beside what the URL and the profile's own keys already say.
/// Source: PostgreSQL 17 manual, 32.1.2 "Parameter Key Words".
const std::vector<std::string>& postgres_parameters() {
  static const std::vector<std::string> kNames = {"host",
                                                  "hostaddr",
                                                  "passfile",
                                                  "require_auth",
                                                  "channel_binding",
                                                  "connect_timeout",
                                                  "options",
                                                  "fallback_application_name",
                                                  "keepalives",
                                                  "keepalives_idle",
                                                  "keepalives_interval",
                                                  "keepalives_count",
                                                  "tcp_user_timeout",
                                                  "gssencmode",
                                                  "sslmode",
                                                  "sslnegotiation",
                                                  "sslcompression",
                                                  "sslcert",
                                                  "sslkey",
                                                  "sslcertmode",
                                                  "sslrootcert",
                                                  "sslcrl",
                                                  "sslcrldir",
                                                  "sslsni",
                                                  "requirepeer",
                                                  "ssl_min_protocol_version",
                                                  "ssl_max_protocol_version",
                                                  "krbsrvname",
                                                  "gsslib",
                                                  "gssdelegation",
                                                  "service",
                                                  "target_session_attrs",
                                                  "load_balance_hosts"};
  return kNames;
}

/// Source: MySQL 8.4 manual, "Command Options for Connecting to the Server"; MariaDB's
/// Connector/C option-file names.
const std::vector<std::string>& mysql_parameters() {
  static const std::vector<std::string> kNames = {"socket",
                                                  "ssl-mode",
                                                  "ssl-ca",
                                                  "ssl-capath",
                                                  "ssl-cert",
                                                  "ssl-cipher",
                                                  "ssl-crl",
                                                  "ssl-crlpath",
                                                  "ssl-key",
                                                  "ssl",
                                                  "ssl-verify-server-cert",
                                                  "tls-version",
                                                  "server-public-key-path",
                                                  "plugin-dir",
                                                  "default-auth",
                                                  "compress",
                                                  "connect-timeout"};
  return kNames;
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::kInvalidArgument, "bad URL: " + message);
}

bool is_plausible_name(std::string_view name) {
  constexpr std::size_t kLongestName = 40;
  return name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
         });
}

void check_parameters(const Uri& url, const std::vector<std::string>& known) {
  for (const auto& [name, value] : url.query) {
    if (ascii_iequals(name, "password") || ascii_iequals(name, "passwd")) {
      refuse("a password stands in the profile's 'password' or 'password_file'");
    }
    bool found = false;
    for (const std::string& candidate : known) found = found || candidate == name;
    if (found) continue;
    // What does not look like a name may be a password that was not percent-encoded.
    refuse(is_plausible_name(name) ? "unknown parameter '" + name + "'" + hint_for(name, known)
                                   : "unknown parameter" + hint_for("", known));
  }
}

/// A mistaken word here would be taken for less safety than was asked for.
void check_tls_mode(const Uri& url, const char* parameter, const std::vector<std::string>& modes) {
  const auto mode = url.parameter(parameter);
  if (!mode) return;
  for (const std::string& known : modes) {
    if (ascii_iequals(known, *mode)) return;
  }
  refuse("'" + std::string(parameter) + "' must be one of " + join(modes, ", "));
}

void settle_sqlite(Uri& url, const std::filesystem::path& folder) {
  if (url.authority && (!url.host.empty() || !url.user.empty() || url.port)) {
    refuse("a SQLite file has no host: write sqlite:FOLDER or sqlite:FILE");
  }
  if (!url.query.empty()) refuse("a sqlite: URL takes no parameters");
  if (url.path.empty()) refuse("it names no folder or file: write sqlite:FOLDER or sqlite:FILE");
  if (url.path == ":memory:") refuse("a database in memory has no file to migrate");
  // "sqlite:///x" is the absolute path /x, as in file: URLs.
  const std::filesystem::path path = url.authority ? "/" + url.path : url.path;
  url.path = (folder / path).lexically_normal().string();
  url.authority = false;
}

void settle_server(Uri& url, std::string_view scheme, const std::vector<std::string>& parameters) {
  if (!url.authority) refuse("'//' is missing after the scheme");
  check_parameters(url, parameters);
  url.scheme = scheme;
}

}  // namespace

Engine engine_of(const Uri& url) {
  std::vector<std::string> names;
  for (const auto& [scheme, engine] : kSchemes) {
    if (url.scheme == scheme) return engine;
    names.emplace_back(scheme);
  }
  refuse("unknown scheme" + hint_for(url.scheme, names));
}

void settle_url(Uri& url, Engine engine, const std::filesystem::path& folder) {
  switch (engine) {
    case Engine::kSqlite:
      return settle_sqlite(url, folder);
    case Engine::kPostgres:
      check_tls_mode(url, "sslmode",
                     {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"});
      return settle_server(url, "postgresql", postgres_parameters());
    case Engine::kMysql:
      check_tls_mode(url, "ssl-mode",
                     {"DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"});
      return settle_server(url, "mysql", mysql_parameters());
  }
}

}  // namespace crossload::app
