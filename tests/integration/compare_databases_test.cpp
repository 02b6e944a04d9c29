// The comparison that every direction is held to: it must see a single value that differs.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_database.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kRows =
    "CREATE TABLE item (id integer, name varchar(20), price decimal(10,2), made date);"
    "INSERT INTO item VALUES (1, 'a\tb', 1.50, '2020-02-29'), (2, '', NULL, NULL),"
    " (2, '', NULL, NULL), (3, 'Ärger', -0.01, '1999-12-31');";

struct Change {
  std::string what;
  std::string sql;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> all = {
      {"a letter", "UPDATE item SET name = 'ärger' WHERE id = 3"},
      {"an empty text for NULL", "UPDATE item SET name = NULL WHERE id = 2"},
      {"a cent", "UPDATE item SET price = -0.02 WHERE id = 3"},
      {"a day", "UPDATE item SET made = '2020-02-28' WHERE id = 1"},
      {"one row less", "DELETE FROM item WHERE id = 1"},
      {"one row twice", "INSERT INTO item VALUES (1, 'a\tb', 1.50, '2020-02-29')"},
  };
  return all;
}

class CompareDatabases : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "its server is missing";
  }
};

TEST_P(CompareDatabases, SeesOneValueThatDiffers) {
  const TestDatabase source(Place::kSqlite);
  const TestDatabase target(GetParam());
  source.run(kRows);
  target.run(kRows);
  EXPECT_EQ(compare_by_servers(source, target, {}), "");
  for (const Change& change : changes()) {
    target.run(change.sql);
    EXPECT_THAT(compare_by_servers(source, target, {}), HasSubstr("item: ")) << change.what;
    target.run("DROP TABLE item");
    target.run(kRows);
  }
}

TEST_P(CompareDatabases, SeesItFromTheOtherSideToo) {
  const TestDatabase source(GetParam());
  const TestDatabase target(Place::kSqlite);
  source.run(kRows);
  target.run(kRows);
  EXPECT_EQ(compare_by_servers(source, target, {}), "");
  source.run(changes().front().sql);
  EXPECT_THAT(compare_by_servers(source, target, {}), HasSubstr("item: "));
}

TEST_P(CompareDatabases, WantsExactlyTheRowsThatWereRejected) {
  const TestDatabase source(Place::kSqlite);
  const TestDatabase target(GetParam());
  source.run(kRows);
  target.run(kRows);
  target.run("DELETE FROM item WHERE id = 1");
  EXPECT_EQ(compare_by_servers(source, target, {"item=1"}), "");
  EXPECT_THAT(compare_by_servers(source, target, {"item=2"}), HasSubstr("1 rows are missing"));
  target.run("DROP TABLE item");
  EXPECT_THAT(compare_by_servers(source, target, {}), HasSubstr("item: not in the target"));
}

INSTANTIATE_TEST_SUITE_P(Engines, CompareDatabases,
                         ::testing::Values(Place::kSqlite, Place::kPostgres, Place::kMariadb,
                                           Place::kMysql),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace crossload::testing
