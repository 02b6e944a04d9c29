#include <atomic>
#include <thread>

#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;

Table small_table() {
  return table_with({column_of("id", TypeKind::kInteger, false), column_of("v", TypeKind::kText)},
                    1);
}

std::vector<Row> some_rows(std::int64_t count) {
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < count; ++id) rows.push_back({id, std::string("v")});
  return rows;
}

TEST_P(DriverContract, FindsADatabaseByNameAndTellsNearNamesOfAMissingOne) {
  const std::string name = world_->database_name();
  EXPECT_TRUE(world_->driver().resolve(world_->endpoint(), name, false).exists);
  try {
    world_->driver().resolve(world_->endpoint(), "x" + name, false);
    FAIL() << "a missing database was found";
  } catch (const Error& error) {
    // The world's file may hold nothing yet, and is no database then.
    EXPECT_EQ(error.code(), ErrorCode::kDatabaseNotFound);
  }
  EXPECT_FALSE(world_->driver().resolve(world_->endpoint(), "x" + name, true).exists);
}

TEST_P(DriverContract, GivesOneDatabaseOneIdentity) {
  const Database a = world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
  const Database b = world_->driver().resolve(world_->endpoint(), world_->database_name(), true);
  EXPECT_EQ(a.identity, b.identity);
  EXPECT_NE(a.identity, world_->driver().resolve(world_->endpoint(), "other.db", true).identity);
}

TEST_P(DriverContract, RefusesToWriteOnAReadOnlySession) {
  make(small_table(), some_rows(3));
  const auto connection = open(Access::kReadOnly);
  EXPECT_EQ(thrown_by([&] { connection->begin(TransactionMode::kWrite); }),
            ErrorCode::kAccessDenied);
  EXPECT_EQ(rows_of(*connection, small_table()), some_rows(3));
}

TEST_P(DriverContract, SeesOneStateInASnapshot) {
  make(small_table(), some_rows(3));
  const auto reading = open(Access::kReadOnly);
  const auto snapshot = reading->begin(TransactionMode::kSnapshot);
  ASSERT_EQ(rows_of(*reading, small_table()).size(), 3U);

  const auto write_more = [&] {
    const auto writing = open();
    const auto transaction = writing->begin(TransactionMode::kWrite);
    const auto writer = writing->write_table(write_request(small_table()));
    write_all(*writer, batch_of({{std::int64_t{9}, std::string("late")}}));
    transaction->commit();
  };
  if (world_->traits().writers_pass_readers) {
    write_more();
  } else {
    EXPECT_THROW(write_more(), Error);
  }

  EXPECT_EQ(rows_of(*reading, small_table()), some_rows(3));
}

TEST_P(DriverContract, LetsOneSessionWriteAtATimeAndSaysThatTheOtherMayTryAgain) {
  make(small_table());
  const auto first = open();
  const auto second = open();
  const auto transaction = first->begin(TransactionMode::kWrite);
  if (!world_->traits().one_writer) {
    EXPECT_NO_THROW(second->begin(TransactionMode::kWrite));
    return;
  }
  try {
    second->begin(TransactionMode::kWrite);
    FAIL() << "two sessions write at once";
  } catch (const Error& error) {
    EXPECT_TRUE(error.retryable()) << error.message();
  }
}

TEST_P(DriverContract, StopsTheNextCallAfterACancelAndOnlyThat) {
  make(small_table(), some_rows(3));
  const auto connection = open(Access::kReadOnly);
  connection->cancel();
  EXPECT_EQ(thrown_by([&] { rows_of(*connection, small_table()); }), ErrorCode::kCancelled);
  EXPECT_EQ(rows_of(*connection, small_table()), some_rows(3));
}

TEST_P(DriverContract, StopsAStreamThatIsCancelledFromAnotherThread) {
  make(small_table(), some_rows(1'000));
  const auto connection = open(Access::kReadOnly);
  std::atomic<int> batches{0};
  std::jthread canceller([&] {
    batches.wait(0);
    connection->cancel();
  });
  const auto read_on = [&] {
    // Again and again: the cancel comes while one of them runs, or between two.
    for (;;) {
      const auto reader = connection->read_table({{"", "t"}, {"id", "v"}, {"id"}, {}});
      RowBatch batch;
      while (reader->read(batch, {100, 1 << 20})) {
        ++batches;
        batches.notify_all();
      }
    }
  };
  EXPECT_EQ(thrown_by(read_on), ErrorCode::kCancelled);
}

TEST_P(DriverContract, UndoesATransactionThatACancelStopped) {
  make(small_table(), some_rows(3));
  const auto connection = open();
  {
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(write_request(small_table()));
    connection->cancel();
    const RowBatch batch = batch_of({{std::int64_t{9}, std::string("late")}});
    EXPECT_EQ(thrown_by([&] { writer->write(batch, 0, 1); }), ErrorCode::kCancelled);
  }
  EXPECT_EQ(rows_of(*connection, small_table()), some_rows(3));
  EXPECT_NO_THROW(connection->begin(TransactionMode::kWrite));
}

TEST_P(DriverContract, TellsWhatTheServerCanDo) {
  const auto connection = open(Access::kReadOnly);
  EXPECT_EQ(connection->server().engine, world_->driver().engine());
  EXPECT_FALSE(connection->server().version.empty());
  EXPECT_GT(connection->server().max_parameters, 0U);
}

}  // namespace
}  // namespace crossload::testing
