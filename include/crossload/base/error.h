#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace crossload {

/// The codes a caller can see; docs/tools.md explains each.
enum class ErrorCode {
  kMigrationNotFound,
  kMigrationAlreadyExists,
  kMigrationFailed,
  kSourceTableNotFound,
  kTargetTableNotFound,
  kColumnMismatch,
  kFkViolation,
  kCheckpointNotFound,
  kSchemaCopyFailed,
  kInvalidArgument,
  kProfileNotFound,
  kDatabaseNotFound,
  kTableNotFound,
  kConnectionFailed,
  kAccessDenied,
  kSqlError,
  kCancelled,
  kPlanStale,
};

/// The wire name, e.g. "MIGRATION_NOT_FOUND".
std::string_view to_string(ErrorCode code);

/// The one failure of the program. Thrown, given context on the way up, caught at the dispatcher,
/// the job runner and the command line only.
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string message);

  const char* what() const noexcept override { return message_.c_str(); }
  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }
  /// Five characters where the engine gives one, else empty.
  const std::string& sqlstate() const { return sqlstate_; }
  /// The engine's own number (SQLite extended result code, MySQL errno), 0 where there is none.
  int vendor_code() const { return vendor_code_; }
  /// The same call may succeed later without a change (lock time-out, lost connection).
  bool retryable() const { return retryable_; }
  /// The server refused what the statement says or the values in it; the session and the server are
  /// well, and another statement may succeed.
  bool statements_fault() const { return statements_fault_; }
  /// What to call or change next, in order of likelihood.
  const std::vector<std::string>& suggestions() const { return suggestions_; }
  /// Nearest existing names when a name was not found.
  const std::vector<std::string>& candidates() const { return candidates_; }

  Error& sqlstate(std::string state);
  Error& vendor_code(int code);
  Error& retryable(bool value);
  Error& statements_fault(bool value);
  Error& suggest(std::string suggestion);
  Error& candidates(std::vector<std::string> names);
  /// Puts "context: " before the message; for callers that know what was being done.
  Error& add_context(std::string_view context);

 private:
  ErrorCode code_;
  std::string message_;
  std::string sqlstate_;
  int vendor_code_ = 0;
  bool retryable_ = false;
  bool statements_fault_ = false;
  std::vector<std::string> suggestions_;
  std::vector<std::string> candidates_;
};

}  // namespace crossload
