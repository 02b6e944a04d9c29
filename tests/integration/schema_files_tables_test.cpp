// Cases 87 to 89, 91, 103, 109, 110 and 112 of the list of cases through the files of
// generate-schema-copy, where they are about names, schemas and tables that a target cannot have.

#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema_files.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

constexpr Place kS = Place::kSqlite;
constexpr Place kP = Place::kPostgres;
constexpr Place kMa = Place::kMariadb;
constexpr Place kMy = Place::kMysql;

/// Whether one item tells just this of a name.
bool tells_that(const Json& items, const std::string& type, const std::string& name,
                const std::string& part) {
  for (const Json& item : items) {
    if (item.at("type") == type && item.at("name") == name &&
        item.at("message").get<std::string>().find(part) != std::string::npos) {
      return true;
    }
  }
  return false;
}

bool takes(const TestDatabase& target, const std::string& statement) {
  const std::string keys = target.place() == kS ? "PRAGMA foreign_keys = ON; " : "";
  try {
    target.run(keys + statement);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

class SchemaFilesTables : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    for (const Place place : {kP, GetParam()}) {
      if (!is_available(place)) GTEST_SKIP() << "no " << name_of(place) << " server";
    }
  }
};

// A key from one schema to a table of the same name in another; a name with '-' in it.
TEST_P(SchemaFilesTables, Case91And110SchemasKeepTheirTablesApart) {
  const TestDatabase source(kP);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE SCHEMA \"a-b\"; CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE \"a-b\".t (id int "
      "PRIMARY KEY REFERENCES public.t)");
  const SchemaFiles copy(source, target);
  copy.run();
  const std::string other = GetParam() == kP   ? "\"a-b\".t"
                            : GetParam() == kS ? "\"a-b__t\""
                                               : "`a-b__t`";
  target.run("INSERT INTO t VALUES (1)");
  EXPECT_FALSE(takes(target, "INSERT INTO " + other + " VALUES (3)"));
  EXPECT_TRUE(takes(target, "INSERT INTO " + other + " VALUES (1)"));
}

TEST_P(SchemaFilesTables, Case91ASchemaGoesWhereTheMapSays) {
  const TestDatabase source(kP);
  const TestDatabase target(GetParam());
  source.run("CREATE SCHEMA \"a-b\"; CREATE TABLE \"a-b\".t (id int)");
  const bool same = GetParam() == kP;
  const SchemaFiles copy(source, target, {{"schema_map", {{"a-b", same ? "c" : "c_"}}}});
  copy.run();
  EXPECT_EQ(target.ask(std::string("SELECT count(*) FROM ") + (same ? "c.t" : "c_t")), "0");
}

std::string repeated(const std::string& text, int count) {
  std::string whole;
  for (int i = 0; i < count; ++i) whole += text;
  return whole;
}

// 70 letters: more than PostgreSQL's 63 bytes and MySQL's 64 characters. Two tables, two columns
// and two indexes would each be one when they are cut.
TEST_P(SchemaFilesTables, Case87And88EveryNameThatIsCutIsToldWithItsNewOne) {
  const TestDatabase source(kS);
  const TestDatabase target(GetParam());
  const std::string name = repeated("name7of87_", 7);
  std::string script;
  for (const char* end : {"a", "b"}) {
    script += "CREATE TABLE t" + name + end + " (id INTEGER PRIMARY KEY, c" + name + "1 INT, c" +
              name + "2 INT); CREATE INDEX i" + name + end + " ON t" + name + end + " (c" + name +
              "1);\n";
  }
  source.run(script);
  const SchemaFiles copy(source, target);
  ASSERT_NO_THROW(copy.run()) << copy.result().dump(1);
  const std::string tables =
      GetParam() == kP   ? "pg_class WHERE relname LIKE 'tname7of87%' AND relkind = 'r'"
      : GetParam() == kS ? "sqlite_schema WHERE type = 'table' AND name LIKE 'tname7of87%'"
                         : "information_schema.tables WHERE table_schema = database() AND "
                           "table_name LIKE 'tname7of87%'";
  const std::string indexes =
      GetParam() == kP   ? "pg_indexes WHERE indexname LIKE 'iname7of87%'"
      : GetParam() == kS ? "sqlite_schema WHERE type = 'index' AND name LIKE 'iname7of87%'"
                         : "information_schema.statistics WHERE table_schema = database() AND "
                           "index_name LIKE 'iname7of87%'";
  EXPECT_EQ(target.ask("SELECT count(*) FROM " + tables), "2");
  EXPECT_EQ(target.ask("SELECT count(*) FROM " + indexes), "2");
  const Json& warnings = copy.result().at("warnings");
  const bool cut = GetParam() != kS;
  for (const char* end : {"a", "b"}) {
    const std::string table = "t" + name + end;
    EXPECT_EQ(tells_that(warnings, "identifier", table, "the table is called tname7of87_"), cut);
    EXPECT_EQ(tells_that(warnings, "identifier", table + ".i" + name + end,
                         "the index is called iname7of87_"),
              cut);
    for (const char* column : {"1", "2"}) {
      EXPECT_EQ(tells_that(warnings, "identifier", table + ".c" + name + column,
                           "the column is called cname7of87_"),
                cut)
          << warnings.dump(1);
    }
  }
}

// InnoDB has 1,017 columns at most, PostgreSQL 1,600.
TEST_P(SchemaFilesTables, Case103ATableWithTooManyColumnsIsSkippedWithItsText) {
  const TestDatabase source(kS);
  const TestDatabase target(GetParam());
  std::string columns;
  for (int i = 0; i < 1'700; ++i) columns += ", c" + std::to_string(i) + " INTEGER";
  source.run("CREATE TABLE wide (id INTEGER PRIMARY KEY" + columns +
             "); CREATE INDEX of_wide ON wide (c5); CREATE TABLE t (id INTEGER)");
  const SchemaFiles copy(source, target);
  ASSERT_NO_THROW(copy.run());
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "0");
  const bool lite = GetParam() == kS;
  EXPECT_EQ(target.has_table("wide"), lite);
  EXPECT_EQ(tells(copy.result().at("skipped_items"), "table", "wide"), !lite);
  EXPECT_EQ(tells(copy.result().at("skipped_items"), "index", "of_wide"), !lite);
  if (!lite) {
    EXPECT_THAT(copy.read("skipped/tables.sql"), HasSubstr("c1699"));
  }
}

// What PostgreSQL's tables are besides their columns.
TEST_P(SchemaFilesTables, Case109WhatATableWasIsTold) {
  const TestDatabase source(kP);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere; "
      "CREATE FOREIGN TABLE abroad (id int) SERVER far; "
      "CREATE UNLOGGED TABLE fast (id int PRIMARY KEY); "
      "CREATE TABLE guarded (id int PRIMARY KEY, v int); "
      "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON guarded USING (v > 1)");
  const SchemaFiles copy(source, target);
  ASSERT_NO_THROW(copy.run());
  EXPECT_EQ(target.ask("SELECT count(*) FROM fast; SELECT count(*) FROM guarded"), "0\n0");
  const Json& skipped = copy.result().at("skipped_items");
  EXPECT_TRUE(tells(skipped, "table", "abroad")) << skipped.dump(1);
  EXPECT_THAT(skipped.dump(), HasSubstr("its rows lie on another server"));
  if (GetParam() == kP) {
    EXPECT_EQ(target.ask("SELECT relname, relpersistence, relrowsecurity FROM pg_class WHERE "
                         "relname IN ('fast', 'guarded') ORDER BY 1"),
              "fast\tu\tf\nguarded\tp\tt");
    EXPECT_EQ(target.ask("SELECT polname FROM pg_policy"), "p");
    return;
  }
  EXPECT_TRUE(tells(copy.result().at("warnings"), "storage", "fast")) << copy.result().dump(1);
  EXPECT_TRUE(tells(skipped, "row_security", "guarded")) << skipped.dump(1);
  EXPECT_TRUE(tells(skipped, "policy", "guarded.p")) << skipped.dump(1);
}

TEST_P(SchemaFilesTables, Case112ATableOfGeneratedColumnsOnlyIsMadeOrTold) {
  const TestDatabase source(kP);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE TABLE made (a int GENERATED ALWAYS AS (1 + 1) STORED); CREATE TABLE t (id int)");
  const SchemaFiles copy(source, target);
  ASSERT_NO_THROW(copy.run());
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "0");
  if (target.has_table("made")) {
    EXPECT_EQ(target.ask("SELECT count(*) FROM made"), "0");
  } else {
    EXPECT_TRUE(tells(copy.result().at("skipped_items"), "table", "made"));
  }
}

INSTANTIATE_TEST_SUITE_P(To, SchemaFilesTables, ::testing::Values(kS, kP, kMa, kMy),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
