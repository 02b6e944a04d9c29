#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "crossload/driver/driver.h"

#include "file_stamp.h"
#include "handles.h"
#include "watch.h"

namespace crossload::driver::sqlite {

/// One open database and the ways of running statements on it that everything in this folder
/// shares. Thread: one at a time, but cancel() from any. Lifetime: outlives the statements made by
/// it.
class Session {
 public:
  Session(DatabaseHandle database, Access access, const Timeouts& timeouts);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  sqlite3* handle() const { return database_.get(); }
  Access access() const { return access_; }
  bool in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

  /// An operation of a caller begins. Throws: Error kCancelled where cancel() came before it.
  void start_operation();

  /// Compiles the program's own SQL: exempt from what callers are refused.
  StatementHandle prepare(std::string_view sql);
  /// Compiles a caller's SQL; `tail` becomes what stands behind its first statement. The result is
  /// null where there is no statement. Throws: Error kAccessDenied, kSqlError.
  StatementHandle prepare_for_caller(std::string_view sql, std::string_view& tail);
  /// The statement compiled last asks a pragma.
  bool has_pragma() const { return has_pragma_; }
  /// True: the statement stands on a row. False: it is done.
  bool step(sqlite3_stmt* statement);
  /// Runs the program's own SQL that returns nothing of interest.
  void run(std::string_view sql);
  /// The same where nobody can be told of a failure: destructors.
  void run_quietly(std::string_view sql) noexcept;
  /// Lets everything through that the program itself runs on this session, `action` included.
  void as_program(const std::function<void()>& action);

  /// The Error for a result code of this session; an operation stopped by cancel() or its time
  /// limit says so.
  Error error(int result_code);

  /// The file is read without locks: check_unchanged() holds it against `stamp` from now on.
  void watch_file(std::filesystem::path file, FileStamp stamp);
  /// Throws: Error kSqlError where a file that is read without locks was written meanwhile.
  void check_unchanged() const;

  void cancel() noexcept;

 private:
  static int authorize(void* self, int action, const char* first, const char* second,
                       const char* database, const char* trigger);
  static int progress(void* self);
  static int busy(void* self, int tries);
  StatementHandle compile(std::string_view sql, const char** tail);

  DatabaseHandle database_;
  Access access_;
  Timeouts timeouts_;
  Watch watch_;
  SteadyTime waiting_since_;
  int trusted_depth_ = 0;
  std::string refused_;
  bool has_pragma_ = false;
  std::filesystem::path unlocked_file_;
  FileStamp unlocked_stamp_;
};

}  // namespace crossload::driver::sqlite
