// The cases of the fidelity list, each in every direction that it names, by real jobs on the real
// servers: one database and one job per direction, with one table a case.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "directed_case.h"
#include "fidelity_case.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

const std::vector<Case>& cases() {
  static const std::vector<Case> all = all_cases();
  return all;
}

/// The tables of all cases of a source, made once for all its targets.
const TestDatabase& source_database(Place place) {
  static std::map<Place, std::unique_ptr<TestDatabase>> databases;
  auto& database = databases[place];
  if (database) return *database;
  database = std::make_unique<TestDatabase>(place);
  fill_source(*database, cases());
  return *database;
}

/// One direction's job, run once.
class Direction {
 public:
  Direction(Place source, Place target) : target_(target), run_(source_database(source), target_) {
    nlohmann::json rules = nlohmann::json::object();
    std::vector<std::string> arguments = {"--create-schema"};
    std::string prepared;
    for (const Case& one : cases()) {
      const Expected* expected = one.expected(source, target);
      if (expected == nullptr) continue;
      if (!expected->prepared.empty()) prepared += one.in_table(expected->prepared) + ";\n";
      for (const auto& [column, named] : expected->rules) {
        rules[one.table() + "." + column] = named;
      }
      arguments.insert(arguments.end(), {"--include-tables", one.table()});
      for (const std::string& other : one.others()) {
        arguments.insert(arguments.end(), {"--include-tables", other});
      }
    }
    if (!prepared.empty()) target_.run(prepared);
    arguments.insert(arguments.end(), {"--rules", rules.dump()});
    status_ = run_.run(arguments);
  }

  const TestDatabase& target() const { return target_; }
  const nlohmann::json& status() const { return status_; }

  nlohmann::json table(const std::string& name) const {
    for (const auto& table : status_.value("tables_status", nlohmann::json::array())) {
      if (table.at("table") == name) return table;
    }
    return {};
  }

  /// As Expected::rejects.
  std::string rejects(const std::string& table) const {
    std::istringstream lines(run_.read_job_file(table + "_failed.jsonl"));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
      const auto reject = nlohmann::json::parse(line);
      std::string key;
      if (reject.at("key").is_object()) {
        for (const auto& part : reject.at("key")) {
          key +=
              (key.empty() ? "" : ",") + (part.is_string() ? part.get<std::string>() : part.dump());
        }
      } else {
        key = "#" + reject.at("row_index").dump();
      }
      text += (text.empty() ? "" : " ") + key + ":" + reject.at("code").get<std::string>();
    }
    return text;
  }

 private:
  TestDatabase target_;
  MigrationRun run_;
  nlohmann::json status_;
};

const Direction& direction(Place source, Place target) {
  static std::map<std::pair<Place, Place>, std::unique_ptr<Direction>> directions;
  auto& one = directions[{source, target}];
  if (!one) one = std::make_unique<Direction>(source, target);
  return *one;
}

std::vector<DirectedCase> params(Place source) {
  return directed_cases(cases(), source, [](const Case& one, Place from, Place to) {
    return one.expected(from, to);
  });
}

class Fidelity : public DirectedTest {};

TEST_P(Fidelity, Holds) {
  const Case& one = *GetParam().one;
  const Expected& expected = *one.expected(GetParam().source, GetParam().target);
  const Direction& job = direction(GetParam().source, GetParam().target);
  ASSERT_FALSE(job.status().contains("refused")) << job.status().dump(1);
  const nlohmann::json table = job.table(one.table());
  ASSERT_TRUE(table.is_object()) << job.status().dump(1);
  const std::string rejects = job.rejects(one.table());
  EXPECT_EQ(rejects, expected.rejects);
  EXPECT_EQ(table.at("status"), rejects.empty() ? "completed" : "completed_with_errors")
      << table.dump(1);
  EXPECT_EQ(table.at("rows_read").get<int>(),
            table.at("rows_migrated").get<int>() + table.at("rows_failed").get<int>());
  const auto& warnings = job.status().at("warnings");
  for (const std::string& part : expected.told) {
    EXPECT_THAT(warnings, ::testing::Contains(::testing::ResultOf(
                              [](const nlohmann::json& text) { return text.get<std::string>(); },
                              ::testing::HasSubstr(one.in_table(part)))));
  }
  EXPECT_EQ(job.target().ask(one.in_table(expected.query)), one.in_table(expected.answer));
  for (const std::string& statement : expected.refused) {
    EXPECT_THROW(job.target().run(one.in_table(statement)), std::runtime_error) << statement;
  }
}

std::string names_of(const std::vector<Place>& places) {
  std::string names;
  for (const Place place : places)
    names += (names.empty() ? "" : ", ") + std::string(name_of(place));
  return names;
}

/// Names of tests and their directions, one line a case.
std::string table_of_cases() {
  std::map<int, std::string> lines;
  for (const Case& one : cases()) {
    std::string directions;
    for (const Place from : kAll) {
      Places to;
      for (const Place target : kAll) {
        if (one.expected(from, target) != nullptr) to.push_back(target);
      }
      if (to.empty()) continue;
      directions += (directions.empty() ? "" : "; ") + std::string(name_of(from)) + " to " +
                    (to == kAll ? "all" : names_of(to));
    }
    lines[std::stoi(one.name().substr(4))] += "| `" + one.name() + "` | " + directions + " |\n";
  }
  std::string text = "| test | directions |\n|---|---|\n";
  for (const auto& [number, line] : lines) text += line;
  return text;
}

TEST(FidelityDocument, ListsTheCases) {
  const std::string path = CROSSLOAD_SOURCE_DIR "/docs/fidelity.md";
  std::ifstream file(path, std::ios::binary);
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  const std::string mark = "<!-- cases -->\n";
  const std::size_t begin = document.find(mark);
  const std::size_t end = document.find("<!-- end -->");
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string made =
      document.substr(0, begin + mark.size()) + table_of_cases() + document.substr(end);
  if (std::getenv("CROSSLOAD_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << made;
    GTEST_SKIP() << "written anew";
  }
  EXPECT_TRUE(document == made) << "CROSSLOAD_UPDATE_GOLDEN=1 writes it anew";
}

INSTANTIATE_TEST_SUITE_P(FromPostgres, Fidelity, ::testing::ValuesIn(params(Place::kPostgres)),
                         test_name);
INSTANTIATE_TEST_SUITE_P(FromMariadb, Fidelity, ::testing::ValuesIn(params(Place::kMariadb)),
                         test_name);
INSTANTIATE_TEST_SUITE_P(FromMysql, Fidelity, ::testing::ValuesIn(params(Place::kMysql)),
                         test_name);
INSTANTIATE_TEST_SUITE_P(FromSqlite, Fidelity, ::testing::ValuesIn(params(Place::kSqlite)),
                         test_name);

}  // namespace
}  // namespace crossload::testing
