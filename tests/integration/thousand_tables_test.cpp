// A schema of 1,000 tables is copied within the time that a call has: its catalog is read in a few
// questions, its data by bounded samples, and its statements are tried for as long as there is
// time.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "schema_copy_run.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kTables = 1000;
constexpr int kViewEvery = 10;
/// Each table with two indexes, at least, and a key.
constexpr int kStatements = kTables * 4 + kTables / kViewEvery;
constexpr std::chrono::seconds kLimit{25};

std::string table_name(int i) {
  const std::string digits = std::to_string(i);
  return "t" + std::string(4 - digits.size(), '0') + digits;
}

/// Ten rows by their values.
std::string few_rows(int table, const std::string& yes) {
  std::string values;
  for (int k = 0; k < 10; ++k) {
    const std::string number = std::to_string(k);
    values += (k == 0 ? "" : ", ") + ("(" + number + ", 'c" + number) + "', 'name', 5.25, " + yes +
              ", 'x')";
  }
  return "INSERT INTO " + table_name(table) + " (id, code, name, amount, active, note) VALUES " +
         values + ";\n";
}

/// 10,000 rows, each of them unlike the others.
std::string many_rows(int table, Place place) {
  const bool mysql = place == Place::kMariadb || place == Place::kMysql;
  const std::string number = "10 + i.id + 10 * j.id + 100 * k.id + 1000 * l.id";
  return "INSERT INTO " + table_name(table) + " (id, code, name, amount, active, note) SELECT " +
         number + (mysql ? ", concat('w', " + number + ")" : ", 'w' || (" + number + ")") +
         ", 'a longer name of a row', 5, NULL, 'a note' FROM t0000 i, t0000 j, t0000 k, t0000 l;\n";
}

/// Tables in chains of 50 that refer to each other, each with two keys, an index and a check; every
/// tenth has a view over two of them, every hundredth many rows.
std::string thousand_tables(Place place) {
  const bool mysql = place == Place::kMariadb || place == Place::kMysql;
  std::string sql = mysql ? "SET foreign_key_checks = 0;\n" : "BEGIN;\n";
  for (int i = 0; i < kTables; ++i) {
    const std::string table = table_name(i);
    const std::string parent = table_name(i % 50 == 0 ? i : i - 1);
    sql += "CREATE TABLE " + table +
           " (id INTEGER PRIMARY KEY, parent INTEGER, code VARCHAR(40) NOT NULL UNIQUE, name TEXT, "
           "amount DECIMAL(12,2) DEFAULT 0 NOT NULL, active " +
           (mysql ? "TINYINT(1)" : "BOOLEAN") +
           ", created TIMESTAMP DEFAULT CURRENT_TIMESTAMP, note TEXT, CHECK (amount >= 0), FOREIGN "
           "KEY (parent) REFERENCES " +
           parent + " (id) ON DELETE CASCADE);\nCREATE INDEX " + table + "_active ON " + table +
           " (active, created);\n" + few_rows(i, mysql ? "1" : "TRUE");
    if (i % kViewEvery == 1) {
      sql += "CREATE VIEW v_" + table +
             " AS SELECT t.id, t.code, coalesce(p.code, 'none') AS c "
             "FROM " +
             table + " t LEFT JOIN " + parent + " p ON p.id = t.parent;\n";
    }
    if (i % 100 == 99) sql += many_rows(i, place);
  }
  return sql + (mysql ? "" : "COMMIT;\n");
}

/// Statements that a summary says were left untried.
int left_of(const std::string& summary) {
  std::smatch match;
  if (!std::regex_search(summary, match, std::regex("to try the last (\\d+) statement"))) return 0;
  return std::stoi(match[1]);
}

/// The servers' tables take minutes to make on a small machine: with CROSSLOAD_TEST_ALL alone.
std::vector<Place> sources() {
  if (std::getenv("CROSSLOAD_TEST_ALL") == nullptr) return {Place::kSqlite};
  return {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql};
}

class ThousandTables : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "its server is missing";
  }

  void copy_in_time(const TestDatabase& source, Place to, Trial trial) {
    SCOPED_TRACE(std::string("to ") + name_of(to) + (trial == Trial::kNone ? "" : ", tried"));
    const TestDatabase target(to);
    const SchemaCopyRun run(source, target);
    const auto began = std::chrono::steady_clock::now();
    const nlohmann::json copied = run.copy(trial);
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_LT(took, kLimit);
    ASSERT_TRUE(copied.contains("tables_generated")) << copied.dump(1);
    EXPECT_EQ(copied.at("tables_generated"), kTables);
    EXPECT_EQ(copied.at("foreign_keys_generated"), kTables);
    EXPECT_EQ(copied.at("views_generated"), kTables / kViewEvery);
    EXPECT_EQ(copied.at("skipped_items").size(), 0U) << copied.at("skipped_items").dump(1);
    // Other engines' columns hold what they declare.
    const bool by_data = source.place() == Place::kSqlite || source.place() == Place::kMariadb ||
                         source.place() == Place::kMysql;
    EXPECT_EQ(copied.at("sampled"),
              by_data && engine_of(to) != std::string(engine_of(source.place())));
    const std::string summary = copied.at("summary");
    if (trial == Trial::kOnTarget) {
      EXPECT_LT(left_of(summary), kStatements) << summary;
      if (left_of(summary) == 0) {
        EXPECT_THAT(summary, HasSubstr("Every statement was tried"));
      }
    } else {
      EXPECT_THAT(summary, HasSubstr("were not tried"));
    }
    const auto seconds = std::chrono::duration<double>(took).count();
    std::cout << name_of(source.place()) << " to " << name_of(to)
              << (trial == Trial::kNone ? "" : ", tried") << ": " << seconds << " s. " << summary
              << "\n";
  }
};

TEST_P(ThousandTables, AreCopiedWithinTheTimeOfACall) {
  const TestDatabase source(GetParam());
  source.run(thousand_tables(GetParam()));
  const bool all = std::getenv("CROSSLOAD_TEST_ALL") != nullptr;
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    copy_in_time(source, to, Trial::kNone);
    if (all || to == Place::kSqlite) copy_in_time(source, to, Trial::kOnTarget);
  }
}

INSTANTIATE_TEST_SUITE_P(From, ThousandTables, ::testing::ValuesIn(sources()),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace crossload::testing
