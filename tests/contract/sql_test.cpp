#include <thread>

#include "contract_test.h"

// What query() promises; for engines that speak SQL.
namespace crossload::testing {
namespace {

using namespace driver;

class SqlContract : public DriverContract {
 protected:
  void SetUp() override {
    DriverContract::SetUp();
    if (!world_) return;
    Table table = table_with(
        {column_of("id", TypeKind::kInteger, false), column_of("v", TypeKind::kText)}, 1);
    make(table, {{std::int64_t{1}, std::string("one")}, {std::int64_t{2}, std::string("two")}});
  }
};

TEST_P(SqlContract, BindsParametersByPosition) {
  const auto connection = open(Access::kReadOnly);
  const auto rows = fetch_all(
      *connection,
      "SELECT v FROM t WHERE id = " + parameter(1) + " OR v = " + parameter(2) + " ORDER BY id",
      {std::int64_t{1}, std::string("two")});
  EXPECT_EQ(rows, (std::vector<Row>{{std::string("one")}, {std::string("two")}}));
}

TEST_P(SqlContract, NamesTheColumnsOfAResult) {
  const auto connection = open(Access::kReadOnly);
  const auto reader = connection->query("SELECT id, v AS name, 1 + 1 AS two FROM t", {});
  ASSERT_EQ(reader->columns().size(), 3U);
  EXPECT_EQ(reader->columns()[0].name, "id");
  EXPECT_EQ(reader->columns()[1].name, "name");
  EXPECT_FALSE(reader->columns()[0].declared_type.empty());
  EXPECT_EQ(reader->columns()[2].declared_type.empty(), !world_->traits().types_expressions);
}

TEST_P(SqlContract, CountsTheRowsAStatementChanged) {
  const auto connection = open();
  EXPECT_EQ(execute(*connection, "INSERT INTO t VALUES (3, 'three')"), 1U);
  EXPECT_EQ(
      execute(*connection, "UPDATE t SET v = 'x' WHERE id > " + parameter(1), {std::int64_t{1}}),
      2U);
  EXPECT_EQ(execute(*connection, "UPDATE t SET v = 'x' WHERE id > 99"), 0U);
  EXPECT_EQ(execute(*connection, "CREATE TABLE u (a INTEGER)"), 0U) << "not the count before it";
  EXPECT_EQ(execute(*connection, "SELECT * FROM t"), 0U);
}

TEST_P(SqlContract, CarriesOutAStatementThatReturnsRowsEvenWhenNobodyReadsThem) {
  {
    const auto connection = open();
    if (!world_->traits().has_returning) {
      EXPECT_EQ(
          thrown_by([&] { connection->query("INSERT INTO t VALUES (3, '') RETURNING id", {}); }),
          ErrorCode::kSqlError);
      return;
    }
    connection->query("INSERT INTO t VALUES (3, 'three') RETURNING id", {});
  }
  EXPECT_EQ(open(Access::kReadOnly)->catalog().count_rows({"", "t"}), 3U);
}

TEST_P(SqlContract, TakesOneStatementAtATime) {
  const auto connection = open();
  for (const char* sql : {"SELECT 1; SELECT 2", "SELECT 1; -- one\n DROP TABLE t",
                          "SELECT 1;; SELECT 2", "", "  ", ";", "-- nothing", "/* nothing */"}) {
    EXPECT_EQ(thrown_by([&] { connection->query(sql, {}); }), ErrorCode::kInvalidArgument) << sql;
  }
  for (const char* sql : {"SELECT 1;", "SELECT 1 -- end", "SELECT 1; /* end */ ; "}) {
    EXPECT_EQ(fetch_all(*connection, sql).size(), 1U) << sql;
  }
  EXPECT_EQ(
      thrown_by([&] { connection->query(std::string_view("SELECT 1\0; DROP TABLE t", 23), {}); }),
      ErrorCode::kInvalidArgument);
}

TEST_P(SqlContract, RefusesAWrongNumberOfParameters) {
  const auto connection = open();
  EXPECT_EQ(thrown_by([&] { connection->query("SELECT " + parameter(1), {}); }),
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(thrown_by([&] { connection->query("SELECT 1", {std::int64_t{1}}); }),
            ErrorCode::kInvalidArgument);
}

TEST_P(SqlContract, PassesTheServersOwnErrorOn) {
  const auto connection = open(Access::kReadOnly);
  EXPECT_EQ(thrown_by([&] { connection->query("SELEC 1", {}); }), ErrorCode::kSqlError);
  EXPECT_EQ(thrown_by([&] { connection->query("SELECT * FROM missing", {}); }),
            ErrorCode::kSqlError);
}

TEST_P(SqlContract, RefusesToChangeAnythingOnAReadOnlySession) {
  const auto connection = open(Access::kReadOnly);
  for (const char* sql :
       {"INSERT INTO t VALUES (9, 'nine')", "UPDATE t SET v = 'x'", "DELETE FROM t", "DROP TABLE t",
        "CREATE TABLE u (a INTEGER)", "ALTER TABLE t ADD COLUMN w TEXT",
        "WITH x AS (SELECT 1) DELETE FROM t", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s"}) {
    EXPECT_EQ(thrown_by([&] { execute(*connection, sql); }), ErrorCode::kAccessDenied) << sql;
  }
  EXPECT_EQ(connection->catalog().count_rows({"", "t"}), 2U);
}

TEST_P(SqlContract, StopsALongStatementThatIsCancelledFromAnotherThread) {
  const auto connection = open(Access::kReadOnly);
  std::jthread canceller([&] { connection->cancel(); });
  const auto run = [&] { fetch_all(*connection, world_->traits().endless_select); };
  EXPECT_EQ(thrown_by(run), ErrorCode::kCancelled);
  EXPECT_EQ(fetch_all(*connection, "SELECT count(*) FROM t")[0][0], Value(std::int64_t{2}));
}

TEST_P(SqlContract, UndoesStatementsWithTheirTransaction) {
  const auto connection = open();
  {
    const auto transaction = connection->begin(TransactionMode::kWrite);
    execute(*connection, "DELETE FROM t");
    EXPECT_EQ(connection->catalog().count_rows({"", "t"}), 0U);
  }
  EXPECT_EQ(connection->catalog().count_rows({"", "t"}), 2U);
}

INSTANTIATE_TEST_SUITE_P(Drivers, SqlContract,
                         ::testing::Values(WorldParam{"sqlite", make_sqlite_world},
                                           WorldParam{"sqlite_wal", make_sqlite_wal_world},
                                           WorldParam{"postgres", make_postgres_world},
                                           WorldParam{"mariadb", make_mariadb_world},
                                           WorldParam{"mysql", make_mysql_world}),
                         name_of_world);

}  // namespace
}  // namespace crossload::testing
