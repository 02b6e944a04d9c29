#include "trial_target.h"

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::tools {
namespace {

std::string quoted(const Session& session, const std::string& name) {
  return dialect::dialect_for(session.connection->server().engine).quote(std::string_view(name));
}

Error no_place(const Session& session, const std::string& why) {
  return Error(ErrorCode::kAccessDenied,
               "statements cannot be tried on " + session.where.display() +
                   ": its server cannot undo CREATE, so it takes a database made for it, and " +
                   why)
      .suggest("leave target_profile out, and run the files in an empty database with execute-sql");
}

}  // namespace

TrialTarget::TrialTarget(const Services& services, const DatabaseArgument& argument)
    : session_(open_session(services, argument, driver::Access::kReadWrite)) {
  if (!session_.connection->server().transactional_ddl) make_scratch();
}

TrialTarget::~TrialTarget() {
  if (scratch_name_.empty()) return;
  scratch_.reset();
  try {
    driver::execute(*session_.connection, "DROP DATABASE " + quoted(session_, scratch_name_));
  } catch (const Error&) {
    // The session is lost; nobody is left to be told.
  }
}

void TrialTarget::make_scratch() {
  const driver::Endpoint& endpoint = session_.where.profile->endpoint;
  if (!endpoint.databases.empty()) {
    throw no_place(session_, "the profile's databases are a list that it would not be in");
  }
  constexpr std::size_t kNameBytes = 6;
  const std::string name = "crossload_scratch_" + random_hex(kNameBytes);
  try {
    driver::execute(*session_.connection, "CREATE DATABASE " + quoted(session_, name));
  } catch (const Error& error) {
    throw no_place(session_, "its user may not make one: " + error.message());
  }
  scratch_name_ = name;
  try {
    const driver::Database database{.name = name, .location = name, .identity = name};
    scratch_ =
        session_.where.driver->connect(endpoint, database, {.access = driver::Access::kReadWrite});
  } catch (const Error& error) {
    driver::execute(*session_.connection, "DROP DATABASE " + quoted(session_, name));
    throw no_place(session_, "that one cannot be opened: " + error.message());
  }
}

}  // namespace crossload::tools
