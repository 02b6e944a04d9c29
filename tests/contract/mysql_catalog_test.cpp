#include <gmock/gmock.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "mysql_fixture.h"

// What the catalog tells of MySQL's and MariaDB's own ways.
namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MysqlCatalog : public MysqlServerTest {
 protected:
  Table describe(const std::string& name) { return admin_->catalog().describe({"", name}); }
};

const Index* index_named(const Table& table, const std::string& name) {
  for (const Index& index : table.indexes) {
    if (index.name == name) return &index;
  }
  return nullptr;
}

TEST_P(MysqlCatalog, DescribesTypesWithAllTheirModifiers) {
  run("CREATE TABLE t (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, tiny TINYINT(1), "
      "z INT(5) ZEROFILL, d DECIMAL(12,3) UNSIGNED, f FLOAT, g DOUBLE, "
      "c CHAR(7) CHARACTER SET latin1, v VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, "
      "b BINARY(16), vb VARBINARY(9), dt DATETIME(3), ts TIMESTAMP(6) NULL, ti TIME(1), y YEAR, "
      "e ENUM('a,b','it''s','back\\\\slash',' x ','') , s SET('x y','q\"t'), j JSON, bi BIT(12), "
      "p POINT, lt LONGTEXT, lb LONGBLOB) COMMENT='it''s a table'");
  const Table t = describe("t");
  const auto type = [&](const char* name) { return t.find_column(name)->type; };
  EXPECT_EQ(type("id").kind, TypeKind::kInteger);
  EXPECT_EQ(type("id").bits, 32);
  EXPECT_TRUE(type("id").is_unsigned);
  EXPECT_EQ(t.find_column("id")->identity, IdentityKind::kAutoincrement);
  EXPECT_EQ(type("tiny").declared, "tinyint(1)");
  EXPECT_EQ(type("tiny").bits, 8);
  EXPECT_EQ(type("z").declared, "int(5) unsigned zerofill");
  EXPECT_EQ(type("d").precision, 12);
  EXPECT_EQ(type("d").scale, 3);
  EXPECT_TRUE(type("d").is_unsigned);
  EXPECT_EQ(type("f").kind, TypeKind::kFloat32);
  EXPECT_EQ(type("g").kind, TypeKind::kFloat64);
  EXPECT_EQ(type("c").length, 7);
  EXPECT_EQ(type("c").charset, "latin1");
  EXPECT_EQ(t.find_column("v")->collation, "utf8mb4_bin");
  EXPECT_EQ(type("v").length, 20);
  EXPECT_EQ(type("b").length, 16);
  EXPECT_EQ(type("vb").kind, TypeKind::kBytes);
  EXPECT_EQ(type("dt").precision, 3);
  EXPECT_EQ(type("dt").kind, TypeKind::kTimestamp);
  EXPECT_EQ(type("ts").kind, TypeKind::kTimestampTz);
  EXPECT_EQ(type("ts").precision, 6);
  EXPECT_EQ(type("ti").precision, 1);
  EXPECT_EQ(type("y").bits, 16);
  EXPECT_THAT(type("e").labels, ElementsAre("a,b", "it's", "back\\slash", " x", ""))
      << "the servers drop blanks at a label's end";
  EXPECT_THAT(type("s").labels, ElementsAre("x y", "q\"t"));
  EXPECT_EQ(type("j").kind, TypeKind::kJson);
  EXPECT_EQ(type("bi").kind, TypeKind::kBit);
  EXPECT_EQ(type("bi").length, 12);
  EXPECT_EQ(type("p").kind, TypeKind::kSpatial);
  EXPECT_EQ(type("lt").length, 4294967295);
  EXPECT_EQ(type("lb").kind, TypeKind::kBytes);
  EXPECT_EQ(t.comment, "it's a table");
  EXPECT_EQ(t.storage_engine, "InnoDB");
  EXPECT_TRUE(t.transactional);
  EXPECT_THAT(t.sql, HasSubstr("CREATE TABLE `t`"));
}

// The default of each column, set as DDL into another table, says the same again.
TEST_P(MysqlCatalog, TellsDefaultsAsTheyCouldStandInDdl) {
  run("CREATE TABLE t (id INT PRIMARY KEY, n INT DEFAULT 5, s VARCHAR(40) DEFAULT 'x''y\\\\z', "
      "w VARCHAR(40) DEFAULT 'NULL', em VARCHAR(5) DEFAULT '', num VARCHAR(5) DEFAULT '7', "
      "d DECIMAL(5,2) DEFAULT -1.5, bi BIT(3) DEFAULT b'101', "
      "dt DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), "
      "da DATE DEFAULT '2020-02-29', e ENUM('a,b','c') DEFAULT 'a,b', bn BINARY(3) DEFAULT 'abc', "
      "u VARCHAR(40) DEFAULT (UUID()), ex INT DEFAULT (1 + 2), nothing INT, nul INT DEFAULT NULL, "
      "req INT NOT NULL)");
  const Table t = describe("t");
  std::string other = "CREATE TABLE t2 (id INT";
  for (const Column& column : t.columns) {
    if (column.name == "id") continue;
    other += ", `" + column.name + "` " + column.type.declared;
    if (!column.nullable) other += " NOT NULL";
    if (column.default_sql) other += " DEFAULT " + *column.default_sql;
    if (!column.on_update.empty()) other += " ON UPDATE " + column.on_update;
  }
  run(other + ")");
  const Table t2 = describe("t2");
  for (const Column& column : t.columns) {
    EXPECT_EQ(t2.find_column(column.name)->default_sql, column.default_sql) << column.name;
  }
  EXPECT_EQ(t.find_column("nothing")->default_sql, std::nullopt);
  EXPECT_EQ(t.find_column("nul")->default_sql, std::nullopt);
  EXPECT_EQ(t.find_column("req")->default_sql, std::nullopt);
  run("INSERT INTO t (id, req) VALUES (1, 1)");
  run("INSERT INTO t2 (id, req) VALUES (1, 1)");
  EXPECT_EQ(ask_text("SELECT COUNT(*) FROM t JOIN t2 USING (id, n, s, w, em, num, d, bi, da, e, "
                     "bn, ex) WHERE t.s = 'x''y\\\\z' AND t.w = 'NULL' AND t.em = '' AND "
                     "t.bi = b'101' AND t.dt IS NOT NULL AND t2.u IS NOT NULL"),
            "1");
  EXPECT_THAT(ascii_lower(describe("t").find_column("dt")->on_update),
              HasSubstr("current_timestamp(3)"));
}

TEST_P(MysqlCatalog, DescribesIndexesKeysChecksTriggersAndGeneratedColumns) {
  run("CREATE TABLE p (id INT PRIMARY KEY, code VARCHAR(5) NOT NULL UNIQUE)");
  run("CREATE TABLE t (a INT, b INT, n VARCHAR(50), g INT GENERATED ALWAYS AS (b + 1) STORED, "
      "vg INT AS (b * 2) VIRTUAL, pid INT, txt TEXT, PRIMARY KEY (b, a), UNIQUE KEY u (pid, a), "
      "KEY prefix (n(10)), FULLTEXT KEY ft (txt), KEY d (a DESC, b), "
      "CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL, "
      "CONSTRAINT positive CHECK (a > 0 AND n <> 'it''s'))");
  run("CREATE TRIGGER first_one BEFORE INSERT ON t FOR EACH ROW SET NEW.n = TRIM(NEW.n)");
  run("CREATE TRIGGER second_one BEFORE INSERT ON t FOR EACH ROW SET NEW.n = LOWER(NEW.n)");
  const Table t = describe("t");
  EXPECT_THAT(t.primary_key, ElementsAre("b", "a"));
  ASSERT_NE(index_named(t, "u"), nullptr);
  EXPECT_TRUE(index_named(t, "u")->unique);
  EXPECT_EQ(index_named(t, "prefix")->parts[0].prefix_length, 10);
  EXPECT_EQ(index_named(t, "ft")->method, "FULLTEXT");
  EXPECT_TRUE(index_named(t, "d")->parts[0].descending);
  EXPECT_FALSE(index_named(t, "d")->parts[1].descending);
  ASSERT_EQ(t.foreign_keys.size(), 1U);
  EXPECT_EQ(t.foreign_keys[0].on_delete, "CASCADE");
  EXPECT_EQ(t.foreign_keys[0].on_update, "SET NULL");
  EXPECT_THAT(t.foreign_keys[0].referenced_columns, ElementsAre("id"));
  EXPECT_EQ(t.foreign_keys[0].referenced_table, (TableName{"", "p"}));
  ASSERT_EQ(t.checks.size(), 1U);
  EXPECT_EQ(t.checks[0].name, "positive");
  EXPECT_TRUE(t.checks[0].enforced);
  run("CREATE TABLE again (a INT, n VARCHAR(50), CHECK (" + t.checks[0].expression + "))");
  EXPECT_EQ(t.find_column("g")->generated, GeneratedKind::kStored);
  EXPECT_EQ(t.find_column("vg")->generated, GeneratedKind::kVirtual);
  EXPECT_THAT(t.find_column("g")->generated_sql, HasSubstr("`b` + 1"));
  ASSERT_EQ(t.triggers.size(), 2U);
  EXPECT_EQ(t.triggers[0].name, "first_one");
  EXPECT_EQ(t.triggers[1].name, "second_one");
  run("DROP TRIGGER first_one");
  run(t.triggers[0].sql);
  EXPECT_EQ(describe("t").triggers.size(), 2U) << "its text makes it again";
  const auto incoming = admin_->catalog().incoming_foreign_keys({"", "p"});
  ASSERT_EQ(incoming.size(), 1U);
  EXPECT_EQ(incoming[0].table.name, "t");
}

TEST_P(MysqlCatalog, LoadsTheWholeSchema) {
  run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
  run("CREATE TABLE parts (id INT, y INT) PARTITION BY RANGE (y) "
      "(PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE)");
  run("CREATE VIEW w AS SELECT id FROM t WHERE v = 1");
  run("CREATE FUNCTION f(n INT) RETURNS INT DETERMINISTIC RETURN n + 1");
  run("CREATE PROCEDURE p() SELECT 1");
  if (is_mariadb()) run("CREATE SEQUENCE s START WITH 5 INCREMENT BY 3");
  const Schema schema = admin_->catalog().load_schema();
  ASSERT_EQ(schema.tables.size(), 2U);
  EXPECT_EQ(schema.tables[0].name.name, "parts");
  EXPECT_THAT(schema.tables[0].partition_sql, HasSubstr("RANGE"));
  EXPECT_EQ(schema.tables[0].partition_sql.find("*/"), std::string::npos);
  EXPECT_EQ(schema.tables[1].partition_sql, "");
  ASSERT_EQ(schema.views.size(), 1U);
  EXPECT_THAT(schema.views[0].sql, HasSubstr("VIEW `w` AS"));
  ASSERT_EQ(schema.routines.size(), 2U);
  EXPECT_TRUE(schema.routines[0].is_function);
  EXPECT_THAT(schema.routines[0].sql, HasSubstr("RETURN n + 1"));
  EXPECT_EQ(schema.sequences.size(), is_mariadb() ? 1U : 0U);
  if (is_mariadb()) {
    EXPECT_EQ(schema.sequences[0].start, 5);
    EXPECT_EQ(schema.sequences[0].increment, 3);
    EXPECT_EQ(schema.sequences[0].last_value, std::nullopt);
  }
  EXPECT_EQ(describe("w").columns.size(), 1U);
  const auto listed = admin_->catalog().list_tables("");
  ASSERT_EQ(listed.size(), 3U);
  EXPECT_EQ(listed[2].kind, "view");
}

TEST_P(MysqlCatalog, TellsTablesApartThatDifferInCase) {
  run("CREATE TABLE cc (a INT PRIMARY KEY)");
  run("CREATE TABLE Cc (b INT, c INT)");
  EXPECT_EQ(describe("cc").columns.size(), 1U);
  EXPECT_EQ(describe("Cc").columns.size(), 2U);
  EXPECT_THROW(describe("CC"), Error);
  run("CREATE TABLE `a``b.c` (`x``y` INT PRIMARY KEY)");
  EXPECT_EQ(describe("a`b.c").columns[0].name, "x`y");
  EXPECT_EQ(admin_->catalog().count_rows({"", "a`b.c"}), 0U);
}

TEST_P(MysqlCatalog, OffersOnlyKeysThatGoOnExactly) {
  const auto key = [&](const std::string& columns) {
    run("DROP TABLE IF EXISTS t");
    run("CREATE TABLE t (" + columns + ")");
    const auto found = admin_->catalog().resume_key(describe("t"));
    return found ? found->columns : std::vector<std::string>();
  };
  EXPECT_THAT(key("a INT PRIMARY KEY"), ElementsAre("a"));
  EXPECT_THAT(key("a INT, b VARCHAR(9), PRIMARY KEY (b, a)"), ElementsAre("b", "a"));
  EXPECT_THAT(key("a FLOAT PRIMARY KEY"), ElementsAre());
  EXPECT_THAT(key("a DOUBLE PRIMARY KEY, b INT NOT NULL UNIQUE"), ElementsAre("b"));
  EXPECT_THAT(key("a INT UNIQUE"), ElementsAre()) << "may be NULL";
  EXPECT_THAT(key("a ENUM('x','y') PRIMARY KEY"), ElementsAre());
  EXPECT_THAT(key("a TEXT NOT NULL, UNIQUE KEY (a(10))"), ElementsAre());
  EXPECT_THAT(key("a INT"), ElementsAre());
}

TEST_P(MysqlCatalog, GoesOnBehindKeysOfEveryType) {
  struct Case {
    std::string type;
    std::vector<std::string> literals;
  };
  std::vector<Case> cases = {
      {"DECIMAL(30,10)", {"-1.5", "1.0000000001", "1.0000000002", "12345678901234567890.5"}},
      {"BIGINT UNSIGNED", {"0", "9223372036854775807", "18446744073709551615"}},
      {"VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
       {"'a'",
        "'\xc3\x89"
        "a'",
        "'Z'", "'b'",
        "'\xc3\xa9"
        "b'",
        "'e'"}},
      {"VARCHAR(20) CHARACTER SET latin1", {"'a'", "'B'", "'\xc3\xa9'", "'z'", "'\xc3\x96'"}},
      {"CHAR(10) CHARACTER SET utf16", {"'a'", "'B'", "'c'"}},
      {"DATE", {"'0000-00-00'", "'2020-00-00'", "'2020-02-29'", "'9999-12-31'"}},
      {"DATETIME(6)", {"'2020-01-01 00:00:00.000001'", "'2020-01-01 00:00:00.000002'"}},
      {"TIMESTAMP(3)", {"'2020-01-01 00:00:00.001'", "'2020-01-01 00:00:00.002'"}},
      {"TIME(6)", {"'-838:59:59'", "'-00:00:00.000001'", "'00:00:00'", "'100:00:00.5'"}},
      {"YEAR", {"0", "1901", "1970", "2155"}},
      {"BIT(12)", {"0", "5", "4095"}},
      {"VARBINARY(20)", {"''", "x'00'", "x'0000'", "x'ff'", "'a'"}},
  };
  if (is_mariadb()) {
    cases.push_back(
        {"UUID",
         {"'00000000-0000-0000-0000-000000000001'", "'10000000-0000-0000-0000-000000000000'",
          "'00000000-0000-1000-0000-000000000000'"}});
    cases.push_back({"INET6", {"'::1'", "'2001:db8::1'", "'::ffff:1.2.3.4'"}});
  }
  for (const Case& item : cases) {
    for (const bool composite : {false, true}) {
      SCOPED_TRACE(item.type + (composite ? " with another" : ""));
      run("DROP TABLE IF EXISTS t");
      run("CREATE TABLE t (k " + item.type + " NOT NULL, n INT NOT NULL, PRIMARY KEY (k" +
          (composite ? ", n" : "") + "))");
      for (const std::string& literal : item.literals) {
        run("INSERT INTO t VALUES (" + literal + ", 1)");
        if (composite) run("INSERT INTO t VALUES (" + literal + ", 2)");
      }
      std::vector<std::string> key = {"k"};
      if (composite) key.emplace_back("n");
      const auto read = [&](std::vector<Value> after) {
        const auto connection = open(Access::kReadOnly);
        const auto reader = connection->read_table({{"", "t"}, {"k", "n"}, key, std::move(after)});
        Rows rows;
        RowBatch batch;
        while (reader->read(batch, {})) {
          for (std::size_t i = 0; i < batch.rows(); ++i) {
            rows.push_back({batch.value(i, 0), batch.value(i, 1)});
          }
        }
        return rows;
      };
      const Rows all = read({});
      ASSERT_EQ(all.size(), item.literals.size() * (composite ? 2 : 1));
      for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<Value> after = {all[i][0]};
        if (composite) after.push_back(all[i][1]);
        const Rows rest(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end());
        EXPECT_EQ(read(after), rest) << "behind row " << i;
      }
    }
  }
}

TEST_P(MysqlCatalog, ReadsByTheKeyWithoutSortingTheTable) {
  run("CREATE TABLE t (a INT NOT NULL, b VARCHAR(20) NOT NULL, v TEXT, UNIQUE KEY ab (a, b))");
  run("INSERT INTO t SELECT seq.n DIV 10, CONCAT('b', seq.n), 'v' FROM (SELECT ROW_NUMBER() OVER "
      "() "
      "AS n FROM information_schema.columns LIMIT 1000) AS seq");
  const auto rows = ask(
      "EXPLAIN SELECT t.a, t.v FROM t FORCE INDEX (ab) WHERE t.a >= 50 AND (t.a > 50 OR (t.a = 50 "
      "AND t.b > CONVERT('b505' USING utf8mb4))) ORDER BY t.a, t.b");
  const std::string extra = std::get<std::string>(rows[0].back());
  EXPECT_EQ(extra.find("filesort"), std::string::npos) << extra;
}

INSTANTIATE_TEST_SUITE_P(Servers, MysqlCatalog, mysql_worlds(), name_of_world);

}  // namespace
}  // namespace crossload::testing
