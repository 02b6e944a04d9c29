#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/base/secret.h"
#include "crossload/base/uri.h"
#include "crossload/driver/catalog.h"
#include "crossload/driver/load_session.h"
#include "crossload/driver/row_io.h"
#include "crossload/model/schema.h"
#include "crossload/model/value.h"

namespace crossload::driver {

enum class Access { kReadOnly, kReadWrite };

struct Timeouts {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds statement{0};  ///< 0: none.
  std::chrono::milliseconds lock{5'000};
};

/// Where a profile points: what connect() needs besides a database's name.
struct Endpoint {
  std::string profile;  ///< For messages.
  Engine engine = Engine::kSqlite;
  Uri url;
  Secret password;
  std::vector<std::string> databases;  ///< The only ones that may be used; empty: all.
  Timeouts timeouts;
};

struct DatabaseInfo {
  std::string name;
  std::optional<std::uint64_t> bytes;
};

/// A database named by a caller, found.
struct Database {
  std::string name;      ///< As results show it.
  std::string location;  ///< What connect() opens: an absolute path, or the name on the server.
  /// Equal for two names of the same database, links and hosts resolved. For comparing databases
  /// now: it changes when a missing database is made or a file is replaced.
  std::string identity;
  bool exists = true;
};

struct ConnectOptions {
  Access access = Access::kReadOnly;
  bool create_missing = false;  ///< SQLite: make the file when it does not exist.
  /// What Catalog::database_settings() told of another database of the engine; given to a database
  /// that holds nothing yet (create_missing), ignored by any other.
  std::vector<DatabaseSetting> settings = {};
};

/// What the session's server can do and how much of it.
struct ServerInfo {
  Engine engine = Engine::kSqlite;
  std::string version;
  bool mariadb = false;               ///< kMysql: the server is MariaDB.
  std::size_t max_parameters = 0;     ///< Bind parameters in one statement.
  std::uint64_t max_value_bytes = 0;  ///< The largest single value; 0: not limited.
  bool transactional_ddl = false;     ///< CREATE and DROP roll back.
  bool triggers_can_be_off = false;   ///< Per session, so that a load does not fire them.
};

/// An open transaction: rolled back on destruction unless committed.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual void commit() = 0;
};

enum class TransactionMode {
  kSnapshot,  ///< Reads see one state of the database until it ends.
  kWrite,     ///< Takes the write lock at once where the engine has one.
};

/// One session. Thread: one at a time, but cancel() from any.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual const ServerInfo& server() const = 0;
  virtual Catalog& catalog() = 0;
  /// Streams a table in key order. Lifetime: the reader must not outlive the connection.
  virtual std::unique_ptr<RowReader> read_table(const ReadRequest& request) = 0;
  /// Writes rows into a table inside the caller's transaction. Lifetime: as for readers.
  virtual std::unique_ptr<RowWriter> write_table(const WriteRequest& request) = 0;
  /// Runs exactly one statement with bound parameters. Rows, if any, come from the reader; a
  /// statement without rows has been carried out when this returns.
  /// Throws: Error kInvalidArgument for several statements or a wrong number of parameters,
  /// kAccessDenied where a read-only session would change anything, kSqlError for the server's own.
  virtual std::unique_ptr<RowReader> query(std::string_view sql,
                                           const std::vector<Value>& parameters) = 0;
  virtual std::unique_ptr<Transaction> begin(TransactionMode mode) = 0;
  /// Settings for loading rows (foreign keys and triggers not acting), undone by the guard.
  virtual std::unique_ptr<LoadSession> prepare_load(const LoadOptions& options) = 0;
  /// Stops the running statement on the server; it throws Error kCancelled. Where nothing runs, the
  /// next call on the session is stopped instead; one cancel() stops one call. Ends of transactions
  /// by destruction are not stopped. Thread: any, while the connection lives.
  virtual void cancel() noexcept = 0;
  /// A transaction is open that a statement given to query() began, a failed one included.
  virtual bool in_transaction() const { return false; }
};

/// Runs one statement that returns no rows; the number of rows it changed.
std::uint64_t execute(Connection& connection, std::string_view sql,
                      const std::vector<Value>& parameters = {});
/// Runs one statement and returns all its rows; for small results.
std::vector<std::vector<Value>> fetch_all(Connection& connection, std::string_view sql,
                                          const std::vector<Value>& parameters = {});

/// One engine's way in. Thread: all methods from any thread.
class Driver {
 public:
  virtual ~Driver() = default;
  virtual Engine engine() const = 0;
  virtual std::vector<DatabaseInfo> list_databases(const Endpoint& endpoint) = 0;
  /// Finds the database a caller named (nullopt: the endpoint's only one).
  /// Throws: Error kDatabaseNotFound with the nearest names, also for one that the endpoint's
  /// `databases` leaves out; kInvalidArgument for a path out of the endpoint's folder or a missing
  /// name. With `may_create`, a missing one is returned with exists=false.
  virtual Database resolve(const Endpoint& endpoint, const std::optional<std::string>& database,
                           bool may_create) = 0;
  /// Throws: Error kConnectionFailed, kAccessDenied.
  virtual std::unique_ptr<Connection> connect(const Endpoint& endpoint, const Database& database,
                                              const ConnectOptions& options) = 0;
};

/// The drivers of this build, by engine.
class DriverSet {
 public:
  void add(std::unique_ptr<Driver> driver);
  /// Throws: Error kConnectionFailed when this build has no driver for the engine.
  Driver& get(Engine engine) const;

 private:
  std::vector<std::unique_ptr<Driver>> drivers_;
};

}  // namespace crossload::driver
