#include "crossload/base/error.h"

#include "mysql_fixture.h"

// Writing where MySQL and MariaDB have ways of their own.
namespace crossload::testing {
namespace {

using namespace driver;

class MysqlWriting : public MysqlServerTest {
 protected:
  struct Result {
    std::vector<std::pair<std::size_t, std::string>> failures;  ///< Row and code.
    std::uint64_t written = 0;
    std::uint64_t skipped = 0;
  };

  Result write(const Rows& rows, ConflictMode mode = ConflictMode::kError,
               std::vector<std::string> key = {"id"}) {
    RowBatch batch;
    batch.reset(rows.front().size());
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) batch.append(i, row[i]);
      batch.end_row();
    }
    const auto connection = open();
    WriteRequest request;
    request.table = connection->catalog().describe({"", "t"});
    for (std::size_t i = 0; i < rows.front().size(); ++i) {
      request.columns.push_back(request.table.columns[i].name);
    }
    request.on_conflict = mode;
    if (mode != ConflictMode::kError) request.conflict_key = std::move(key);
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(request);
    Result result;
    for (std::size_t at = 0; at < rows.size();) {
      const WriteOutcome outcome = writer->write(batch, at, rows.size());
      at += outcome.rows_done;
      result.written += outcome.written;
      result.skipped += outcome.skipped;
      if (!outcome.failure) break;
      EXPECT_EQ(outcome.failure->first, at);
      result.failures.emplace_back(at++, outcome.failure->code);
    }
    transaction->commit();
    return result;
  }
  std::string contents() {
    return ask_text("SELECT GROUP_CONCAT(CONCAT_WS(':', id, u, v) ORDER BY id) FROM t");
  }
};

Value number(std::int64_t value) {
  return value;
}
Value text(const char* value) {
  return std::string(value);
}

TEST_P(MysqlWriting, SkipsAndUpdatesByTheOnlyUniqueKeyAndCountsExactly) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT, v VARCHAR(10))");
  run("INSERT INTO t VALUES (1, 1, 'old'), (2, 2, 'old'), (3, 3, 'same')");
  const Rows rows = {{number(1), number(1), text("new")},
                     {number(4), number(4), text("new")},
                     {number(4), number(5), text("twice")},
                     {number(3), number(3), text("same")}};
  Result result = write(rows, ConflictMode::kSkip);
  EXPECT_EQ(result.written, 1U);
  EXPECT_EQ(result.skipped, 3U);
  EXPECT_EQ(contents(), "1:1:old,2:2:old,3:3:same,4:4:new");
  result = write(rows, ConflictMode::kUpdate);
  EXPECT_EQ(result.written, 4U);
  EXPECT_EQ(result.skipped, 0U);
  EXPECT_EQ(contents(), "1:1:new,2:2:old,3:3:same,4:5:twice");
}

TEST_P(MysqlWriting, SkipsThousandsOfRowsAndStillFindsTheBadOneAmongThem) {
  run("CREATE TABLE t (a VARCHAR(20) NOT NULL, b DATETIME(3) NOT NULL, v VARCHAR(5), "
      "PRIMARY KEY (a, b))");
  Rows rows;
  for (std::int64_t i = 0; i < 5'000; ++i) {
    rows.push_back({"key " + std::to_string(i), text("2020-01-01 00:00:00.001"), text("new")});
  }
  const Rows there(rows.begin() + 1'000, rows.begin() + 3'500);
  EXPECT_EQ(write(there).written, 2'500U);
  run("UPDATE t SET v = 'old'");
  rows[4'321][2] = text("too long");
  rows[4'444][2] = text("blank     ");
  const Result result = write(rows, ConflictMode::kSkip, {"a", "b"});
  EXPECT_EQ(result.skipped, 2'500U);
  EXPECT_EQ(result.written, 2'498U);
  ASSERT_EQ(result.failures.size(), 2U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{4'321, "too_long"}));
  EXPECT_EQ(result.failures[1], (std::pair<std::size_t, std::string>{4'444, "data_changed"}));
  EXPECT_EQ(ask_text("SELECT CONCAT(SUM(v = 'old'), ',', SUM(v = 'new')) FROM t"), "2500,2498");
}

TEST_P(MysqlWriting, LeavesADuplicateOfAnotherUniqueKeyAFailure) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(10))");
  run("INSERT INTO t VALUES (1, 10, 'old'), (2, 20, 'old')");
  const Rows rows = {{number(1), number(10), text("new")},
                     {number(3), number(20), text("other")},
                     {number(2), number(10), text("clash")},
                     {number(4), number(40), text("new")}};
  Result result = write(rows, ConflictMode::kSkip);
  EXPECT_EQ(result.written, 1U);
  EXPECT_EQ(result.skipped, 2U);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{1, "unique"}));
  result = write(rows, ConflictMode::kUpdate);
  EXPECT_EQ(result.written, 2U);
  ASSERT_EQ(result.failures.size(), 2U);
  EXPECT_EQ(result.failures[0].first, 1U);
  EXPECT_EQ(result.failures[1].first, 2U);
  EXPECT_EQ(contents(), "1:10:new,2:20:old,4:40:new");
}

TEST_P(MysqlWriting, TakesNoDuplicateOfATriggersOwnForTheRows) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT, v VARCHAR(10))");
  run("CREATE TABLE log (u INT PRIMARY KEY)");
  run("CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.u)");
  run("INSERT INTO t VALUES (1, 1, 'old')");
  const Result result = write({{number(1), number(9), text("there")},
                               {number(2), number(1), text("clash")},
                               {number(3), number(3), text("new")}},
                              ConflictMode::kSkip);
  EXPECT_EQ(result.written, 1U);
  EXPECT_EQ(result.skipped, 1U);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{1, "unique"}));
  EXPECT_EQ(contents(), "1:1:old,3:3:new");
}

TEST_P(MysqlWriting, RefusesToGoByAKeyThatIsNotThere) {
  run("CREATE TABLE t (id INT, u INT, v VARCHAR(10))");
  EXPECT_THROW(write({{number(1), number(1), text("x")}}, ConflictMode::kSkip), Error);
}

TEST_P(MysqlWriting, FindsTheOneBadRowOfManyWhateverTheServerSaysOfIt) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT NULL, v VARCHAR(10), CHECK (u < 100000))");
  for (const std::size_t bad : {0U, 1U, 511U, 512U, 2'000U, 2'999U}) {
    run("DELETE FROM t");
    Rows rows;
    for (std::int64_t i = 0; i < 3'000; ++i) rows.push_back({number(i), number(i), text("v")});
    rows[bad][1] = number(100'000);  // No row in the message.
    Result result = write(rows);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{bad, "check"}));
    EXPECT_EQ(result.written, 2'999U);
    EXPECT_EQ(ask_text("SELECT COUNT(*) FROM t"), "2999");

    run("DELETE FROM t");
    rows[bad][1] = number(1);
    rows[bad][2] = text("far too long");  // A row in the message.
    result = write(rows);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{bad, "too_long"}));

    run("DELETE FROM t");
    rows[bad][2] = text("blanks        ");  // Only a note.
    result = write(rows);
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{bad, "data_changed"}));
    EXPECT_EQ(ask_text("SELECT COUNT(*) FROM t"), "2999");
  }
}

TEST_P(MysqlWriting, IsNotMisledByTheRowThatATriggersOwnStatementNames) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT NULL, v VARCHAR(100))");
  run("CREATE TABLE log (v VARCHAR(5))");
  run("CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.v)");
  Rows rows;
  for (std::int64_t i = 0; i < 700; ++i) rows.push_back({number(i), number(i), text("v")});
  rows[555][2] = text("longer than the log takes");
  const Result result = write(rows);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].first, 555U);
  EXPECT_EQ(ask_text("SELECT COUNT(*) FROM log"), "699");
}

TEST_P(MysqlWriting, KeepsATableWithoutTransactionsHonest) {
  run("CREATE TABLE t (id INT PRIMARY KEY, u INT, v VARCHAR(3)) ENGINE=MyISAM");
  EXPECT_FALSE(admin_->catalog().describe({"", "t"}).transactional);
  const Result result = write({{number(1), number(1), text("a")},
                               {number(2), number(1), text("abcd")},
                               {number(1), number(1), text("b")},
                               {number(3), number(1), text("c")}});
  EXPECT_EQ(result.written, 2U);
  ASSERT_EQ(result.failures.size(), 2U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{1, "too_long"}));
  EXPECT_EQ(result.failures[1], (std::pair<std::size_t, std::string>{2, "unique"}));
  EXPECT_EQ(contents(), "1:1:a,3:1:c");
  EXPECT_THROW(write({{number(9), number(1), text("abc   ")}}), Error)
      << "what was changed in storing cannot be undone";
}

TEST_P(MysqlWriting, RefusesARowThatIsTooLargeForThePacketAndStaysConnected) {
  run("CREATE TABLE t (id INT PRIMARY KEY, v LONGBLOB)");
  const std::uint64_t limit = admin_->server().max_value_bytes;
  const Rows rows = {{number(1), Bytes{"a"}},
                     {number(2), Bytes{std::string(limit, 'x')}},
                     {number(3), Bytes{std::string(limit / 2, 'y')}},
                     {number(4), Bytes{std::string(limit / 2, 'z')}},
                     {number(5), Bytes{"b"}}};
  const Result result = write(rows);
  EXPECT_EQ(result.written, 4U);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{1, "packet"}));
  EXPECT_EQ(ask_text("SELECT SUM(LENGTH(v)) FROM t"), std::to_string(limit / 2 * 2 + 2));
}

TEST_P(MysqlWriting, NumbersNoRowByItself) {
  run("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
  const Result result =
      write({{number(0), number(1)}, {std::monostate{}, number(2)}, {number(-5), number(3)}});
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0], (std::pair<std::size_t, std::string>{1, "not_null"}));
  EXPECT_EQ(ask_text("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"), "-5,0");
}

TEST_P(MysqlWriting, SaysThatALockedRowMayBeTriedAgain) {
  run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
  run("INSERT INTO t VALUES (1, 1)");
  const auto other = open();
  const auto held = other->begin(TransactionMode::kWrite);
  execute(*other, "UPDATE t SET v = 2 WHERE id = 1");
  const auto connection = open();
  const auto transaction = connection->begin(TransactionMode::kWrite);
  try {
    execute(*connection, "UPDATE t SET v = 3 WHERE id = 1");
    FAIL() << "two sessions hold one lock";
  } catch (const Error& error) {
    EXPECT_TRUE(error.retryable()) << error.message();
    EXPECT_EQ(error.vendor_code(), 1205);
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, MysqlWriting, mysql_worlds(), name_of_world);

}  // namespace
}  // namespace crossload::testing
