#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/copy/migration.h"

#include "checkpoint.h"
#include "plan_json.h"

namespace crossload::copy {
namespace {

namespace fs = std::filesystem;

class SavedJobFiles : public testing::Test {
 protected:
  SavedJobFiles() : folder_(fs::temp_directory_path() / ("saved_job_" + random_hex(8))) {
    fs::create_directories(folder_);
  }
  ~SavedJobFiles() override { fs::remove_all(folder_); }

  static SavedJob sample() {
    SavedJob job;
    job.source_profile = "from";
    job.source_database = "shop";
    job.target_profile = "to";
    job.plan.single_table = true;
    job.plan.options.source_table = "odd \"name\"\n";
    job.plan.options.exclude_tables = {"a*"};
    job.plan.options.batch_size = 7;
    job.plan.options.on_conflict = driver::ConflictMode::kUpdate;
    job.plan.options.triggers = TriggerPolicy::kFire;
    job.plan.options.max_errors = 12;
    TablePlan table;
    table.source = {"", "odd \"name\"\n"};
    table.target = {"", "odd"};
    table.source_columns = {"a", "b"};
    table.target_columns = {"A", "B"};
    table.key = driver::ResumeKey{{"rowid"}, true};
    table.conflict_key = {"A"};
    table.create = true;
    table.shadow = true;
    job.plan.tables = {table};
    job.plan.virtual_tables = {{"", "docs"}};
    job.plan.warnings = {"mind this"};
    job.plan.fingerprint = "line\n";
    job.plan.hash = "abc";
    job.plan.creates_target_database = true;
    return job;
  }

  fs::path folder_;
  SystemClock clock_;
};

TEST_F(SavedJobFiles, ReadBackAsTheyWereWritten) {
  const SavedJob job = sample();
  save_job(folder_, "mig_1", job, clock_);
  const SavedJob back = load_job(folder_);
  EXPECT_EQ(saved_job_to_json(back), saved_job_to_json(job));
  EXPECT_EQ(back.plan.tables.at(0).key->columns, job.plan.tables.at(0).key->columns);
  EXPECT_TRUE(back.plan.tables.at(0).key->implicit);
  EXPECT_EQ(back.plan.options.max_errors, 12U);
  EXPECT_FALSE(back.target_database.has_value());
}

TEST_F(SavedJobFiles, BeginWithEveryTableRemainingAndNoLedger) {
  save_job(folder_, "mig_1", sample(), clock_);
  const Checkpoint checkpoint = checkpoint_from_json(read_file(folder_ / "checkpoint.json"));
  EXPECT_EQ(checkpoint.job_id, "mig_1");
  EXPECT_EQ(checkpoint.tables_remaining.size(), 1U);
  EXPECT_FALSE(checkpoint.ledger_created);
}

TEST_F(SavedJobFiles, AreRefusedWhenMissingOrCut) {
  EXPECT_THROW(load_job(folder_), Error);
  save_job(folder_, "mig_1", sample(), clock_);
  const std::string whole = read_file(folder_ / "plan.json");
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, whole.size() / 2}) {
    std::ofstream(folder_ / "plan.json") << whole.substr(0, size);
    try {
      load_job(folder_);
      FAIL() << "accepted " << size << " bytes";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCheckpointNotFound);
    }
  }
}

TEST_F(SavedJobFiles, RefuseLimitsOfZero) {
  SavedJob job = sample();
  job.plan.options.batch_size = 0;
  EXPECT_THROW(saved_job_from_json(saved_job_to_json(job)), Error);
}

}  // namespace
}  // namespace crossload::copy
