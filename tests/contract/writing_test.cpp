#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;

// id is the key, u unique, n not null.
Table strict_table() {
  Table table =
      table_with({column_of("id", TypeKind::kInteger, false), column_of("u", TypeKind::kText),
                  column_of("n", TypeKind::kInteger, false)},
                 1);
  Index unique;
  unique.name = "u_is_unique";
  unique.unique = true;
  unique.origin = IndexOrigin::kUnique;
  unique.parts = {{"u", "", false, "", std::nullopt}};
  table.indexes.push_back(unique);
  return table;
}

Row good_row(std::int64_t id) {
  return {id, "u" + std::to_string(id), id * 2};
}

std::vector<Row> good_rows(std::int64_t first, std::int64_t last) {
  std::vector<Row> rows;
  for (std::int64_t id = first; id < last; ++id) rows.push_back(good_row(id));
  return rows;
}

class WriteContract : public DriverContract {
 protected:
  std::vector<WriteFailure> write(const std::vector<Row>& rows, WriteOutcome* totals = nullptr,
                                  ConflictMode mode = ConflictMode::kError) {
    const auto connection = open();
    WriteRequest request = write_request(connection->catalog().describe({"", "t"}));
    request.on_conflict = mode;
    if (mode != ConflictMode::kError) request.conflict_key = {"id"};
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(request);
    std::vector<WriteFailure> failures = write_all(*writer, batch_of(rows), totals);
    transaction->commit();
    return failures;
  }
  std::vector<Row> stored() { return rows_of(*open(Access::kReadOnly), strict_table()); }
};

TEST_P(WriteContract, WritesEveryRowOnce) {
  make(strict_table());
  WriteOutcome totals;
  EXPECT_TRUE(write(good_rows(0, 1'234), &totals).empty());
  EXPECT_EQ(totals.written, 1'234U);
  EXPECT_EQ(totals.skipped, 0U);
  EXPECT_EQ(stored(), good_rows(0, 1'234));
}

TEST_P(WriteContract, NamesTheOneBadRowWhereverItLiesAndLandsTheRest) {
  make(strict_table());
  std::int64_t next = 0;
  std::vector<Row> expected;
  // Around the sizes of the groups that a writer may work in.
  for (const std::size_t bad : {0U, 1U, 48U, 49U, 50U, 51U, 99U, 100U, 119U}) {
    std::vector<Row> rows = good_rows(next, next + 120);
    next += 120;
    rows[bad][2] = std::monostate{};
    const std::vector<WriteFailure> failures = write(rows);
    ASSERT_EQ(failures.size(), 1U) << "bad row " << bad;
    EXPECT_EQ(failures[0].first, bad);
    EXPECT_EQ(failures[0].code, "not_null");
    EXPECT_EQ(failures[0].column, "n");
    EXPECT_FALSE(failures[0].transaction_lost);
    EXPECT_FALSE(failures[0].error.message().empty());
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(bad));
    expected.insert(expected.end(), rows.begin(), rows.end());
  }
  EXPECT_EQ(stored(), expected);
}

TEST_P(WriteContract, RefusesASecondRowOfAKeyInTheBatchAndInTheTable) {
  make(strict_table(), good_rows(0, 10));
  std::vector<Row> rows = good_rows(10, 100);
  rows[20][0] = std::int64_t{3};                      // A key of the table.
  rows[30][0] = std::get<std::int64_t>(rows[29][0]);  // One of the batch.
  rows[40][1] = "u5";                                 // Another unique column.
  const std::vector<WriteFailure> failures = write(rows);
  ASSERT_EQ(failures.size(), 3U);
  EXPECT_EQ(failures[0].first, 20U);
  EXPECT_EQ(failures[1].first, 30U);
  EXPECT_EQ(failures[2].first, 40U);
  for (const WriteFailure& failure : failures) EXPECT_EQ(failure.code, "unique");
  EXPECT_EQ(failures[2].column, "u");
  EXPECT_EQ(stored().size(), 97U);
}

TEST_P(WriteContract, RefusesEveryRowWhenAllAreBad) {
  make(strict_table());
  std::vector<Row> rows = good_rows(0, 300);
  for (Row& row : rows) row[2] = std::monostate{};
  EXPECT_EQ(write(rows).size(), 300U);
  EXPECT_TRUE(stored().empty());
}

TEST_P(WriteContract, WritesOnlyTheRangeItWasGiven) {
  make(strict_table());
  const auto connection = open();
  const auto transaction = connection->begin(TransactionMode::kWrite);
  const auto writer = connection->write_table(write_request(strict_table()));
  const WriteOutcome outcome = writer->write(batch_of(good_rows(0, 200)), 60, 130);
  EXPECT_EQ(outcome.rows_done, 70U);
  EXPECT_EQ(outcome.written, 70U);
  transaction->commit();
  EXPECT_EQ(stored(), good_rows(60, 130));
}

TEST_P(WriteContract, IgnoresColumnsOfTheBatchBehindThoseOfTheRequest) {
  make(strict_table());
  std::vector<Row> wide = good_rows(0, 60);
  for (Row& row : wide) row.push_back(std::string("a key that is carried along"));
  EXPECT_TRUE(write(wide).empty());
  EXPECT_EQ(stored(), good_rows(0, 60));
}

TEST_P(WriteContract, SkipsRowsWhoseKeyIsThereAndCountsThem) {
  make(strict_table(), good_rows(0, 50));
  std::vector<Row> rows = good_rows(0, 120);
  for (Row& row : rows) row[2] = std::int64_t{-1};
  WriteOutcome totals;
  EXPECT_TRUE(write(rows, &totals, ConflictMode::kSkip).empty());
  EXPECT_EQ(totals.written, 70U);
  EXPECT_EQ(totals.skipped, 50U);
  const std::vector<Row> after = stored();
  ASSERT_EQ(after.size(), 120U);
  EXPECT_EQ(after[49], good_row(49));
  EXPECT_EQ(after[50], rows[50]);
}

TEST_P(WriteContract, UpdatesRowsWhoseKeyIsThere) {
  make(strict_table(), good_rows(0, 50));
  std::vector<Row> rows = good_rows(0, 120);
  for (Row& row : rows) row[2] = std::int64_t{-1};
  WriteOutcome totals;
  EXPECT_TRUE(write(rows, &totals, ConflictMode::kUpdate).empty());
  EXPECT_EQ(totals.written, 120U);
  EXPECT_EQ(totals.skipped, 0U);
  EXPECT_EQ(stored(), rows);
}

/// Rows of text and bytes of `size`.
Row sized_row(std::int64_t id, std::size_t size, char c) {
  return {id, std::string(size, c), Bytes{std::string(size, c)}};
}

TEST_P(WriteContract, SkipsAndUpdatesLargeRowsToo) {
  const Table table =
      table_with({column_of("id", TypeKind::kInteger, false), column_of("a", TypeKind::kText),
                  column_of("b", TypeKind::kBytes)},
                 1);
  constexpr std::size_t kLarge = std::size_t{5} << 20;
  std::vector<Row> there = {sized_row(2, 5, 'a'), sized_row(3, kLarge, 'a'), sized_row(5, 5, 'a')};
  make(table, there);
  for (const ConflictMode mode : {ConflictMode::kSkip, ConflictMode::kUpdate}) {
    const char c = mode == ConflictMode::kSkip ? 'b' : 'c';
    const std::vector<Row> rows = {sized_row(1, 5, c),      sized_row(2, kLarge, c),
                                   sized_row(3, kLarge, c), sized_row(4, kLarge, c),
                                   sized_row(5, 5, c),      sized_row(6, kLarge, c)};
    const auto connection = open();
    WriteRequest request = write_request(connection->catalog().describe({"", "t"}));
    request.on_conflict = mode;
    request.conflict_key = {"id"};
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const WriteOutcome outcome = connection->write_table(request)->write(batch_of(rows), 0, 6);
    transaction->commit();
    EXPECT_FALSE(outcome.failure);
    const bool skips = mode == ConflictMode::kSkip;
    EXPECT_EQ(outcome.written, skips ? 3U : 6U);
    EXPECT_EQ(outcome.skipped, skips ? 3U : 0U);
    there =
        skips ? std::vector<Row>{rows[0], there[0], there[1], rows[3], there[2], rows[5]} : rows;
    EXPECT_TRUE(rows_of(*open(Access::kReadOnly), table) == there);
  }
}

TEST_P(WriteContract, RefusesOtherUniqueViolationsInEveryConflictMode) {
  make(strict_table(), {good_row(1)});
  for (const ConflictMode mode : {ConflictMode::kSkip, ConflictMode::kUpdate}) {
    const std::vector<WriteFailure> failures =
        write({{std::int64_t{2}, std::string("u1"), std::int64_t{0}}}, nullptr, mode);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].code, "unique");
  }
  EXPECT_EQ(stored(), std::vector<Row>{good_row(1)});
}

TEST_P(WriteContract, UndoesWhatIsNotCommitted) {
  make(strict_table(), {good_row(1)});
  {
    const auto connection = open();
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(write_request(strict_table()));
    EXPECT_TRUE(write_all(*writer, batch_of(good_rows(5, 80))).empty());
  }
  EXPECT_EQ(stored(), std::vector<Row>{good_row(1)});
}

TEST_P(WriteContract, RefusesToWriteOutsideATransaction) {
  make(strict_table());
  const auto connection = open();
  const auto writer = connection->write_table(write_request(strict_table()));
  const RowBatch batch = batch_of(good_rows(0, 3));
  EXPECT_THROW(writer->write(batch, 0, 3), Error);
  EXPECT_TRUE(stored().empty());
}

INSTANTIATE_TEST_SUITE_P(Drivers, WriteContract,
                         ::testing::Values(WorldParam{"fake", make_fake_world},
                                           WorldParam{"sqlite", make_sqlite_world},
                                           WorldParam{"sqlite_wal", make_sqlite_wal_world},
                                           WorldParam{"postgres", make_postgres_world},
                                           WorldParam{"mariadb", make_mariadb_world},
                                           WorldParam{"mysql", make_mysql_world}),
                         name_of_world);

}  // namespace
}  // namespace crossload::testing
