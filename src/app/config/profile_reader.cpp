#include "profile_reader.h"

#include <chrono>
#include <cmath>

#include "crossload/base/error.h"

#include "object_reader.h"
#include "password_file.h"
#include "url_rules.h"
#include "variables.h"

namespace crossload::app {
namespace {

using std::chrono::milliseconds;

const std::vector<std::string>& profile_keys() {
  static const std::vector<std::string> kKeys = {"url",       "password", "password_file", "access",
                                                 "databases", "allow",    "timeouts"};
  return kKeys;
}

Uri read_url(const ObjectReader& profile) {
  const std::optional<std::string> text = profile.raw_text("url");
  if (!text) throw profile.wrong("url", "it is missing");
  try {
    return Uri::parse(expand_url(*text, profile.variables()));
  } catch (const Error& error) {
    throw profile.wrong("url", error.message());
  }
}

/// Takes the password out of whichever one place gives it, the URL included.
Secret take_password(const ObjectReader& profile, Uri& url, const std::filesystem::path& folder,
                     std::vector<std::string>& warnings) {
  Secret from_url = std::move(url.password);
  url.password = Secret();
  const std::optional<std::string> text = profile.text("password");
  const std::optional<std::string> file = profile.text("password_file");
  const int places = (from_url.empty() ? 0 : 1) + (text ? 1 : 0) + (file ? 1 : 0);
  if (places > 1) {
    throw profile.wrong(file ? "password_file" : "password",
                        "the password is given twice (of url, password and password_file, one)");
  }
  if (text) return Secret(*text);
  if (!file) return from_url;
  if (file->empty()) throw profile.wrong("password_file", "it is empty");
  try {
    return read_password_file((folder / *file).lexically_normal(), warnings);
  } catch (const Error& error) {
    throw profile.wrong("password_file", error.message());
  }
}

driver::Access read_access(const ObjectReader& profile) {
  const std::string access = profile.text("access").value_or("read");
  if (access == "read") return driver::Access::kReadOnly;
  if (access == "write") return driver::Access::kReadWrite;
  throw profile.wrong("access", "it must be \"read\" or \"write\"");
}

void read_allow(const ObjectReader& reader, tools::Profile& profile,
                std::vector<std::string>& warnings) {
  for (const std::string& power : reader.texts("allow").value_or(std::vector<std::string>())) {
    if (power == "truncate") {
      profile.allow_truncate = true;
    } else if (power == "drop") {
      profile.allow_drop = true;
    } else {
      throw reader.wrong("allow", "each entry must be \"truncate\" or \"drop\"");
    }
  }
  const bool destructive = profile.allow_truncate || profile.allow_drop;
  if (destructive && profile.access == driver::Access::kReadOnly) {
    warnings.push_back("profile '" + profile.endpoint.profile +
                       "': 'allow' has no effect while 'access' is \"read\"");
  }
}

std::vector<std::string> read_databases(const ObjectReader& profile) {
  const std::optional<std::vector<std::string>> names = profile.texts("databases");
  if (names && names->empty()) {
    throw profile.wrong("databases", "the list is empty (leave it out to allow all)");
  }
  return names.value_or(std::vector<std::string>());
}

milliseconds read_seconds(const ObjectReader& timeouts, const std::string& key,
                          milliseconds otherwise) {
  constexpr double kLongestSeconds = 86'400;
  const Json* value = timeouts.find(key);
  if (value == nullptr) return otherwise;
  const double seconds = value->is_number() ? value->get<double>() : -1;
  if (!(seconds >= 0 && seconds <= kLongestSeconds)) {
    throw timeouts.wrong(key, "it must be a number of seconds from 0 to 86400");
  }
  return milliseconds(std::llround(seconds * 1000));
}

driver::Timeouts read_timeouts(const ObjectReader& profile, const std::string& where) {
  driver::Timeouts result;
  const Json* json = profile.find("timeouts");
  if (json == nullptr) return result;
  const ObjectReader timeouts(*json, where + ", timeouts", {"connect", "statement", "lock"},
                              profile.variables());
  result.connect = read_seconds(timeouts, "connect", result.connect);
  result.statement = read_seconds(timeouts, "statement", result.statement);
  result.lock = read_seconds(timeouts, "lock", result.lock);
  if (result.connect == milliseconds(0)) {
    throw timeouts.wrong("connect", "it must be more than 0");
  }
  return result;
}

}  // namespace

tools::Profile read_profile(const std::string& name, const Json& json,
                            const std::filesystem::path& folder, const Variables& variables,
                            std::vector<std::string>& warnings) {
  const std::string where = "profile '" + name + "'";
  const ObjectReader reader(json, where, profile_keys(), variables);
  tools::Profile profile;
  driver::Endpoint& endpoint = profile.endpoint;
  endpoint.profile = name;
  endpoint.url = read_url(reader);
  endpoint.password = take_password(reader, endpoint.url, folder, warnings);
  try {
    endpoint.engine = engine_of(endpoint.url);
    settle_url(endpoint.url, endpoint.engine, folder);
  } catch (const Error& error) {
    throw reader.wrong("url", error.message());
  }
  if (endpoint.engine == Engine::kSqlite && !endpoint.password.empty()) {
    throw reader.wrong("password", "a SQLite file has no password");
  }
  profile.access = read_access(reader);
  read_allow(reader, profile, warnings);
  endpoint.databases = read_databases(reader);
  endpoint.timeouts = read_timeouts(reader, where);
  return profile;
}

}  // namespace crossload::app
