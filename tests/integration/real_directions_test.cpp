// Real databases beside the project go through every direction that its engine can start,
// with the target's tables made by the job, and is compared by the servers' own text output.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migration_run.h"
#include "testdata.h"

namespace crossload::testing {
namespace {

// Between them they hold every kind of type and every shape of a schema; the others, with up to a
// million rows, hundreds of tables or dozens of files, go through when CROSSLOAD_TEST_ALL is set.
constexpr std::array<std::string_view, 37> kEveryTime = {
    "brewtarget_sqlite", "calibre_sqlite",
    "chinook_mysql",     "chinook_pg",
    "chinook_sqlite",    "classicmodels_mysql",
    "countries_mysql",   "countries_pg",
    "danbooru_pg",       "dolphinscheduler_mysql",
    "fieldtypes_mysql",  "frenchtowns_pg",
    "ghost_mysql",       "gourmand_sqlite",
    "hexpm_pg",          "litemall_mysql",
    "northwind_mysql",   "northwind_pg",
    "northwind_sqlite",  "opencollective_pg",
    "pgloader_mysql",    "phpipam_mysql",
    "postgraphile_pg",   "proj_sqlite",
    "pychess_sqlite",    "quirks_sqlite",
    "ruoyi_mysql",       "ruoyi_pg",
    "sakila_mysql",      "sqlboiler_mysql",
    "sqlboiler_pg",      "superheroes_sqlite",
    "travis_pg",         "world_mysql",
    "world_pg",          "zencart_mysql",
    "zoneminder_mysql"};

bool is_chosen(const std::string& name) {
  return std::getenv("CROSSLOAD_TEST_ALL") != nullptr ||
         std::find(kEveryTime.begin(), kEveryTime.end(), name) != kEveryTime.end();
}

class RealDirections : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { need_dataset(GetParam()); }
};

void carry(const TestDatabase& source, Place to) {
  const TestDatabase target(to);
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--create-schema"});
  ASSERT_TRUE(status.contains("tables_status")) << status.dump(1);
  std::vector<std::string> failed;
  for (const nlohmann::json& table : status.at("tables_status")) {
    EXPECT_THAT(table.at("status"), ::testing::AnyOf("completed", "completed_with_errors"))
        << table.dump();
    const auto rejected = table.at("rows_failed").get<int>();
    const std::string name = table.at("table");
    if (rejected > 0) failed.push_back(name + "=" + std::to_string(rejected));
  }
  EXPECT_EQ(compare_by_servers(source, target, failed), "");
}

void carry_everywhere(const TestDatabase& source) {
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    // A whole SQLite database into another is testdata_migration's.
    if ((source.place() == Place::kSqlite && to == Place::kSqlite) || !is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    carry(source, to);
  }
}

TEST_P(RealDirections, CarryEveryRowExactlyOrRejectIt) {
  for_each_database(GetParam(), carry_everywhere);
}

INSTANTIATE_TEST_SUITE_P(All, RealDirections, ::testing::ValuesIn(datasets(is_chosen)),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace crossload::testing
