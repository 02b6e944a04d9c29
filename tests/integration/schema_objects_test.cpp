// The schema of real databases, copied to every engine as files: they run on an empty target
// without an error, and what the target then has is what the source has less what the copy says it
// left out. Counted in the engines' own catalogs, by their own shells.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "object_counts.h"
#include "schema_copy_run.h"
#include "schema_dump.h"
#include "test_database.h"
#include "testdata.h"

namespace crossload::testing {
namespace {

// Between them they have every kind of object; the rest goes through when CROSSLOAD_TEST_ALL is
// set.
constexpr std::array<std::string_view, 4> kEveryTime = {"chinook_pg", "chinook_sqlite", "hexpm_pg",
                                                        "sakila_mysql"};

bool is_chosen(const std::string& name) {
  return std::getenv("CROSSLOAD_TEST_ALL") != nullptr ||
         std::find(kEveryTime.begin(), kEveryTime.end(), name) != kEveryTime.end();
}

/// There and back takes as long again.
bool goes_back(const std::string& name) {
  return std::getenv("CROSSLOAD_TEST_ALL") != nullptr || name == "chinook_pg";
}

class SchemaObjects : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { need_dataset(GetParam()); }
};

/// What one has and the other has not.
std::string differences(const TestDatabase& source, const TestDatabase& target) {
  const std::set<std::string> before = schema_dump(source);
  const std::set<std::string> after = schema_dump(target);
  std::string text;
  for (const std::string& item : before) {
    if (!after.contains(item)) text += "lost: " + item + "\n";
  }
  for (const std::string& item : after) {
    if (!before.contains(item)) text += "new: " + item + "\n";
  }
  return text;
}

void copy_schema(const TestDatabase& source, const TestDatabase& target) {
  const SchemaCopyRun run(source, target);
  const nlohmann::json copied = run.copy();
  ASSERT_TRUE(copied.contains("tables_generated")) << copied.dump(1);
  for (const char* file :
       {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
    try {
      target.run(run.read(file));
    } catch (const std::exception& error) {
      ADD_FAILURE() << file << ": " << error.what();
    }
  }
  const ObjectCounts expected =
      less(count_objects(source), copied, run.read("skipped/indexes.sql"));
  ObjectCounts found = count_copied(target, run.read("indexes.sql"));
  std::erase_if(found, [&](const auto& count) { return !expected.contains(count.first); });
  EXPECT_EQ(found, expected) << "left out: " << copied.at("skipped_items").dump(1);
}

void copy_everywhere(const std::string& dataset, const TestDatabase& source) {
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    copy_schema(source, target);
    if (to == source.place()) {
      EXPECT_EQ(differences(source, target), "");
    }
    if (to == source.place() || !goes_back(dataset)) continue;
    SCOPED_TRACE("and back");
    const TestDatabase back(source.place());
    copy_schema(target, back);
  }
}

TEST_P(SchemaObjects, AreThoseOfTheSourceLessWhatTheReportNames) {
  for_each_database(GetParam(),
                    [](const TestDatabase& source) { copy_everywhere(GetParam(), source); });
}

INSTANTIATE_TEST_SUITE_P(All, SchemaObjects, ::testing::ValuesIn(datasets(is_chosen)),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace crossload::testing
