#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver_world.h"

namespace crossload::testing {

using Row = std::vector<Value>;

/// One fresh world a test, with the steps that the contract tests share.
class DriverContract : public ::testing::TestWithParam<WorldParam> {
 protected:
  void SetUp() override;

  std::unique_ptr<driver::Connection> open(driver::Access access = driver::Access::kReadWrite);
  /// Makes the table and fills it, rows in the order given.
  void make(const Table& table, const std::vector<Row>& rows = {});
  /// All rows in key order; columns empty: all of the table.
  std::vector<Row> rows_of(driver::Connection& connection, const Table& table,
                           std::vector<Value> after = {});
  /// The marker of the n-th bound value, from 1.
  std::string parameter(std::size_t n);

  std::unique_ptr<DriverWorld> world_;
};

/// A table named "t" from columns; the first `key` of them are its primary key.
Table table_with(std::vector<Column> columns, std::size_t key);
Column column_of(const std::string& name, TypeKind kind, bool nullable = true);
std::vector<std::string> names_of(const Table& table);
RowBatch batch_of(const std::vector<Row>& rows);
driver::WriteRequest write_request(const Table& table);
/// Reads a stream to its end.
std::vector<Row> drain(driver::RowReader& reader, const driver::BatchLimits& limits = {});
/// Writes all rows, leaving out the refused ones; what was refused.
std::vector<driver::WriteFailure> write_all(driver::RowWriter& writer, const RowBatch& batch,
                                            driver::WriteOutcome* totals = nullptr);
/// The code of the Error that `action` throws.
template <typename Action>
ErrorCode thrown_by(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::kMigrationFailed;
}

}  // namespace crossload::testing
