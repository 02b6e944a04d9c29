// What tables of MySQL and MariaDB say beyond SQL's common words, through the real program.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "migration_run.h"
#include "schema_copy_run.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

class MysqlWords : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    for (const Place place : {GetParam(), Place::kPostgres}) {
      if (!is_available(place)) GTEST_SKIP() << "no " << name_of(place);
    }
  }
};

TEST_P(MysqlWords, InvisibleColumnsBringTheirValues) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE t (id INT PRIMARY KEY, hidden VARCHAR(9) INVISIBLE); "
      "INSERT INTO t (id, hidden) VALUES (1, 'a'), (2, 'b')");
  const TestDatabase target(Place::kPostgres);
  const nlohmann::json done = MigrationRun(source, target).run({"--create-schema"});
  EXPECT_EQ(done.value("status", ""), "completed") << done.dump(1);
  EXPECT_EQ(target.ask("SELECT id, hidden FROM t ORDER BY id"), "1\ta\n2\tb");
}

TEST_P(MysqlWords, DefaultsOfBytesAndBitsArriveWhole) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE t (id INT PRIMARY KEY, b VARBINARY(9) DEFAULT 0x00FF, n BINARY(3) DEFAULT 'a', "
      "c BIT(8) DEFAULT b'101')");
  const TestDatabase target(Place::kPostgres);
  const SchemaCopyRun run(source, target);
  ASSERT_TRUE(run.copy(Trial::kNone).contains("tables_generated"));
  target.run(run.read("tables.sql"));
  target.run("INSERT INTO t (id) VALUES (1)");
  EXPECT_EQ(target.ask("SELECT encode(b, 'hex'), encode(n, 'hex'), c FROM t"),
            "00ff\t610000\t00000101");
}

TEST_P(MysqlWords, WhatIsReadInAModeOfItsOwnIsTold) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9)); SET sql_mode = 'PIPES_AS_CONCAT'; "
      "CREATE TRIGGER joins BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a || 'x'");
  const TestDatabase target(GetParam());
  const nlohmann::json copied = SchemaCopyRun(source, target).copy(Trial::kNone);
  const std::string told = copied.value("skipped_items", nlohmann::json::array()).dump();
  EXPECT_NE(told.find("trigger joins"), std::string::npos) << copied.dump(1);
}

INSTANTIATE_TEST_SUITE_P(All, MysqlWords, ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
