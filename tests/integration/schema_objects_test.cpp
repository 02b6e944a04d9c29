// The schema of real databases, copied to every engine as files: they run on an empty target
// without an error, and what the target then has is what the source has less what the copy says it
// left out. Counted in the engines' own catalogs, by their own shells.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "object_counts.h"
#include "process.h"
#include "schema_copy_run.h"
#include "schema_dump.h"
#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

fs::path testdata() {
  return fs::path(CROSSLOAD_SOURCE_DIR) / "../shared/testdata";
}

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

class SchemaObjects : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "not_found") {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "the real databases must be there in CI";
      GTEST_SKIP() << "no real databases beside the project";
    }
    if (!is_available(place_of(GetParam()))) GTEST_SKIP() << "its server is missing";
  }
};

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
  if (place_of(GetParam()) != Place::kSqlite) {
    const TestDatabase source(place_of(GetParam()));
    source.load(testdata() / GetParam());
    return copy_everywhere(GetParam(), source);
  }
  const TempFolder folder;
  for (const fs::path& file : unpack(GetParam(), folder)) {
    SCOPED_TRACE(file.filename().string());
    copy_everywhere(GetParam(), TestDatabase(file));
  }
}

INSTANTIATE_TEST_SUITE_P(All, SchemaObjects, ::testing::ValuesIn(datasets()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace crossload::testing
