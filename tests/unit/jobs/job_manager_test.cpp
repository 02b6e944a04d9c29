#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/jobs/job.h"

namespace crossload::jobs {
namespace {

namespace fs = std::filesystem;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

class Jobs : public testing::Test {
 protected:
  Jobs() : state_dir_(fs::temp_directory_path() / ("jobs_" + random_hex(8))) { restart(); }
  ~Jobs() override {
    manager_.reset();
    fs::remove_all(state_dir_);
  }

  /// A new process over the same state folder, as far as a test can have one.
  void restart() {
    manager_.reset();
    manager_ = std::make_unique<JobManager>(
        state_dir_, clock_, Logger::to_sink(LogLevel::kOff, clock_, [](std::string_view) {}));
  }

  std::string begin(JobWork work) {
    JobStatus initial;
    initial.mode = "whole_database";
    initial.phase = "planning";
    initial.started_at = format_time(clock_.now());
    initial.tables.resize(1);
    initial.tables[0].table = "t";
    const std::string id = manager_->create(initial);
    manager_->start(id, initial, std::move(work));
    return id;
  }

  JobStatus ended(const std::string& id) { return manager_->wait(id, 20s, {}); }

  static JobWork until_stopped() {
    return {[](JobHandle& job) -> JobState {
              std::mutex mutex;
              std::condition_variable_any never;
              std::unique_lock lock(mutex);
              never.wait(lock, job.stop(), [] { return false; });
              throw Error(ErrorCode::kCancelled, "cancelled");
            },
            nullptr};
  }

  SystemClock clock_;
  fs::path state_dir_;
  std::unique_ptr<JobManager> manager_;
};

TEST_F(Jobs, TellWhatTheirWorkToldThemAndHowItEnded) {
  const std::string id = begin({[](JobHandle& job) {
                                  job.update([](JobStatus& status) {
                                    status.tables[0].rows_migrated = 7;
                                    status.warnings.push_back("w");
                                  });
                                  return JobState::kCompleted;
                                },
                                nullptr});
  const JobStatus status = ended(id);
  EXPECT_EQ(status.state, JobState::kCompleted);
  EXPECT_EQ(status.phase, "done");
  EXPECT_EQ(status.tables.at(0).rows_migrated, 7U);
  EXPECT_FALSE(status.completed_at.empty());
}

TEST_F(Jobs, PutTheEndOnDiskBeforeTheyCleanUpAndCleanUpBeforeTheyShowIt) {
  std::string on_disk;
  JobState shown = JobState::kFailed;
  const std::string id = begin({[](JobHandle&) { return JobState::kCompleted; },
                                [&](JobHandle& job, JobState) {
                                  on_disk = read_file(job.folder() / "status.json");
                                  shown = manager_->status(job.id()).state;
                                }});
  ended(id);
  EXPECT_THAT(on_disk, testing::HasSubstr("\"status\": \"completed\""));
  EXPECT_EQ(shown, JobState::kRunning);
}

TEST_F(Jobs, FailWithTheMessageOfWhatTheirWorkThrew) {
  const std::string id =
      begin({[](JobHandle&) -> JobState { throw Error(ErrorCode::kSqlError, "the disk is full"); },
             nullptr});
  const JobStatus status = ended(id);
  EXPECT_EQ(status.state, JobState::kFailed);
  EXPECT_EQ(status.error_message, "the disk is full");
}

TEST_F(Jobs, CancelOnRequestAndStayResumable) {
  const std::string id = begin(until_stopped());
  EXPECT_EQ(manager_->status(id).state, JobState::kRunning);
  EXPECT_TRUE(manager_->cancel(id));
  const JobStatus status = ended(id);
  EXPECT_EQ(status.state, JobState::kCancelled);
  EXPECT_TRUE(status.resumable);
  EXPECT_FALSE(manager_->cancel(id));
}

TEST_F(Jobs, AreInterruptedWhenTheProcessEnds) {
  const std::string id = begin(until_stopped());
  restart();
  const JobStatus status = manager_->status(id);
  EXPECT_EQ(status.state, JobState::kInterrupted);
  EXPECT_TRUE(status.resumable);
}

TEST_F(Jobs, LookInterruptedWhenTheProcessWasKilled) {
  const std::string id = begin(until_stopped());
  const std::string running = read_file(state_dir_ / "migrations" / id / "status.json");
  restart();
  std::ofstream(state_dir_ / "migrations" / id / "status.json") << running;
  EXPECT_THAT(running, testing::HasSubstr("\"running\""));
  EXPECT_EQ(manager_->status(id).state, JobState::kInterrupted);
  EXPECT_EQ(manager_->list().at(0).state, JobState::kInterrupted);
}

TEST_F(Jobs, AreSeenRunningByAnotherProcess) {
  const std::string id = begin(until_stopped());
  JobManager other(state_dir_, clock_,
                   Logger::to_sink(LogLevel::kOff, clock_, [](std::string_view) {}));
  EXPECT_EQ(other.status(id).state, JobState::kRunning);
  EXPECT_THROW(other.reopen(id), Error);
}

TEST_F(Jobs, CanBeReopenedAndRunAgainAfterTheirEnd) {
  const std::string id = begin(until_stopped());
  manager_->cancel(id);
  ended(id);
  manager_->reopen(id);
  manager_->start(id, manager_->status(id),
                  {[](JobHandle&) { return JobState::kCompleted; }, nullptr});
  EXPECT_EQ(ended(id).state, JobState::kCompleted);
}

TEST_F(Jobs, ListNewestFirstWithThoseOfEarlierProcesses) {
  const std::string first = begin({[](JobHandle&) { return JobState::kCompleted; }, nullptr});
  ended(first);
  restart();
  const std::string second = begin({[](JobHandle&) { return JobState::kCompleted; }, nullptr});
  ended(second);
  const std::vector<JobStatus> jobs = manager_->list();
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0].job_id < jobs[1].job_id, false);
}

TEST_F(Jobs, AreRefusedUnderUnknownNamesAndPaths) {
  const std::string id = begin({[](JobHandle&) { return JobState::kCompleted; }, nullptr});
  ended(id);
  for (const std::string& name : std::vector<std::string>{"nope", "../" + id, "", ".", "/etc"}) {
    EXPECT_THROW(manager_->status(name), Error) << name;
    EXPECT_THROW(manager_->folder(name), Error) << name;
  }
  try {
    manager_->status(id + "0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kMigrationNotFound);
    EXPECT_THAT(error.candidates(), testing::Contains(id));
  }
}

TEST_F(Jobs, WakeWaitersWhenTheyEnd) {
  const std::string id = begin(until_stopped());
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(manager_->wait(id, 50ms, {}).state, JobState::kRunning);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 50ms);
  manager_->cancel(id);
  EXPECT_EQ(manager_->wait(id, 20s, {}).state, JobState::kCancelled);
}

TEST_F(Jobs, WriteTheirLogLinesIntoTheirFolder) {
  const std::string id = begin({[](JobHandle& job) {
                                  job.log()->error("something", {{"table", std::string("t")}});
                                  return JobState::kCompleted;
                                },
                                nullptr});
  ended(id);
  EXPECT_TRUE(fs::exists(state_dir_ / "migrations" / id / "job.jsonl"));
}

}  // namespace
}  // namespace crossload::jobs
