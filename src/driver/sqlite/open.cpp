#include "open.h"

#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "crossload/base/strings.h"

#include "classify.h"
#include "file_stamp.h"
#include "file_uri.h"
#include "own_query.h"
#include "queries.h"
#include "settings.h"

namespace crossload::driver::sqlite {
namespace {

namespace fs = std::filesystem;

int open_flags(const ConnectOptions& options) {
  // A session belongs to one thread at a time, so its mutex would only cost time.
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
  if (options.access == Access::kReadOnly) return flags | SQLITE_OPEN_READONLY;
  // A path is never taken for a URI, it begins with a slash; a load attaches its source by one.
  flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
  return options.create_missing ? flags | SQLITE_OPEN_CREATE : flags;
}

DatabaseHandle open_handle(const std::string& name, int flags) {
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
  DatabaseHandle database(opened);
  if (result != SQLITE_OK) {
    throw make_error(result, opened == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(opened));
  }
  return database;
}

// A write-ahead database cannot be read without its -shm file. Where that cannot be made, reading
// without locks is right as long as nobody writes, which Session::check_unchanged() watches.
bool can_be_read_without_locks(const Error& error, const fs::path& file) {
  const int code = error.vendor_code() & 0xff;
  const bool for_want_of_side_files = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
  return for_want_of_side_files && stamp_of_log(file) == FileStamp{} &&
         stamp_of(file.string() + "-journal").bytes == 0 &&
         ::faccessat(AT_FDCWD, file.parent_path().c_str(), W_OK, AT_EACCESS) != 0;
}

void configure(Session& session) {
  sqlite3* database = session.handle();
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // SQLITE_DBCONFIG_TRUSTED_SCHEMA stays on: without it 3.40 refuses files whose CHECKs or indexes
  // call JSON functions. What functions with effects there are, the authorizer refuses.
  if (session.access() == Access::kReadOnly) {
    session.run(queries::kQueryOnly);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  }
}

void prove_readable(Session& session, const fs::path& file) {
  ask_number(session, queries::kReadSchema);
  // SQLite takes what is missing of a last page for zeros, and rows in it for other rows.
  const auto pages = ask_number(session, "PRAGMA page_count").value_or(0);
  const auto page_bytes = ask_number(session, "PRAGMA page_size").value_or(0);
  const bool cut = pages * page_bytes > stamp_of(file).bytes;
  if (cut && stamp_of_log(file) == FileStamp{}) {
    throw make_error(SQLITE_CORRUPT, "the file ends before its last page");
  }
}

std::unique_ptr<Session> open_once(const Endpoint& endpoint, const fs::path& file,
                                   const std::string& name, const ConnectOptions& options,
                                   int flags) {
  auto session =
      std::make_unique<Session>(open_handle(name, flags), options.access, endpoint.timeouts);
  configure(*session);
  // Before anything is read: reading settles the encoding.
  if (options.create_missing && stamp_of(file).bytes == 0) {
    apply_settings(*session, options.settings);
  }
  prove_readable(*session, file);
  return session;
}

std::unique_ptr<Session> open_somehow(const Endpoint& endpoint, const fs::path& file,
                                      const ConnectOptions& options) {
  try {
    return open_once(endpoint, file, file.string(), options, open_flags(options));
  } catch (const Error& error) {
    if (options.access != Access::kReadOnly || !can_be_read_without_locks(error, file)) throw;
  }
  const FileStamp before = stamp_of(file);
  auto session = open_once(endpoint, file, file_uri(file, "immutable=1"), options,
                           open_flags(options) | SQLITE_OPEN_URI);
  session->watch_file(file, before);
  return session;
}

// Whatever keeps a file from being opened is a matter of the connection to the caller.
Error as_connect_error(const Error& error, const Endpoint& endpoint, const fs::path& file) {
  const bool keep = error.code() != ErrorCode::kSqlError;
  Error result(keep ? error.code() : ErrorCode::kConnectionFailed, error.message());
  result.vendor_code(error.vendor_code()).retryable(error.retryable());
  if ((error.vendor_code() & 0xff) == SQLITE_CANTOPEN && stamp_of_log(file) != FileStamp{}) {
    result.suggest(
        "the database is in write-ahead mode and its folder cannot be written: copy the "
        "file with its -wal to another folder, or run PRAGMA journal_mode=DELETE on it");
  }
  for (const std::string& suggestion : error.suggestions()) result.suggest(suggestion);
  return result.add_context("profile " + endpoint.profile + ", " + file.string());
}

}  // namespace

std::unique_ptr<Session> open_session(const Endpoint& endpoint, const fs::path& file,
                                      const ConnectOptions& options) {
  try {
    std::unique_ptr<Session> session = open_somehow(endpoint, file, options);
    // SQLite opens a file it may not write for reading only, and would fail at the first write.
    if (options.access == Access::kReadWrite &&
        sqlite3_db_readonly(session->handle(), "main") == 1) {
      throw make_error(SQLITE_READONLY, "the file cannot be written");
    }
    return session;
  } catch (const Error& error) {
    throw as_connect_error(error, endpoint, file);
  }
}

}  // namespace crossload::driver::sqlite
