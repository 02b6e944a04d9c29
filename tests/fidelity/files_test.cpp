// The cases 87 to 112 through the files of generate-schema-copy: run on an empty target by its
// engine's own shell, the rows by a job between them, then the same questions as after a job that
// makes the schema.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "directed_case.h"
#include "fidelity_case.h"
#include "migration_run.h"
#include "schema_files.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kFirst = 87;
constexpr int kLast = 112;

/// Those about the schema.
const std::vector<Case>& schema_cases() {
  static const std::vector<Case> chosen = [] {
    std::vector<Case> cases;
    for (Case& one : all_cases()) {
      const int number = std::stoi(one.name().substr(4));
      if (number >= kFirst && number <= kLast) cases.push_back(std::move(one));
    }
    return cases;
  }();
  return chosen;
}

/// A job refuses tables whose columns got other names; schema_files_tables_test.cpp has those.
bool has_renamed_columns(const Case& one, Place target) {
  const bool mysql = target == Place::kMariadb || target == Place::kMysql;
  if (one.name() == "Case89_MixedCase") return target != Place::kPostgres;
  return (one.name() == "Case88_LongColumns" && target == Place::kPostgres) ||
         (one.name() == "Case90_Emoji" && mysql);
}

/// nullptr also where the case is about a table that the target has before.
const Expected* expected_of_files(const Case& one, Place source, Place target) {
  const Expected* const expected = one.expected(source, target);
  if (expected == nullptr || has_renamed_columns(one, target)) return nullptr;
  return expected->prepared.empty() ? expected : nullptr;
}

const TestDatabase& source_database(Place place) {
  static std::map<Place, std::unique_ptr<TestDatabase>> databases;
  auto& database = databases[place];
  if (database) return *database;
  database = std::make_unique<TestDatabase>(place);
  fill_source(*database, schema_cases());
  return *database;
}

/// One direction's files and rows, made once.
class FilesDirection {
 public:
  FilesDirection(Place source, Place target)
      : target_(target),
        files_(source_database(source), target_, {{"include_tables", names(source, target)}}) {
    files_.run_tables();
    std::vector<std::string> arguments;
    for (const std::string& name : names(source, target)) {
      arguments.insert(arguments.end(), {"--include-tables", name});
    }
    status_ = MigrationRun(source_database(source), target_).run(arguments);
    files_.run_objects();
    // A job that makes the schema does so, and a case counts what was analyzed.
    if (target == Place::kPostgres) target_.run("ANALYZE");
    for (const char* list : {"warnings", "skipped_items"}) {
      for (const Json& item : files_.result().at(list)) {
        told_.push_back(item.value("type", "") + " " + item.value("name", "") + ": " +
                        item.value("message", item.value("reason", "")));
      }
    }
  }

  const TestDatabase& target() const { return target_; }
  const Json& result() const { return files_.result(); }
  const nlohmann::json& status() const { return status_; }
  const std::vector<std::string>& told() const { return told_; }

 private:
  static std::vector<std::string> names(Place source, Place target) {
    std::vector<std::string> names;
    for (const Case& one : schema_cases()) {
      if (expected_of_files(one, source, target) == nullptr) continue;
      names.push_back(one.table());
      names.insert(names.end(), one.others().begin(), one.others().end());
    }
    return names;
  }

  TestDatabase target_;
  SchemaFiles files_;
  nlohmann::json status_;
  std::vector<std::string> told_;
};

const FilesDirection& direction(Place source, Place target) {
  static std::map<std::pair<Place, Place>, std::unique_ptr<FilesDirection>> directions;
  auto& one = directions[{source, target}];
  if (!one) one = std::make_unique<FilesDirection>(source, target);
  return *one;
}

std::vector<DirectedCase> params(Place source) {
  return directed_cases(schema_cases(), source, expected_of_files);
}

class FidelityOfFiles : public DirectedTest {};

TEST_P(FidelityOfFiles, Holds) {
  const Case& one = *GetParam().one;
  const Expected& expected = *one.expected(GetParam().source, GetParam().target);
  const FilesDirection& files = direction(GetParam().source, GetParam().target);
  EXPECT_THAT(files.result().value("summary", ""), HasSubstr("Every statement was tried"));
  ASSERT_FALSE(files.status().contains("refused")) << files.status().dump(1);
  EXPECT_EQ(files.target().ask(one.in_table(expected.query)), one.in_table(expected.answer));
  for (const std::string& statement : expected.refused) {
    EXPECT_THROW(files.target().run(one.in_table(statement)), std::runtime_error) << statement;
  }
  for (const std::string& told : expected.told) {
    // What a job says of what it leaves out.
    const std::string job = "not made: ";
    const std::string part = told.starts_with(job) ? told.substr(job.size()) : told;
    EXPECT_THAT(files.told(), ::testing::Contains(HasSubstr(one.in_table(part))));
  }
}

INSTANTIATE_TEST_SUITE_P(FilesFromPostgres, FidelityOfFiles,
                         ::testing::ValuesIn(params(Place::kPostgres)), test_name);
INSTANTIATE_TEST_SUITE_P(FilesFromMariadb, FidelityOfFiles,
                         ::testing::ValuesIn(params(Place::kMariadb)), test_name);
INSTANTIATE_TEST_SUITE_P(FilesFromMysql, FidelityOfFiles,
                         ::testing::ValuesIn(params(Place::kMysql)), test_name);
INSTANTIATE_TEST_SUITE_P(FilesFromSqlite, FidelityOfFiles,
                         ::testing::ValuesIn(params(Place::kSqlite)), test_name);

}  // namespace
}  // namespace crossload::testing
