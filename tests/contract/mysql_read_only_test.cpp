#include <filesystem>

#include "crossload/base/error.h"

#include "mysql_fixture.h"

// A read-only session changes nothing, whatever it is given.
namespace crossload::testing {
namespace {

using namespace driver;

class MysqlReadOnly : public MysqlServerTest {
 protected:
  void SetUp() override {
    MysqlServerTest::SetUp();
    if (!world_) return;
    run("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(100))");
    run("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    run("CREATE TABLE aside (n INT) ENGINE=MyISAM");
    run("CREATE FUNCTION inserts(n INT) RETURNS INT DETERMINISTIC BEGIN INSERT INTO t VALUES (n, "
        "'x'); "
        "RETURN 1; END");
    run("CREATE FUNCTION declared(n INT) RETURNS INT DETERMINISTIC MODIFIES SQL DATA RETURN n");
    run("CREATE FUNCTION locks() RETURNS INT DETERMINISTIC RETURN GET_LOCK('xl_ro_test', 0)");
    run("CREATE FUNCTION sets() RETURNS INT DETERMINISTIC BEGIN SET @leak = 1; RETURN 1; END");
    run("CREATE FUNCTION opens_up() RETURNS INT DETERMINISTIC BEGIN SET SESSION max_error_count = "
        "7; "
        "RETURN 1; END");
    run("CREATE FUNCTION aside_inserts() RETURNS INT DETERMINISTIC BEGIN INSERT INTO aside VALUES "
        "(1); "
        "RETURN 1; END");
    run("CREATE FUNCTION harmless(n INT) RETURNS INT DETERMINISTIC NO SQL RETURN n * 2");
    run("CREATE PROCEDURE p() INSERT INTO t VALUES (50, 'by a procedure')");
    run("CREATE VIEW writes AS SELECT inserts(60) AS r");
    if (is_mariadb()) run("CREATE SEQUENCE s");
    file_ = "/tmp/xl_ro_" + world_->database_name();
  }

  // What any of the statements below would leave behind.
  std::string state() {
    std::string text =
        ask_text("SELECT CONCAT(COUNT(*), ':', GROUP_CONCAT(id, '=', v ORDER BY id)) FROM t");
    text += "|" + ask_text("SELECT COUNT(*) FROM aside");
    text += "|" + ask_text(
                      "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM "
                      "information_schema.tables WHERE table_schema = DATABASE()");
    text += "|" + ask_text(
                      "SELECT GROUP_CONCAT(routine_name ORDER BY routine_name) FROM "
                      "information_schema.routines WHERE routine_schema = DATABASE()");
    text += "|" + ask_text("SELECT IS_USED_LOCK('xl_ro_test')");
    text += "|" + ask_text("SELECT @@GLOBAL.max_connect_errors");
    text += "|" + ask_text("SELECT COUNT(*) FROM mysql.user WHERE user = 'xl_ro_user'");
    if (is_mariadb()) text += "|" + ask_text("SELECT next_not_cached_value FROM s");
    text += std::filesystem::exists(file_) ? "|file" : "|";
    return text;
  }

  // Empty where the statement was refused as it must be.
  std::string refusal_fault(Connection& connection, const std::string& sql) {
    try {
      fetch_all(connection, sql);
      return "was carried out";
    } catch (const Error& error) {
      // One that this server does not know is no escape.
      if (error.code() == ErrorCode::kAccessDenied) return {};
      if (error.code() == ErrorCode::kInvalidArgument) return {};
      if (error.code() == ErrorCode::kSqlError && error.vendor_code() == 1064) return {};
      return "failed otherwise: " + error.message();
    }
  }

  std::string file_;
};

std::vector<std::string> escapes(const std::string& file) {
  return {
      // Plain changes.
      "INSERT INTO t VALUES (9, 'nine')",
      "REPLACE INTO t VALUES (1, 'x')",
      "UPDATE t SET v = 'x'",
      "DELETE FROM t",
      "DELETE FROM t RETURNING id",
      "INSERT INTO t VALUES (9, 'nine') RETURNING id",
      "TRUNCATE TABLE t",
      "DROP TABLE t",
      "CREATE TABLE u (a INT)",
      "CREATE TABLE u AS SELECT * FROM t",
      "CREATE TEMPORARY TABLE u (a INT)",
      "CREATE OR REPLACE VIEW w AS SELECT 1",
      "CREATE FUNCTION g() RETURNS INT RETURN 1",
      "CREATE PROCEDURE q() SELECT 1",
      "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.v = ''",
      "CREATE DATABASE xl_ro_escape",
      "CREATE USER xl_ro_user",
      "ALTER TABLE t ADD COLUMN w INT",
      "RENAME TABLE t TO u",
      "GRANT ALL ON *.* TO xl_ro_user",
      "WITH x AS (SELECT 1) DELETE FROM t",
      "WITH x AS (SELECT 1 AS id) UPDATE t SET v = 'x' WHERE id IN (SELECT id FROM x)",
      "WITH x AS (SELECT 3 AS id) INSERT INTO t SELECT id, 'x' FROM x",
      "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t",
      "LOAD DATA INFILE '/etc/passwd' INTO TABLE t",
      "LOAD XML INFILE '/etc/passwd' INTO TABLE t",
      "IMPORT TABLE FROM '/tmp/t.sdi'",
      // Transactions and settings that would open the session up.
      "BEGIN",
      "START TRANSACTION READ WRITE",
      "COMMIT",
      "ROLLBACK",
      "SAVEPOINT s1",
      "XA START 'x'",
      "SET SESSION TRANSACTION READ WRITE",
      "SET transaction_read_only = 0",
      "SET @@session.tx_read_only = 0",
      "SET GLOBAL max_connect_errors = 77",
      "SET PERSIST max_connect_errors = 77",
      "SET @a = 1",
      "SET STATEMENT max_statement_time = 1 FOR INSERT INTO t VALUES (9, 'nine')",
      "SET sql_mode = 'ANSI_QUOTES'",
      "SET ROLE NONE",
      "SET PASSWORD = 'x'",
      // Several statements.
      "SELECT 1; DELETE FROM t",
      "COMMIT; DELETE FROM t",
      "SELECT 1;COMMIT;DROP TABLE t",
      "BEGIN NOT ATOMIC DELETE FROM t; END",
      // Dynamic SQL and routines.
      "CALL p()",
      "DO inserts(9)",
      "DO GET_LOCK('xl_ro_test', 0)",
      "PREPARE x FROM 'DELETE FROM t'",
      "EXECUTE x",
      "EXECUTE IMMEDIATE 'DELETE FROM t'",
      "SELECT inserts(9)",
      "SELECT `inserts`(9)",
      "SELECT inserts /* blank */ (9)",
      "SELECT declared(9)",
      "SELECT locks()",
      "SELECT sets()",
      "SELECT opens_up()",
      "SELECT aside_inserts()",
      "SELECT * FROM t WHERE inserts(id + 10) = 1",
      "SELECT * FROM writes",
      "SHOW TABLES WHERE inserts(9) = 1",
      "TABLE t ORDER BY inserts(9)",
      "VALUES ROW(inserts(9), 1)",
      "EXPLAIN ANALYZE SELECT inserts(9)",
      "ANALYZE SELECT inserts(9)",
      "ANALYZE FORMAT=JSON DELETE FROM t",
      "EXPLAIN ANALYZE DELETE FROM t",
      "DESC ANALYZE INSERT INTO t VALUES (9, 'nine')",
      // Files and variables.
      "SELECT * FROM t INTO OUTFILE '" + file + "'",
      "SELECT * INTO OUTFILE '" + file + "' FROM t",
      "SELECT v FROM t LIMIT 1 INTO DUMPFILE '" + file + "'",
      "TABLE t INTO OUTFILE '" + file + "'",
      "VALUES ROW(1) INTO DUMPFILE '" + file + "'",
      "(SELECT 1) UNION (SELECT 2) INTO OUTFILE '" + file + "'",
      "WITH x AS (SELECT 1) SELECT * FROM x INTO OUTFILE '" + file + "'",
      "SELECT 1 INTO @a",
      "SELECT @a := 1",
      "SELECT @a:=inserts(9)",
      "EXPLAIN FORMAT=JSON INTO @a SELECT 1",
      "SELECT LOAD_FILE('/etc/passwd')",
      "SELECT load_file ('/etc/passwd')",
      "SELECT `LOAD_FILE`('/etc/passwd')",
      "SELECT lOaD_fIlE/**/('/etc/passwd')",
      "SELECT LENGTH(LOAD_FILE('/etc/passwd'))",
      // Locks and what else outlives the statement.
      "SELECT * FROM t FOR UPDATE",
      "SELECT * FROM t FOR /* x */ UPDATE SKIP LOCKED",
      "SELECT * FROM t FOR SHARE",
      "SELECT * FROM t LOCK IN SHARE MODE",
      "WITH x AS (SELECT * FROM t FOR UPDATE) SELECT * FROM x",
      "SELECT GET_LOCK('xl_ro_test', 0)",
      "SELECT 1 FROM (SELECT GET_LOCK('xl_ro_test', 0)) AS d",
      "SELECT RELEASE_ALL_LOCKS()",
      "SELECT RELEASE_LOCK('xl_ro_test')",
      "SELECT LAST_INSERT_ID(7)",
      "SELECT NEXTVAL(s)",
      "SELECT NEXT VALUE FOR s",
      "SELECT SETVAL(s, 100)",
      "SELECT LASTVAL(s)",
      "SELECT MASTER_POS_WAIT('x', 4, 1)",
      "SELECT WAIT_FOR_EXECUTED_GTID_SET('', 1)",
      "SELECT sys_exec('touch " + file + "')",
      "LOCK TABLES t WRITE",
      "UNLOCK TABLES",
      "FLUSH TABLES",
      "FLUSH TABLES WITH READ LOCK",
      "LOCK INSTANCE FOR BACKUP",
      "BACKUP STAGE START",
      "HANDLER t OPEN",
      "KILL 1",
      "KILL QUERY 1",
      "SHUTDOWN",
      "RESTART",
      "RESET MASTER",
      "PURGE BINARY LOGS BEFORE NOW()",
      "CHANGE MASTER TO MASTER_HOST = 'x'",
      "INSTALL PLUGIN x SONAME 'x.so'",
      "INSTALL SONAME 'x'",
      "CREATE FUNCTION sys_exec RETURNS INT SONAME 'x.so'",
      "OPTIMIZE TABLE t",
      "REPAIR TABLE aside",
      "ANALYZE TABLE t",
      "CHECK TABLE t",
      "CACHE INDEX aside IN hot",
      "LOAD INDEX INTO CACHE aside",
      "USE mysql",
      "SIGNAL SQLSTATE '45000'",
      "BINLOG 'x'",
      "CLONE LOCAL DATA DIRECTORY = '" + file + "'",
      // Comments that the server reads, and other disguises.
      "/*! DELETE FROM t */",
      "/*!50000 DELETE FROM t */",
      "/*M! DELETE FROM t */",
      "/*M!100100 DROP TABLE t */",
      "SELECT 1 /*! INTO OUTFILE '" + file + "' */",
      "SELECT 1 /*!50000 FOR UPDATE */",
      "SELECT /*!99999 1, */ 2",
      "SELECT /*+ SET_VAR(sql_mode='ANSI_QUOTES') */ 1",
      "/* a */ DELETE FROM t",
      "-- a\nDELETE FROM t",
      "# a\nDELETE FROM t",
      "--\tx\nDELETE FROM t",
      "SELECT 1 -- x\n INTO OUTFILE '" + file + "'",
      "SELECT 5--1 INTO @a",
      "SELECT \"'\" INTO OUTFILE '" + file + "' -- '",
      "SELECT '\"' INTO @a -- \"",
      "SELECT 1 AS `x``y` INTO @a",
      "(((SELECT 1))) INTO @a",
      "\xc2\xa0"
      "DELETE FROM t",
      "DELETE\xc2\xa0"
      "FROM t",
      "\xef\xbb\xbf"
      "DELETE FROM t",
      "\xef\xbc\xa4"
      "ELETE FROM t",
      "DELETE\vFROM\ft",
      "dElEtE fRoM t",
      std::string("SELECT 1\0; DELETE FROM t", 24),
  };
}

TEST_P(MysqlReadOnly, RefusesEveryEscapeAndNothingIsChanged) {
  const auto connection = open(Access::kReadOnly);
  const std::string before = state();
  const Rows setting = fetch_all(*connection, "SELECT @@max_error_count");
  const std::vector<std::string> all = escapes(file_);
  ASSERT_GE(all.size(), 60U);
  for (const std::string& sql : all) {
    EXPECT_EQ(refusal_fault(*connection, sql), "") << sql;
    ASSERT_EQ(state(), before) << sql;
  }
  EXPECT_EQ(fetch_all(*connection, "SELECT @@max_error_count"), setting);
  EXPECT_EQ(fetch_all(*connection, "SELECT @leak, @a"),
            (Rows{{std::monostate{}, std::monostate{}}}));
}

TEST_P(MysqlReadOnly, RefusesThemInsideASnapshotToo) {
  const auto connection = open(Access::kReadOnly);
  const std::string before = state();
  const auto snapshot = connection->begin(TransactionMode::kSnapshot);
  for (const std::string& sql : escapes(file_)) {
    EXPECT_EQ(refusal_fault(*connection, sql), "") << sql;
  }
  EXPECT_EQ(state(), before);
}

TEST_P(MysqlReadOnly, RunsWhatIsHarmless) {
  const auto connection = open(Access::kReadOnly);
  for (const char* sql : {
           "SELECT * FROM t",
           "select 1",
           "(SELECT 1) UNION (SELECT 2)",
           "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) "
           "SELECT * FROM n",
           "SELECT 'INSERT INTO t; DELETE', \"FOR UPDATE\"",
           "SELECT 'a' 'b', 'it''s', 'a\\'b', \"say \"\"x\"\"\"",
           "SELECT v AS `into` FROM t",
           "SELECT v AS `delete`, id AS `update` FROM t",
           "SELECT REPLACE(v, 'o', '0'), INSERT(v, 1, 1, 'x') FROM t",
           "SELECT harmless(21)",
           "SELECT COUNT(*), MAX(id), GROUP_CONCAT(v) FROM t GROUP BY id HAVING COUNT(*) > 0",
           "SELECT * FROM t AS a JOIN t AS b USING (id) LEFT JOIN t AS c ON c.id = a.id",
           "SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM t",
           "SELECT SUBSTRING('abc' FROM 1 FOR 2)",
           "SELECT LAST_INSERT_ID()",
           "SELECT @@version, @@sql_mode, @nothing",
           "SELECT 1 -- a comment; DELETE FROM t",
           "SELECT 1 # a comment; DELETE FROM t",
           "SELECT /* DELETE FROM t; */ 1",
           "SELECT /*+ NO_MERGE(t) */ * FROM t",
           "SELECT 5--1",
           "SELECT '\\'; DELETE FROM t -- '",
           "SELECT SLEEP(0), BENCHMARK(1, 1)",
           "SELECT * FROM information_schema.tables WHERE table_schema = DATABASE()",
           "SELECT * FROM t ORDER BY v DESC LIMIT 1 OFFSET 1",
           "SHOW TABLES",
           "SHOW CREATE TABLE t",
           "SHOW FULL COLUMNS FROM t",
           "SHOW INDEX FROM t",
           "SHOW VARIABLES LIKE 'sql_mode'",
           "SHOW STATUS LIKE 'Threads_connected'",
           "SHOW CREATE FUNCTION harmless",
           "SHOW PROCESSLIST",
           "SHOW WARNINGS",
           "SHOW DATABASES",
           "DESCRIBE t",
           "DESC t",
           "EXPLAIN SELECT * FROM t",
           "EXPLAIN FORMAT=JSON SELECT * FROM t",
           "SELECT 1;",
       }) {
    EXPECT_NO_THROW(fetch_all(*connection, sql)) << sql;
  }
  if (!is_mariadb()) {
    for (const char* sql : {"TABLE t", "VALUES ROW(1, 2), ROW(3, 4)", "EXPLAIN ANALYZE SELECT 1"}) {
      EXPECT_NO_THROW(fetch_all(*connection, sql)) << sql;
    }
  }
}

TEST_P(MysqlReadOnly, GivesNoFileToTheServer) {
  // On a session that may write, where no statement class stands before the refusal.
  try {
    execute(*admin_, "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t");
    ADD_FAILURE() << "a file was sent";
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().empty());
  }
  EXPECT_EQ(ask_text("SELECT COUNT(*) FROM t"), "2");
}

TEST_P(MysqlReadOnly, RefusesByTheEngineWhatTheStatementClassWouldMiss) {
  const auto connection = open(Access::kReadOnly);
  // The view hides the function from whoever reads the statement.
  try {
    fetch_all(*connection, "SELECT * FROM writes");
    ADD_FAILURE() << "the view's function wrote";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kAccessDenied) << error.message();
  }
  EXPECT_EQ(ask_text("SELECT COUNT(*) FROM t"), "2");
}

INSTANTIATE_TEST_SUITE_P(Servers, MysqlReadOnly, mysql_worlds(), name_of_world);

}  // namespace
}  // namespace crossload::testing
