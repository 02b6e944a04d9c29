#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crossload/driver/driver.h"

namespace crossload::testing {

using FakeRow = std::vector<Value>;  ///< In the order of the table's columns.

struct FakeTable {
  Table definition;
  std::vector<FakeRow> rows;
  std::int64_t last_identity = 0;
};

/// A database in memory: tables with NOT NULL, a primary key, unique indexes and foreign keys, as
/// their definitions say. It compares values as Value does and knows no SQL: a query goes to
/// `on_query`. Shared by its sessions; one writes at a time, as with SQLite. Thread: sessions from
/// any.
struct FakeDatabase {
  std::mutex mutex;
  std::map<std::string, FakeTable> tables;
  std::uint64_t version = 0;  ///< Raised by every commit.
  bool being_written = false;
  std::function<std::vector<FakeRow>(std::string_view sql, const std::vector<Value>& parameters)>
      on_query;
};

/// A driver over databases in memory, for tests of what stands above drivers.
class FakeDriver : public driver::Driver {
 public:
  explicit FakeDriver(Engine engine = Engine::kSqlite) : engine_(engine) {}

  /// Adds an empty database. Lifetime: the driver's.
  FakeDatabase& add_database(const std::string& name);

  Engine engine() const override { return engine_; }
  std::vector<driver::DatabaseInfo> list_databases(const driver::Endpoint& endpoint) override;
  driver::Database resolve(const driver::Endpoint& endpoint,
                           const std::optional<std::string>& database, bool may_create) override;
  std::unique_ptr<driver::Connection> connect(const driver::Endpoint& endpoint,
                                              const driver::Database& database,
                                              const driver::ConnectOptions& options) override;

 private:
  Engine engine_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<FakeDatabase>> databases_;
};

}  // namespace crossload::testing
