#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "crossload/base/error.h"

#include "mysql_fixture.h"
#include "temp_folder.h"

// Logging in, stopping, and streams that break.
namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::HasSubstr;
using ::testing::Not;

class MysqlSession : public MysqlServerTest {
 protected:
  std::unique_ptr<Connection> open_with(const Endpoint& endpoint) {
    const std::string name = world_->database_name();
    return world_->driver().connect(endpoint, {name, name, {}, true},
                                    {.access = Access::kReadWrite});
  }
  Error failure_of(const Endpoint& endpoint) {
    try {
      open_with(endpoint);
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "it connected";
    return Error(ErrorCode::kMigrationFailed, "none");
  }
  // So many rows of a kilobyte each.
  void make_large_table(int rows) {
    run("CREATE TABLE large (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(1000))");
    run("INSERT INTO large (v) VALUES (REPEAT('x', 1000))");
    for (int have = 1; have < rows; have *= 2) run("INSERT INTO large (v) SELECT v FROM large");
  }
  static std::unique_ptr<RowReader> read_large(Connection& connection) {
    return connection.read_table({{"", "large"}, {"id", "v"}, {}, {}});
  }
};

TEST_P(MysqlSession, TakesAStreamThatBrokeForNoEnd) {
  make_large_table(40'000);
  const auto connection = open();
  const auto id = fetch_all(*connection, "SELECT CONNECTION_ID()")[0][0];
  const auto reader = read_large(*connection);
  RowBatch batch;
  ASSERT_TRUE(reader->read(batch, {100, 1 << 20}));
  run("KILL CONNECTION " + std::to_string(std::get<std::int64_t>(id)));
  try {
    while (reader->read(batch, {})) {
    }
    FAIL() << "the stream seemed to end";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConnectionFailed) << error.message();
    EXPECT_TRUE(error.retryable());
  }
  EXPECT_THROW(reader->read(batch, {}), Error) << "nor does it later";
}

TEST_P(MysqlSession, DropsAStreamThatNobodyReadsOnQuickly) {
  make_large_table(60'000);
  const auto connection = open(Access::kReadOnly);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) {
    const auto reader = read_large(*connection);
    RowBatch batch;
    ASSERT_TRUE(reader->read(batch, {10, 1 << 20}));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  EXPECT_EQ(fetch_all(*connection, "SELECT 7")[0][0], Value(std::int64_t{7}));
}

TEST_P(MysqlSession, SaysSoWhenAnotherStatementTookAStreamsPlace) {
  make_large_table(10'000);
  const auto connection = open(Access::kReadOnly);
  const auto reader = read_large(*connection);
  RowBatch batch;
  ASSERT_TRUE(reader->read(batch, {10, 1 << 20}));
  EXPECT_EQ(fetch_all(*connection, "SELECT 7")[0][0], Value(std::int64_t{7}));
  EXPECT_THROW(reader->read(batch, {}), Error);
  EXPECT_EQ(fetch_all(*connection, "SELECT 8")[0][0], Value(std::int64_t{8}));
}

TEST_P(MysqlSession, StopsExactlyOneCallForEachCancel) {
  make_large_table(3'000);
  const auto connection = open();
  for (int round = 0; round < 40; ++round) {
    std::atomic<bool> asked{false};
    std::jthread canceller([&] {
      // Anywhere in a statement's life.
      const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(round * 100);
      while (std::chrono::steady_clock::now() < until) {
      }
      connection->cancel();
      asked = true;
    });
    int stopped = 0;
    for (int calls = 0; stopped == 0 && calls < 10'000; ++calls) {
      try {
        const auto rows = fetch_all(*connection, "SELECT COUNT(*), MAX(v) FROM large");
        ASSERT_EQ(rows.size(), 1U);
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), ErrorCode::kCancelled) << error.message();
        ++stopped;
      }
    }
    ASSERT_EQ(stopped, 1);
    canceller.join();
    ASSERT_TRUE(asked);
    for (int i = 0; i < 3; ++i) {
      ASSERT_NO_THROW(fetch_all(*connection, "SELECT COUNT(*) FROM large")) << "round " << round;
    }
  }
}

TEST_P(MysqlSession, KeepsWhatWasWrittenBeforeACancelAndUndoesTheRest) {
  run("CREATE TABLE t (id INT PRIMARY KEY)");
  run("INSERT INTO t VALUES (1)");
  const auto connection = open();
  const auto transaction = connection->begin(TransactionMode::kWrite);
  execute(*connection, "INSERT INTO t VALUES (2)");
  connection->cancel();
  EXPECT_THROW(execute(*connection, "INSERT INTO t VALUES (3)"), Error);
  execute(*connection, "INSERT INTO t VALUES (4)");
  transaction->commit();
  EXPECT_EQ(ask_text("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"), "1,2,4");
}

TEST_P(MysqlSession, EndsAStatementAtTheProfilesLimitButNotTheReadingOfATable) {
  make_large_table(20'000);
  Endpoint endpoint = world_->endpoint();
  endpoint.timeouts.statement = std::chrono::milliseconds(150);
  const auto connection = open_with(endpoint);
  try {
    fetch_all(*connection,
              "SELECT COUNT(*) FROM large a JOIN large b ON a.id <> b.id WHERE a.v <> b.v");
    FAIL() << "it ran to its end";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled) << error.message();
    EXPECT_THAT(error.message(), HasSubstr("timeouts.statement"));
  }
  const auto reader = read_large(*connection);
  RowBatch batch;
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(400);
  std::size_t rows = 0;
  while (reader->read(batch, {500, 1 << 20})) {
    rows += batch.rows();
    // A reader that waits for its writer.
    while (std::chrono::steady_clock::now() < until && rows == 500) {
    }
  }
  EXPECT_GE(rows, 20'000U);
}

TEST_P(MysqlSession, CountsTheRowsThatAnUpdateFound) {
  run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
  run("INSERT INTO t VALUES (1, 1), (2, 1)");
  EXPECT_EQ(execute(*admin_, "UPDATE t SET v = 1 WHERE id = 1"), 1U) << "it changes nothing";
}

TEST_P(MysqlSession, WorksByItsOwnSettingsWhateverTheServers) {
  const auto rows =
      ask("SELECT @@sql_mode, @@time_zone, @@autocommit, @@character_set_results, "
          "@@foreign_key_checks");
  EXPECT_THAT(std::get<std::string>(rows[0][0]), HasSubstr("STRICT_ALL_TABLES"));
  EXPECT_THAT(std::get<std::string>(rows[0][0]), HasSubstr("NO_AUTO_VALUE_ON_ZERO"));
  EXPECT_THAT(std::get<std::string>(rows[0][0]), Not(HasSubstr("NO_ZERO")));
  EXPECT_THAT(std::get<std::string>(rows[0][0]), Not(HasSubstr("ANSI_QUOTES")));
  EXPECT_EQ(rows[0][1], Value(std::string("+00:00")));
  EXPECT_EQ(rows[0][2], Value(std::int64_t{1}));
  EXPECT_EQ(rows[0][3], Value(std::string("utf8mb4")));
  EXPECT_EQ(rows[0][4], Value(std::int64_t{1}));
}

TEST_P(MysqlSession, RunsAProcedureWithSeveralResults) {
  run("CREATE PROCEDURE p() BEGIN SELECT 1 AS a; SELECT 2 AS b; END");
  run("CREATE PROCEDURE q(n INT) BEGIN SELECT n AS a; SELECT 2 AS b; END");
  EXPECT_EQ(ask("CALL p()"), (Rows{{std::int64_t{1}}}));
  EXPECT_EQ(fetch_all(*admin_, "CALL q(?)", {std::int64_t{5}}), (Rows{{std::int64_t{5}}}));
  EXPECT_EQ(ask("SELECT 3"), (Rows{{std::int64_t{3}}}));
}

TEST_P(MysqlSession, LogsInWithAnyPasswordAndTellsNobody) {
  const std::string user = "u" + world_->database_name().substr(3, 20);
  const std::string password = "p@:/%?# x'\"\\\xc3\xa9";
  run("CREATE USER '" + user + "'@'%' IDENTIFIED BY 'p@:/%?# x''\"\\\\\xc3\xa9'");
  run("GRANT ALL ON " + world_->database_name() + ".* TO '" + user + "'@'%'");
  Endpoint endpoint = world_->endpoint();
  endpoint.url.user = user;
  endpoint.password = Secret(password);
  EXPECT_NO_THROW(open_with(endpoint));

  TempFolder home;
  std::ofstream(home.path() / ".my.cnf")
      << "[client]\nuser=" << user << "\npassword=\"p@:/%?# x'\\\"\\\\\xc3\xa9\"\n";
  const std::string before = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  ::setenv("HOME", home.path().c_str(), 1);
  Endpoint from_file = world_->endpoint();
  from_file.url.user.clear();
  EXPECT_NO_THROW(open_with(from_file)) << "as the engine's own clients do";
  ::setenv("HOME", before.c_str(), 1);

  endpoint.password = Secret("wrong-" + password);
  const Error error = failure_of(endpoint);
  EXPECT_EQ(error.code(), ErrorCode::kAccessDenied);
  EXPECT_THAT(error.message(), Not(HasSubstr("wrong-")));
  run("DROP USER '" + user + "'@'%'");
}

TEST_P(MysqlSession, TellsWhatKeepsItFromConnecting) {
  Endpoint endpoint = world_->endpoint();
  endpoint.url.port = 1;
  EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kConnectionFailed);
  endpoint = world_->endpoint();
  endpoint.url.host.clear();
  endpoint.url.port.reset();
  endpoint.url.query = {{"socket", "/nowhere/mysql.sock"}};
  EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kConnectionFailed);
  endpoint = world_->endpoint();
  endpoint.url.query = {{"allow-everything", "1"}};
  EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kInvalidArgument);
  endpoint.url.query = {{"ssl-mode", "MAYBE"}};
  EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kInvalidArgument);
}

TEST_P(MysqlSession, EncryptsWhereTheUrlAsksForIt) {
  const bool offers = !is_mariadb() || ask_text("SELECT @@have_ssl") == "YES";
  Endpoint endpoint = world_->endpoint();
  endpoint.url.query = {{"ssl-mode", "REQUIRED"}};
  if (offers) {
    const auto connection = open_with(endpoint);
    EXPECT_NE(fetch_all(*connection, "SHOW STATUS LIKE 'Ssl_cipher'")[0][1], Value(std::string()));
  } else {
    EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kConnectionFailed) << "never in the clear";
  }
  endpoint.url.query = {{"ssl-verify-server-cert", "1"}};
  EXPECT_EQ(failure_of(endpoint).code(), ErrorCode::kConnectionFailed)
      << "its certificate is signed by nobody";
}

TEST_P(MysqlSession, RefusesToSetTheIdentityInsideATransaction) {
  run("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY)");
  const auto connection = open();
  const auto session = connection->prepare_load({});
  const Table table = connection->catalog().describe({"", "t"});
  const auto transaction = connection->begin(TransactionMode::kWrite);
  execute(*connection, "INSERT INTO t VALUES (5)");
  EXPECT_THROW(session->advance_identity(table, 40), Error);
}

TEST_P(MysqlSession, PutsTheLoadsSettingsBack) {
  const auto connection = open();
  {
    const auto session = connection->prepare_load({});
    EXPECT_EQ(fetch_all(*connection, "SELECT @@foreign_key_checks")[0][0], Value(std::int64_t{0}));
  }
  EXPECT_EQ(fetch_all(*connection, "SELECT @@foreign_key_checks")[0][0], Value(std::int64_t{1}));
  EXPECT_FALSE(connection->server().triggers_can_be_off);
  EXPECT_FALSE(connection->server().transactional_ddl);
}

INSTANTIATE_TEST_SUITE_P(Servers, MysqlSession, mysql_worlds(), name_of_world);

}  // namespace
}  // namespace crossload::testing
