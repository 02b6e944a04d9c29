#include "status_json.h"

#include <gtest/gtest.h>

namespace crossload::tools {
namespace {

using jobs::JobState;
using jobs::JobStatus;
using jobs::TableState;

JobStatus job(JobState state, std::size_t tables) {
  JobStatus status;
  status.job_id = "mig_1";
  status.state = state;
  for (std::size_t i = 0; i < tables; ++i) {
    status.tables.push_back({});
    status.tables.back().table = "t" + std::to_string(i);
    status.tables.back().state = TableState::kCompleted;
    status.tables.back().total_rows = 100;
    status.tables.back().rows_read = 100;
    status.tables.back().rows_migrated = 100;
    status.tables.back().total_rows_estimated = false;
  }
  return status;
}

mcp::Json shown(const JobStatus& status, StatusDetail detail = StatusDetail::kAuto) {
  return status_json(status, "/state", detail);
}

TEST(StatusJson, NeverSaysAHundredBeforeTheEnd) {
  EXPECT_EQ(shown(job(JobState::kRunning, 3))["progress_percent"], 99);
  EXPECT_EQ(shown(job(JobState::kCompleted, 3))["progress_percent"], 100);
  EXPECT_EQ(shown(job(JobState::kRunning, 0))["progress_percent"], 0);
  EXPECT_EQ(shown(job(JobState::kFailed, 3))["progress_percent"], 99);
}

TEST(StatusJson, ManyTablesShowOnlyThoseThatMatter) {
  JobStatus status = job(JobState::kRunning, 51);
  status.tables[7].state = TableState::kInProgress;
  status.tables[9].state = TableState::kFailed;
  const mcp::Json some = shown(status);
  EXPECT_EQ(some["tables_status"].size(), 2U);
  EXPECT_EQ(some["current_table"], "t7");
  EXPECT_EQ(some["tables_by_status"]["completed"], 49);
  EXPECT_EQ(some["tables_total"], 51);
  EXPECT_EQ(shown(status, StatusDetail::kFull)["tables_status"].size(), 51U);
  EXPECT_EQ(shown(job(JobState::kRunning, 50))["tables_status"].size(), 50U);
}

TEST(StatusJson, CountsCompletedTablesOnlyAndListsTheOthers) {
  JobStatus status = job(JobState::kCompletedWithErrors, 3);
  status.tables[1].state = TableState::kCompletedWithErrors;
  status.tables[1].rows_failed = 5;
  status.tables[1].error_file = "/state/migrations/mig_1/t1_failed.jsonl";
  status.tables[2].state = TableState::kFailed;
  status.tables[2].error = std::string(2'000, 'e');
  status.resumable = true;
  const mcp::Json json = shown(status);
  EXPECT_EQ(json["tables_completed"], 1);
  ASSERT_EQ(json["failed_tables"].size(), 2U);
  EXPECT_LT(json["failed_tables"][1]["error"].get<std::string>().size(), 600U);
  EXPECT_EQ(json["next_steps"][0],
            R"(call read-artifact {"path":"migrations/mig_1/t1_failed.jsonl"})");
  EXPECT_EQ(json["resumable"], true);
}

TEST(StatusJson, EtaComesFromTheRowsLeft) {
  JobStatus status = job(JobState::kRunning, 2);
  status.tables[1].rows_migrated = 40;
  status.rows_per_second = 7;
  EXPECT_EQ(shown(status)["eta_seconds"], 9);
  status.state = JobState::kCancelled;
  EXPECT_FALSE(shown(status).contains("eta_seconds"));
}

TEST(StatusJson, AJobThatWasGivenUpIsNotResumable) {
  JobStatus status = job(JobState::kCancelled, 1);
  EXPECT_TRUE(is_resumable(status));
  status.phase = kGivenUpPhase;
  EXPECT_FALSE(is_resumable(status));
  EXPECT_TRUE(is_resumable(job(JobState::kInterrupted, 1)));
  EXPECT_FALSE(is_resumable(job(JobState::kCompleted, 1)));
  EXPECT_FALSE(is_resumable(job(JobState::kRunning, 1)));
}

}  // namespace
}  // namespace crossload::tools
