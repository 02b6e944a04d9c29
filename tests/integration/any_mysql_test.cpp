// A copy for MySQL that names no server to try it on runs on MySQL and on MariaDB.

#include <string>
#include <tuple>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "schema_copy_run.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

/// Where it comes from, where it goes.
using Way = std::tuple<Place, Place>;

class AnyMysql : public ::testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    for (const Place place : {std::get<0>(GetParam()), std::get<1>(GetParam())}) {
      if (!is_available(place)) GTEST_SKIP() << "no " << name_of(place);
    }
  }
};

TEST_P(AnyMysql, TakesTheFiles) {
  const auto [from, to] = GetParam();
  const TestDatabase source(from);
  source.run(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, kind VARCHAR(10), "
      "price NUMERIC(9,2) DEFAULT 1.5 CHECK (price > 0));"
      "CREATE UNIQUE INDEX t_name ON t (name);"
      "CREATE UNIQUE INDEX t_only ON t (kind) WHERE price > 2;"
      "CREATE INDEX t_lower ON t (lower(name));"
      "CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t (id));"
      "CREATE VIEW v AS SELECT name, price FROM t WHERE kind = 'a''b';");
  const TestDatabase target(to);
  const SchemaCopyRun run(source, target);
  const nlohmann::json copied = run.copy(Trial::kNone);
  ASSERT_TRUE(copied.contains("tables_generated")) << copied.dump(1);
  for (const char* file :
       {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
    EXPECT_NO_THROW(target.run(run.read(file))) << file << ":\n" << run.read(file);
  }
  // Texts that differ in case or in blanks at their end are two, as in the source.
  target.run("INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'A'), (3, 'a ')");
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "3");
  const std::string indexes = target.ask(
      "SELECT count(DISTINCT index_name) FROM information_schema.statistics WHERE table_schema = "
      "database() AND index_name IN ('t_name', 't_only', 't_lower')");
  EXPECT_EQ(indexes, to == Place::kMysql ? "3" : "1");
}

INSTANTIATE_TEST_SUITE_P(All, AnyMysql,
                         ::testing::Combine(::testing::Values(Place::kSqlite, Place::kPostgres),
                                            ::testing::Values(Place::kMariadb, Place::kMysql)),
                         [](const auto& test) {
                           return std::string(name_of(std::get<0>(test.param))) + "_to_" +
                                  name_of(std::get<1>(test.param));
                         });

class LikeWithoutATarget : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "no " << name_of(GetParam());
  }
};

TEST_P(LikeWithoutATarget, TakesTheFiles) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) NOT NULL UNIQUE, doc "
      "JSON, made TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)");
  const TestDatabase target(GetParam());
  const SchemaCopyRun run(source, target);
  ASSERT_TRUE(run.copy(Trial::kNone).contains("tables_generated"));
  target.run(run.read("tables.sql"));
  target.run(run.read("indexes.sql"));
  EXPECT_EQ(target.ask("SHOW CREATE TABLE t"), source.ask("SHOW CREATE TABLE t"));
}

INSTANTIATE_TEST_SUITE_P(All, LikeWithoutATarget, ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace crossload::testing
