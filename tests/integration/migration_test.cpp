// The engine from plan to end between real SQLite files, in this process: what each option does,
// what is refused, and what a resume goes on with.

#include "crossload/copy/migration.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crossload/driver_sqlite/sqlite_driver.h"

#include "sqlite_compare.h"
#include "temp_folder.h"

namespace crossload::copy {
namespace {

namespace fs = std::filesystem;
using crossload::testing::compare_databases;
using crossload::testing::query_text;
using crossload::testing::run_sql;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Recorder : public Observer {
 public:
  void phase(const std::string& name) override { phases.push_back(name); }
  void total_rows(const TablePlan& table, std::uint64_t rows) override {
    totals[table.source.name] = rows;
  }
  void table(const TablePlan& table, TableEvent event, const TableCounts& counts,
             const std::string& error, const std::string&) override {
    counted[table.source.name] = counts;
    if (event == TableEvent::kStarted) order.push_back(table.source.name);
    if (event == TableEvent::kFailed) errors[table.source.name] = error;
    if (event == TableEvent::kProgress && on_progress) on_progress(table.source.name, counts);
  }
  void fk_violations(std::uint64_t count, const std::string&) override { orphans = count; }
  void warning(const std::string& text) override { warnings.push_back(text); }

  std::vector<std::string> phases;
  std::vector<std::string> order;
  std::vector<std::string> warnings;
  std::map<std::string, std::uint64_t> totals;
  std::map<std::string, TableCounts> counted;
  std::map<std::string, std::string> errors;
  std::uint64_t orphans = 0;
  std::function<void(const std::string&, const TableCounts&)> on_progress;
};

class MigrationTest : public ::testing::Test {
 protected:
  MigrationTest() : driver_(driver::make_sqlite_driver()) { fs::create_directories(job_folder()); }

  std::string source() const { return (folder_ / "source.db").string(); }
  std::string target() const { return (folder_ / "target.db").string(); }
  fs::path job_folder() const { return folder_ / "job"; }

  Side side(const std::string& file, bool may_create) {
    Side side;
    side.driver = driver_.get();
    side.endpoint.profile = "files";
    side.endpoint.url = Uri::parse("sqlite:" + folder_.path().string());
    side.database = driver_->resolve(side.endpoint, file, may_create);
    return side;
  }
  Side from() { return side("source.db", false); }
  Side to() { return side("target.db", true); }

  Plan plan(const MigrationOptions& options) { return make_plan(from(), to(), options); }

  RunResult run(const SavedJob& job, std::stop_token stop = {}) {
    Migration migration(from(), to(), job,
                        {.job_id = "mig_test",
                         .folder = job_folder(),
                         .stop = std::move(stop),
                         .log = Logger::to_sink(LogLevel::kOff, clock_, [](std::string_view) {}),
                         .clock = &clock_,
                         .observer = &seen_});
    const RunResult result = migration.run();
    if (!result.resumable) migration.clear_ledger();
    return result;
  }

  RunResult migrate(const MigrationOptions& options, std::stop_token stop = {}) {
    SavedJob job;
    job.plan = plan(options);
    save_job(job_folder(), "mig_test", job, clock_);
    return run(job, std::move(stop));
  }

  RunResult resume() {
    SavedJob job = load_job(job_folder());
    job.plan = replan(from(), to(), job);
    seen_ = Recorder();
    return run(job);
  }

  /// Runs until the table has this many rows, then stops as a cancel does.
  void stop_after(const MigrationOptions& options, const std::string& table, std::uint64_t rows) {
    std::stop_source stop;
    seen_.on_progress = [&stop, table, rows](const std::string& name, const TableCounts& counts) {
      if (name == table && counts.rows_read >= rows) stop.request_stop();
    };
    try {
      migrate(options, stop.get_token());
      FAIL() << "ran to its end";
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::kCancelled) << error.message();
    }
    seen_.on_progress = nullptr;
  }

  std::vector<nlohmann::json> rejects(const std::string& file) {
    std::vector<nlohmann::json> lines;
    std::istringstream stream(folder_.read(fs::path("job") / file));
    for (std::string line; std::getline(stream, line);) {
      lines.push_back(nlohmann::json::parse(line));
    }
    return lines;
  }

  static std::string numbers(const std::string& table, int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
           std::to_string(count) + ") INSERT INTO " + table + " SELECT i, 'v' || i FROM n;";
  }

  ErrorCode refusal(const std::function<void()>& call, std::string* message = nullptr) {
    try {
      call();
    } catch (const Error& error) {
      if (message) *message = error.message();
      return error.code();
    }
    ADD_FAILURE() << "was not refused";
    return ErrorCode::kSqlError;
  }

  crossload::testing::TempFolder folder_;
  SystemClock clock_;
  std::unique_ptr<driver::Driver> driver_;
  Recorder seen_;
};

TEST_F(MigrationTest, MakesAWholeDatabaseEqualToItsSource) {
  run_sql(source(), R"sql(
    PRAGMA application_id = 77; PRAGMA user_version = 5;
    CREATE TABLE child(id INTEGER PRIMARY KEY AUTOINCREMENT, p REFERENCES mixed(x), v);
    CREATE TABLE parent(a, b, g AS (a || b) STORED, PRIMARY KEY(a, b)) WITHOUT ROWID;
    CREATE TABLE mixed(x, y TEXT, z INT DEFAULT 7);
    CREATE INDEX by_x ON mixed(x) WHERE x > 1;
    CREATE VIEW v2 AS SELECT * FROM v1;
    CREATE VIEW v1 AS SELECT x FROM mixed;
    CREATE TRIGGER t AFTER INSERT ON mixed BEGIN DELETE FROM parent; END;
    INSERT INTO parent VALUES(1, 'one'), (1, 'two'), ('x', x'00');
    INSERT INTO mixed VALUES(NULL, '', 1), (9223372036854775807, 'a' || char(0) || 'b', 0.5),
      (-0.0, x'fffe', 'text'), (9e999, cast(x'fffe' as text), x'');
    INSERT INTO child(id, v) VALUES(5, 1), (900, 2); DELETE FROM child WHERE id = 900;)sql");
  const RunResult result = migrate({.create_schema = true});
  EXPECT_EQ(result.outcome, Outcome::kCompleted);
  EXPECT_THAT(seen_.warnings, Contains(HasSubstr("no unique key over (x)")));  // mixed(x) is no key
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
  EXPECT_EQ(query_text(target(), "SELECT seq FROM sqlite_sequence"), "900");
  EXPECT_EQ(query_text(target(), "PRAGMA application_id"), "77");
  EXPECT_EQ(query_text(target(), "PRAGMA user_version"), "5");
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'crossload%'"),
            "0");
}

TEST_F(MigrationTest, LeavesStatisticsOfWhatItMade) {
  run_sql(source(), "CREATE TABLE main(id INTEGER PRIMARY KEY, v); CREATE INDEX by_v ON main(v);" +
                        numbers("main", 1000) + "CREATE TABLE other(id INTEGER PRIMARY KEY, v);" +
                        numbers("other", 10));
  run_sql(target(), "CREATE TABLE other(id INTEGER PRIMARY KEY, v); CREATE INDEX o ON other(v);");
  EXPECT_EQ(migrate({.create_schema = true}).outcome, Outcome::kCompleted);
  EXPECT_EQ(query_text(target(), "SELECT group_concat(tbl || '.' || idx) FROM sqlite_stat1"),
            "main.by_v");
  EXPECT_THAT(query_text(target(), "SELECT stat FROM sqlite_stat1"), HasSubstr("1000 "));
}

TEST_F(MigrationTest, GoesParentsFirstAndTellsExactCounts) {
  run_sql(source(),
          "CREATE TABLE b(id INTEGER PRIMARY KEY, v REFERENCES a(v));"
          "CREATE TABLE a(id INTEGER PRIMARY KEY, v UNIQUE);" +
              numbers("a", 1000) + numbers("b", 500));
  EXPECT_EQ(migrate({.batch_size = 64, .create_schema = true}).outcome, Outcome::kCompleted);
  EXPECT_EQ(seen_.order, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(seen_.totals["a"], 1000U);
  EXPECT_EQ(seen_.counted["a"].rows_migrated, 1000U);
  EXPECT_EQ(seen_.counted["b"].rows_read, 500U);
  EXPECT_EQ(seen_.phases,
            (std::vector<std::string>{"schema", "counting", "copying", "identities", "indexes",
                                      "foreign_keys", "checking", "views", "triggers", "analyze"}));
}

TEST_F(MigrationTest, SetsOneBadRowAsideAndLandsTheRestOfItsBatch) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + numbers("t", 1000) +
                        "UPDATE t SET v = NULL WHERE id IN (1, 500, 501, 1000);");
  run_sql(target(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v NOT NULL)");
  const RunResult result = migrate({.batch_size = 300});
  EXPECT_EQ(result.outcome, Outcome::kCompletedWithErrors);
  EXPECT_FALSE(result.resumable);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM t"), "996");
  EXPECT_EQ(seen_.counted["t"].rows_failed, 4U);
  EXPECT_EQ(seen_.counted["t"].rows_read, 1000U);
  const auto lines = rejects("t_failed.jsonl");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[1].at("key").at("id"), 500);
  EXPECT_EQ(lines[1].at("row_index"), 499);
  EXPECT_EQ(lines[1].at("row"), (nlohmann::json{{"id", 500}, {"v", nullptr}}));
  EXPECT_EQ(lines[1].at("code"), "not_null");
  EXPECT_EQ(lines[1].at("column"), "v");
  EXPECT_EQ(lines[1].at("batch"), 2);
  EXPECT_THAT(lines[1].at("error").get<std::string>(),
              HasSubstr("NOT NULL constraint failed: t.v"));
}

TEST_F(MigrationTest, FailsTheTableAtItsFirstBadRowWhenToldTo) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v); CREATE TABLE u(id, v);" +
                        numbers("t", 100) + numbers("u", 10) +
                        "UPDATE t SET v = NULL WHERE id = 55;");
  run_sql(target(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v NOT NULL); CREATE TABLE u(id, v)");
  const RunResult result = migrate({.batch_size = 10, .continue_on_row_error = false});
  EXPECT_EQ(result.outcome, Outcome::kCompletedWithErrors);
  EXPECT_TRUE(result.resumable);
  EXPECT_THAT(seen_.errors["t"], HasSubstr("55"));
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM t"), "50");
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM u"), "10");
  run_sql(source(), "UPDATE t SET v = 'mended' WHERE id = 55");
  EXPECT_EQ(resume().outcome, Outcome::kCompleted);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM t"), "100");
}

TEST_F(MigrationTest, StopsTheJobAtTheFirstTableWithARejectWhenToldTo) {
  run_sql(source(),
          "CREATE TABLE a(id INTEGER PRIMARY KEY, v); CREATE TABLE b(id, v);"
          "INSERT INTO a VALUES(1, NULL); INSERT INTO b VALUES(1, 1);");
  run_sql(target(), "CREATE TABLE a(id INTEGER PRIMARY KEY, v NOT NULL); CREATE TABLE b(id, v);");
  const RunResult result = migrate({.stop_on_error = true});
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM b"), "0");
}

TEST_F(MigrationTest, GivesATableUpBeyondMaxErrors) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + numbers("t", 100) +
                        "UPDATE t SET v = NULL;");
  run_sql(target(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v NOT NULL)");
  EXPECT_EQ(migrate({.batch_size = 10, .max_errors = 25}).outcome, Outcome::kFailed);
  EXPECT_THAT(seen_.errors["t"], HasSubstr("max_errors"));
  EXPECT_EQ(seen_.counted["t"].rows_failed, 30U);
}

TEST_F(MigrationTest, TruncatesInTheSameBreathAsItBegins) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + numbers("t", 10));
  run_sql(target(),
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES(3, 'old'),"
          "(99, 'old')");
  EXPECT_EQ(migrate({.truncate_target = true}).outcome, Outcome::kCompleted);
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
}

class Conflicts : public MigrationTest,
                  public ::testing::WithParamInterface<driver::ConflictMode> {};

TEST_P(Conflicts, FollowTheModeForThePrimaryKeyAndRejectOtherUniqueViolations) {
  run_sql(source(),
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v, u);"
          "INSERT INTO t VALUES(1, 'new', 1), (2, 'new', 2), (3, 'new', 77);");
  run_sql(target(),
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v, u UNIQUE);"
          "INSERT INTO t VALUES(2, 'old', 20), (50, 'old', 77);");
  migrate({.on_conflict = GetParam()});
  const TableCounts& counts = seen_.counted["t"];
  const std::string second = query_text(target(), "SELECT v FROM t WHERE id = 2");
  switch (GetParam()) {
    case driver::ConflictMode::kError:
      EXPECT_EQ(second, "old");
      EXPECT_EQ(counts.rows_failed, 2U);
      break;
    case driver::ConflictMode::kSkip:
      EXPECT_EQ(second, "old");
      EXPECT_EQ(counts.rows_skipped, 1U);
      EXPECT_EQ(counts.rows_failed, 1U);
      break;
    case driver::ConflictMode::kUpdate:
      EXPECT_EQ(second, "new");
      EXPECT_EQ(counts.rows_migrated, 2U);
      EXPECT_EQ(counts.rows_failed, 1U);
      break;
  }
  EXPECT_EQ(counts.rows_read, counts.rows_migrated + counts.rows_skipped + counts.rows_failed);
  EXPECT_EQ(query_text(target(), "SELECT v FROM t WHERE id = 50"), "old");
}

INSTANTIATE_TEST_SUITE_P(Modes, Conflicts,
                         ::testing::Values(driver::ConflictMode::kError,
                                           driver::ConflictMode::kSkip,
                                           driver::ConflictMode::kUpdate));

TEST_F(MigrationTest, NeitherFiresTriggersNorLeavesThemOff) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + numbers("t", 5));
  run_sql(target(),
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v); CREATE TABLE audit(n);"
          "CREATE TRIGGER a AFTER INSERT ON t BEGIN INSERT INTO audit VALUES(1); END");
  EXPECT_EQ(migrate({}).outcome, Outcome::kCompleted);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM audit"), "0");
  run_sql(target(), "INSERT INTO t VALUES(100, 1)");
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM audit"), "1");
}

TEST_F(MigrationTest, FiresTriggersWhenAskedTo) {
  run_sql(source(), "CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + numbers("t", 5));
  run_sql(target(),
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v); CREATE TABLE audit(n);"
          "CREATE TRIGGER a AFTER INSERT ON t BEGIN INSERT INTO audit VALUES(1); END");
  EXPECT_EQ(migrate({.triggers = TriggerPolicy::kFire}).outcome, Outcome::kCompleted);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM audit"), "5");
}

TEST_F(MigrationTest, KeepsOrphansAndListsThem) {
  run_sql(source(),
          "CREATE TABLE p(id INTEGER PRIMARY KEY);"
          "CREATE TABLE c(id INTEGER PRIMARY KEY, p REFERENCES p(id));"
          "INSERT INTO p VALUES(1); INSERT INTO c VALUES(10, 1), (11, 2), (12, NULL)");
  EXPECT_EQ(migrate({.create_schema = true}).outcome, Outcome::kCompletedWithErrors);
  EXPECT_EQ(seen_.orphans, 1U);
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
  const auto lines = rejects("fk_violations.jsonl");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].at("table"), "c");
  EXPECT_EQ(lines[0].at("value"), 2);
  EXPECT_EQ(lines[0].at("references"), "p(id)");
  EXPECT_TRUE(lines[0].at("row_index").is_null());
}

TEST_F(MigrationTest, FindsOrphansThatATruncateMadeInTablesOutsideTheSelection) {
  run_sql(source(), "CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES(1);");
  run_sql(target(),
          "CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES(1), (2);"
          "CREATE TABLE c(id INTEGER PRIMARY KEY, p REFERENCES p(id));"
          "INSERT INTO c VALUES(1, 1), (2, 2);");
  EXPECT_EQ(migrate({.truncate_target = true}).outcome, Outcome::kCompletedWithErrors);
  EXPECT_EQ(seen_.orphans, 1U);
}

TEST_F(MigrationTest, RefusesMismatchesNamingEachColumn) {
  run_sql(source(), "CREATE TABLE t(a, b); CREATE TABLE u(a);");
  run_sql(target(),
          "CREATE TABLE t(A, must NOT NULL, gen AS (a), has NOT NULL DEFAULT 1);"
          "CREATE TABLE u(a);");
  std::string message;
  EXPECT_EQ(refusal([&] { plan({}); }, &message), ErrorCode::kColumnMismatch);
  EXPECT_THAT(message, HasSubstr("source column b"));
  EXPECT_THAT(message, HasSubstr("target column must"));
  EXPECT_THAT(message, ::testing::Not(HasSubstr("column has ")));
}

TEST_F(MigrationTest, RefusesMissingTargetTablesWithoutCreateSchema) {
  run_sql(source(), "CREATE TABLE t(a); CREATE TABLE u(a);");
  run_sql(target(), "CREATE TABLE t(a)");
  std::string message;
  EXPECT_EQ(refusal([&] { plan({}); }, &message), ErrorCode::kTargetTableNotFound);
  EXPECT_THAT(message, HasSubstr("u"));
  EXPECT_EQ(plan({.source_table = "t"}).tables.size(), 1U);
}

TEST_F(MigrationTest, WarnsWhereRowsCouldBeDoubled) {
  run_sql(source(), "CREATE TABLE t(a)");
  run_sql(target(), "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
  EXPECT_THAT(plan({}).warnings, Contains(HasSubstr("no primary key")));
}

struct KeyCase {
  const char* name;
  const char* table;
};

class Resume : public MigrationTest, public ::testing::WithParamInterface<KeyCase> {};

TEST_P(Resume, GoesOnInTheMiddleForEveryKindOfKey) {
  run_sql(source(),
          std::string(GetParam().table) + numbers("t", 1000) + "DELETE FROM t WHERE k % 7 = 3;");
  const MigrationOptions options = {.batch_size = 50, .create_schema = true};
  stop_after(options, "t", 300);
  const int before = std::stoi(query_text(target(), "SELECT count(*) FROM t"));
  EXPECT_GE(before, 300);
  EXPECT_LT(before, 857);
  EXPECT_EQ(resume().outcome, Outcome::kCompleted);
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
  EXPECT_EQ(seen_.counted["t"].rows_read, 857U);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, Resume,
    ::testing::Values(
        KeyCase{"alias", "CREATE TABLE t(k INTEGER PRIMARY KEY, v);"},
        KeyCase{"implicit", "CREATE TABLE t(k, v);"},
        KeyCase{"shadowed", "CREATE TABLE t(k, rowid);"},
        KeyCase{"text", "CREATE TABLE t(k INT, v TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID;"},
        KeyCase{"pair", "CREATE TABLE t(k INT, v, PRIMARY KEY(v, k)) WITHOUT ROWID;"},
        KeyCase{"descending", "CREATE TABLE t(k INT, v, PRIMARY KEY(k DESC, v)) WITHOUT ROWID;"}),
    [](const auto& key) { return std::string(key.param.name); });

TEST_F(MigrationTest, RefusesToResumeAChangedSchemaAndNamesTheChange) {
  run_sql(source(), "CREATE TABLE t(k INTEGER PRIMARY KEY, v);" + numbers("t", 100));
  stop_after({.batch_size = 10, .create_schema = true}, "t", 30);
  run_sql(source(), "ALTER TABLE t ADD COLUMN extra");
  std::string message;
  EXPECT_EQ(refusal([&] { resume(); }, &message), ErrorCode::kPlanStale);
  EXPECT_THAT(message, HasSubstr("extra"));
}

TEST_F(MigrationTest, RefusesToResumeWithoutItsLedger) {
  run_sql(source(), "CREATE TABLE t(k INTEGER PRIMARY KEY, v);" + numbers("t", 100));
  stop_after({.batch_size = 10, .create_schema = true}, "t", 30);
  run_sql(target(), "DROP TABLE crossload_ledger");
  EXPECT_EQ(refusal([&] { resume(); }), ErrorCode::kCheckpointNotFound);
}

TEST_F(MigrationTest, TellsAMixedSnapshotAndRestartsATableWhoseRowidsMayHaveMoved) {
  run_sql(source(), "CREATE TABLE k(k INTEGER PRIMARY KEY, v); CREATE TABLE t(a, b);" +
                        numbers("k", 100) + numbers("t", 100) + "DELETE FROM t WHERE a < 50;");
  stop_after({.batch_size = 10, .create_schema = true}, "t", 20);
  run_sql(source(), "VACUUM");  // gives the rows of t other rowids
  EXPECT_EQ(resume().outcome, Outcome::kCompleted);
  EXPECT_THAT(seen_.warnings, Contains(HasSubstr("mixed_snapshot")));
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
}

TEST_F(MigrationTest, DoesNotEmptyATableThatHoldsRowsOfOthers) {
  run_sql(source(), "CREATE TABLE t(a, b);" + numbers("t", 100));
  run_sql(target(), "CREATE TABLE t(a, b); INSERT INTO t VALUES('theirs', 1)");
  stop_after({.batch_size = 10}, "t", 20);
  run_sql(source(), "INSERT INTO t VALUES(101, 1)");
  EXPECT_EQ(resume().outcome, Outcome::kFailed);
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM t WHERE a = 'theirs'"), "1");
}

TEST_F(MigrationTest, FencesAProcessThatComesBackFromTheDead) {
  run_sql(source(), "CREATE TABLE t(k INTEGER PRIMARY KEY, v);" + numbers("t", 100));
  SavedJob job;
  job.plan = plan({.batch_size = 10, .create_schema = true});
  save_job(job_folder(), "mig_test", job, clock_);
  seen_.on_progress = [this](const std::string&, const TableCounts& counts) {
    if (counts.rows_read == 30) run_sql(target(), "UPDATE crossload_ledger SET epoch = epoch + 1");
  };
  const RunResult result = run(job);
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_THAT(seen_.errors["t"], HasSubstr("taken over"));
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM t"), "30");
}

TEST_F(MigrationTest, LeavesSettingsOfTheTargetFileAsTheyWere) {
  run_sql(source(), "CREATE TABLE t(k INTEGER PRIMARY KEY, v);" + numbers("t", 100));
  run_sql(target(), "PRAGMA journal_mode=WAL; CREATE TABLE t(k INTEGER PRIMARY KEY, v);");
  EXPECT_EQ(migrate({}).outcome, Outcome::kCompleted);
  EXPECT_EQ(query_text(target(), "PRAGMA journal_mode"), "wal");
}

TEST_F(MigrationTest, CarriesFullTextAndSpatialIndexesByTheirStorage) {
  run_sql(source(),
          "CREATE VIRTUAL TABLE docs USING fts5(body); INSERT INTO docs VALUES('one two'),"
          "('three'); CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);"
          "INSERT INTO boxes VALUES(1, 0, 5), (2, 10, 20);");
  EXPECT_EQ(migrate({.create_schema = true}).outcome, Outcome::kCompleted);
  EXPECT_THAT(compare_databases(source(), target()), IsEmpty());
  EXPECT_EQ(query_text(target(), "SELECT count(*) FROM docs WHERE docs MATCH 'two'"), "1");
  EXPECT_EQ(query_text(target(), "SELECT id FROM boxes WHERE x0 > 7"), "2");
}

}  // namespace
}  // namespace crossload::copy
