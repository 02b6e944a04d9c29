#include "contract_test.h"

#include <utility>

#include "crossload/dialect/dialect.h"

namespace crossload::testing {

using namespace driver;

void DriverContract::SetUp() {
  world_ = GetParam().make();
  if (!world_) GTEST_SKIP() << "no such server: run scripts/servers start FOLDER";
}

std::string DriverContract::parameter(std::size_t n) {
  return dialect::dialect_for(world_->driver().engine()).placeholder(n);
}

std::unique_ptr<Connection> DriverContract::open(Access access) {
  const Database database =
      world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
  return world_->driver().connect(world_->endpoint(), database, {access, false});
}

void DriverContract::make(const Table& table, const std::vector<Row>& rows) {
  world_->create_table(table);
  if (rows.empty()) return;
  const auto connection = open();
  const auto transaction = connection->begin(TransactionMode::kWrite);
  const auto writer = connection->write_table(write_request(table));
  ASSERT_TRUE(write_all(*writer, batch_of(rows)).empty());
  transaction->commit();
}

std::vector<Row> DriverContract::rows_of(Connection& connection, const Table& table,
                                         std::vector<Value> after) {
  return drain(
      *connection.read_table({table.name, names_of(table), table.primary_key, std::move(after)}));
}

Table table_with(std::vector<Column> columns, std::size_t key) {
  Table table;
  table.name.name = "t";
  for (std::size_t i = 0; i < key; ++i) table.primary_key.push_back(columns[i].name);
  table.columns = std::move(columns);
  return table;
}

Column column_of(const std::string& name, TypeKind kind, bool nullable) {
  Column column;
  column.name = name;
  column.type.kind = kind;
  column.type.bits = kind == TypeKind::kInteger ? 64 : 0;
  column.nullable = nullable;
  return column;
}

std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

RowBatch batch_of(const std::vector<Row>& rows) {
  RowBatch batch;
  batch.reset(rows.empty() ? 0 : rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) batch.append(i, row[i]);
    batch.end_row();
  }
  return batch;
}

WriteRequest write_request(const Table& table) {
  WriteRequest request;
  request.table = table;
  request.columns = names_of(table);
  return request;
}

std::vector<Row> drain(RowReader& reader, const BatchLimits& limits) {
  std::vector<Row> rows;
  RowBatch batch;
  while (reader.read(batch, limits)) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      Row& values = rows.emplace_back();
      for (std::size_t i = 0; i < batch.columns(); ++i) values.push_back(batch.value(row, i));
    }
  }
  return rows;
}

std::vector<WriteFailure> write_all(RowWriter& writer, const RowBatch& batch,
                                    WriteOutcome* totals) {
  std::vector<WriteFailure> failures;
  std::size_t at = 0;
  while (at < batch.rows()) {
    WriteOutcome outcome = writer.write(batch, at, batch.rows());
    at += outcome.rows_done;
    if (totals != nullptr) {
      totals->written += outcome.written;
      totals->skipped += outcome.skipped;
    }
    if (!outcome.failure) break;
    EXPECT_EQ(outcome.failure->first, at);
    EXPECT_EQ(outcome.failure->last, at + 1) << "these tests want engines that name the row";
    at = outcome.failure->last;
    failures.push_back(std::move(*outcome.failure));
  }
  EXPECT_EQ(at, batch.rows());
  return failures;
}

INSTANTIATE_TEST_SUITE_P(Drivers, DriverContract,
                         ::testing::Values(WorldParam{"fake", make_fake_world},
                                           WorldParam{"sqlite", make_sqlite_world},
                                           WorldParam{"sqlite_wal", make_sqlite_wal_world},
                                           WorldParam{"postgres", make_postgres_world},
                                           WorldParam{"mariadb", make_mariadb_world},
                                           WorldParam{"mysql", make_mysql_world}),
                         name_of_world);

}  // namespace crossload::testing
