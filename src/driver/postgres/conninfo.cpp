#include "conninfo.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include <libpq-fe.h>

namespace crossload::driver::postgres {
namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

bool is_option_of_libpq(const std::string& key) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconndefaults());
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
    if (key == option->keyword) return true;
  }
  return false;
}

// What the program itself decides; a profile that sets them would have values change on their way.
bool is_ours(const std::string& key) {
  static constexpr std::string_view kOurs[] = {"dbname", "client_encoding", "replication",
                                               "application_name"};
  return std::any_of(std::begin(kOurs), std::end(kOurs),
                     [&](std::string_view own) { return own == key; });
}

bool has(const Conninfo& info, std::string_view key) {
  return std::any_of(info.begin(), info.end(), [&](const auto& pair) { return pair.first == key; });
}

// Units: seconds, as libpq wants them; below two it takes two.
std::string seconds(std::chrono::milliseconds time) {
  return std::to_string(std::max<std::int64_t>(2, (time.count() + 999) / 1000));
}

void add_default(Conninfo& info, const char* key, std::string value) {
  if (!has(info, key)) info.emplace_back(key, std::move(value));
}

}  // namespace

Conninfo conninfo(const Endpoint& endpoint, const std::string& database) {
  const Uri& url = endpoint.url;
  Conninfo info;
  if (!url.host.empty()) info.emplace_back("host", url.host);
  if (url.port) info.emplace_back("port", std::to_string(*url.port));
  if (!url.user.empty()) info.emplace_back("user", url.user);
  const Secret& password = endpoint.password.empty() ? url.password : endpoint.password;
  if (!password.empty()) info.emplace_back("password", password.reveal());
  for (const auto& [key, value] : url.query) {
    const std::string keyword = key == "socket" ? "host" : key;
    if (is_ours(keyword) || !is_option_of_libpq(keyword)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "profile " + endpoint.profile + ": the URL's option " + key +
                      " is not one that PostgreSQL's client library has for a profile")
          .suggest("use libpq's own names: sslmode, sslrootcert, host, connect_timeout, ...");
    }
    // A socket's folder stands in the place of the host before it.
    info.erase(std::remove_if(info.begin(), info.end(),
                              [&](const auto& pair) { return pair.first == keyword; }),
               info.end());
    info.emplace_back(keyword, value);
  }
  info.emplace_back("dbname", database);
  info.emplace_back("application_name", "crossload");
  info.emplace_back("client_encoding", "UTF8");
  if (endpoint.timeouts.connect.count() > 0) {
    add_default(info, "connect_timeout", seconds(endpoint.timeouts.connect));
  }
  // A server that is gone without a word is noticed within two minutes.
  add_default(info, "keepalives_idle", "60");
  add_default(info, "keepalives_interval", "15");
  add_default(info, "keepalives_count", "4");
  return info;
}

}  // namespace crossload::driver::postgres
