#include <thread>

#include <gmock/gmock.h>

#include "postgres_fixture.h"

namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class PostgresSession : public PostgresTest {
 protected:
  Endpoint endpoint_with(const std::string& key, const std::string& value) {
    Endpoint endpoint = world_->endpoint();
    endpoint.url.query.emplace_back(key, value);
    return endpoint;
  }
};

TEST_F(PostgresSession, NeverTakesABrokenStreamForItsEnd) {
  run("CREATE TABLE t (id integer PRIMARY KEY, v text)");
  run("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
  for (const bool as_query : {false, true}) {
    const auto reading = open(Access::kReadWrite);
    const auto reader = as_query ? reading->query("SELECT * FROM t", {})
                                 : reading->read_table({{"", "t"}, {"id", "v"}, {"id"}, {}});
    RowBatch batch;
    ASSERT_TRUE(reader->read(batch, {100, 1 << 20}));
    ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND datname = current_database()");
    std::size_t rows = batch.rows();
    const auto read_on = [&] {
      while (reader->read(batch, {100, 1 << 20})) rows += batch.rows();
    };
    EXPECT_EQ(thrown_by(read_on), ErrorCode::kConnectionFailed);
    EXPECT_LT(rows, 20'000U);
    EXPECT_THROW(reader->read(batch, {}), Error) << "nor afterwards";
  }
}

TEST_F(PostgresSession, SaysThatALockMayBeFreeLater) {
  run("CREATE TABLE t (id integer PRIMARY KEY)");
  const auto holder = connection_->begin(TransactionMode::kWrite);
  run("LOCK TABLE t");
  Endpoint endpoint = world_->endpoint();
  endpoint.timeouts.lock = std::chrono::milliseconds(50);
  const auto other = open_as(endpoint, Access::kReadWrite);
  try {
    fetch_all(*other, "SELECT * FROM t");
    FAIL() << "a locked table was read";
  } catch (const Error& error) {
    EXPECT_TRUE(error.retryable());
    EXPECT_EQ(error.sqlstate(), "55P03");
  }
}

TEST_F(PostgresSession, StopsAStatementAtTheProfilesTimeLimitAndGoesOn) {
  Endpoint endpoint = world_->endpoint();
  endpoint.timeouts.statement = std::chrono::milliseconds(100);
  for (const Access access : {Access::kReadOnly, Access::kReadWrite}) {
    const auto other = open_as(endpoint, access);
    try {
      fetch_all(*other, "SELECT pg_sleep(60)");
      FAIL() << "the statement was not stopped";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCancelled);
      EXPECT_THAT(error.message(), HasSubstr("timeouts.statement"));
    }
    EXPECT_EQ(fetch_all(*other, "SELECT 1").size(), 1U);
  }
}

TEST_F(PostgresSession, StopsAWaitForALockAndAWriteThatAreCancelled) {
  run("CREATE TABLE t (id integer PRIMARY KEY)");
  const auto holder = connection_->begin(TransactionMode::kWrite);
  run("LOCK TABLE t");
  Endpoint endpoint = world_->endpoint();
  endpoint.timeouts.lock = std::chrono::milliseconds(0);
  const auto other = open_as(endpoint, Access::kReadWrite);
  {
    const auto transaction = other->begin(TransactionMode::kWrite);
    const Table table = table_with({column_of("id", TypeKind::kInteger, false)}, 1);
    const auto writer = other->write_table(write_request(table));
    const RowBatch batch = batch_of({{std::int64_t{1}}});
    std::jthread canceller([&] { other->cancel(); });
    EXPECT_EQ(thrown_by([&] { writer->write(batch, 0, 1); }), ErrorCode::kCancelled);
  }
  EXPECT_EQ(fetch_all(*other, "SELECT 1").size(), 1U);
}

TEST_F(PostgresSession, KeepsItsTransactionWhenAStatementInItFails) {
  const auto transaction = connection_->begin(TransactionMode::kWrite);
  run("CREATE TABLE t (id integer PRIMARY KEY)");
  EXPECT_THROW(run("INSERT INTO t VALUES ('x')"), Error);
  EXPECT_THROW(ask("SELECT * FROM missing"), Error);
  run("INSERT INTO t VALUES (1)");
  transaction->commit();
  EXPECT_EQ(ask("SELECT * FROM t").size(), 1U);
}

TEST_F(PostgresSession, NeverTakesARollbackForACommit) {
  auto transaction = connection_->begin(TransactionMode::kWrite);
  run("CREATE TABLE t (id integer PRIMARY KEY)");
  run("ROLLBACK");
  EXPECT_THROW(transaction->commit(), Error);
  transaction.reset();
  EXPECT_EQ(ask("SELECT to_regclass('t') IS NULL")[0][0], Value(std::int64_t{1}));
}

TEST_F(PostgresSession, KeepsItsSnapshotWhenAReaderIsGivenUp) {
  run("CREATE TABLE t (id integer PRIMARY KEY, v text)");
  run("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i");
  const auto reading = open(Access::kReadOnly);
  const auto snapshot = reading->begin(TransactionMode::kSnapshot);
  run("DELETE FROM t WHERE id > 10");
  for (int i = 0; i < 3; ++i) {
    const auto reader = reading->read_table({{"", "t"}, {"id", "v"}, {"id"}, {}});
    RowBatch batch;
    ASSERT_TRUE(reader->read(batch, {100, 1 << 20}));
  }
  EXPECT_EQ(reading->catalog().count_rows({"", "t"}), 20'000U);
}

TEST_F(PostgresSession, GivesAStreamUpForAnotherStatementAndSaysSo) {
  run("CREATE TABLE t (id integer PRIMARY KEY)");
  run("INSERT INTO t SELECT generate_series(1, 100000)");
  const auto reader = connection_->read_table({{"", "t"}, {"id"}, {"id"}, {}});
  RowBatch batch;
  ASSERT_TRUE(reader->read(batch, {10, 1 << 20}));
  EXPECT_EQ(ask("SELECT 1").size(), 1U);
  EXPECT_THROW(reader->read(batch, {10, 1 << 20}), Error);
}

TEST_F(PostgresSession, CarriesOutAFunctionWithEffectsThoughItsRowsAreNotRead) {
  run("CREATE TABLE t (id integer)");
  run("CREATE FUNCTION fill() RETURNS SETOF integer LANGUAGE sql AS "
      "$$ INSERT INTO t SELECT generate_series(1, 5000) RETURNING id $$");
  { connection_->query("SELECT fill()", {}); }
  EXPECT_EQ(ask("SELECT count(*) FROM t")[0][0], Value(std::int64_t{5000}));
}

TEST_F(PostgresSession, RefusesCopyToTheClientAndGoesOn) {
  run("CREATE TABLE t (id integer)");
  for (const char* sql : {"COPY t TO STDOUT", "COPY t FROM STDIN"}) {
    EXPECT_EQ(thrown_by([&] { run(sql); }), ErrorCode::kInvalidArgument) << sql;
    EXPECT_EQ(ask("SELECT 1").size(), 1U);
  }
}

TEST_F(PostgresSession, TellsNoPasswordWhenItCannotConnect) {
  Endpoint endpoint = world_->endpoint();
  endpoint.url.user = "nobody";
  endpoint.password = Secret("s3cret-word");
  try {
    open_as(endpoint, Access::kReadOnly);
    FAIL() << "a user who does not exist was let in";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConnectionFailed);
    EXPECT_THAT(error.message(), Not(HasSubstr("s3cret-word")));
    EXPECT_THAT(error.message(), HasSubstr("nobody"));
  }
}

TEST_F(PostgresSession, RefusesOptionsThatAreNotLibpqsOrNotAProfiles) {
  for (const char* key : {"sslmod", "client_encoding", "dbname", "ssl-mode"}) {
    EXPECT_EQ(thrown_by([&] { open_as(endpoint_with(key, "x"), Access::kReadOnly); }),
              ErrorCode::kInvalidArgument)
        << key;
  }
  EXPECT_NO_THROW(open_as(endpoint_with("sslmode", "disable"), Access::kReadOnly));
  EXPECT_EQ(thrown_by([&] { open_as(endpoint_with("sslmode", "verify-full"), Access::kReadOnly); }),
            ErrorCode::kConnectionFailed);
}

TEST_F(PostgresSession, UsesOnlyTheDatabasesThatTheProfileLists) {
  Endpoint endpoint = world_->endpoint();
  endpoint.databases = {world_->database_name()};
  Driver& driver = world_->driver();
  const auto listed = driver.list_databases(endpoint);
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].name, world_->database_name());
  EXPECT_GT(listed[0].bytes.value_or(0), 0U);
  EXPECT_EQ(driver.resolve(endpoint, std::nullopt, false).name, world_->database_name());
  EXPECT_EQ(thrown_by([&] { driver.resolve(endpoint, "postgres", true); }),
            ErrorCode::kDatabaseNotFound);
  try {
    driver.resolve(world_->endpoint(), world_->database_name().substr(1), false);
    FAIL() << "a missing database was found";
  } catch (const Error& error) {
    EXPECT_THAT(error.candidates(), Contains(world_->database_name()));
  }
}

TEST_F(PostgresSession, TakesAServerForOneHoweverItIsAddressed) {
  Endpoint local = world_->endpoint();
  local.url.host = "localhost";
  Driver& driver = world_->driver();
  const std::string name = world_->database_name();
  EXPECT_EQ(driver.resolve(world_->endpoint(), name, false).identity,
            driver.resolve(local, name, false).identity);
  EXPECT_NE(driver.resolve(local, "postgres", false).identity,
            driver.resolve(local, name, false).identity);
}

TEST_F(PostgresSession, PrefersTheUsersTablesToTheSystems) {
  run("CREATE TABLE pg_proc (id integer)");
  run("INSERT INTO pg_proc VALUES (7)");
  const auto fresh = open(Access::kReadOnly);
  EXPECT_EQ(fetch_all(*fresh, "SELECT id FROM pg_proc")[0][0], Value(std::int64_t{7}));
  EXPECT_EQ(fresh->catalog().count_rows({"", "pg_proc"}), 1U);
  EXPECT_EQ(fresh->catalog().describe({"", "pg_proc"}).columns.size(), 1U);
}

}  // namespace
}  // namespace crossload::testing
