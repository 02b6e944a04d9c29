#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/driver/driver.h"

#include "handles.h"

namespace crossload::driver::postgres {

/// An answer that is still on its way on a session; nothing else can run there meanwhile.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Gives the rest of the answer up, so that something else can run.
  virtual void abandon() noexcept = 0;
};

/// Text of a parameter; nullopt: NULL.
using Parameter = std::optional<std::string>;

/// One session on a server and the ways of running statements on it that everything in this folder
/// shares. Every wait can be ended by cancel() and by the profile's time limit. Thread: one at a
/// time, but cancel() from any. Lifetime: outlives the readers and writers made by it.
class Session {
 public:
  Session(ConnectionHandle connection, Access access, const Timeouts& timeouts);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  PGconn* handle() const { return connection_.get(); }
  Access access() const { return access_; }
  /// Units: 150020 for 15.20.
  int version() const { return PQserverVersion(handle()); }
  bool in_transaction() const { return PQtransactionStatus(handle()) != PQTRANS_IDLE; }
  /// The transaction was begun by the program: a failed statement in it must not end it.
  bool in_own_transaction() const { return own_transaction_; }
  void set_own_transaction(bool own) { own_transaction_ = own; }
  /// A load is on, and foreign keys act unless they are dropped.
  bool drops_keys() const { return drops_keys_; }
  void set_drops_keys(bool drops) { drops_keys_ = drops; }
  /// The schema that names without one mean; empty where there is none.
  const std::string& default_schema() const { return default_schema_; }
  void set_default_schema(std::string schema) { default_schema_ = std::move(schema); }
  /// The table's name as SQL has it, with its schema.
  std::string qualified(const TableName& table) const;

  /// An operation of a caller begins: its time limit starts, and a stream that is still open is
  /// given up. Throws: Error kCancelled where cancel() came before it.
  void start_operation();

  /// The same for a stream that is read on. Throws: Error kCancelled, and kSqlError where the
  /// stream was given up for another statement.
  void continue_operation(const Stream& stream);

  /// Runs the program's own SQL, one statement or several; the last result.
  ResultHandle run(const std::string& sql);
  /// Runs one statement with parameters.
  ResultHandle ask(const std::string& sql, const std::vector<Parameter>& parameters = {});
  /// Has the server analyse one statement without running it; its parameters and columns.
  ResultHandle describe(const std::string& sql);
  /// The same as run() where nobody can be told of a failure, and nothing stops it: destructors.
  void run_quietly(const std::string& sql) noexcept;
  /// As run(), but neither cancel() nor the time limit stops it: what ends a transaction.
  ResultHandle run_undisturbed(const std::string& sql);

  /// Hands a statement to the server without waiting for its answer.
  void send(const std::string& sql);
  void send(const std::string& sql, const std::vector<Parameter>& parameters);
  /// The next result of what was sent; null behind the last.
  ResultHandle next_result();
  /// Reads and throws away what is left of an answer; with `stop`, the server is told to stop
  /// first.
  void drain(bool stop) noexcept;
  /// The next line of a COPY TO STDOUT; false at its end. Throws: Error when it broke.
  bool next_line(LineHandle& line, std::size_t& size);
  /// Sends lines of a COPY FROM STDIN. False: the server has something to say, most likely that it
  /// refused a line; end the COPY.
  bool put_lines(std::string_view lines);
  /// Ends a COPY FROM STDIN and gives its result, failed or not.
  ResultHandle end_lines();
  /// Stops what runs on the server, from this session's own thread.
  void stop_statement() noexcept;

  /// The Error for a failed result; a statement stopped by cancel() or the time limit says so.
  Error error(const PGresult* result);
  /// Throws: Error where the result is a failure.
  void check(const PGresult* result);

  /// Gives up the stream that is open, if there is one.
  void give_up_stream() noexcept;
  /// A stream is open / has come to its end.
  void occupy(Stream& stream) { stream_ = &stream; }
  void release(Stream& stream) {
    if (stream_ == &stream) stream_ = nullptr;
  }

  void cancel() noexcept;

 private:
  class Undisturbed;

  void begin_statement();
  void start_clock();
  void skip_results();
  void skip_lines();
  void throw_if_stopped();
  void flush();
  void wait(bool to_write);
  int milliseconds_left() const;
  ResultHandle last_result();
  Error stopped_error();
  Error lost();

  ConnectionHandle connection_;
  Access access_;
  Timeouts timeouts_;
  std::string default_schema_;
  bool own_transaction_ = false;
  bool drops_keys_ = false;
  Stream* stream_ = nullptr;

  int wake_ = -1;  ///< eventfd that cancel() writes to.
  std::atomic<bool> cancelled_ = false;
  bool undisturbed_ = false;
  bool stop_sent_ = false;  ///< The server was told to stop the running statement.
  bool timed_out_ = false;
  std::optional<SteadyTime> deadline_;  ///< Of the operation.
  SteadyTime grace_;                    ///< When a server that was told to stop counts as gone.
};

}  // namespace crossload::driver::postgres
