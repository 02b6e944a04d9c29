#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/driver/driver.h"

#include "handles.h"
#include "watch.h"

namespace crossload::driver::mysql {

/// One row of an answer to the program's own questions, as text.
using TextRow = std::vector<std::optional<std::string>>;

/// An answer whose rows still come over the wire. Only one can be open, and nothing else can be
/// asked meanwhile.
class OpenStream {
 public:
  virtual ~OpenStream() = default;
  /// Another call needs the connection: drops what was not read. A later read must fail.
  virtual void abandon() noexcept = 0;
};

/// What the server showed that it can do.
struct Capabilities {
  bool mariadb = false;
  bool array_binding = false;       ///< COM_STMT_BULK_EXECUTE.
  bool row_alias = false;           ///< INSERT ... VALUES ... AS row, of MySQL 8.0.19 and later.
  std::uint64_t max_packet = 0;     ///< Units: bytes.
  bool folds_table_names = false;   ///< lower_case_table_names is not 0.
  bool keeps_negative_zero = true;  ///< -0 in FLOAT and DOUBLE, not 0.
  bool tells_last_writes = false;   ///< Of InnoDB's tables, in information_schema.
  // What information_schema tells of:
  bool column_srids = false;
  bool generated_columns = false;
  bool index_expressions = false;
  bool checks = false;
  std::string version;
};

/// One login and the ways of running statements on it that everything in this folder shares.
/// Thread: one at a time, but cancel() from any. Lifetime: outlives the statements made by it.
class Session {
 public:
  Session(Handle handle, Endpoint endpoint, std::string database, Access access);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  MYSQL* handle() const { return handle_.get(); }
  Access access() const { return access_; }
  const std::string& database() const { return database_; }
  const Capabilities& capabilities() const { return capabilities_; }
  void set_capabilities(Capabilities capabilities) { capabilities_ = std::move(capabilities); }
  bool has_statement_limit() const { return endpoint_.timeouts.statement.count() > 0; }
  bool in_transaction() const { return in_transaction_; }
  void set_in_transaction(bool value) { in_transaction_ = value; }

  /// An operation of a caller begins: what an earlier one still streams is dropped.
  /// Throws: Error kCancelled where cancel() came before it.
  void start_operation();

  /// Runs a statement whose rows, if any, are of no interest.
  void run(std::string_view sql);
  /// The same where nobody can be told of a failure and nothing may stop it: destructors.
  void run_quietly(std::string_view sql) noexcept;
  /// All rows of an answer, over the text protocol: for the program's own small questions.
  std::vector<TextRow> ask(std::string_view sql);
  std::optional<std::string> ask_one(std::string_view sql);
  /// Runs a statement over the text protocol and keeps its rows; null where it has none.
  ResultHandle store(std::string_view sql);

  StatementHandle prepare(std::string_view sql);
  void execute(MYSQL_STMT* statement);
  /// The same for one whose failure may be a row's fault.
  std::optional<Error> try_execute(MYSQL_STMT* statement);
  /// Runs `work`, during which the server may be told to stop; its result.
  template <typename Work>
  auto at_server(const Work& work) {
    begin_work();
    const EndOfWork end(*this);
    return work();
  }

  /// A text as the server reads it in a statement, in quotes.
  std::string literal(std::string_view text) const;

  /// The Error that the connection, or the statement, holds; an operation stopped by cancel() or
  /// its time limit says so.
  Error error();
  Error error(MYSQL_STMT* statement);
  Error error(unsigned int number, const std::string& sqlstate, const std::string& message);
  /// Throws: Error kCancelled where cancel() was called; uses the request up.
  void check_cancelled();

  void open_stream(OpenStream* stream) { stream_ = stream; }
  void close_stream(const OpenStream* stream) {
    if (stream_ == stream) stream_ = nullptr;
  }
  /// Makes the server give up what it still sends.
  void kill_statement() noexcept;

  void cancel() noexcept;

 private:
  class EndOfWork {
   public:
    explicit EndOfWork(Session& session) : session_(session) {}
    ~EndOfWork() { session_.end_work(); }
    EndOfWork(const EndOfWork&) = delete;
    EndOfWork& operator=(const EndOfWork&) = delete;

   private:
    Session& session_;
  };

  void begin_work();
  void end_work();
  void absorb_late_kill() noexcept;

  Handle handle_;
  Endpoint endpoint_;
  std::string database_;
  Access access_;
  Capabilities capabilities_;
  Watch watch_;
  OpenStream* stream_ = nullptr;
  bool in_transaction_ = false;
  bool late_kill_ = false;  ///< A kill was sent that no statement has told of.
};

}  // namespace crossload::driver::mysql
