#include <cmath>
#include <limits>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

Value number(std::int64_t value) {
  return value;
}
Value words(const char* text) {
  return std::string(text);
}

class SqliteWriter : public SqliteFile {
 protected:
  std::vector<WriteFailure> insert(const std::string& sql, const std::vector<Row>& rows,
                                   ConflictMode mode = ConflictMode::kError,
                                   std::vector<std::string> key = {}) {
    script("DROP TABLE IF EXISTS t;" + sql);
    const auto connection = open_to_write();
    WriteRequest request = into(*connection, "t");
    request.on_conflict = mode;
    request.conflict_key = std::move(key);
    return write(*connection, request, rows);
  }
  std::string ask(const std::string& sql) { return text(*open(), sql); }
};

TEST_F(SqliteWriter, NamesTheCauseOfEachKindOfBadRow) {
  struct Case {
    const char* table;
    Row row;
    const char* code;
    const char* column;
  };
  const std::vector<Case> cases = {
      {"CREATE TABLE t (a NOT NULL)", {std::monostate{}}, "not_null", "a"},
      {"CREATE TABLE t (a CHECK (a > 0))", {number(-1)}, "check", ""},
      {"CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)", {number(1)}, "unique", "a"},
      {"CREATE TABLE t (a, UNIQUE (a)) ; INSERT INTO t VALUES ('x')", {words("x")}, "unique", "a"},
      {"CREATE TABLE t (a TEXT); CREATE UNIQUE INDEX i ON t (lower(a)); INSERT INTO t VALUES ('x')",
       {words("X")},
       "unique",
       ""},
      {"CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)",
       {number(1)},
       "unique",
       "a"},
      {"CREATE TABLE t (a INTEGER PRIMARY KEY)", {words("x")}, "datatype", ""},
      {"CREATE TABLE t (a INTEGER PRIMARY KEY)", {std::monostate{}}, "not_null", "a"},
      {"CREATE TABLE t (a INTEGER) STRICT", {words("x")}, "datatype", "a"},
      {"CREATE TABLE t (a INTEGER)", {words("007")}, "affinity", "a"},
      {"CREATE TABLE t (a TEXT)", {3.141592653589793}, "affinity", "a"},
      {"CREATE TABLE t (a REAL)", {number(INT64_MAX)}, "affinity", "a"},
      {"CREATE TABLE t (a)", {std::nan("")}, "datatype", "a"},
      {"CREATE TABLE t (a)", {std::uint64_t{1} << 63}, "out_of_range", "a"},
      {"CREATE TABLE t (a CHECK (json_valid(a) AND json_extract(a, '$.x') = 1))",
       {words("{")},
       "check",
       ""},
      {"CREATE TABLE t (a); CREATE INDEX i ON t (json_extract(a, '$.x'))",
       {words("{")},
       "expression",
       ""},
  };
  for (const Case& test : cases) {
    const std::vector<WriteFailure> failures = insert(test.table, {test.row});
    ASSERT_EQ(failures.size(), 1U) << test.table;
    EXPECT_EQ(failures[0].code, test.code) << test.table;
    EXPECT_EQ(failures[0].column, test.column) << test.table;
    EXPECT_FALSE(failures[0].error.message().empty());
  }
}

TEST_F(SqliteWriter, KeepsStorageClassesInColumnsWithoutType) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(insert("CREATE TABLE t (a, b)", {{number(1), words("1")},
                                               {1.0, Bytes{"1"}},
                                               {-0.0, Bytes{}},
                                               {infinity, words("")},
                                               {std::monostate{}, -infinity}})
                  .empty());
  EXPECT_EQ(ask("SELECT group_concat(typeof(a) || typeof(b)) FROM t"),
            "integertext,realblob,realblob,realtext,nullreal");
  const auto rows = fetch_all(*open(), "SELECT a FROM t WHERE rowid = 3");
  EXPECT_TRUE(std::signbit(std::get<double>(rows[0][0]))) << "minus zero";
}

TEST_F(SqliteWriter, DoesNotLetATableDropRowsByItsConflictClauses) {
  const std::vector<Row> rows = {
      {number(1), number(1)}, {number(1), number(2)}, {number(2), number(3)}};
  for (const char* clause : {"IGNORE", "REPLACE", "ROLLBACK", "FAIL"}) {
    const auto failures =
        insert(std::string("CREATE TABLE t (a UNIQUE ON CONFLICT ") + clause + ", b)", rows);
    ASSERT_EQ(failures.size(), 1U) << clause;
    EXPECT_EQ(failures[0].first, 1U);
    EXPECT_FALSE(failures[0].transaction_lost);
    EXPECT_EQ(ask("SELECT group_concat(b) FROM t"), "1,3") << clause;
  }
  ASSERT_EQ(insert("CREATE TABLE t (a NOT NULL ON CONFLICT REPLACE DEFAULT 5, b)",
                   {{std::monostate{}, number(1)}})
                .size(),
            1U);
}

TEST_F(SqliteWriter, GoesByTheKeyOfEveryShape) {
  const std::vector<Row> rows = {{words("A"), number(2)}, {words("b"), number(3)}};
  const auto after = [&](const std::string& table, ConflictMode mode) {
    EXPECT_TRUE(insert(table + "; INSERT INTO t VALUES ('a', 1)", rows, mode, {"k"}).empty())
        << table;
    return ask("SELECT group_concat(k || v) FROM (SELECT * FROM t ORDER BY v)");
  };
  EXPECT_EQ(after("CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, v)", ConflictMode::kSkip),
            "a1,b3");
  EXPECT_EQ(after("CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, v)", ConflictMode::kUpdate),
            "A2,b3");
  EXPECT_EQ(after("CREATE TABLE t (k TEXT, v, PRIMARY KEY (k COLLATE NOCASE)) WITHOUT ROWID",
                  ConflictMode::kSkip),
            "a1,b3");
  EXPECT_EQ(after("CREATE TABLE t (k TEXT, v, UNIQUE (k COLLATE NOCASE))", ConflictMode::kUpdate),
            "A2,b3");
  EXPECT_EQ(after("CREATE TABLE t (k TEXT PRIMARY KEY, v)", ConflictMode::kSkip), "a1,A2,b3");
}

TEST_F(SqliteWriter, GoesByARowidKeyUnderItsOtherNames) {
  EXPECT_TRUE(insert("CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'old')",
                     {{number(1), words("new")}, {number(2), words("two")}}, ConflictMode::kUpdate,
                     {"ID"})
                  .empty());
  EXPECT_EQ(ask("SELECT group_concat(v) FROM t"), "new,two");
}

TEST_F(SqliteWriter, WritesRowsOfAThousandColumnsAndOfNone) {
  std::string columns = "c0";
  Row row = {number(0)};
  for (int i = 1; i < 1'990; ++i) {
    columns += ",c" + std::to_string(i);
    row.push_back(number(i));
  }
  EXPECT_TRUE(insert("CREATE TABLE t (" + columns + ")", {row, row, row}).empty());
  EXPECT_EQ(ask("SELECT count(*) || ':' || max(c1989) FROM t"), "3:1989");

  script("CREATE TABLE only (a, g AS (1))");
  const auto connection = open_to_write();
  WriteRequest request = into(*connection, "only");
  request.columns.clear();
  EXPECT_TRUE(write(*connection, request, {{}, {}, {}}).empty());
  EXPECT_EQ(ask("SELECT count(*) FROM only"), "3");
  const auto reader = connection->read_table({{"", "only"}, {}, {}, {}});
  RowBatch batch;
  EXPECT_TRUE(reader->read(batch, {}));
  EXPECT_EQ(batch.rows(), 3U);
  EXPECT_EQ(batch.columns(), 0U);
}

TEST_F(SqliteWriter, TellsWhenATriggerUndidTheTransaction) {
  script(
      "CREATE TABLE t (a); CREATE TRIGGER g BEFORE INSERT ON t WHEN NEW.a = 3 BEGIN SELECT "
      "RAISE(ROLLBACK, 'no three'); END");
  const auto connection = open_to_write();
  const auto load = connection->prepare_load({true, false});
  const auto failures =
      write(*connection, into(*connection, "t"), {{number(1)}, {number(3)}, {number(5)}});
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_TRUE(failures[0].transaction_lost);
  EXPECT_EQ(failures[0].code, "trigger");
  EXPECT_EQ(failures[0].first, 1U);
  EXPECT_NE(failures[0].error.message().find("no three"), std::string::npos);
}

TEST_F(SqliteWriter, CountsRowsThatATriggerIgnoredAsSkipped) {
  script(
      "CREATE TABLE t (a); CREATE TRIGGER g BEFORE INSERT ON t WHEN NEW.a % 2 BEGIN SELECT "
      "RAISE(IGNORE); END");
  const auto connection = open_to_write();
  const auto load = connection->prepare_load({true, false});
  RowBatch batch;
  batch.reset(1);
  for (int i = 0; i < 120; ++i) {
    batch.append_int64(0, i);
    batch.end_row();
  }
  const auto transaction = connection->begin(TransactionMode::kWrite);
  const WriteOutcome outcome =
      connection->write_table(into(*connection, "t"))->write(batch, 0, 120);
  EXPECT_EQ(outcome.written, 60U);
  EXPECT_EQ(outcome.skipped, 60U);
}

TEST_F(SqliteWriter, ReadsAndWritesTextOfUtf16Files) {
  script("PRAGMA encoding='UTF-16le'; CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
  const auto connection = open_to_write();
  const std::vector<Row> rows = {{words("a\xc3\xa9"), words("\xf0\x9f\x98\x80")},
                                 {words("b"), std::string("x\0y", 3)}};
  EXPECT_TRUE(write(*connection, into(*connection, "t"), rows).empty());
  EXPECT_EQ(fetch_all(*connection, "SELECT k, v FROM t ORDER BY k"), rows);
}

TEST_F(SqliteWriter, StopsWhenTheDiskIsFullAndSaysSo) {
  script("CREATE TABLE t (a)");
  const auto connection = open_to_write();
  execute(*connection, "PRAGMA max_page_count=20");
  RowBatch batch;
  batch.reset(1);
  for (int i = 0; i < 200; ++i) {
    batch.append_bytes(0, std::string(2'000, 'x'));
    batch.end_row();
  }
  {
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(into(*connection, "t"));
    const Error error = error_of([&] { writer->write(batch, 0, 200); });
    EXPECT_EQ(error.vendor_code() & 0xff, 13) << error.message();
    EXPECT_FALSE(error.suggestions().empty());
  }
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM t"), "0");
}

}  // namespace
}  // namespace crossload::testing
