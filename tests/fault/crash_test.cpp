// Kills the real program with SIGKILL at random instants of a migration, resumes it, and compares
// source and target through SQLite's own API. Seeds are fixed, so a failure can be run again by its
// round.

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.h"
#include "sqlite_compare.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kKills = 55;  // of each scenario: instants at which a running migration was killed
constexpr unsigned kMostRounds = 200;
constexpr milliseconds kRunLimit{60'000};

constexpr const char* kSourceSql = R"sql(
CREATE TABLE customers(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, photo BLOB);
CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
                    total REAL, note TEXT DEFAULT 'none');
CREATE TABLE tags(name TEXT COLLATE NOCASE, kind INTEGER, extra,
                  PRIMARY KEY(name, kind)) WITHOUT ROWID;
CREATE TABLE log(line TEXT);
CREATE TABLE nodes(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES nodes(id));
CREATE VIRTUAL TABLE docs USING fts5(title, body);
CREATE INDEX orders_by_customer ON orders(customer_id, total DESC);
CREATE UNIQUE INDEX customers_by_name ON customers(name) WHERE name > 'm';
CREATE VIEW big AS SELECT * FROM orders WHERE total > 100;
CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order ' || new.id); END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
  INSERT INTO customers SELECT i, 'name ' || i, randomblob(i % 90) FROM n;
DELETE FROM customers WHERE id > 2990;
DROP TRIGGER stamp;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
  INSERT INTO orders SELECT i * 3 - 500, 1 + i % 2990, i / 7.0, nullif('note' || i % 5, 'note0') FROM n;
CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order ' || new.id); END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
  INSERT INTO tags SELECT 'Tag' || (i % 1000), i % 7 + i / 1000 * 10, CASE i % 4 WHEN 0 THEN i WHEN 1 THEN i / 3.0
    WHEN 2 THEN 't' || i ELSE x'00ff' END FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
  INSERT INTO log SELECT 'line ' || i % 50 FROM n;
DELETE FROM log WHERE rowid % 11 = 0;
INSERT INTO nodes SELECT id, CASE WHEN id < 2990 THEN id + 1 END FROM customers;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
  INSERT INTO docs SELECT 'title ' || i, 'some words ' || i * i FROM n;
)sql";

// A target that refuses some rows: every 97th customer by a CHECK, one in a hundred orders by a
// key.
constexpr const char* kStrictTargetSql = R"sql(
PRAGMA journal_mode=WAL;
CREATE TABLE customers(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, photo BLOB,
                       CHECK(id % 97 <> 5));
CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total REAL,
                    note TEXT DEFAULT 'none');
CREATE TABLE tags(name TEXT COLLATE NOCASE, kind INTEGER, extra,
                  PRIMARY KEY(name, kind)) WITHOUT ROWID;
CREATE TABLE log(line TEXT);
CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order ' || new.id); END;
INSERT INTO orders SELECT 3 * value - 500, 1, 0, 'here before' FROM
  (WITH RECURSIVE n(value) AS (SELECT 100 UNION ALL SELECT value + 100 FROM n WHERE value < 6000)
   SELECT value FROM n);
)sql";

// What is to be in it afterwards, said in plain SQL.
constexpr const char* kFillStrictTargetSql = R"sql(
DROP TRIGGER stamp;
INSERT INTO customers SELECT * FROM s.customers WHERE id % 97 <> 5;
INSERT INTO orders SELECT * FROM s.orders WHERE id NOT IN (SELECT id FROM main.orders);
INSERT INTO tags SELECT * FROM s.tags;
INSERT INTO log SELECT * FROM s.log ORDER BY rowid;
CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order ' || new.id); END;
)sql";

class Crash : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    source_folder_ = new TempFolder();
    run_sql((*source_folder_ / "source.db").string(), kSourceSql);
  }
  static void TearDownTestSuite() { delete source_folder_; }

  static std::string source() { return (*source_folder_ / "source.db").string(); }

  /// A fresh folder for one round, with its configuration.
  static void prepare(const TempFolder& folder) {
    folder.write("crossload.json", R"({"state_dir":"state","profiles":{
      "from":{"url":"sqlite:)" + source() +
                                       R"("},
      "to":{"url":"sqlite:target","access":"write"}}})");
    fs::create_directories(folder / "target");
  }

  static std::vector<std::string> command(const TempFolder& folder,
                                          const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"/usr/bin/env",
                                        "CROSSLOAD_CONFIG=" + (folder / "crossload.json").string(),
                                        CROSSLOAD_BINARY, "start-migration-job"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  }

  /// The only job of the round; empty while there is none that could be resumed.
  static std::string job_id(const TempFolder& folder) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder / "state/migrations", ignored)) {
      if (fs::exists(entry.path() / "status.json")) return entry.path().filename().string();
    }
    return "";
  }

  static std::string job_state(const TempFolder& folder) {
    const std::string status =
        folder.read(fs::path("state/migrations") / job_id(folder) / "status.json");
    std::smatch found;
    const std::regex pattern("\"status\": \"([a-z_]+)\",\n *\"mode\"");
    return std::regex_search(status, found, pattern) ? found[1].str() : "";
  }

  static bool ended(const TempFolder& folder) {
    return !job_id(folder).empty() && job_state(folder).rfind("completed", 0) == 0;
  }

  static std::vector<std::string> next_arguments(const TempFolder& folder,
                                                 const std::vector<std::string>& first) {
    const std::string id = job_id(folder);
    return id.empty() ? first : std::vector<std::string>{"--resume-job-id", id};
  }

  /// Starts, kills up to three times, then lets it end. Returns the number of kills that hit a run.
  static int run_with_kills(const TempFolder& folder, const std::vector<std::string>& arguments,
                            std::mt19937& random, milliseconds whole_run) {
    int kills = 0;
    const int wanted = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < wanted && !ended(folder); ++i) {
      Process run(command(folder, next_arguments(folder, arguments)), folder / "out");
      std::uniform_int_distribution<long> instant(0, whole_run.count() * 11 / 10);
      if (!run.wait(milliseconds(instant(random)))) ++kills;
      run.kill(SIGKILL);
      run.wait(kRunLimit);
    }
    if (ended(folder)) {
      // Killed between the end state and the end of the ledger: asked to resume, it tidies up.
      Process run(command(folder, next_arguments(folder, arguments)), folder / "out");
      EXPECT_EQ(run.wait(kRunLimit), 2) << folder.read("out");
    }
    while (!ended(folder)) {
      Process run(command(folder, next_arguments(folder, arguments)), folder / "out");
      if (!run.wait(kRunLimit) || !ended(folder)) {
        ADD_FAILURE() << "the last run did not complete: " << folder.read("out");
        break;
      }
    }
    return kills;
  }

  static milliseconds time_of_a_run(const std::vector<std::string>& arguments,
                                    const char* target_sql) {
    TempFolder folder;
    prepare(folder);
    if (*target_sql) run_sql((folder / "target/new.db").string(), target_sql);
    const auto begin = std::chrono::steady_clock::now();
    Process run(command(folder, arguments), folder / "out");
    run.wait(kRunLimit);
    EXPECT_TRUE(ended(folder)) << folder.read("out");
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
  }

  static TempFolder* source_folder_;
};

TempFolder* Crash::source_folder_ = nullptr;

TEST_F(Crash, ANewDatabaseEqualsItsSourceAfterKillsAtRandomInstants) {
  const std::vector<std::string> arguments = {"--source-profile",
                                              "from",
                                              "--target-profile",
                                              "to",
                                              "--target-database",
                                              "new.db",
                                              "--create-schema",
                                              "--batch-size",
                                              "100"};
  const milliseconds whole_run = time_of_a_run(arguments, "");
  int kills = 0;
  for (unsigned round = 0; round < kMostRounds && kills < kKills; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    std::mt19937 random(1000 + round);
    TempFolder folder;
    prepare(folder);
    kills += run_with_kills(folder, arguments, random, whole_run);
    EXPECT_EQ(job_state(folder), "completed") << folder.read("out");
    EXPECT_THAT(compare_databases(source(), (folder / "target/new.db").string()), IsEmpty());
    const std::string target = (folder / "target/new.db").string();
    EXPECT_EQ(query_text(target, "SELECT seq FROM sqlite_sequence WHERE name='customers'"), "3000");
    EXPECT_EQ(query_text(target, "PRAGMA integrity_check"), "ok");
    if (HasFailure()) return;
  }
  RecordProperty("kills", kills);
  EXPECT_GE(kills, kKills) << "too few kills hit a running migration";
}

TEST_F(Crash, ATableThatIsCopiedWholeIsThereOnceAfterKills) {
  TempFolder large;
  run_sql(
      (large / "large.db").string(),
      "CREATE TABLE readings (at INTEGER, value REAL, note TEXT); WITH RECURSIVE n(i) AS (SELECT 1 "
      "UNION ALL SELECT i + 1 FROM n WHERE i < 150000) INSERT INTO readings SELECT i, i / 7.0, "
      "'note ' || i FROM n; CREATE TABLE small (a); INSERT INTO small VALUES (1), (2);");
  const std::vector<std::string> arguments = {
      "--source-profile",  "large",  "--target-profile", "to",
      "--target-database", "new.db", "--create-schema"};
  constexpr int kFewKills = 12;
  int kills = 0;
  milliseconds whole_run{400};
  for (unsigned round = 0; round < kMostRounds && kills < kFewKills; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    std::mt19937 random(3000 + round);
    TempFolder folder;
    prepare(folder);
    folder.write("crossload.json", R"({"state_dir":"state","profiles":{"large":{"url":"sqlite:)" +
                                       (large / "large.db").string() +
                                       R"("},"to":{"url":"sqlite:target","access":"write"}}})");
    kills += run_with_kills(folder, arguments, random, whole_run);
    EXPECT_EQ(job_state(folder), "completed") << folder.read("out");
    EXPECT_THAT(
        compare_databases((large / "large.db").string(), (folder / "target/new.db").string()),
        IsEmpty());
    if (HasFailure()) return;
  }
  EXPECT_GE(kills, kFewKills) << "too few kills hit a running migration";
}

/// The ids in a reject file, each of which must be there once.
std::set<std::string> rejected_ids(const std::string& lines) {
  std::set<std::string> ids;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(line, found, std::regex(R"("key":\{"id":(-?[0-9]+)\})"))) << line;
    EXPECT_TRUE(ids.insert(found[1].str()).second) << "listed twice: " << line;
  }
  return ids;
}

std::set<std::string> ids_of(const std::string& path, const std::string& sql) {
  std::set<std::string> ids;
  std::istringstream stream(query_text(path, "SELECT group_concat(id, ' ') FROM (" + sql + ")"));
  for (std::string id; stream >> id;) ids.insert(id);
  return ids;
}

TEST_F(Crash, AFilledTargetGetsEveryGoodRowOnceAndEveryBadRowIsListedOnce) {
  const std::vector<std::string> arguments = {
      "--source-profile", "from",      "--target-profile", "to",     "--target-database", "new.db",
      "--include-tables", "customers", "--include-tables", "orders", "--include-tables",  "tags",
      "--include-tables", "log",       "--batch-size",     "100"};
  const milliseconds whole_run = time_of_a_run(arguments, kStrictTargetSql);
  TempFolder expected_folder;
  const std::string expected = (expected_folder / "expected.db").string();
  run_sql(expected, kStrictTargetSql);
  run_sql(expected, "ATTACH '" + source() + "' AS s;" + kFillStrictTargetSql);
  const auto bad_customers = ids_of(source(), "SELECT id FROM customers WHERE id % 97 = 5");
  int kills = 0;
  for (unsigned round = 0; round < kMostRounds && kills < kKills; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    std::mt19937 random(2000 + round);
    TempFolder folder;
    prepare(folder);
    const std::string target = (folder / "target/new.db").string();
    run_sql(target, kStrictTargetSql);
    const auto taken_orders = ids_of(target, "SELECT id FROM orders");
    kills += run_with_kills(folder, arguments, random, whole_run);
    EXPECT_EQ(job_state(folder), "completed_with_errors");
    const fs::path job = fs::path("state/migrations") / job_id(folder);
    EXPECT_EQ(rejected_ids(folder.read(job / "customers_failed.jsonl")), bad_customers);
    EXPECT_EQ(rejected_ids(folder.read(job / "orders_failed.jsonl")), taken_orders);
    EXPECT_THAT(compare_databases(expected, target), IsEmpty());
    EXPECT_EQ(query_text(target, "PRAGMA journal_mode"), "wal");
    if (HasFailure()) return;
  }
  RecordProperty("kills", kills);
  EXPECT_GE(kills, kKills) << "too few kills hit a running migration";
}

}  // namespace
}  // namespace crossload::testing
