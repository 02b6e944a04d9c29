// Kills the real program with SIGKILL as soon as it is in each phase of a migration that makes the
// target's schema, resumes it, and counts what the target then has.

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "migration_run.h"
#include "object_counts.h"

namespace crossload::testing {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRunLimit{120'000};
constexpr int kTables = 8;

/// Tables in a row, each pointing at the one before it, with an index of each kind.
std::string source_sql() {
  std::string sql;
  for (int i = 0; i < kTables; ++i) {
    const std::string name = "t" + std::to_string(i);
    const std::string parent = "t" + std::to_string(i == 0 ? 0 : i - 1);
    sql += "CREATE TABLE " + name +
           " (id INTEGER NOT NULL PRIMARY KEY, a INTEGER, b VARCHAR(20), parent INTEGER, "
           "FOREIGN KEY (parent) REFERENCES " +
           parent + " (id));\nCREATE INDEX " + name + "_a ON " + name + " (a);\n" +
           "CREATE UNIQUE INDEX " + name + "_b ON " + name + " (b, id);\nINSERT INTO " + name +
           " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
           "SELECT i, i % 7, 'name', 1 FROM n;\n";
  }
  return sql;
}

// MySQL's own, behind the keys, are not counted on either side.
constexpr const char* kIndexes = "";

struct Direction {
  Place from;
  Place to;
};
void PrintTo(const Direction& direction, std::ostream* out) {
  *out << name_of(direction.from) << " to " << name_of(direction.to);
}

class PhaseCrash : public ::testing::TestWithParam<Direction> {
 protected:
  static bool has_ended(const MigrationRun& run) {
    return run.status().value("status", std::string()).starts_with("completed");
  }

  /// Whether it was killed in the phase or behind it, before its end.
  static bool kill_in(const MigrationRun& run, const std::vector<std::string>& arguments,
                      const std::string& phase) {
    Process process(run.command(arguments), run.folder() / "run.out");
    const auto until = std::chrono::steady_clock::now() + kRunLimit;
    while (std::chrono::steady_clock::now() < until) {
      if (process.wait(milliseconds(1))) return false;
      if (run.read_job_file("job.jsonl").find("phase " + phase + "\"") == std::string::npos)
        continue;
      process.kill(SIGKILL);
      process.wait(kRunLimit);
      return true;
    }
    return false;
  }
};

TEST_P(PhaseCrash, GoesOnWithWhatIsLeft) {
  if (!is_available(GetParam().from) || !is_available(GetParam().to)) {
    GTEST_SKIP() << "a server is missing";
  }
  const TestDatabase source(GetParam().from);
  source.run(source_sql());
  int kills = 0;
  for (const char* phase : {"schema", "copying", "identities", "indexes", "foreign_keys",
                            "checking", "views", "triggers", "analyze"}) {
    SCOPED_TRACE(phase);
    const TestDatabase target(GetParam().to);
    const MigrationRun run(source, target);
    if (kill_in(run, run.arguments({"--create-schema"}), phase)) ++kills;
    const nlohmann::json status = run.status();
    if (!has_ended(run)) {
      const std::string id = status.value("job_id", std::string());
      Process process(run.command(id.empty() ? run.arguments({"--create-schema"})
                                             : std::vector<std::string>{"--resume-job-id", id}),
                      run.folder() / "run.out");
      process.wait(kRunLimit);
    }
    EXPECT_EQ(run.status().value("status", std::string()), "completed")
        << run.status().dump(1) << run.folder().read("run.out");
    EXPECT_EQ(count_copied(target, kIndexes), count_copied(source, kIndexes));
    EXPECT_EQ(compare_by_servers(source, target), "");
    EXPECT_FALSE(target.has_table("crossload_ledger"));
    if (HasFailure()) return;
  }
  EXPECT_GE(kills, 5) << "too few kills hit a running migration";
}

INSTANTIATE_TEST_SUITE_P(All, PhaseCrash,
                         ::testing::Values(Direction{Place::kSqlite, Place::kPostgres},
                                           Direction{Place::kPostgres, Place::kMariadb},
                                           Direction{Place::kMariadb, Place::kPostgres},
                                           Direction{Place::kPostgres, Place::kSqlite},
                                           Direction{Place::kPostgres, Place::kPostgres},
                                           Direction{Place::kMariadb, Place::kMysql}),
                         [](const auto& test) {
                           return std::string(name_of(test.param.from)) + "_to_" +
                                  name_of(test.param.to);
                         });

}  // namespace
}  // namespace crossload::testing
