// Rows whose key is there already, in the target or from a row before them, between any two
// engines.

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "direction.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

// No unique key: key 1 comes twice, key 4 is in the target too, and the number 2 is another row's.
constexpr const char* kSource = R"sql(
CREATE TABLE t (id INTEGER NOT NULL, v INTEGER, n INTEGER);
INSERT INTO t VALUES (1, 10, 1), (2, 20, 2), (1, 11, 3), (3, 30, 4), (4, 40, 5), (4, 41, 6), (5, 50, 2), (6, 60, 7);
)sql";
// What hangs on a row must stay when the row is updated.
constexpr const char* kTarget = R"sql(
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, v INTEGER, n INTEGER UNIQUE);
INSERT INTO t VALUES (4, 400, 400);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER, FOREIGN KEY (parent) REFERENCES t (id) ON DELETE CASCADE);
INSERT INTO child VALUES (1, 4);
)sql";

struct Expected {
  std::string mode;
  std::vector<std::string> landed;
  std::vector<int> rejected;  ///< By v.
  int skipped;
};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    all.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

/// One column of every rejected row, each of which must tell of a unique key.
std::vector<int> rejected(const MigrationRun& run, const std::string& column) {
  std::vector<int> values;
  for (const std::string& line : lines(run.read_job_file("t_failed.jsonl"))) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json.at("code"), "unique") << line;
    values.push_back(json.at("row").at(column).get<int>());
  }
  return values;
}

/// The counts of the one table.
nlohmann::json counts(const nlohmann::json& status) {
  return status.at("tables_status").at(0);
}

class Conflicts : public DirectionTest {};

TEST_P(Conflicts, GoByThePrimaryKeyAndNoOther) {
  const TestDatabase source(GetParam().from);
  source.run(kSource);
  const std::vector<Expected> all = {
      {"error", {"1 10 1", "2 20 2", "3 30 4", "4 400 400", "6 60 7"}, {11, 40, 41, 50}, 0},
      {"skip", {"1 10 1", "2 20 2", "3 30 4", "4 400 400", "6 60 7"}, {50}, 3},
      {"update", {"1 11 3", "2 20 2", "3 30 4", "4 41 6", "6 60 7"}, {50}, 0}};
  for (const Expected& expected : all) {
    SCOPED_TRACE(expected.mode);
    const TestDatabase target(GetParam().to);
    target.run(kTarget);
    const MigrationRun run(source, target);
    const auto status = run.run({"--source-table", "t", "--on-conflict", expected.mode});
    ASSERT_EQ(status.value("status", ""), "completed_with_errors") << status.dump(1);
    const int failed = static_cast<int>(expected.rejected.size());
    EXPECT_EQ(counts(status).at("rows_read"), 8);
    EXPECT_EQ(counts(status).at("rows_failed"), failed);
    EXPECT_EQ(counts(status).at("rows_skipped"), expected.skipped);
    EXPECT_EQ(counts(status).at("rows_migrated"), 8 - failed - expected.skipped);
    EXPECT_THAT(rejected(run, "v"), UnorderedElementsAreArray(expected.rejected));
    std::string landed = target.ask("SELECT id, v, n FROM t ORDER BY id");
    std::replace(landed.begin(), landed.end(), '\t', ' ');
    EXPECT_EQ(lines(landed), expected.landed);
    EXPECT_EQ(target.ask("SELECT parent FROM child"), "4");
  }
}

// Half of the keys are in the target, in runs and one by one; one key only, so that whole
// statements of rows are written at once.
TEST_P(Conflicts, AreCountedInLargeTables) {
  const TestDatabase source(GetParam().from);
  const std::string digits =
      "CREATE TABLE d (d INTEGER);\n"
      "INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);\n";
  const std::string numbers =
      "(SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS id FROM d AS a, d AS b, d AS c, "
      "d AS e) AS numbers";
  source.run(digits + "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, v INTEGER);\n" +
             "INSERT INTO t SELECT id, id * 2 FROM " + numbers + ";\nDROP TABLE d;");
  for (const std::string mode : {"skip", "update"}) {
    SCOPED_TRACE(mode);
    const TestDatabase target(GetParam().to);
    target.run(digits + "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, v INTEGER);\n" +
               "INSERT INTO t SELECT id, -1 FROM " + numbers +
               " WHERE id <= 2500 OR (id > 5000 AND id % 2 = 0);\nDROP TABLE d;");
    const MigrationRun run(source, target);
    const auto status =
        run.run({"--source-table", "t", "--on-conflict", mode, "--batch-size", "3000"});
    ASSERT_EQ(status.value("status", ""), "completed") << status.dump(1);
    const bool skips = mode == "skip";
    EXPECT_EQ(counts(status).at("rows_skipped"), skips ? 5000 : 0);
    EXPECT_EQ(counts(status).at("rows_migrated"), skips ? 5000 : 10'000);
    EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "10000");
    EXPECT_EQ(target.ask("SELECT count(*) FROM t WHERE v = -1"), skips ? "5000" : "0");
    EXPECT_EQ(target.ask("SELECT count(*) FROM t WHERE v = id * 2"), skips ? "5000" : "10000");
  }
}

INSTANTIATE_TEST_SUITE_P(All, Conflicts, ::testing::ValuesIn(all_directions()), name_of_direction);

// PostgreSQL tells the line of one bad row, and of the other only that its batch has one.
class NamedAndUnnamed : public Conflicts {};

TEST_P(NamedAndUnnamed, BadRowsOfOneBatchAreBothFound) {
  const TestDatabase source(GetParam().from);
  std::string sql = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, n INTEGER, d INTEGER);\n";
  for (int id = 1; id <= 100; ++id) {
    const int number = id == 40 || id == 90 ? 1 : id;
    sql += "INSERT INTO t VALUES (" + std::to_string(id) + ", " + std::to_string(number) + ", " +
           (id == 41 || id == 100 ? "13" : "7") + ");\n";
  }
  source.run(sql);
  const TestDatabase target(GetParam().to);
  target.run(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED, "
      "d INTEGER CHECK (d <> 13))");
  const MigrationRun run(source, target);
  const auto status = run.run({});
  ASSERT_EQ(status.value("status", ""), "completed_with_errors") << status.dump(1);
  std::vector<std::string> found;
  for (const std::string& line : lines(run.read_job_file("t_failed.jsonl"))) {
    const auto json = nlohmann::json::parse(line);
    found.push_back(json.at("key").at("id").dump() + " " + json.at("code").get<std::string>());
  }
  EXPECT_THAT(found, UnorderedElementsAre("40 unique", "41 check", "90 unique", "100 check"));
  EXPECT_EQ(target.ask("SELECT count(*) FROM t"), "96");
}

INSTANTIATE_TEST_SUITE_P(All, NamedAndUnnamed,
                         ::testing::Values(Direction{Place::kSqlite, Place::kPostgres},
                                           Direction{Place::kPostgres, Place::kPostgres},
                                           Direction{Place::kMariadb, Place::kPostgres}),
                         name_of_direction);

// A table that is bad through and through need not be read to its end.
class ErrorBudget : public Conflicts {};

TEST_P(ErrorBudget, StopsATableThatHasMoreBadRows) {
  const TestDatabase source(GetParam().from);
  std::string sql = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, v INTEGER);\n";
  for (int id = 1; id <= 100; ++id)
    sql += "INSERT INTO t VALUES (" + std::to_string(id) + ", 1);\n";
  source.run(sql);
  const TestDatabase target(GetParam().to);
  target.run("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, v INTEGER UNIQUE)");
  const MigrationRun run(source, target);
  const auto status = run.run({"--batch-size", "10", "--max-errors", "25"});
  EXPECT_EQ(status.value("status", ""), "failed") << status.dump(1);
  EXPECT_EQ(counts(status).at("rows_failed"), 29);
  EXPECT_EQ(counts(status).at("rows_migrated"), 1);
  EXPECT_EQ(rejected(run, "id").size(), 29U);
  EXPECT_EQ(counts(status).at("status"), "failed") << status.dump(1);
}

INSTANTIATE_TEST_SUITE_P(All, ErrorBudget,
                         ::testing::Values(Direction{Place::kSqlite, Place::kPostgres},
                                           Direction{Place::kPostgres, Place::kMariadb},
                                           Direction{Place::kMariadb, Place::kSqlite},
                                           Direction{Place::kPostgres, Place::kMysql}),
                         name_of_direction);

}  // namespace
}  // namespace crossload::testing
