#include "session.h"

#include <utility>

namespace crossload::tools {

DatabaseArgument database_argument(const Json& arguments) {
  return {required_text(arguments, "profile_name"), optional_text(arguments, "database_name")};
}

Json FoundDatabase::arguments() const {
  return {{"profile_name", profile->endpoint.profile}, {"database_name", database.name}};
}

const Profile& find_profile(const Services& services, const std::string& name) {
  try {
    return services.profiles->get(name);
  } catch (Error& error) {
    error.suggest(call_hint("list-profiles", Json::object()));
    throw;
  }
}

FoundDatabase find_database(const Services& services, const DatabaseArgument& argument,
                            bool may_create) {
  FoundDatabase found;
  found.profile = &find_profile(services, argument.profile_name);
  const driver::Endpoint& endpoint = found.profile->endpoint;
  found.driver = &services.drivers->get(endpoint.engine);
  try {
    found.database = found.driver->resolve(endpoint, argument.database_name, may_create);
  } catch (Error& error) {
    const bool connected =
        error.code() != ErrorCode::kConnectionFailed && error.code() != ErrorCode::kAccessDenied;
    error.suggest(connected ? call_hint("list-databases", {{"profile_name", endpoint.profile}})
                            : call_hint("list-profiles", {{"check", true}}));
    throw;
  }
  return found;
}

Session open_session(const Services& services, const DatabaseArgument& argument,
                     driver::Access access) {
  Session session{find_database(services, argument), nullptr};
  driver::ConnectOptions options;
  options.access = access;
  session.connection = session.where.driver->connect(session.where.profile->endpoint,
                                                     session.where.database, options);
  return session;
}

TableName find_table(Session& session, const std::string& text) {
  try {
    return session.connection->catalog().find(text);
  } catch (Error& error) {
    if (error.code() == ErrorCode::kTableNotFound) {
      error.suggest(call_hint("list-tables", session.where.arguments()));
    }
    throw;
  }
}

void require_write(const Profile& profile, const std::string& purpose) {
  if (profile.access == driver::Access::kReadWrite) return;
  throw Error(ErrorCode::kAccessDenied, "profile '" + profile.endpoint.profile +
                                            "' is read-only; " + purpose + " needs access: write")
      .suggest("choose a profile with access \"write\": " +
               call_hint("list-profiles", Json::object()))
      .suggest("ask the operator to set \"access\": \"write\" for this profile in crossload.json");
}

void require_power(const Profile& profile, const std::string& power, const std::string& purpose) {
  const bool allowed = power == "drop" ? profile.allow_drop : profile.allow_truncate;
  if (allowed) return;
  throw Error(ErrorCode::kAccessDenied, "profile '" + profile.endpoint.profile +
                                            "' does not allow " + power + "; " + purpose +
                                            " needs it")
      .suggest("ask the operator to add \"" + power +
               "\" to \"allow\" of this profile in crossload.json");
}

}  // namespace crossload::tools
