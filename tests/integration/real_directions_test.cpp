// Real databases beside the project go through every direction that its engine can start,
// with the target's tables made by the job, and is compared by the servers' own text output.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migration_run.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

fs::path testdata() {
  return fs::path(CROSSLOAD_SOURCE_DIR) / "../shared/testdata";
}

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

/// Names of the data sets; one that says so where there are none.
std::vector<std::string> datasets() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(testdata(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && is_chosen(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  if (names.empty()) names.push_back("not_found");
  return names;
}

Place place_of(const std::string& dataset) {
  if (dataset.ends_with("_pg")) return Place::kPostgres;
  return dataset.ends_with("_mysql") ? Place::kMariadb : Place::kSqlite;
}

class RealDirections : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "not_found") {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "the real databases must be there in CI";
      GTEST_SKIP() << "no real databases beside the project";
    }
    if (!is_available(place_of(GetParam()))) GTEST_SKIP() << "its server is missing";
  }
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

/// The files of a SQLite data set, unpacked into a folder.
std::vector<fs::path> unpack(const std::string& dataset, const TempFolder& folder) {
  Process load({"/usr/bin/env", "SQLITE_OUT=" + folder.path().string(), "bash",
                (testdata() / "load_sqlite.sh").string(), dataset, (testdata() / dataset).string()},
               folder / "load.out");
  EXPECT_EQ(load.wait(std::chrono::minutes(2)), 0) << folder.read("load.out");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
    if (entry.path().extension() == ".db") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
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
  if (place_of(GetParam()) != Place::kSqlite) {
    const TestDatabase source(place_of(GetParam()));
    source.load(testdata() / GetParam());
    return carry_everywhere(source);
  }
  const TempFolder folder;
  for (const fs::path& file : unpack(GetParam(), folder)) {
    SCOPED_TRACE(file.filename().string());
    carry_everywhere(TestDatabase(file));
  }
}

INSTANTIATE_TEST_SUITE_P(All, RealDirections, ::testing::ValuesIn(datasets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace crossload::testing
