// Every real database beside the project goes through every direction that its engine can start,
// with the target's tables made by the job, and is compared by the servers' own text output.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migration_run.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

struct Direction {
  std::string dataset;
  Place from;
  Place to;
};
void PrintTo(const Direction& direction, std::ostream* out) {
  *out << direction.dataset << " to " << name_of(direction.to);
}

fs::path testdata() {
  return fs::path(CROSSLOAD_SOURCE_DIR) / "../shared/testdata";
}

std::vector<Direction> directions() {
  std::vector<Direction> all;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(testdata(), ignored)) {
    const std::string name = entry.path().filename().string();
    for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
      if (name.ends_with("_pg")) all.push_back({name, Place::kPostgres, to});
      if (name.ends_with("_mysql")) all.push_back({name, Place::kMariadb, to});
      if (name.ends_with("_sqlite") && to != Place::kSqlite)
        all.push_back({name, Place::kSqlite, to});
    }
  }
  std::sort(all.begin(), all.end(), [](const Direction& left, const Direction& right) {
    return std::tie(left.dataset, left.to) < std::tie(right.dataset, right.to);
  });
  if (all.empty()) all.push_back({"not_found", Place::kSqlite, Place::kSqlite});
  return all;
}

class RealDirections : public ::testing::TestWithParam<Direction> {
 protected:
  void SetUp() override {
    if (GetParam().dataset == "not_found") {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "the real databases must be there in CI";
      GTEST_SKIP() << "no real databases beside the project";
    }
    if (!is_available(GetParam().from) || !is_available(GetParam().to)) {
      GTEST_SKIP() << "a server is missing";
    }
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

TEST_P(RealDirections, CarriesEveryRowExactlyOrRejectsIt) {
  const Direction& direction = GetParam();
  if (direction.from != Place::kSqlite) {
    const TestDatabase source(direction.from);
    source.load(testdata() / direction.dataset);
    return carry(source, direction.to);
  }
  const TempFolder folder;
  for (const fs::path& file : unpack(direction.dataset, folder)) {
    SCOPED_TRACE(file.filename().string());
    carry(TestDatabase(file), direction.to);
  }
}

INSTANTIATE_TEST_SUITE_P(All, RealDirections, ::testing::ValuesIn(directions()),
                         [](const auto& test) {
                           return test.param.dataset + "_to_" + name_of(test.param.to);
                         });

}  // namespace
}  // namespace crossload::testing
