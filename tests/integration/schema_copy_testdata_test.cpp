// The schema of every real SQLite database beside the project is copied, and the files are run on
// an empty database by the sqlite3 shell and by the product itself.

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/copy/schema_copy.h"
#include "crossload/dialect/dialect.h"

#include "process.h"
#include "sqlite_compare.h"
#include "sqlite_session.h"
#include "temp_folder.h"
#include "testdata.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kLimit{2};
const std::vector<std::string> kFiles = {"tables.sql", "indexes.sql", "foreign_keys.sql",
                                         "triggers.sql", "views.sql"};

/// Everything sqlite_schema says but SQLite's own tables and the named objects.
std::string schema_text(const fs::path& file, const std::vector<std::string>& ignored) {
  std::string left_out = "''";
  for (const std::string& name : ignored) {
    left_out += "," + dialect::dialect_for(Engine::kSqlite).literal(name);
  }
  return query_text(
      file.string(),
      "SELECT group_concat(type || ' ' || quote(name) || ' on ' || quote(tbl_name) || "
      "': ' || quote(sql), char(10)) FROM (SELECT * FROM sqlite_schema WHERE name NOT "
      "LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN (" +
          left_out + ") ORDER BY type, name, tbl_name)");
}

class SchemaCopyTestdata : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { need_dataset(GetParam()); }

  copy::SchemaCopyResult write_copy(const fs::path& file, const Schema& schema) {
    const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
    copy::SchemaCopyRequest request;
    request.source = &schema;
    request.source_name = "test/" + file.filename().string();
    request.output_dir = folder_ / "copy";
    request.try_target = scratch.get();
    return copy::write_schema_copy(request);
  }

  /// Runs the files one after another in the sqlite3 shell, which stops at the first error.
  void run_in_shell(const fs::path& target) {
    std::string command = "cat";
    for (const std::string& name : kFiles)
      command += " '" + (folder_ / "copy" / name).string() + "'";
    // Nothing here needs to reach the disk.
    command += " | sqlite3 -cmd 'PRAGMA synchronous = OFF' -bail '" + target.string() + "'";
    Process shell({"/bin/sh", "-c", command}, folder_ / "shell.out");
    EXPECT_EQ(shell.wait(kLimit), 0);
    EXPECT_EQ(folder_.read("shell.out"), "");
  }

  void run_by_split(const fs::path& target) {
    const auto connection = open_sqlite(target, driver::Access::kReadWrite);
    const auto transaction = connection->begin(driver::TransactionMode::kWrite);
    for (const std::string& name : kFiles) {
      const std::string script = folder_.read(fs::path("copy") / name);
      for (const auto& statement : dialect::dialect_for(Engine::kSqlite).split(script)) {
        driver::execute(*connection, statement.text);
      }
    }
    transaction->commit();
  }

  void check(const fs::path& file, int number) {
    const Schema schema = open_sqlite(file, driver::Access::kReadOnly)->catalog().load_schema();
    const copy::SchemaCopyResult copied = write_copy(file, schema);
    std::vector<std::string> ignored;
    for (const dialect::SkippedItem& item : copied.skipped) {
      // Real databases bring modules and collations of their own; nothing else may be left out.
      EXPECT_THAT(item.reason, ::testing::ContainsRegex("no such (module|function|collation)"))
          << item.type << " " << item.name;
      ignored.push_back(item.name);
    }
    // Each version of a module spells the tables behind its own in its own way.
    for (const Table& table : schema.tables) {
      if (table.kind == TableKind::kShadow) ignored.push_back(table.name.name);
    }
    const std::string wanted = schema_text(file, ignored);
    const fs::path by_shell = folder_ / (std::to_string(number) + "-shell.db");
    run_in_shell(by_shell);
    EXPECT_EQ(schema_text(by_shell, ignored), wanted);
    const fs::path by_split = folder_ / (std::to_string(number) + "-split.db");
    run_by_split(by_split);
    EXPECT_EQ(schema_text(by_split, ignored), wanted);
    EXPECT_NE(folder_.read("copy/report.md"), "");
  }

  TempFolder folder_;
};

TEST_P(SchemaCopyTestdata, RunsOnAnEmptyFileAndGivesTheSameSchemaText) {
  const std::vector<fs::path> files = unpack(GetParam(), folder_);
  ASSERT_FALSE(files.empty());
  int number = 0;
  for (const fs::path& file : files) {
    SCOPED_TRACE(file.filename().string());
    check(file, ++number);
  }
}

INSTANTIATE_TEST_SUITE_P(Sqlite, SchemaCopyTestdata, ::testing::ValuesIn(datasets(is_of_sqlite)),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace crossload::testing
