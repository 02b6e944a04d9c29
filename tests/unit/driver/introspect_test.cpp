#include <gmock/gmock.h>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::ElementsAre;

class SqliteCatalogTest : public SqliteFile {
 protected:
  Table table(const std::string& sql, const std::string& name = "t") {
    script(sql);
    return open()->catalog().describe({"", name});
  }
  std::optional<ResumeKey> key_of(const std::string& sql) {
    const Table described = table(sql);
    return open()->catalog().resume_key(described);
  }
};

TEST_F(SqliteCatalogTest, TellsTheRowidAliasFromOtherIntegerKeys) {
  EXPECT_EQ(table("CREATE TABLE t (id INTEGER PRIMARY KEY)").columns[0].identity,
            IdentityKind::kRowid);
  EXPECT_EQ(table("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)", "a").columns[0].identity,
            IdentityKind::kAutoincrement);
  EXPECT_EQ(table("CREATE TABLE b (id INT PRIMARY KEY)", "b").columns[0].identity,
            IdentityKind::kNone);
  EXPECT_EQ(table("CREATE TABLE c (id INTEGER PRIMARY KEY DESC)", "c").columns[0].identity,
            IdentityKind::kNone);
  EXPECT_EQ(table("CREATE TABLE d (id INTEGER PRIMARY KEY) WITHOUT ROWID", "d").columns[0].identity,
            IdentityKind::kNone);
  EXPECT_EQ(table("CREATE TABLE e (id INTEGER, PRIMARY KEY (id))", "e").columns[0].identity,
            IdentityKind::kRowid);
}

TEST_F(SqliteCatalogTest, ReadsColumnsWithAllTheyHave) {
  const Table t = table(R"sql(CREATE TABLE t (
      a VARCHAR(80) NOT NULL DEFAULT 'x''y' COLLATE NOCASE, b DECIMAL(12, 2) DEFAULT (1 + 1), "c d",
      e INT GENERATED ALWAYS AS (length(a)) STORED, f AS (a || b)) )sql");
  ASSERT_EQ(t.columns.size(), 5U);
  EXPECT_EQ(t.columns[0].type.length, 80);
  EXPECT_EQ(t.columns[0].collation, "NOCASE");
  EXPECT_EQ(t.columns[0].default_sql, "'x''y'");
  EXPECT_FALSE(t.columns[0].nullable);
  EXPECT_EQ(t.columns[1].type.precision, 12);
  EXPECT_EQ(t.columns[1].type.scale, 2);
  EXPECT_EQ(t.columns[1].default_sql, "1 + 1");
  EXPECT_EQ(t.columns[1].collation, "");
  EXPECT_EQ(t.columns[2].name, "c d");
  EXPECT_EQ(t.columns[2].type.declared, "");
  EXPECT_EQ(t.columns[3].generated, GeneratedKind::kStored);
  EXPECT_EQ(t.columns[3].generated_sql, "length(a)");
  EXPECT_EQ(t.columns[4].generated, GeneratedKind::kVirtual);
  EXPECT_EQ(t.columns[4].generated_sql, "a || b");
  EXPECT_EQ(t.columns[4].type.kind, TypeKind::kDynamic);
}

TEST_F(SqliteCatalogTest, GivesStrictColumnsTheirTypes) {
  const Table t = table("CREATE TABLE t (a INT, b REAL, c TEXT, d BLOB, e ANY) STRICT");
  EXPECT_TRUE(t.strict);
  EXPECT_EQ(t.columns[0].type.kind, TypeKind::kInteger);
  EXPECT_EQ(t.columns[1].type.kind, TypeKind::kFloat64);
  EXPECT_EQ(t.columns[2].type.kind, TypeKind::kText);
  EXPECT_EQ(t.columns[3].type.kind, TypeKind::kBytes);
  EXPECT_EQ(t.columns[4].type.kind, TypeKind::kDynamic);
}

TEST_F(SqliteCatalogTest, ReadsIndexesOfEveryKind) {
  const Table t = table(R"sql(
      CREATE TABLE t (a PRIMARY KEY, b UNIQUE, c TEXT);
      CREATE INDEX i1 ON t (c DESC, b COLLATE RTRIM);
      CREATE UNIQUE INDEX i2 ON t (lower(c)) WHERE b > 0;)sql");
  ASSERT_EQ(t.indexes.size(), 4U);
  EXPECT_EQ(t.indexes[0].origin, IndexOrigin::kPrimaryKey);
  EXPECT_EQ(t.indexes[1].origin, IndexOrigin::kUnique);
  EXPECT_EQ(t.indexes[1].sql, "");
  EXPECT_EQ(t.indexes[2].name, "i1");
  EXPECT_TRUE(t.indexes[2].parts[0].descending);
  EXPECT_EQ(t.indexes[2].parts[1].collation, "RTRIM");
  EXPECT_EQ(t.indexes[3].parts[0].expression, "lower(c)");
  EXPECT_EQ(t.indexes[3].parts[0].column, "");
  EXPECT_EQ(t.indexes[3].where_sql, "b > 0");
  EXPECT_TRUE(t.indexes[3].unique);
}

TEST_F(SqliteCatalogTest, ReadsForeignKeysWithNamesAndDeferrability) {
  const Table t = table(R"sql(
      CREATE TABLE t (a REFERENCES p, b CONSTRAINT fk REFERENCES q (x) ON DELETE CASCADE, c,
        CONSTRAINT both FOREIGN KEY (b, c) REFERENCES q (x, y) ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED))sql");
  ASSERT_EQ(t.foreign_keys.size(), 3U);
  EXPECT_EQ(t.foreign_keys[0].referenced_table.name, "p");
  EXPECT_TRUE(t.foreign_keys[0].referenced_columns.empty());
  EXPECT_EQ(t.foreign_keys[1].name, "fk");
  EXPECT_EQ(t.foreign_keys[1].on_delete, "CASCADE");
  EXPECT_EQ(t.foreign_keys[2].name, "both");
  EXPECT_THAT(t.foreign_keys[2].columns, ElementsAre("b", "c"));
  EXPECT_EQ(t.foreign_keys[2].on_update, "SET NULL");
  EXPECT_TRUE(t.foreign_keys[2].initially_deferred);
}

TEST_F(SqliteCatalogTest, SortsVirtualAndShadowTablesAndTriggersToTheirOwners) {
  script(R"sql(
      CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW broken AS SELECT x FROM gone;
      CREATE VIRTUAL TABLE ft USING fts5(body); CREATE VIRTUAL TABLE area USING rtree(id, x0, x1);
      CREATE TRIGGER g1 AFTER INSERT ON t BEGIN SELECT 1; END;
      CREATE TRIGGER g2 INSTEAD OF UPDATE ON v BEGIN SELECT 1; END;)sql");
  const Schema schema = open()->catalog().load_schema();
  EXPECT_EQ(schema.find_table({"", "ft"})->kind, TableKind::kVirtual);
  EXPECT_EQ(schema.find_table({"", "ft_content"})->kind, TableKind::kShadow);
  EXPECT_EQ(schema.find_table({"", "ft_content"})->shadow_of, "ft");
  EXPECT_EQ(schema.find_table({"", "area_node"})->shadow_of, "area");
  ASSERT_EQ(schema.find_table({"", "t"})->triggers.size(), 1U);
  EXPECT_EQ(schema.find_table({"", "t"})->triggers[0].timing, "AFTER");
  ASSERT_EQ(schema.views.size(), 2U) << "the broken one too";
  ASSERT_EQ(schema.views[1].triggers.size(), 1U);
  EXPECT_EQ(schema.views[1].triggers[0].timing, "INSTEAD OF");
}

TEST_F(SqliteCatalogTest, DescribesAViewAndTellsWhyABrokenOneCannotBe) {
  script(
      "CREATE TABLE t (a INTEGER); CREATE VIEW v AS SELECT a AS b FROM t; CREATE VIEW broken AS "
      "SELECT x FROM gone;");
  const auto connection = open();
  EXPECT_EQ(connection->catalog().describe({"", "v"}).columns[0].name, "b");
  EXPECT_EQ(connection->catalog().list_tables("").size(), 3U);
  const Error error = error_of([&] { connection->catalog().describe({"", "broken"}); });
  EXPECT_NE(error.message().find("gone"), std::string::npos);
}

TEST_F(SqliteCatalogTest, CarriesAVirtualTableWhoseModuleIsMissing) {
  script(R"sql(
      CREATE TABLE t (a); PRAGMA writable_schema=ON;
      INSERT INTO sqlite_schema VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nosuch(a)');)sql");
  const auto connection = open();
  const Schema schema = connection->catalog().load_schema();
  ASSERT_NE(schema.find_table({"", "odd"}), nullptr);
  EXPECT_EQ(schema.find_table({"", "odd"})->kind, TableKind::kVirtual);
  EXPECT_NE(schema.find_table({"", "t"}), nullptr);
  EXPECT_EQ(connection->catalog().list_tables("").size(), 2U);
  EXPECT_NE(error_of([&] {
              connection->catalog().describe({"", "odd"});
            })
                .message()
                .find("nosuch"),
            std::string::npos);
}

TEST_F(SqliteCatalogTest, MatchesNamesAsTheEngineDoes) {
  script("CREATE TABLE \"My Table\" (a); CREATE TABLE \"main.odd\" (a);");
  const auto connection = open();
  EXPECT_EQ(connection->catalog().find("my table").name, "My Table");
  EXPECT_EQ(connection->catalog().find("main.My Table").name, "My Table");
  EXPECT_EQ(connection->catalog().find("main.odd").name, "main.odd");
}

TEST_F(SqliteCatalogTest, EstimatesRowsWithoutReadingLargeTables) {
  script(R"sql(
      CREATE TABLE big (a INTEGER PRIMARY KEY); CREATE TABLE sparse (a INTEGER PRIMARY KEY);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) INSERT INTO big SELECT i FROM n;
      INSERT INTO sparse SELECT a * 100000000000 FROM big;)sql");
  for (const TableSummary& table : open()->catalog().list_tables("")) {
    EXPECT_GE(*table.estimated_rows, 10'000U) << table.name.name;
    EXPECT_LE(*table.estimated_rows, 300'000U) << table.name.name;
    EXPECT_GT(*table.bytes, 100'000U);
  }
  script("ANALYZE");
  for (const TableSummary& table : open()->catalog().list_tables("")) {
    if (table.name.name == "big") {
      EXPECT_EQ(table.estimated_rows, 30'000U);
    }
  }
}

TEST_F(SqliteCatalogTest, ChoosesTheKeyThatReadingCanGoOnBy) {
  const auto key = [&](const std::string& columns) {
    const auto found = key_of("DROP TABLE IF EXISTS t; CREATE TABLE t " + columns);
    return found ? join(found->columns, ",") + (found->implicit ? " implicit" : "") : "none";
  };
  EXPECT_EQ(key("(id INTEGER PRIMARY KEY, a)"), "id");
  EXPECT_EQ(key("(a, b)"), "rowid implicit");
  EXPECT_EQ(key("(a INT PRIMARY KEY)"), "rowid implicit");
  EXPECT_EQ(key("(rowid TEXT, a)"), "_rowid_ implicit");
  EXPECT_EQ(key("(rowid, _ROWID_)"), "oid implicit");
  EXPECT_EQ(key("(rowid, _rowid_, oid)"), "none");
  EXPECT_EQ(key("(rowid INTEGER PRIMARY KEY)"), "rowid");
  EXPECT_EQ(key("(b, a, PRIMARY KEY (a, b)) WITHOUT ROWID"), "a,b");
}

// The plans that reading by key comes to: the table's own order, never a sort.
class SqliteKeyOrder : public SqliteFile {
 protected:
  // Reads everything, then goes on behind every row.
  void expect_resumable(const std::string& sql, std::size_t rows) {
    script("DROP TABLE IF EXISTS t;" + sql);
    const auto connection = open();
    const Table t = connection->catalog().describe({"", "t"});
    const auto key = connection->catalog().resume_key(t);
    ASSERT_TRUE(key);
    ReadRequest request;
    request.table = t.name;
    for (const Column& column : t.columns) request.columns.push_back(column.name);
    request.key = key->columns;
    const std::vector<Row> all = read(*connection, request);
    ASSERT_EQ(all.size(), rows);
    const std::vector<std::size_t> positions = key_positions(request);
    for (std::size_t i = 0; i < all.size(); ++i) {
      request.after.clear();
      for (const std::size_t position : positions) request.after.push_back(all[i][position]);
      EXPECT_EQ(read(*connection, request),
                std::vector<Row>(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end()))
          << sql << " behind row " << i;
    }
  }
  static std::vector<Row> read(Connection& connection, const ReadRequest& request) {
    const auto reader = connection.read_table(request);
    std::vector<Row> rows;
    RowBatch batch;
    while (reader->read(batch, {})) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        Row& values = rows.emplace_back();
        for (std::size_t i = 0; i < batch.columns(); ++i) values.push_back(batch.value(row, i));
      }
    }
    return rows;
  }
};

TEST_F(SqliteKeyOrder, ResumesInTablesWithoutRowidWhateverTheirKey) {
  const std::string rows =
      " INSERT INTO t SELECT x.v, y.v, 'z' FROM"
      " (SELECT 1 AS v UNION SELECT 2.5 UNION SELECT 'a' UNION SELECT 'B' UNION SELECT x'00') x,"
      " (SELECT -1 AS v UNION SELECT 'c' UNION SELECT 'D' UNION SELECT x'ff') y;";
  for (const char* key : {"(a, b)", "(a DESC, b DESC)", "(a, b DESC)", "(a DESC, b)",
                          "(b COLLATE NOCASE, a)", "(a COLLATE NOCASE DESC, b COLLATE RTRIM)"}) {
    expect_resumable(
        std::string("CREATE TABLE t (a, b, c, PRIMARY KEY ") + key + ") WITHOUT ROWID;" + rows, 20);
  }
  expect_resumable(
      "CREATE TABLE t (a TEXT COLLATE NOCASE, b INT, c, PRIMARY KEY (a, b)) WITHOUT ROWID;"
      "INSERT INTO t VALUES ('a', 1, 0), ('B', 2, 0), ('b', 3, 0), ('A', 4, 0), ('c', 5, 0)",
      5);
  expect_resumable("CREATE TABLE t (a, b, c, PRIMARY KEY (c, b, a)) WITHOUT ROWID;" + rows, 20);
}

TEST_F(SqliteKeyOrder, ResumesByRowidsOfAnySign) {
  expect_resumable(
      "CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (-9223372036854775808, 1), (-1, 2), (0, "
      "3),"
      " (9223372036854775807, 4)",
      4);
  expect_resumable(
      "CREATE TABLE t (rowid TEXT, oid INTEGER); INSERT INTO t VALUES ('b', 2), ('a', 1)", 2);
}

}  // namespace
}  // namespace crossload::testing
