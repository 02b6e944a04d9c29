// What needs a job of its own, is interrupted, or has a source that changes under it; and what jobs
// have to tell.

#include <chrono>
#include <csignal>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fidelity_case.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kRows = 8'000;
constexpr milliseconds kRunLimit{120'000};

bool is_mysql(Place place) {
  return place == Place::kMariadb || place == Place::kMysql;
}

std::string capital(std::string name) {
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

/// Batches so small that a job takes a second or so; commits of MySQL's kind take longest.
std::vector<std::string> many_batches(const TestDatabase& target) {
  const bool quick = target.place() == Place::kSqlite;
  return {"--create-schema", "--batch-size",
          is_mysql(target.place()) ? "100" : (quick ? "2" : "10")};
}

/// A query for the numbers 1 to kRows as n(i), within the servers' limits for recursion.
std::string numbers() {
  return "WITH RECURSIVE a(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM a WHERE x < 79), "
         "b(y) AS (SELECT 0 UNION ALL SELECT y + 1 FROM b WHERE y < 99), "
         "n(i) AS (SELECT x * 100 + y + 1 FROM a, b) ";
}

/// Waits until something is in the target's table t, then calls `then` with the program still
/// running; false where it ended before.
bool once_under_way(Process& process, const TestDatabase& target,
                    const std::function<void()>& then) {
  while (!process.wait(milliseconds(5))) {
    if (!target.has_table("t") || target.ask("SELECT count(*) FROM t") == "0") continue;
    then();
    return true;
  }
  return false;
}

/// Kills a run of the program in the middle of the table t.
void interrupt(const MigrationRun& run, const TestDatabase& target) {
  Process process(run.command(run.arguments(many_batches(target))), run.folder() / "run.out");
  const bool killed = once_under_way(process, target, [&] { process.kill(SIGKILL); });
  process.wait(kRunLimit);
  ASSERT_TRUE(killed) << run.folder().read("run.out");
  const int there = std::stoi(target.ask("SELECT count(*) FROM t"));
  EXPECT_GT(there, 0);
  EXPECT_LT(there, kRows);
}

nlohmann::json resume(const MigrationRun& run) {
  const std::string job = run.status().at("job_id");
  Process process(run.command({"--resume-job-id", job}), run.folder() / "run.out");
  process.wait(kRunLimit);
  return run.status();
}

std::vector<std::string> warnings_of(const nlohmann::json& status) {
  return status.at("warnings").get<std::vector<std::string>>();
}

// --- 63: reading goes on behind a key in the order of the server's own collation.

struct KeyOrder {
  const char* name;
  Place from;
  Place to;
  const char* column;
};

void PrintTo(const KeyOrder& order, std::ostream* out) {
  *out << order.name;
}

class Case63 : public ::testing::TestWithParam<KeyOrder> {};

TEST_P(Case63, EveryRowOnceThoughKilledAndResumed) {
  const KeyOrder& order = GetParam();
  if (!is_available(order.from) || !is_available(order.to)) GTEST_SKIP() << "a server is missing";
  const TestDatabase source(order.from);
  const TestDatabase target(order.to);
  const std::string kind =
      "CASE i % 6 WHEN 0 THEN 'a' WHEN 1 THEN 'B' WHEN 2 THEN 'é' WHEN 3 THEN '-c' WHEN 4 THEN 'Z "
      "' "
      "ELSE '_' END";
  const std::string key = is_mysql(order.from) ? "concat(" + kind + ", i)" : kind + " || i";
  source.run("CREATE TABLE t (k " + std::string(order.column) + ", n int, PRIMARY KEY (k))" +
             (order.from == Place::kSqlite ? " WITHOUT ROWID; " : "; ") + "INSERT INTO t " +
             numbers() + "SELECT " + key + ", i FROM n");
  const MigrationRun run(source, target);
  interrupt(run, target);
  if (HasFatalFailure()) return;
  const nlohmann::json status = resume(run);
  EXPECT_EQ(status.at("tables_status").at(0).at("status"), "completed") << status.dump(1);
  EXPECT_EQ(status.at("tables_status").at(0).at("rows_migrated"), kRows);
  EXPECT_EQ(target.ask("SELECT count(*), count(DISTINCT n), min(n), max(n) FROM t"),
            "8000\t8000\t1\t8000");
  EXPECT_THAT(warnings_of(status), Each(Not(HasSubstr("mixed_snapshot"))));
}

const std::vector<KeyOrder> kOrders = {
    {"MariadbCi", Place::kMariadb, Place::kPostgres,
     "varchar(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"},
    {"MysqlCi", Place::kMysql, Place::kSqlite,
     "varchar(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci"},
    {"PostgresIcu", Place::kPostgres, Place::kMariadb, "text COLLATE \"en-US-x-icu\""},
    {"SqliteBinary", Place::kSqlite, Place::kMysql, "TEXT"},
    {"SqliteNocase", Place::kSqlite, Place::kPostgres, "TEXT COLLATE NOCASE"},
};
INSTANTIATE_TEST_SUITE_P(Keys, Case63, ::testing::ValuesIn(kOrders),
                         [](const auto& test) { return std::string(test.param.name); });

// --- 117 and 118: by source.

class BySource : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam()) || !is_available(Place::kPostgres)) {
      GTEST_SKIP() << "a server is missing";
    }
  }

  /// A table of numbers; a file is in write-ahead mode, so that it can be written while it is read.
  void fill(const TestDatabase& source, const std::string& key) const {
    source.run((GetParam() == Place::kSqlite ? std::string("PRAGMA journal_mode = wal; ") : "") +
               "CREATE TABLE t (a int" + key + ", b int); INSERT INTO t " + numbers() +
               "SELECT i, i % 7 FROM n");
  }

  /// The other end: a server that shares nothing with the source.
  static Place other() {
    return GetParam() == Place::kPostgres ? Place::kMariadb : Place::kPostgres;
  }
};

TEST_P(BySource, Case117_ASnapshotIsReadThoughTheSourceIsWritten) {
  const TestDatabase source(GetParam());
  const TestDatabase target(other());
  fill(source, " PRIMARY KEY");
  const std::string sums = "SELECT count(*), sum(a), sum(b) FROM t";
  const std::string before = source.ask(sums);
  const MigrationRun run(source, target);
  Process process(run.command(run.arguments(many_batches(target))), run.folder() / "run.out");
  ASSERT_TRUE(once_under_way(process, target, [&] {
    source.run(
        "INSERT INTO t VALUES (30000, 1), (0, 1); UPDATE t SET b = b + 1; "
        "DELETE FROM t WHERE a % 2 = 1");
  })) << run.folder().read("run.out");
  process.wait(kRunLimit);
  EXPECT_NE(source.ask(sums), before);
  EXPECT_EQ(target.ask(sums), before);
  EXPECT_EQ(run.status().at("status"), "completed") << run.status().dump(1);
}

TEST_P(BySource, Case117_AChangeBetweenStartAndResumeIsTold) {
  const TestDatabase source(GetParam());
  const TestDatabase target(other());
  fill(source, " PRIMARY KEY");
  // MySQL and MariaDB tell of a second change only where it falls into another second.
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
  const MigrationRun run(source, target);
  interrupt(run, target);
  if (HasFatalFailure()) return;
  source.run("UPDATE t SET b = b + 1 WHERE a = 1");
  EXPECT_THAT(warnings_of(resume(run)), Contains(HasSubstr("mixed_snapshot")));
}

TEST_P(BySource, Case118_DuplicatesWithoutAKeyAreThereAsOftenAfterAResume) {
  const TestDatabase source(GetParam());
  const TestDatabase target(other());
  fill(source, "");
  source.run("INSERT INTO t SELECT a, b FROM t WHERE a <= 10; INSERT INTO t VALUES (1, 1), (1, 1)");
  const std::string counts =
      "SELECT a, count(*) FROM t GROUP BY a HAVING count(*) > 1 ORDER BY a; SELECT count(*) FROM t";
  const MigrationRun run(source, target);
  interrupt(run, target);
  if (HasFatalFailure()) return;
  const nlohmann::json status = resume(run);
  EXPECT_EQ(status.at("status"), "completed") << status.dump(1);
  EXPECT_EQ(target.ask(counts), source.ask(counts));
  EXPECT_THAT(warnings_of(status), Each(Not(HasSubstr("mixed_snapshot"))));
}

INSTANTIATE_TEST_SUITE_P(From, BySource,
                         ::testing::Values(Place::kPostgres, Place::kMariadb, Place::kMysql,
                                           Place::kSqlite),
                         [](const auto& test) { return capital(name_of(test.param)); });

// --- 114 and 115: by target, whose tables and keys are there before.

class ByTarget : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "no " << name_of(GetParam()) << " server";
  }

  /// Whether PostgreSQL holds every foreign key for proved.
  static std::string validated(const TestDatabase& target) {
    if (GetParam() != Place::kPostgres) return "t";
    return target.ask("SELECT bool_and(convalidated) FROM pg_constraint WHERE contype = 'f'");
  }
};

TEST_P(ByTarget, Case114_ACycleOfKeysThatMustBeGivenLoads) {
  const TestDatabase source(Place::kSqlite);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER NOT NULL REFERENCES b (id)); "
      "CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a (id)); "
      "INSERT INTO a VALUES (1, 10), (2, 20); INSERT INTO b VALUES (10, 2), (20, 1)");
  const std::string tables =
      GetParam() == Place::kSqlite
          ? "CREATE TABLE a (id int PRIMARY KEY, b_id int NOT NULL REFERENCES b (id)); "
            "CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a (id))"
          : "CREATE TABLE a (id int PRIMARY KEY, b_id int NOT NULL); "
            "CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL, "
            "CONSTRAINT b_fk FOREIGN KEY (a_id) REFERENCES a (id)); "
            "ALTER TABLE a ADD CONSTRAINT a_fk FOREIGN KEY (b_id) REFERENCES b (id)";
  target.run(tables);
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({});
  EXPECT_EQ(status.at("status"), "completed") << status.dump(1);
  EXPECT_EQ(target.ask("SELECT a.id, b.id, b.a_id FROM a JOIN b ON b.id = a.b_id ORDER BY a.id"),
            "1\t10\t2\n2\t20\t1");
  EXPECT_EQ(validated(target), "t");
}

TEST_P(ByTarget, Case115_OrphansAreKeptAndListedAndTheKeyIsNotCalledValid) {
  const TestDatabase source(Place::kSqlite);
  const TestDatabase target(GetParam());
  source.run(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER PRIMARY KEY, "
      "p INTEGER REFERENCES parent (id)); INSERT INTO parent VALUES (1), (2); "
      "INSERT INTO child VALUES (10, 1), (11, 99), (12, NULL), (13, 98)");
  target.run(
      "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, p int, "
      "CONSTRAINT c_fk FOREIGN KEY (p) REFERENCES parent (id))");
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({});
  EXPECT_EQ(status.at("status"), "completed_with_errors") << status.dump(1);
  EXPECT_EQ(status.at("fk_violations"), 2);
  EXPECT_EQ(target.ask("SELECT count(*) FROM child"), "4");
  std::istringstream lines(run.read_job_file("fk_violations.jsonl"));
  std::vector<std::string> found;
  for (std::string line; std::getline(lines, line);) {
    const auto orphan = nlohmann::json::parse(line);
    EXPECT_EQ(orphan.at("table"), "child");
    EXPECT_THAT(orphan.at("references").dump(), HasSubstr("parent"));
    found.push_back(orphan.at("key").dump() + " " + orphan.at("column").dump() + " " +
                    orphan.at("value").dump());
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAre(R"({"id":11} "p" 99)", R"({"id":13} "p" 98)"));
  if (GetParam() == Place::kPostgres) {
    EXPECT_EQ(validated(target), "f");
  }
}

INSTANTIATE_TEST_SUITE_P(To, ByTarget,
                         ::testing::Values(Place::kPostgres, Place::kMariadb, Place::kMysql,
                                           Place::kSqlite),
                         [](const auto& test) { return capital(name_of(test.param)); });

// --- 35, 40, 41, 60, 62, 82, 86, 116 and 117: what a job that makes the tables has to tell.

struct Told {
  const char* name;
  Places from;
  Place to;
  std::string setup;
  std::string told;
  std::vector<std::string> arguments = {};
};

class ToldByAJob : public ::testing::TestWithParam<Told> {};

TEST_P(ToldByAJob, InItsWarnings) {
  for (const Place from : GetParam().from) {
    if (!is_available(from) || !is_available(GetParam().to)) continue;
    SCOPED_TRACE(name_of(from));
    const TestDatabase source(from);
    const TestDatabase target(GetParam().to);
    source.run(GetParam().setup);
    const MigrationRun run(source, target);
    std::vector<std::string> arguments = {"--create-schema"};
    for (const std::string& more : GetParam().arguments) arguments.push_back(more);
    const nlohmann::json status = run.run(arguments);
    ASSERT_TRUE(status.contains("warnings")) << status.dump(1);
    EXPECT_THAT(warnings_of(status), Contains(HasSubstr(GetParam().told)));
  }
}

std::vector<Told> told() {
  const std::string padded = "CREATE TABLE t (id int PRIMARY KEY, v int(5) zerofill)";
  const std::string decimal =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v DECIMAL(30,10)); "
      "INSERT INTO t VALUES (1, '12345678901234567.8901234567')";
  const std::string text =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v STRING); INSERT INTO t VALUES (1, '007')";
  const std::string folded =
      "CREATE TABLE t (id int, v varchar(20) PRIMARY KEY) COLLATE utf8mb4_general_ci";
  const std::string citext =
      "CREATE EXTENSION citext; CREATE TABLE t (id int PRIMARY KEY, v citext UNIQUE)";
  const std::string nocase =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT COLLATE NOCASE UNIQUE)";
  const std::string point = "CREATE TABLE t (id int PRIMARY KEY, v point)";
  const std::string parent = "CREATE TABLE p (id int PRIMARY KEY, code int); ";
  const std::string child = "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES ";
  return {
      {"Case35_ToPostgres", kM, Place::kPostgres, padded, "t.v: ZEROFILL"},
      {"Case35_ToSqlite", kM, Place::kSqlite, padded, "t.v: ZEROFILL"},
      {"Case40_ToPostgres", kS, Place::kPostgres, decimal, "with 15 digits"},
      {"Case40_ToMysql", kS, Place::kMysql, decimal, "with 15 digits"},
      {"Case41_ToPostgres", kS, Place::kPostgres, text, "007 became 7"},
      {"Case41_ToMariadb", kS, Place::kMariadb, text, "007 became 7"},
      {"Case60_CitextToMysql", kP, Place::kMysql, citext, "differ in case only"},
      {"Case60_CitextToSqlite", kP, Place::kSqlite, citext, "differ in case only"},
      {"Case60_NocaseToPostgres", kS, Place::kPostgres, nocase, "differ in case only"},
      {"Case60_NocaseToMariadb", kS, Place::kMariadb, nocase, "differ in case only"},
      {"Case62_ToPostgres", kM, Place::kPostgres, folded, "differ in case only"},
      {"Case62_ToSqlite", kM, Place::kSqlite, folded, "differ in case only"},
      {"Case82_ToPostgres", kM, Place::kPostgres, point, "SRID in four bytes, then WKB"},
      {"Case82_ToSqlite", kM, Place::kSqlite, point, "SRID in four bytes, then WKB"},
      {"Case86_LargeObjects",
       kP,
       Place::kMysql,
       "CREATE TABLE t (id int PRIMARY KEY, v oid); "
       "INSERT INTO t VALUES (1, lo_from_bytea(0, 'abc'))",
       "t.v names large objects of PostgreSQL, which are not copied: the numbers are",
       {"--rules", R"({"t.v":{"large_object":"number"}})"}},
      {"Case117_NoSnapshot", kM, Place::kPostgres,
       "CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM", "(not consistent)"},
      {"Case116_NotUnique", kMa, Place::kPostgres,
       parent + "CREATE INDEX codes ON p (code); CREATE TABLE c (id int PRIMARY KEY, code int, "
                "FOREIGN KEY (code) REFERENCES p (code))",
       "which no unique key of the copy covers"},
      {"Case116_NotChosen",
       kS,
       Place::kMysql,
       parent + child + "p (id))",
       "which is not among the chosen tables",
       {"--include-tables", "c"}},
      {"Case116_NoSuchTable", kS, Place::kPostgres, child + "nowhere (id))",
       "which is no table of the source"},
      {"Case116_NoSuchColumn", kS, Place::kPostgres, parent + child + "p (nowhere))",
       "which is no column of"},
  };
}

INSTANTIATE_TEST_SUITE_P(Cases, ToldByAJob, ::testing::ValuesIn(told()),
                         [](const auto& test) { return std::string(test.param.name); });

// A column that refers to one of another type takes that one's type.
TEST(Case116, TheShorthandAndTheTypesOfSqliteBecomeKeys) {
  for (const Place to : {Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    const TestDatabase source(Place::kSqlite);
    const TestDatabase target(to);
    source.run(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, "
        "p INT REFERENCES p); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1); "
        "CREATE TABLE q (id TEXT PRIMARY KEY); INSERT INTO q VALUES ('a'); "
        "CREATE TABLE d (id INTEGER PRIMARY KEY, q INTEGER REFERENCES q (id)); "
        "INSERT INTO d VALUES (1, 'a'), (2, NULL)");
    const MigrationRun run(source, target);
    EXPECT_EQ(run.run({"--create-schema"}).at("status"), "completed");
    EXPECT_THROW(target.run("INSERT INTO c VALUES (2, 2)"), std::runtime_error) << name_of(to);
    EXPECT_THROW(target.run("INSERT INTO d VALUES (3, 'b')"), std::runtime_error) << name_of(to);
  }
}

// --- 86: numbers that name large objects would name nothing in the target.

TEST(LargeObjects, Case86_RefuseAJobThatWouldLeaveThemBehind) {
  if (!is_available(Place::kPostgres)) GTEST_SKIP() << "a server is missing";
  const TestDatabase source(Place::kPostgres);
  source.run(
      "CREATE TABLE named (id int PRIMARY KEY, v oid); CREATE TABLE plain (id int PRIMARY KEY, v "
      "oid); INSERT INTO named VALUES (1, lo_from_bytea(0, 'abc')); INSERT INTO plain VALUES (1, "
      "1)");
  for (const Place to : {Place::kPostgres, Place::kMariadb, Place::kMysql, Place::kSqlite}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(name_of(to));
    const TestDatabase target(to);
    const MigrationRun run(source, target);
    EXPECT_THAT(run.run({"--create-schema"}).value("refused", ""),
                HasSubstr("named.v names large objects of PostgreSQL"));
    EXPECT_EQ(run.run({"--create-schema", "--exclude-tables", "named"}).value("status", ""),
              "completed");
  }
}

}  // namespace
}  // namespace crossload::testing
