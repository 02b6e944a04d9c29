#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBig = R"(
CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
INSERT INTO big SELECT i, printf('%.60c', 'x') FROM n;
)";

std::string id_of(const Json& result) {
  return result.at("job_id").get<std::string>();
}

/// Starts the copy of big.db in small batches and returns once rows have arrived.
Json start_and_see_rows(ToolWorld& world) {
  run_sql(world.data("big.db").string(), kBig);
  Json started = world.start("big.db", "copy.db", {{"create_schema", true}, {"batch_size", 100}});
  Json status;
  do {
    status = world.mcp().call("check-migration-status", {{"job_id", id_of(started)}});
  } while (status["status"] == "running" && status["rows_migrated"] == 0);
  EXPECT_EQ(status["status"], "running") << "too fast to be interrupted: " << status.dump();
  return started;
}

TEST(StartMigrationJob, CopiesAWholeDatabaseIntoANewFile) {
  ToolWorld world;
  Json started = world.start("shop.db", "copy.db", {{"create_schema", true}});
  ASSERT_EQ(started["is_error"], false) << started.dump();
  EXPECT_EQ(started["status"], "started");
  EXPECT_EQ(started["mode"], "whole_database");
  EXPECT_EQ(started["tables_count"], 2);
  EXPECT_TRUE(std::filesystem::exists(started["checkpoint"].get<std::string>()));

  Json status = world.mcp().wait_for_job(id_of(started));
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(status["progress_percent"], 100);
  EXPECT_EQ(status["rows_read"], 103);
  EXPECT_EQ(status["rows_migrated"], 103);
  EXPECT_EQ(status["tables_completed"], 2);
  EXPECT_EQ(status["tables_total"], 2);
  EXPECT_EQ(status["poll_after_ms"], 0);
  EXPECT_EQ(status["started_at"].get<std::string>().size(), 24U);
  EXPECT_EQ(status["completed_at"].get<std::string>().size(), 24U);
  EXPECT_THAT(compare_databases(world.data("shop.db").string(), world.data("copy.db").string()),
              ::testing::IsEmpty());
}

TEST(StartMigrationJob, OneTableIsAModeOfItsOwn) {
  ToolWorld world;
  run_sql(world.data("one.db").string(),
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name, note)");
  Json started = world.start("shop.db", "one.db", {{"source_table", "customers"}});
  ASSERT_EQ(started["is_error"], false) << started.dump();
  EXPECT_EQ(started["mode"], "single_table");
  EXPECT_EQ(world.mcp().wait_for_job(id_of(started))["rows_migrated"], 3);
}

TEST(StartMigrationJob, BadRowsAreToldAndCanBeRead) {
  ToolWorld world;
  run_sql(
      world.data("strict.db").string(),
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id, total CHECK (total <> 7), photo)");
  Json status = world.migrate("shop.db", "strict.db", {{"source_table", "orders"}});
  EXPECT_EQ(status["status"], "completed_with_errors") << status.dump();
  EXPECT_EQ(status["rows_failed"], 1);
  EXPECT_EQ(status["rows_migrated"], 99);
  EXPECT_EQ(status["tables_completed"], 0);
  ASSERT_EQ(status["failed_tables"].size(), 1U);
  EXPECT_EQ(status["failed_tables"][0]["table"], "orders");
  ASSERT_THAT(status["next_steps"][0].get<std::string>(), HasSubstr("read-artifact"));

  Json listed = world.mcp().call("read-artifact", {{"job_id", status["job_id"]}});
  EXPECT_THAT(listed["files"].dump(), HasSubstr("orders_failed.jsonl"));
  Json rejects = world.mcp().call("read-artifact",
                                  {{"job_id", status["job_id"]}, {"path", "orders_failed.jsonl"}});
  EXPECT_EQ(rejects["total_lines"], 1);
  Json line = Json::parse(rejects["text"].get<std::string>());
  EXPECT_EQ(line["key"]["id"], 7) << line.dump();
  EXPECT_TRUE(rejects.contains("boundary"));
}

TEST(StartMigrationJob, SkipAndUpdateSpeakOfThePrimaryKey) {
  for (const std::string mode : {"skip", "update"}) {
    ToolWorld world;
    run_sql(world.data("t.db").string(),
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name, note);"
            "INSERT INTO customers VALUES (2, 'mine', 'mine')");
    Json status =
        world.migrate("shop.db", "t.db", {{"source_table", "customers"}, {"on_conflict", mode}});
    EXPECT_EQ(status["status"], "completed") << status.dump();
    EXPECT_EQ(status["rows_skipped"], mode == "skip" ? 1 : 0);
    EXPECT_EQ(query_text(world.data("t.db").string(), "SELECT name FROM customers WHERE id = 2"),
              mode == "skip" ? "mine" : "Bob");
  }
}

TEST(StartMigrationJob, TruncateEmptiesTheTargetFirst) {
  ToolWorld world;
  run_sql(world.data("t.db").string(),
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name, note);"
          "INSERT INTO customers VALUES (99, 'old', 'old')");
  Json status =
      world.migrate("shop.db", "t.db", {{"source_table", "customers"}, {"truncate_target", true}});
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(query_text(world.data("t.db").string(), "SELECT count(*) FROM customers"), "3");
}

TEST(StartMigrationJob, TriggersFireOnlyWhenAsked) {
  for (const bool fire : {false, true}) {
    ToolWorld world;
    run_sql(world.data("t.db").string(),
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name, note); CREATE TABLE log (a);"
            "CREATE TRIGGER t AFTER INSERT ON customers BEGIN INSERT INTO log VALUES (1); END;");
    Json more = {{"source_table", "customers"}};
    if (fire) more["triggers"] = "fire";
    EXPECT_EQ(world.migrate("shop.db", "t.db", more)["status"], "completed");
    EXPECT_EQ(query_text(world.data("t.db").string(), "SELECT count(*) FROM log"),
              fire ? "3" : "0");
  }
}

TEST(CancelMigrationJob, LeavesAJobThatResumesToAnEqualTarget) {
  ToolWorld world;
  Json started = start_and_see_rows(world);
  Json cancelled = world.mcp().call("cancel-migration-job", {{"job_id", id_of(started)}});
  ASSERT_EQ(cancelled["status"], "cancelled") << cancelled.dump();
  EXPECT_EQ(cancelled["resumable"], true);

  Json twin = world.start("big.db", "copy.db", {{"create_schema", true}});
  EXPECT_EQ(twin["code"], "MIGRATION_ALREADY_EXISTS") << twin.dump();
  EXPECT_THAT(twin["message"].get<std::string>(), HasSubstr(id_of(started)));
  EXPECT_THAT(twin["suggestions"].dump(), HasSubstr("resume_job_id"));

  Json resumed = world.mcp().call("start-migration-job", {{"resume_job_id", id_of(started)}});
  EXPECT_EQ(resumed["status"], "resumed") << resumed.dump();
  Json status = world.mcp().wait_for_job(id_of(started));
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(status["rows_migrated"], 300000);
  EXPECT_THAT(compare_databases(world.data("big.db").string(), world.data("copy.db").string()),
              ::testing::IsEmpty());
  Json again = world.mcp().call("start-migration-job", {{"resume_job_id", id_of(started)}});
  EXPECT_EQ(again["code"], "INVALID_ARGUMENT") << "nothing is left to resume";
}

TEST(CancelMigrationJob, DiscardGivesTheJobUpAndMakesRoomForAnother) {
  ToolWorld world;
  Json started = start_and_see_rows(world);
  Json given_up =
      world.mcp().call("cancel-migration-job", {{"job_id", id_of(started)}, {"discard", true}});
  ASSERT_EQ(given_up["discarded"], true) << given_up.dump();
  EXPECT_EQ(given_up["resumable"], false);
  EXPECT_EQ(query_text(world.data("copy.db").string(),
                       "SELECT count(*) FROM sqlite_schema WHERE name = 'crossload_ledger'"),
            "0");
  Json resumed = world.mcp().call("start-migration-job", {{"resume_job_id", id_of(started)}});
  EXPECT_EQ(resumed["code"], "CHECKPOINT_NOT_FOUND") << resumed.dump();
  EXPECT_EQ(world.mcp().call("check-migration-status", {{"job_id", id_of(started)}})["status"],
            "cancelled");
  Json anew =
      world.migrate("big.db", "copy.db", {{"create_schema", true}, {"truncate_target", true}});
  EXPECT_EQ(anew["status"], "completed") << anew.dump();
}

TEST(RepeatedStart, MeetsTheFirstOnesJob) {
  ToolWorld world;
  run_sql(world.data("big.db").string(), kBig);
  Json first = world.start("big.db", "copy.db", {{"create_schema", true}, {"batch_size", 500}});
  Json second = world.start("big.db", "copy.db", {{"create_schema", true}, {"batch_size", 500}});
  EXPECT_EQ(second["code"], "MIGRATION_ALREADY_EXISTS") << second.dump();
  EXPECT_EQ(world.mcp().wait_for_job(id_of(first))["status"], "completed");
  EXPECT_EQ(query_text(world.data("copy.db").string(), "SELECT count(*) FROM big"), "300000");
}

/// Starts a long job, ends the server with `end`, and finishes the job in another process.
void end_and_resume(const std::function<void(McpSession&)>& end,
                    const std::vector<std::string>& states) {
  ToolWorld world;
  Json started = start_and_see_rows(world);
  ASSERT_EQ(started["is_error"], false) << started.dump();
  end(world.mcp());
  world.end_session();

  Json status = world.mcp().call("check-migration-status", {{"job_id", id_of(started)}});
  EXPECT_THAT(states, ::testing::Contains(status["status"].get<std::string>())) << status.dump();
  EXPECT_EQ(status["resumable"], true);
  EXPECT_LT(status["progress_percent"].get<int>(), 100);
  Json jobs = world.mcp().call("list-migration-jobs", Json::object());
  EXPECT_EQ(jobs["jobs"][0]["job_id"], id_of(started));
  Json resumed = world.mcp().call("start-migration-job", {{"resume_job_id", id_of(started)}});
  ASSERT_EQ(resumed["is_error"], false) << resumed.dump();
  EXPECT_EQ(world.mcp().wait_for_job(id_of(started))["status"], "completed");
  EXPECT_THAT(compare_databases(world.data("big.db").string(), world.data("copy.db").string()),
              ::testing::IsEmpty());
}

TEST(EndOfTheServer, KillLeavesAJobToResume) {
  end_and_resume(
      [](McpSession& session) {
        session.signal(SIGKILL);
        session.wait_for_exit();
      },
      {"interrupted"});
}

TEST(EndOfTheServer, SigtermIsCleanAndLeavesAJobToResume) {
  end_and_resume(
      [](McpSession& session) {
        session.signal(SIGTERM);
        EXPECT_EQ(session.wait_for_exit(), 0);
      },
      {"interrupted", "cancelled"});
}

TEST(EndOfTheServer, EndOfInputIsCleanAndLeavesAJobToResume) {
  end_and_resume([](McpSession& session) { EXPECT_EQ(session.finish(), 0); },
                 {"interrupted", "cancelled"});
}

TEST(CheckMigrationStatus, TellsProgressWhileItWaits) {
  ToolWorld world;
  run_sql(world.data("big.db").string(), kBig);
  Json started = world.start("big.db", "copy.db", {{"create_schema", true}, {"batch_size", 200}});
  world.mcp().wait_for_job(id_of(started));
  double last = -1;
  int seen = 0;
  for (Json note : world.mcp().notifications()) {
    if (note["method"] != "notifications/progress") continue;
    // Within a call it grows each time; a slow job takes several calls, and the next may begin
    // level.
    EXPECT_GE(note["params"]["progress"].get<double>(), last);
    last = note["params"]["progress"].get<double>();
    ++seen;
  }
  EXPECT_GE(seen, 1);
}

TEST(Logs, AreJsonLinesAndTellAboutTables) {
  ToolWorld world;
  world.migrate("shop.db", "copy.db", {{"create_schema", true}});
  world.mcp().finish();
  std::ifstream log(world.log());
  std::string line;
  bool completed = false;
  while (std::getline(log, line)) {
    Json entry = Json::parse(line);
    EXPECT_TRUE(entry.contains("ts") && entry.contains("level") && entry.contains("message"))
        << line;
    if (entry["message"] == "table completed" && entry["table"] == "orders") {
      completed = true;
      EXPECT_EQ(entry["rows"], 100);
      EXPECT_EQ(entry["percent"], 100);
      EXPECT_TRUE(entry.contains("job_id"));
    }
  }
  EXPECT_TRUE(completed);
}

TEST(ReadArtifact, PagesThroughLines) {
  ToolWorld world;
  std::string text;
  for (int i = 0; i < 10; ++i) text += "line " + std::to_string(i) + "\n";
  world.folder().write("state/notes/a.txt", text + std::string(20'000, 'x') + "\nlast");
  Json first = world.mcp().call("read-artifact", {{"path", "notes/a.txt"}, {"limit", 4}});
  EXPECT_EQ(first["text"], "line 0\nline 1\nline 2\nline 3\n");
  EXPECT_EQ(first["total_lines"], 12);
  EXPECT_EQ(first["next_offset"], 4);
  Json rest = world.mcp().call("read-artifact", {{"path", "notes/a.txt"}, {"offset", 10}});
  EXPECT_EQ(rest["lines"], 2);
  EXPECT_EQ(rest["truncated"], false);
  EXPECT_EQ(rest["cut_lines"][0]["line"], 10);
  EXPECT_EQ(rest["cut_lines"][0]["bytes"], 20'000);
  EXPECT_THAT(rest["text"].get<std::string>(), HasSubstr("\nlast"));
}

}  // namespace
}  // namespace crossload::testing
