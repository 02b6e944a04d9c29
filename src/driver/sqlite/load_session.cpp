#include "load_session.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "crossload/driver/driver.h"

#include "file_uri.h"
#include "foreign_key_check.h"
#include "introspect.h"
#include "own_query.h"
#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::sqlite {
namespace {

// What is copied in one transaction is copied again after a kill: some seconds' worth at most.
constexpr std::uintmax_t kMostBytesAtOnce = std::uintmax_t{1} << 30;

// Nothing but storage: a rowid table without keys or checks to prove, declared in the same words.
// An index, a CHECK or STRICT would be taken for granted by a copy that does not look into the
// records.
bool can_be_copied_whole(const Table& from, const Table& to) {
  const bool plain_columns =
      std::none_of(to.columns.begin(), to.columns.end(), [](const Column& column) {
        return column.generated != GeneratedKind::kNone || column.hidden;
      });
  return from.sql == to.sql && !to.sql.empty() && plain_columns && to.indexes.empty() &&
         to.checks.empty() && !to.strict && !to.without_rowid && to.kind == TableKind::kTable;
}

// Part of the memory that a job may take besides its batches. Units: KiB, negative as SQLite wants.
constexpr std::int64_t kLoadCache = -8'192;

std::int64_t setting(Session& session, const std::string& pragma) {
  return ask_number(session, "PRAGMA " + pragma).value_or(0);
}

std::string assignment(const std::string& pragma, std::int64_t value) {
  return "PRAGMA " + pragma + "=" + std::to_string(value);
}

void set_option(Session& session, int option, int value) {
  sqlite3_db_config(session.handle(), option, value, nullptr);
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) {
    throw Error(ErrorCode::kMigrationFailed, "cannot sync the folder " + folder.string());
  }
}

// Through SQLite's descriptor; see looks_like_database().
void sync_file(Session& session) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(session.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (file == nullptr || file->pMethods == nullptr) return;
  const int result = file->pMethods->xSync(file, SQLITE_SYNC_FULL);
  if (result != SQLITE_OK) throw session.error(result);
}

}  // namespace

SqliteLoadSession::SqliteLoadSession(Session& session, std::filesystem::path file,
                                     const LoadOptions& options)
    : session_(session), file_(std::move(file)), relaxed_(options.relaxed_durability) {
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a load cannot be prepared inside a transaction");
  }
  foreign_keys_ = setting(session_, "foreign_keys");
  synchronous_ = setting(session_, "synchronous");
  cache_size_ = setting(session_, "cache_size");
  active_ = true;
  session_.run(assignment("foreign_keys", 0));
  session_.run(assignment("cache_size", kLoadCache));
  // Only on a file that goes with the job: rows and ledger are lost together.
  if (relaxed_) session_.run(assignment("synchronous", 0));
  if (!options.fire_triggers) set_option(session_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
  // The tables behind a virtual table are loaded like others.
  set_option(session_, SQLITE_DBCONFIG_DEFENSIVE, 0);
}

SqliteLoadSession::~SqliteLoadSession() {
  restore();
}

void SqliteLoadSession::restore() noexcept {
  if (!active_) return;
  active_ = false;
  detach();
  set_option(session_, SQLITE_DBCONFIG_DEFENSIVE, 1);
  set_option(session_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1);
  session_.run_quietly(assignment("cache_size", cache_size_));
  session_.run_quietly(assignment("synchronous", synchronous_));
  session_.run_quietly(assignment("foreign_keys", foreign_keys_));
}

void SqliteLoadSession::empty_table(const TableName& table) {
  session_.start_operation();
  session_.run("DELETE FROM main." + quote(table.name));
}

bool SqliteLoadSession::attach(const Database& source) {
  session_.start_operation();
  const std::filesystem::path file = source.location;
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(file, unknown);
  if (unknown || bytes > kMostBytesAtOnce) return false;
  try {
    OwnQuery attach(session_, queries::kAttachSource);
    attach.bind(1, file_uri(file, "mode=ro")).next();
    attached_ = true;
    // Beside a write-ahead log the job's own reader may see an older state than a second one.
    OwnQuery journal(session_, queries::kAttachedJournal);
    if (!journal.next() || journal.text(0) == "wal") detach();
  } catch (const Error& error) {
    // Another text encoding, or a file that can be read without locks only.
    if (error.code() == ErrorCode::kCancelled) throw;
    detach();
  }
  return attached_;
}

void SqliteLoadSession::detach() noexcept {
  if (attached_) session_.run_quietly(queries::kDetachSource);
  attached_ = false;
}

std::optional<std::uint64_t> SqliteLoadSession::copy_whole(const Table& from, const Table& to) {
  session_.start_operation();
  if (!attached_ || !can_be_copied_whole(from, to)) return std::nullopt;
  session_.run("INSERT INTO main." + quote(to.name.name) + " SELECT * FROM crossload_source." +
               quote(from.name.name));
  return static_cast<std::uint64_t>(sqlite3_changes64(session_.handle()));
}

void SqliteLoadSession::advance_identity(const Table& table, std::optional<std::int64_t> at_least) {
  session_.start_operation();
  const Column* column = rowid_column(table);
  if (column == nullptr || column->identity != IdentityKind::kAutoincrement) return;
  const std::string& name = table.name.name;
  const auto largest =
      ask_number(session_, "SELECT max(" + quote(column->name) + ") FROM main." + quote(name));
  if (!largest && !at_least) return;
  const std::int64_t next = std::max(largest.value_or(0), at_least.value_or(0));
  OwnQuery existing(session_, queries::kSequence);
  existing.bind(1, name);
  if (existing.next() && existing.number(0) >= next) return;
  existing.reset();
  OwnQuery removal(session_, queries::kRemoveSequence);
  removal.bind(1, name).next();
  OwnQuery addition(session_, queries::kAddSequence);
  addition.bind(1, name).bind(2, next).next();
}

FkReport SqliteLoadSession::check_foreign_keys(const std::vector<TableName>& tables,
                                               const std::function<void(const FkOrphan&)>& found) {
  session_.start_operation();
  return sqlite::check_foreign_keys(session_, tables, found);
}

void SqliteLoadSession::finish() {
  session_.start_operation();
  if (relaxed_) {
    sync_file(session_);
    sync_folder(file_.parent_path());
  }
  restore();
}

}  // namespace crossload::driver::sqlite
