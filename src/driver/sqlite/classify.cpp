#include "classify.h"

#include <utility>

#include <sqlite3.h>

namespace crossload::driver::sqlite {
namespace {

constexpr std::string_view kLocked =
    "another connection holds a lock on the file: try again, or raise timeouts.lock of the profile";
constexpr std::string_view kNotWritable =
    "check the permissions of the file and its folder, and that the file system is mounted for "
    "writing";
constexpr std::string_view kRecover =
    "the file is damaged: check it with PRAGMA integrity_check, restore a backup or salvage it "
    "with "
    "the sqlite3 shell's .recover";
constexpr std::string_view kFreeSpace =
    "free space where the database lies, then resume or try again";
constexpr std::string_view kHotJournal =
    "an unfinished transaction lies beside the file (-journal): open it once with write access, "
    "for "
    "example by the sqlite3 shell, so that SQLite can undo it";

Classified classify_constraint(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_NOTNULL:
      return {.reject_code = "not_null"};
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return {.reject_code = "unique"};
    case SQLITE_CONSTRAINT_CHECK:
      return {.reject_code = "check"};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {.code = ErrorCode::kFkViolation, .reject_code = "foreign_key"};
    case SQLITE_CONSTRAINT_DATATYPE:
      return {.reject_code = "datatype"};
    case SQLITE_CONSTRAINT_TRIGGER:
      return {.reject_code = "trigger"};
    default:
      return {.reject_code = "constraint"};
  }
}

Classified classify_read_only(int extended_code) {
  const bool journal =
      extended_code == SQLITE_READONLY_ROLLBACK || extended_code == SQLITE_READONLY_RECOVERY;
  return {.code = ErrorCode::kAccessDenied, .suggestion = journal ? kHotJournal : kNotWritable};
}

}  // namespace

Classified classify(int extended_code) {
  switch (extended_code & 0xff) {
    case SQLITE_CONSTRAINT:
      return classify_constraint(extended_code);
    case SQLITE_MISMATCH:
      return {.reject_code = "datatype"};
    case SQLITE_TOOBIG:
      return {.reject_code = "too_big"};
    case SQLITE_READONLY:
      return classify_read_only(extended_code);
    case SQLITE_PERM:
      return {.code = ErrorCode::kAccessDenied, .suggestion = kNotWritable};
    case SQLITE_ERROR:
      return {.statements_fault = true};
    case SQLITE_AUTH:
      return {.code = ErrorCode::kAccessDenied, .statements_fault = true};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {.retryable = true, .suggestion = kLocked};
    case SQLITE_PROTOCOL:
    case SQLITE_SCHEMA:
      return {.retryable = true};
    case SQLITE_INTERRUPT:
      return {.code = ErrorCode::kCancelled};
    case SQLITE_CANTOPEN:
      return {.code = ErrorCode::kConnectionFailed,
              .suggestion = "check that the file and its folder exist and may be read"};
    case SQLITE_NOTADB:
      return {.code = ErrorCode::kConnectionFailed,
              .suggestion =
                  "the file is not an SQLite database, or it is encrypted: call "
                  "list-databases for the databases of the profile"};
    case SQLITE_CORRUPT:
      return {.suggestion = kRecover};
    case SQLITE_FULL:
      return {.suggestion = kFreeSpace};
    case SQLITE_IOERR:
      return {.suggestion =
                  "the operating system could not read or write the file: check the disk"};
    case SQLITE_NOMEM:
      return {.retryable = true};
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
      return {.code = ErrorCode::kInvalidArgument};
    default:
      return {};
  }
}

Error make_error(int extended_code, std::string message) {
  const Classified meaning = classify(extended_code);
  Error error(meaning.code, std::move(message));
  error.vendor_code(extended_code).retryable(meaning.retryable);
  error.statements_fault(meaning.row_fault() || meaning.statements_fault);
  if (!meaning.suggestion.empty()) error.suggest(std::string(meaning.suggestion));
  return error;
}

std::string_view column_in_message(std::string_view message, std::string_view table) {
  for (const std::string_view lead : {"constraint failed: ", " column "}) {
    const std::size_t found = message.find(lead);
    if (found == std::string_view::npos) continue;
    std::string_view rest = message.substr(found + lead.size());
    if (rest.size() <= table.size() || !rest.starts_with(table) || rest[table.size()] != '.') {
      continue;
    }
    rest.remove_prefix(table.size() + 1);
    // Several columns are given as "t.a, t.b".
    if (rest.find(", " + std::string(table) + ".") != std::string_view::npos) return {};
    return rest;
  }
  return {};
}

}  // namespace crossload::driver::sqlite
