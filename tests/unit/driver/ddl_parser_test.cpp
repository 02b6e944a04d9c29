#include "ddl_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload::driver::sqlite {
namespace {

using ::testing::ElementsAre;

TEST(ParseCreateTable, FindsChecksWithTheirNames) {
  const TableText text = parse_create_table(R"sql(
      CREATE TABLE t (a INT CHECK (a > 0), b TEXT CONSTRAINT "b is short" CHECK (length(b) < 5) NOT NULL,
        CONSTRAINT both CHECK (a <> b AND b <> ')'), CHECK (a IN (1, 2)) -- CHECK (no)
        ))sql");
  ASSERT_EQ(text.checks.size(), 4U);
  EXPECT_EQ(text.checks[0].name, "");
  EXPECT_EQ(text.checks[0].expression, "a > 0");
  EXPECT_EQ(text.checks[1].name, "b is short");
  EXPECT_EQ(text.checks[1].expression, "length(b) < 5");
  EXPECT_EQ(text.checks[2].name, "both");
  EXPECT_EQ(text.checks[2].expression, "a <> b AND b <> ')'");
  EXPECT_EQ(text.checks[3].name, "");
  EXPECT_EQ(text.checks[3].expression, "a IN (1, 2)");
}

TEST(ParseCreateTable, GivesANameOnlyToTheConstraintItStandsBefore) {
  const TableText text = parse_create_table(
      "CREATE TABLE t (a INT CONSTRAINT pk PRIMARY KEY CHECK (a > 0), CONSTRAINT u UNIQUE (a) "
      "CHECK (a > 1))");
  ASSERT_EQ(text.checks.size(), 2U);
  EXPECT_EQ(text.checks[0].name, "");
  EXPECT_EQ(text.checks[1].name, "");
}

TEST(ParseCreateTable, FindsGeneratedColumns) {
  const TableText text = parse_create_table(
      "CREATE TABLE t (a, \"b c\" INT GENERATED ALWAYS AS (a * (2 + 1)) STORED, [d] AS (a || ',' "
      "|| b))");
  ASSERT_EQ(text.generated.size(), 2U);
  EXPECT_EQ(text.generated[0].column, "b c");
  EXPECT_EQ(text.generated[0].expression, "a * (2 + 1)");
  EXPECT_EQ(text.generated[1].column, "d");
  EXPECT_EQ(text.generated[1].expression, "a || ',' || b");
}

TEST(ParseCreateTable, FindsForeignKeysInDeclaredOrder) {
  const TableText text = parse_create_table(R"sql(
      CREATE TABLE t (
        a INT CONSTRAINT fk_a REFERENCES p (x) ON DELETE SET NULL ON UPDATE CASCADE,
        b REFERENCES q DEFERRABLE INITIALLY DEFERRED,
        c DEFAULT (1) REFERENCES q NOT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bc FOREIGN KEY (b, "c d") REFERENCES [r s] (m, n) MATCH FULL DEFERRABLE
          FOREIGN KEY (a) REFERENCES t))sql");
  ASSERT_EQ(text.foreign_keys.size(), 5U);
  EXPECT_EQ(text.foreign_keys[0].name, "fk_a");
  EXPECT_THAT(text.foreign_keys[0].columns, ElementsAre("a"));
  EXPECT_EQ(text.foreign_keys[0].referenced_table.name, "p");
  EXPECT_THAT(text.foreign_keys[0].referenced_columns, ElementsAre("x"));
  EXPECT_FALSE(text.foreign_keys[0].deferrable);
  EXPECT_TRUE(text.foreign_keys[1].deferrable);
  EXPECT_TRUE(text.foreign_keys[1].initially_deferred);
  EXPECT_FALSE(text.foreign_keys[2].deferrable);
  EXPECT_FALSE(text.foreign_keys[2].initially_deferred);
  EXPECT_EQ(text.foreign_keys[3].name, "fk_bc");
  EXPECT_THAT(text.foreign_keys[3].columns, ElementsAre("b", "c d"));
  EXPECT_EQ(text.foreign_keys[3].referenced_table.name, "r s");
  EXPECT_THAT(text.foreign_keys[3].referenced_columns, ElementsAre("m", "n"));
  EXPECT_TRUE(text.foreign_keys[3].deferrable);
  EXPECT_FALSE(text.foreign_keys[3].initially_deferred);
  EXPECT_EQ(text.foreign_keys[4].name, "");
  EXPECT_THAT(text.foreign_keys[4].columns, ElementsAre("a"));
}

TEST(ParseCreateTable, IsNotMisledByQuotesCommentsAndTypes) {
  const TableText text = parse_create_table(
      "CREATE TABLE \"odd ( name\" (\"check\" DECIMAL(10, 2) DEFAULT 'CHECK (x)', /* CHECK (y) */\n"
      " `references` DEFAULT -1, [unique] TEXT DEFAULT \"a,b\" COLLATE NOCASE)");
  EXPECT_TRUE(text.checks.empty());
  EXPECT_TRUE(text.foreign_keys.empty());
  EXPECT_TRUE(text.generated.empty());
}

TEST(ParseCreateTable, SurvivesTextThatIsNoStatement) {
  for (const char* sql :
       {"", "(", "CREATE TABLE t (", "CREATE TABLE t (a CHECK (", "CREATE TABLE t (a 'b",
        "CREATE TABLE t (a REFERENCES", "CREATE TABLE t (FOREIGN KEY", ")", "/*",
        "CREATE TABLE t (a DEFAULT", "CREATE TABLE t (a DEFERRABLE"}) {
    EXPECT_NO_THROW(parse_create_table(sql)) << sql;
    EXPECT_NO_THROW(parse_create_index(sql)) << sql;
    EXPECT_NO_THROW(parse_create_trigger(sql)) << sql;
  }
}

TEST(ParseCreateIndex, CutsPartsAndFindsTheCondition) {
  const IndexText text = parse_create_index(
      "CREATE UNIQUE INDEX \"i(\" ON t (a, lower(b || ',') COLLATE NOCASE DESC, c ASC) WHERE c > 0 "
      "AND (d)");
  EXPECT_THAT(text.parts, ElementsAre("a", "lower(b || ',')", "c"));
  EXPECT_EQ(text.where, "c > 0 AND (d)");
}

TEST(ParseCreateTrigger, FindsTimingAndEvent) {
  const auto both = [](const char* sql) {
    const TriggerText text = parse_create_trigger(sql);
    return text.timing + " " + text.event;
  };
  EXPECT_EQ(both("CREATE TRIGGER t AFTER UPDATE OF a ON x BEGIN DELETE FROM y; END"),
            "AFTER UPDATE");
  EXPECT_EQ(both("CREATE TRIGGER IF NOT EXISTS main.t DELETE ON x BEGIN SELECT 1; END"),
            "BEFORE DELETE");
  EXPECT_EQ(both("CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END"),
            "INSTEAD OF INSERT");
  EXPECT_EQ(both("CREATE TRIGGER after BEFORE INSERT ON v BEGIN SELECT 1; END"), "BEFORE INSERT");
  EXPECT_EQ(both("CREATE TRIGGER \"UPDATE\" INSERT ON v BEGIN SELECT 1; END"), "BEFORE INSERT");
}

}  // namespace
}  // namespace crossload::driver::sqlite
