#include <fstream>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

class ReadOnlySession : public SqliteFile {
 protected:
  ReadOnlySession() {
    script(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); INSERT INTO t VALUES (1, 'x');"
        "CREATE VIRTUAL TABLE ft USING fts5(body); INSERT INTO ft VALUES ('hello');");
  }
  std::string bytes_of_file() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(ReadOnlySession, RefusesEveryKnownWayOut) {
  const std::string before = bytes_of_file();
  const auto connection = open();
  const std::string other = "'" + (folder_.path() / "other.db").string() + "'";
  const std::vector<std::string> escapes = {
      "ATTACH " + other + " AS x",
      "ATTACH ':memory:' AS x",
      "ATTACH '' AS x",
      "/* SELECT */ ATTACH " + other + " AS x",
      "DETACH main",
      "VACUUM",
      "VACUUM INTO " + other,
      "INSERT INTO t VALUES (2, 'y')",
      "INSERT INTO t VALUES (2, 'y') RETURNING a",
      "REPLACE INTO t VALUES (1, 'y')",
      "UPDATE t SET b = 'y'",
      "DELETE FROM t",
      "DELETE FROM t RETURNING *",
      "WITH x AS (SELECT 1) INSERT INTO t SELECT 5, 'y' FROM x",
      "WITH x AS (SELECT 1) UPDATE t SET b = 'y' WHERE a IN x",
      "WITH x AS (SELECT 1) DELETE FROM t WHERE a IN x",
      "-- SELECT\nDELETE FROM t",
      "EXPLAIN DELETE FROM t",
      "CREATE TABLE u (a)",
      "CREATE TEMP TABLE u (a)",
      "CREATE TABLE u AS SELECT * FROM t",
      "CREATE VIEW v AS SELECT 1",
      "CREATE TEMP VIEW v AS SELECT 1",
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
      "CREATE INDEX i ON t (b)",
      "CREATE VIRTUAL TABLE u USING fts5(x)",
      "CREATE VIRTUAL TABLE temp.u USING fts5(x)",
      "DROP TABLE t",
      "ALTER TABLE t RENAME TO u",
      "ALTER TABLE t ADD COLUMN c",
      "REINDEX",
      "ANALYZE",
      "BEGIN",
      "BEGIN IMMEDIATE",
      "COMMIT",
      "END",
      "ROLLBACK",
      "SAVEPOINT s",
      "RELEASE s",
      "PRAGMA journal_mode = WAL",
      "PRAGMA journal_mode(OFF)",
      "PRAGMA main.journal_mode = DELETE",
      "PRAGMA user_version = 7",
      "PRAGMA application_id = 7",
      "PRAGMA schema_version = 7",
      "PRAGMA writable_schema = ON",
      "PRAGMA query_only = OFF",
      "PRAGMA query_only(0)",
      "PRAGMA wal_checkpoint",
      "PRAGMA wal_checkpoint(TRUNCATE)",
      "PRAGMA incremental_vacuum",
      "PRAGMA optimize",
      "PRAGMA shrink_memory",
      "PRAGMA temp_store_directory = '/'",
      "PRAGMA locking_mode = EXCLUSIVE",
      "PRAGMA mmap_size = 1000000",
      "PRAGMA cache_size = 1000000",
      "PRAGMA trusted_schema = ON",
      "PRAGMA case_sensitive_like = ON",
      "PRAGMA busy_timeout = 1",
      "SELECT load_extension('libm')",
      "SELECT load_extension('libm', 'entry')",
      "SELECT fts3_tokenizer('simple')",
      "SELECT fts3_tokenizer('simple', x'0000000000000000')",
      "SELECT writefile('/tmp/x', 'y')",
      "SELECT readfile('/etc/passwd')",
      "SELECT edit('x')",
      "INSERT INTO ft(ft) VALUES ('rebuild')",
      "SELECT * FROM t WHERE a IN (SELECT load_extension('libm'))",
  };
  for (const std::string& sql : escapes) {
    const ErrorCode code = error_of([&] { execute(*connection, sql); }).code();
    // A function that this build of SQLite does not have is refused as such.
    EXPECT_TRUE(code == ErrorCode::kAccessDenied || code == ErrorCode::kSqlError) << sql;
    const bool unknown_function =
        sql.find("file(") != std::string::npos || sql.find("edit(") != std::string::npos;
    if (!unknown_function) {
      EXPECT_EQ(code, ErrorCode::kAccessDenied) << sql;
    }
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "other.db"));
  EXPECT_EQ(bytes_of_file(), before);
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM t"), "1");
}

TEST_F(ReadOnlySession, MayLookAtEverything) {
  const auto connection = open();
  for (const char* sql :
       {"SELECT * FROM t", "VALUES (1)", "EXPLAIN SELECT * FROM t",
        "EXPLAIN QUERY PLAN SELECT * FROM t",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM "
        "n",
        "PRAGMA table_info(t)", "PRAGMA table_list", "PRAGMA foreign_key_check",
        "PRAGMA integrity_check(5)", "PRAGMA journal_mode", "PRAGMA user_version",
        "PRAGMA page_count", "PRAGMA compile_options", "SELECT * FROM pragma_table_info('t')",
        "SELECT * FROM sqlite_schema", "SELECT * FROM ft WHERE ft MATCH 'hello'",
        "SELECT json_extract('{\"a\":1}', '$.a')", "SELECT * FROM json_each('[1]')",
        "SELECT hex(randomblob(4))"}) {
    EXPECT_FALSE(fetch_all(*connection, sql).empty() &&
                 std::string_view(sql).find("check") == std::string_view::npos)
        << sql;
  }
}

TEST_F(ReadOnlySession, SaysWhatItRefused) {
  const auto connection = open();
  EXPECT_NE(error_of([&] { execute(*connection, "PRAGMA user_version = 7"); })
                .message()
                .find("user_version"),
            std::string::npos);
  EXPECT_NE(error_of([&] { execute(*connection, "ATTACH 'x' AS y"); }).message().find("ATTACH"),
            std::string::npos);
}

TEST_F(ReadOnlySession, DoesNotWriteTheSchemaTable) {
  const std::string before = bytes_of_file();
  const auto connection = open();
  for (const char* sql :
       {"UPDATE sqlite_master SET sql = ''", "UPDATE sqlite_schema SET sql = ''",
        "UPDATE sqlite_master SET sql = '' RETURNING 1", "DELETE FROM sqlite_schema",
        "INSERT INTO sqlite_schema (name) VALUES ('x')"}) {
    EXPECT_THROW(execute(*connection, sql), Error) << sql;
  }
  EXPECT_EQ(bytes_of_file(), before);
}

TEST_F(ReadOnlySession, IgnoresTemptingNamesInsideText) {
  const auto connection = open();
  EXPECT_EQ(text(*connection, "SELECT 'DROP TABLE t; ATTACH x'"), "DROP TABLE t; ATTACH x");
}

class WriteSession : public ReadOnlySession {};

TEST_F(WriteSession, ReachesNoOtherFileAndLoadsNoCode) {
  const auto connection = open_to_write();
  const std::string other = "'" + (folder_.path() / "other.db").string() + "'";
  for (const std::string& sql : std::vector<std::string>{
           "ATTACH " + other + " AS x", "VACUUM INTO " + other, "SELECT load_extension('libm')",
           "SELECT fts3_tokenizer('simple')", "PRAGMA writable_schema = ON",
           "PRAGMA trusted_schema = ON", "PRAGMA temp_store_directory = '/'"}) {
    EXPECT_EQ(error_of([&] { execute(*connection, sql); }).code(), ErrorCode::kAccessDenied) << sql;
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "other.db"));
}

TEST_F(WriteSession, MayDoWhatOneFileNeeds) {
  const auto connection = open_to_write();
  for (const char* sql :
       {"CREATE TABLE u (a)", "INSERT INTO u VALUES (1)", "PRAGMA user_version = 7", "VACUUM",
        "ANALYZE", "CREATE TEMP TABLE w (a)", "DROP TABLE u", "BEGIN", "COMMIT"}) {
    EXPECT_NO_THROW(execute(*connection, sql)) << sql;
  }
  EXPECT_EQ(text(*connection, "SELECT user_version FROM pragma_user_version"), "7");
}

}  // namespace
}  // namespace crossload::testing
