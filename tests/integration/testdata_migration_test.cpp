// Every real SQLite database beside the project goes whole into an empty file, through the real
// program, and is compared by SQLite's own API: schema text, rows, storage classes, bytes.

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "process.h"
#include "sqlite_compare.h"
#include "temp_folder.h"
#include "testdata.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

constexpr std::chrono::minutes kLimit{5};

class Testdata : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { need_dataset(GetParam()); }

  /// Migrates a file whole into target/{n}.db; the job's status.json.
  nlohmann::json migrate(const fs::path& source, int number) {
    const std::string n = std::to_string(number);
    folder_.write("crossload.json", R"({"state_dir":"state)" + n + R"(","profiles":{
      "from":{"url":"sqlite:)" + source.string() +
                                        R"("},
      "to":{"url":"sqlite:target","access":"write"}}})");
    fs::create_directories(folder_ / "target");
    Process run({"/usr/bin/env", "CROSSLOAD_CONFIG=" + (folder_ / "crossload.json").string(),
                 CROSSLOAD_BINARY, "start-migration-job", "--source-profile", "from",
                 "--target-profile", "to", "--target-database", n + ".db", "--create-schema"},
                folder_ / "run.out");
    run.wait(kLimit);
    for (const auto& entry : fs::directory_iterator(folder_ / ("state" + n) / "migrations")) {
      return nlohmann::json::parse(
          folder_.read(fs::relative(entry.path() / "status.json", folder_.path())));
    }
    ADD_FAILURE() << "no job: " << folder_.read("run.out");
    return {};
  }

  /// What the job says it could not make: the tables of modules that are not linked in.
  static std::vector<std::string> not_made(const nlohmann::json& status) {
    std::vector<std::string> names;
    for (const std::string warning : status.at("warnings")) {
      if (!warning.starts_with("not made: table ")) continue;
      EXPECT_THAT(warning, ::testing::HasSubstr("no such module"));
      const std::string rest = warning.substr(std::string("not made: table ").size());
      names.push_back(rest.substr(0, rest.find(':')));
    }
    return names;
  }

  /// SQLite's own check of the source is the measure, where it can check at all.
  static void check_orphans(const fs::path& source, const nlohmann::json& status) {
    try {
      const std::string orphans =
          query_text(source.string(), "SELECT count(*) FROM pragma_foreign_key_check");
      EXPECT_EQ(std::to_string(status.at("fk_violations").get<int>()), orphans);
    } catch (const std::runtime_error& error) {
      ASSERT_THAT(error.what(), ::testing::HasSubstr("foreign key mismatch"));
      EXPECT_THAT(status.at("warnings").get<std::vector<std::string>>(),
                  ::testing::Contains(::testing::HasSubstr("cannot be checked")));
    }
  }

  void check(const fs::path& source, int number) {
    const nlohmann::json status = migrate(source, number);
    if (status.is_null()) return;
    const std::vector<std::string> missing = not_made(status);
    check_orphans(source, status);
    const bool whole = missing.empty() && status.at("fk_violations") == 0;
    EXPECT_EQ(status.at("status"), whole ? "completed" : "completed_with_errors") << status.dump(1);
    for (const nlohmann::json& table : status.at("tables_status")) {
      EXPECT_EQ(table.at("status"), "completed") << table.dump();
      EXPECT_EQ(table.at("rows_migrated"), table.at("total_rows")) << table.dump();
    }
    const fs::path target = folder_ / "target" / (std::to_string(number) + ".db");
    EXPECT_THAT(compare_databases(source.string(), target.string(), {.ignored = missing}),
                IsEmpty());
    EXPECT_EQ(query_text(target.string(), "PRAGMA integrity_check"),
              query_text(source.string(), "PRAGMA integrity_check"));
    for (const char* setting : {"application_id", "user_version", "encoding"}) {
      const std::string pragma = std::string("PRAGMA ") + setting;
      EXPECT_EQ(query_text(target.string(), pragma), query_text(source.string(), pragma));
    }
  }

  TempFolder folder_;
};

TEST_P(Testdata, MigratesWholeIntoAnEmptyFileAndComparesEqual) {
  const std::vector<fs::path> files = unpack(GetParam(), folder_, kLimit);
  ASSERT_FALSE(files.empty());
  int number = 0;
  for (const fs::path& file : files) {
    SCOPED_TRACE(file.filename().string());
    check(file, ++number);
  }
}

INSTANTIATE_TEST_SUITE_P(Sqlite, Testdata, ::testing::ValuesIn(datasets(is_of_sqlite)),
                         [](const auto& set) { return set.param; });

}  // namespace
}  // namespace crossload::testing
