#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

#include "sqlite_compare.h"
#include "temp_folder.h"

namespace crossload::testing {

using Row = std::vector<Value>;

/// A folder with one SQLite file made from a script, and sessions of the driver on it.
class SqliteFile : public ::testing::Test {
 protected:
  /// Makes or changes the file by SQLite alone, not through the driver.
  void script(const std::string& sql) { run_sql(path(), sql); }
  std::string path() const { return (folder_.path() / "test.db").string(); }

  driver::Endpoint endpoint() const {
    driver::Endpoint endpoint;
    endpoint.profile = "files";
    endpoint.url.scheme = "sqlite";
    endpoint.url.path = folder_.path().string();
    endpoint.timeouts.lock = std::chrono::milliseconds(20);
    return endpoint;
  }
  std::unique_ptr<driver::Connection> open(driver::Access access = driver::Access::kReadOnly) {
    const auto database =
        driver_->resolve(endpoint(), "test.db", access == driver::Access::kReadWrite);
    return driver_->connect(endpoint(), database,
                            {access, access == driver::Access::kReadWrite, {}});
  }
  std::unique_ptr<driver::Connection> open_to_write() { return open(driver::Access::kReadWrite); }

  /// Writes rows in one transaction; the failures.
  static std::vector<driver::WriteFailure> write(driver::Connection& connection,
                                                 const driver::WriteRequest& request,
                                                 const std::vector<Row>& rows) {
    RowBatch batch;
    batch.reset(request.columns.size());
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) batch.append(i, row[i]);
      batch.end_row();
    }
    std::vector<driver::WriteFailure> failures;
    const auto transaction = connection.begin(driver::TransactionMode::kWrite);
    const auto writer = connection.write_table(request);
    for (std::size_t at = 0; at < batch.rows();) {
      driver::WriteOutcome outcome = writer->write(batch, at, batch.rows());
      at += outcome.rows_done;
      if (!outcome.failure) break;
      at = outcome.failure->last;
      failures.push_back(std::move(*outcome.failure));
      if (failures.back().transaction_lost) return failures;
    }
    transaction->commit();
    return failures;
  }
  /// A request for all columns of a table that can be written.
  static driver::WriteRequest into(driver::Connection& connection, const std::string& table) {
    driver::WriteRequest request;
    request.table = connection.catalog().describe({"", table});
    for (const Column& column : request.table.columns) {
      if (column.generated == GeneratedKind::kNone) request.columns.push_back(column.name);
    }
    return request;
  }
  static std::string text(driver::Connection& connection, const std::string& sql) {
    const auto rows = driver::fetch_all(connection, "SELECT CAST((" + sql + ") AS TEXT)");
    const auto* value = std::get_if<std::string>(&rows.at(0).at(0));
    return value == nullptr ? "NULL" : *value;
  }
  /// The Error that `action` throws.
  template <typename Action>
  static Error error_of(const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error(ErrorCode::kMigrationFailed, "nothing was thrown");
  }

  TempFolder folder_;
  std::unique_ptr<driver::Driver> driver_ = driver::make_sqlite_driver();
};

}  // namespace crossload::testing
