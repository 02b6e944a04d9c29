#include "crossload/base/error.h"

#include <algorithm>
#include <utility>

namespace crossload {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMigrationNotFound:
      return "MIGRATION_NOT_FOUND";
    case ErrorCode::kMigrationAlreadyExists:
      return "MIGRATION_ALREADY_EXISTS";
    case ErrorCode::kMigrationFailed:
      return "MIGRATION_FAILED";
    case ErrorCode::kSourceTableNotFound:
      return "SOURCE_TABLE_NOT_FOUND";
    case ErrorCode::kTargetTableNotFound:
      return "TARGET_TABLE_NOT_FOUND";
    case ErrorCode::kColumnMismatch:
      return "COLUMN_MISMATCH";
    case ErrorCode::kFkViolation:
      return "FK_VIOLATION";
    case ErrorCode::kCheckpointNotFound:
      return "CHECKPOINT_NOT_FOUND";
    case ErrorCode::kSchemaCopyFailed:
      return "SCHEMA_COPY_FAILED";
    case ErrorCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case ErrorCode::kProfileNotFound:
      return "PROFILE_NOT_FOUND";
    case ErrorCode::kDatabaseNotFound:
      return "DATABASE_NOT_FOUND";
    case ErrorCode::kTableNotFound:
      return "TABLE_NOT_FOUND";
    case ErrorCode::kConnectionFailed:
      return "CONNECTION_FAILED";
    case ErrorCode::kAccessDenied:
      return "ACCESS_DENIED";
    case ErrorCode::kSqlError:
      return "SQL_ERROR";
    case ErrorCode::kCancelled:
      return "CANCELLED";
    case ErrorCode::kPlanStale:
      return "PLAN_STALE";
  }
  return "?";
}

Error::Error(ErrorCode code, std::string message) : code_(code), message_(std::move(message)) {}

Error& Error::sqlstate(std::string state) {
  sqlstate_ = std::move(state);
  return *this;
}

Error& Error::vendor_code(int code) {
  vendor_code_ = code;
  return *this;
}

Error& Error::retryable(bool value) {
  retryable_ = value;
  return *this;
}

Error& Error::statements_fault(bool value) {
  statements_fault_ = value;
  return *this;
}

Error& Error::suggest(std::string suggestion) {
  // Several callers on the way up may know the same next step.
  if (std::find(suggestions_.begin(), suggestions_.end(), suggestion) == suggestions_.end()) {
    suggestions_.push_back(std::move(suggestion));
  }
  return *this;
}

Error& Error::candidates(std::vector<std::string> names) {
  candidates_ = std::move(names);
  return *this;
}

Error& Error::add_context(std::string_view context) {
  message_.insert(0, std::string(context) + ": ");
  return *this;
}

}  // namespace crossload
