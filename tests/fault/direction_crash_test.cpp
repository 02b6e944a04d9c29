// Kills the real program with SIGKILL at random instants of a migration between any two engines,
// resumes it, and compares both sides by the servers' own text output.

#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "migration_run.h"

namespace crossload::testing {
namespace {

using std::chrono::milliseconds;

constexpr int kKills = 10;  // of each direction: instants at which a running migration was killed
constexpr unsigned kMostRounds = 40;
constexpr milliseconds kRunLimit{60'000};

// Keys of one and of two columns, none at all, a table that points at itself.
constexpr const char* kSource = R"sql(
CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(40) NOT NULL, parent INTEGER,
  amount DECIMAL(12,2), FOREIGN KEY (parent) REFERENCES customers (id));
CREATE TABLE orders (customer INTEGER NOT NULL, line INTEGER NOT NULL, note VARCHAR(60),
  PRIMARY KEY (customer, line), FOREIGN KEY (customer) REFERENCES customers (id));
CREATE TABLE log (line VARCHAR(40), n INTEGER);
INSERT INTO customers WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  SELECT i, 'name ', CASE WHEN i > 1 THEN 1 END, i * 1.25 FROM n;
INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  SELECT i, k, 'a line' FROM n, (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3) AS three;
INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  SELECT 'entry', i / 20 FROM n;
)sql";

struct Direction {
  Place from;
  Place to;
};
void PrintTo(const Direction& direction, std::ostream* out) {
  *out << name_of(direction.from) << " to " << name_of(direction.to);
}

class DirectionCrash : public ::testing::TestWithParam<Direction> {
 protected:
  static bool has_ended(const MigrationRun& run) {
    return run.status().value("status", std::string()).rfind("completed", 0) == 0;
  }

  /// The arguments of the next start: the first ones, or the job's resumption.
  static std::vector<std::string> next(const MigrationRun& run,
                                       const std::vector<std::string>& first) {
    const nlohmann::json status = run.status();
    if (status.empty()) return first;
    return {"--resume-job-id", status.at("job_id").get<std::string>()};
  }

  /// Starts, kills up to three times, then lets it end. The number of kills that hit a run.
  static int run_with_kills(const MigrationRun& run, const std::vector<std::string>& first,
                            std::mt19937& random, milliseconds whole) {
    int kills = 0;
    const auto wanted = 1 + random() % 3;
    for (auto i = wanted; i > 0 && !has_ended(run); --i) {
      Process process(run.command(next(run, first)), run.folder() / "run.out");
      std::uniform_int_distribution<long> instant(0, whole.count() * 11 / 10);
      if (!process.wait(milliseconds(instant(random)))) ++kills;
      process.kill(SIGKILL);
      process.wait(kRunLimit);
    }
    // The last one ends it; once more, it takes away what a kill behind the end left in the ledger.
    for (int i = 0; i < 2; ++i) {
      Process process(run.command(next(run, first)), run.folder() / "run.out");
      process.wait(kRunLimit);
    }
    EXPECT_TRUE(has_ended(run)) << run.status().dump(1) << run.folder().read("run.out");
    return kills;
  }
};

TEST_P(DirectionCrash, ResumesToATargetEqualToItsSource) {
  if (!is_available(GetParam().from) || !is_available(GetParam().to)) {
    GTEST_SKIP() << "a server is missing";
  }
  const TestDatabase source(GetParam().from);
  source.run(kSource);
  int kills = 0;
  milliseconds whole{300};
  for (unsigned round = 0; round < kMostRounds && kills < kKills; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    std::mt19937 random(4000 + round);
    const TestDatabase target(GetParam().to);
    const MigrationRun run(source, target);
    const std::vector<std::string> first = run.arguments({"--create-schema", "--batch-size", "50"});
    const auto begin = std::chrono::steady_clock::now();
    if (round == 0) {
      Process process(run.command(first), run.folder() / "run.out");
      process.wait(kRunLimit);
      whole = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
    } else {
      kills += run_with_kills(run, first, random, whole);
    }
    EXPECT_EQ(compare_by_servers(source, target), "");
    for (const nlohmann::json& table : run.status().at("tables_status")) {
      EXPECT_EQ(table.at("rows_failed"), 0) << table.dump();
      EXPECT_EQ(table.at("status"), "completed") << table.dump();
    }
    EXPECT_FALSE(target.has_table("crossload_ledger"));
    if (HasFailure()) return;
  }
  EXPECT_GE(kills, kKills) << "too few kills hit a running migration";
}

std::vector<Direction> directions() {
  const std::vector<Place> places = {Place::kSqlite, Place::kPostgres, Place::kMariadb};
  std::vector<Direction> all;
  for (const Place from : places) {
    for (const Place to : places) all.push_back({from, to});
  }
  all.push_back({Place::kPostgres, Place::kMysql});
  all.push_back({Place::kMysql, Place::kPostgres});
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, DirectionCrash, ::testing::ValuesIn(directions()),
                         [](const auto& test) {
                           return std::string(name_of(test.param.from)) + "_to_" +
                                  name_of(test.param.to);
                         });

}  // namespace
}  // namespace crossload::testing
