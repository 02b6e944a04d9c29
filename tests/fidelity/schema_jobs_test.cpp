// Cases 91, 103, 110 and 112: several schemas, tables that a target cannot have.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fidelity_case.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

class SchemaJobs : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    for (const Place place : {Place::kPostgres, GetParam()}) {
      if (!is_available(place)) GTEST_SKIP() << "no " << name_of(place) << " server";
    }
  }
};

// A key from one schema to a table of the same name in another; a name with '-' in it.
TEST_P(SchemaJobs, Case91And110SchemasKeepTheirTablesApart) {
  const TestDatabase source(Place::kPostgres);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE SCHEMA \"a-b\"; CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE \"a-b\".t (id int "
      "PRIMARY KEY REFERENCES public.t); INSERT INTO t VALUES (1), (2); "
      "INSERT INTO \"a-b\".t VALUES (2)");
  const MigrationRun run(source, target);
  EXPECT_EQ(run.run({"--create-schema"}).value("status", ""), "completed");
  const bool same = GetParam() == Place::kPostgres;
  const bool lite = GetParam() == Place::kSqlite;
  const std::string other = same ? "\"a-b\".t" : lite ? "\"a-b__t\"" : "`a-b__t`";
  EXPECT_EQ(target.ask("SELECT count(*) FROM t; SELECT id FROM " + other), "2\n2");
  const std::string keys = lite ? "PRAGMA foreign_keys = ON; " : "";
  EXPECT_THROW(target.run(keys + "INSERT INTO " + other + " VALUES (3)"), std::runtime_error);
  EXPECT_NO_THROW(target.run(keys + "INSERT INTO " + other + " VALUES (1)"));
}

// The schema's place can be chosen.
TEST_P(SchemaJobs, Case91ASchemaGoesWhereTheMapSays) {
  const TestDatabase source(Place::kPostgres);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE SCHEMA \"a-b\"; CREATE TABLE \"a-b\".t (id int); "
      "INSERT INTO \"a-b\".t VALUES (7)");
  const MigrationRun run(source, target);
  const bool same = GetParam() == Place::kPostgres;
  const std::string map = same ? R"({"a-b":"c"})" : R"({"a-b":"c_"})";
  EXPECT_EQ(run.run({"--create-schema", "--schema-map", map}).value("status", ""), "completed");
  EXPECT_EQ(target.ask(std::string("SELECT id FROM ") + (same ? "c.t" : "c_t")), "7");
}

// 1,700 columns: InnoDB has 1,017 at most, PostgreSQL 1,600. The table is told, another goes over.
TEST_P(SchemaJobs, Case103ATableWithTooManyColumnsIsToldByName) {
  const TestDatabase source(Place::kSqlite);
  const TestDatabase target(GetParam());
  std::string columns;
  for (int i = 0; i < 1'700; ++i) columns += ", c" + std::to_string(i) + " INTEGER";
  source.run("CREATE TABLE wide (id INTEGER PRIMARY KEY" + columns +
             "); INSERT INTO wide (id, c1699) VALUES (1, 5); CREATE TABLE t (id INTEGER); "
             "INSERT INTO t VALUES (1)");
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--create-schema"});
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "1") << status.dump(1);
  if (GetParam() == Place::kSqlite) {
    EXPECT_EQ(target.ask("SELECT id, c1699 FROM wide"), "1\t5");
  } else {
    EXPECT_EQ(status.value("status", ""), "completed_with_errors");
    EXPECT_THAT(status.value("warnings", nlohmann::json()).dump() +
                    status.value("failed_tables", nlohmann::json()).dump(),
                HasSubstr("wide"));
    EXPECT_FALSE(target.has_table("wide"));
  }
}

// SQLite wants a column that is not generated, and MySQL gets a plain one. Where the target has
// such a table, there is nothing to copy, and the job is refused.
TEST_P(SchemaJobs, Case112ATableOfGeneratedColumnsOnlyIsMadeOrTold) {
  const TestDatabase source(Place::kPostgres);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE TABLE made (a int GENERATED ALWAYS AS (1 + 1) STORED); "
      "CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--create-schema"});
  if (GetParam() == Place::kPostgres) {
    EXPECT_THAT(status.value("refused", ""), HasSubstr("made: no column can be copied"));
    return;
  }
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "1") << status.dump(1);
  if (target.has_table("made")) {
    EXPECT_EQ(target.ask("SELECT count(*) FROM made"), "0");
  } else {
    EXPECT_THAT(status.dump(), HasSubstr("made"));
    EXPECT_EQ(status.value("status", ""), "completed_with_errors");
  }
}

INSTANTIATE_TEST_SUITE_P(To, SchemaJobs, ::testing::ValuesIn(kAll),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
