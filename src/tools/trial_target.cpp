#include "trial_target.h"

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::tools {
namespace {

std::string quoted(const Session& session, const std::string& name) {
  return dialect::dialect_for(session.connection->server().engine).quote(std::string_view(name));
}

/// How many sessions try statements at a time, which wait for the server's disk more than for its
/// processor. MariaDB's get into each other's locks where keys tie their tables together.
std::size_t scratch_sessions(const driver::ServerInfo& server) {
  constexpr std::size_t kSideBySide = 4;
  return server.mariadb ? 1 : kSideBySide;
}

/// What is made to be dropped is nothing for the binary log.
void keep_from_replicas(driver::Connection& session) {
  try {
    driver::execute(session, "SET SESSION sql_log_bin = 0");
  } catch (const Error& error) {
    // Not everybody may.
    if (!error.statements_fault()) throw;
  }
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
  scratch_.clear();
  // What cancelled the call stops the first one, and somebody may look into the tables.
  if (!drop_scratch()) drop_scratch();
}

bool TrialTarget::drop_scratch() {
  try {
    driver::execute(*session_.connection, "DROP DATABASE " + quoted(session_, scratch_name_));
    return true;
  } catch (const Error& error) {
    // Where the session is lost, nobody is left to be told.
    return error.code() != ErrorCode::kCancelled && !error.retryable();
  }
}

void TrialTarget::make_scratch() {
  const driver::Endpoint& endpoint = session_.where.profile->endpoint;
  if (!endpoint.databases.empty()) {
    throw no_place(session_, "the profile's databases are a list that it would not be in");
  }
  keep_from_replicas(*session_.connection);
  constexpr std::size_t kNameBytes = 6;
  const std::string name = "crossload_scratch_" + random_hex(kNameBytes);
  try {
    driver::execute(*session_.connection, "CREATE DATABASE " + quoted(session_, name));
  } catch (const Error& error) {
    throw no_place(session_, "its user may not make one: " + error.message());
  }
  scratch_name_ = name;
  try {
    open_scratch();
  } catch (const Error& error) {
    driver::execute(*session_.connection, "DROP DATABASE " + quoted(session_, name));
    throw no_place(session_, "that one cannot be opened: " + error.message());
  }
}

void TrialTarget::open_scratch() {
  const driver::Database database{
      .name = scratch_name_, .location = scratch_name_, .identity = scratch_name_};
  const std::size_t sessions = scratch_sessions(session_.connection->server());
  while (scratch_.size() < sessions) {
    try {
      scratch_.push_back(session_.where.driver->connect(session_.where.profile->endpoint, database,
                                                        {.access = driver::Access::kReadWrite}));
    } catch (const Error&) {
      // The server may allow fewer; one does.
      if (scratch_.empty()) throw;
      return;
    }
    keep_from_replicas(*scratch_.back());
  }
}

std::vector<driver::Connection*> TrialTarget::helpers() const {
  std::vector<driver::Connection*> helpers;
  for (std::size_t i = 1; i < scratch_.size(); ++i) helpers.push_back(scratch_[i].get());
  return helpers;
}

}  // namespace crossload::tools
