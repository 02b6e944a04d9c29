// The schema of real databases, copied to every engine as files: they run on an empty target
// without an error, and what the target then has is what the source has less what the copy says it
// left out. Counted in the engines' own catalogs, by their own shells.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "object_counts.h"
#include "schema_copy_run.h"
#include "schema_dump.h"
#include "test_database.h"
#include "testdata.h"
#include "there_and_back.h"

namespace crossload::testing {
namespace {

using ::testing::IsEmpty;

bool wants_all() {
  return std::getenv("CROSSLOAD_TEST_ALL") != nullptr;
}

template <typename Names>
bool is_among(const std::string& name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Between them they have every kind of object; the rest goes through when CROSSLOAD_TEST_ALL is
// set.
bool is_counted(const std::string& name) {
  constexpr auto kEveryTime = std::to_array<std::string_view>(
      {"chinook_mysql", "chinook_pg", "chinook_sqlite", "classicmodels_mysql", "countries_mysql",
       "countries_pg", "dellstore_pg", "fieldtypes_mysql", "frenchtowns_pg", "gourmand_sqlite",
       "hexpm_pg", "northwind_pg", "oshb_sqlite", "pgloader_mysql", "sakila_mysql", "usda_pg",
       "world_mysql", "world_pg"});
  return wants_all() || is_among(name, kEveryTime);
}

/// Those whose hundreds of tables or files take a minute are left to CROSSLOAD_TEST_ALL.
bool is_made(const std::string& name) {
  constexpr auto kLong = std::to_array<std::string_view>(
      {"apps_a_sqlite", "chado_pg", "danbooru_pg", "duckdbtypes_pg", "gpkg_a_sqlite",
       "opencollective_pg", "postgraphile_pg", "quirks_sqlite", "spider_a_sqlite"});
  return wants_all() || !is_among(name, kLong);
}

/// There and back takes as long again: one of each engine.
bool goes_back(const std::string& name) {
  return wants_all() || name.starts_with("chinook_");
}

class SchemaObjects : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { need_dataset(GetParam()); }
};

/// The lines of those items of one dump that the other does not have; not those of any item of it.
std::string only_in(const std::set<std::string>& one, const std::set<std::string>& other,
                    const std::string& sign) {
  std::set<std::string> lines;
  for (const std::string& item : other) {
    std::istringstream text(item);
    for (std::string line; std::getline(text, line);) lines.insert(line);
  }
  std::string only;
  for (const std::string& item : one) {
    if (other.contains(item)) continue;
    only += sign + item.substr(0, item.find('\n')) + "\n";
    std::istringstream text(item);
    for (std::string line; std::getline(text, line);) {
      if (!lines.contains(line)) only += sign + "  " + line + "\n";
    }
  }
  return only;
}

/// What one has and the other has not.
std::string differences(const TestDatabase& source, const TestDatabase& target) {
  const std::set<std::string> before = schema_dump(source);
  const std::set<std::string> after = schema_dump(target);
  return only_in(before, after, "-") + only_in(after, before, "+");
}

/// What the engine's shell has against the files, one after the other.
std::string refusals(const SchemaCopyRun& run, const TestDatabase& target) {
  std::string all;
  for (const char* file :
       {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
    try {
      target.run(run.read(file));
    } catch (const std::exception& error) {
      all += std::string(file) + ": " + error.what() + "\n";
    }
  }
  return all;
}

/// What the copy told; nothing where it failed.
std::optional<ToldCopy> copy_schema(const TestDatabase& source, const TestDatabase& target) {
  const SchemaCopyRun run(source, target);
  const nlohmann::json copied = run.copy();
  if (!copied.contains("tables_generated")) {
    ADD_FAILURE() << copied.dump(1);
    return std::nullopt;
  }
  EXPECT_EQ(refusals(run, target), "");
  const std::string report = run.read("report.md");
  ObjectCounts expected =
      less(count_objects(source), copied, run.read("skipped/indexes.sql"), report);
  ObjectCounts found = count_copied(target, run.read("indexes.sql"));
  std::erase_if(found, [&](const auto& count) { return !expected.contains(count.first); });
  std::erase_if(expected, [&](const auto& count) { return !found.contains(count.first); });
  EXPECT_EQ(found, expected) << "left out: " << copied.at("skipped_items").dump(1);
  return ToldCopy{copied, report};
}

void copy_everywhere(const std::string& dataset, const TestDatabase& source) {
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    const auto there = copy_schema(source, target);
    if (to == source.place()) {
      EXPECT_EQ(differences(source, target), "");
    }
    if (!there || to == source.place() || !goes_back(dataset)) continue;
    SCOPED_TRACE("and back");
    const TestDatabase home(source.place());
    if (const auto back = copy_schema(target, home)) {
      EXPECT_THAT(unnamed_differences(source, home, *there, *back), IsEmpty());
    }
  }
}

TEST_P(SchemaObjects, AreThoseOfTheSourceLessWhatTheReportNames) {
  for_each_database(GetParam(),
                    [](const TestDatabase& source) { copy_everywhere(GetParam(), source); });
}

class SchemaFiles : public SchemaObjects {};

TEST_P(SchemaFiles, RunWithoutATrialBeforeThem) {
  for_each_database(GetParam(), [](const TestDatabase& source) {
    for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
      // Without a target to ask, a copy of MySQL is for MySQL, and one of MariaDB for MariaDB.
      const bool other_of_two =
          std::string(engine_of(to)) == "mysql" && to != source.place() &&
          (source.place() == Place::kMysql || source.place() == Place::kMariadb);
      if (!is_available(to) || other_of_two) continue;
      SCOPED_TRACE(std::string("to ") + name_of(to));
      const TestDatabase target(to);
      const SchemaCopyRun run(source, target);
      const nlohmann::json copied = run.copy(Trial::kNone);
      ASSERT_TRUE(copied.contains("tables_generated")) << copied.dump(1);
      EXPECT_EQ(refusals(run, target), "");
    }
  });
}

INSTANTIATE_TEST_SUITE_P(All, SchemaObjects, ::testing::ValuesIn(datasets(is_counted)),
                         [](const auto& test) { return test.param; });
INSTANTIATE_TEST_SUITE_P(All, SchemaFiles, ::testing::ValuesIn(datasets(is_made)),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace crossload::testing
