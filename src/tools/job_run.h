#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "crossload/base/clock.h"
#include "crossload/copy/migration.h"
#include "crossload/jobs/job.h"

namespace crossload::tools {

/// Turns what a migration tells into its job's status and log lines: at most one progress line a
/// second and table. Thread: the run's.
class JobObserver : public copy::Observer {
 public:
  JobObserver(jobs::JobHandle& job, const Clock& clock);

  void phase(const std::string& name) override;
  void total_rows(const copy::TablePlan& table, std::uint64_t rows) override;
  void table(const copy::TablePlan& table, copy::TableEvent event, const copy::TableCounts& counts,
             const std::string& error, const std::string& error_file) override;
  void fk_violations(std::uint64_t count, const std::string& error_file) override;
  void warning(const std::string& text) override;

 private:
  void log(const std::string& table, copy::TableEvent event, const copy::TableCounts& counts,
           const std::string& error);
  bool may_log_progress(const std::string& table);

  jobs::JobHandle& job_;
  const Clock& clock_;
  std::map<std::string, std::uint64_t> totals_;
  std::map<std::string, SteadyTime> logged_;
};

/// One run of a migration as a job: what JobWork calls. Lifetime: until finish() returns.
class JobRun {
 public:
  JobRun(copy::Side source, copy::Side target, copy::SavedJob saved, const Clock& clock);

  jobs::JobState run(jobs::JobHandle& job);
  /// The end state is on disk: what the ledger held for a resume may go.
  void finish();

 private:
  copy::Side source_;
  copy::Side target_;
  copy::SavedJob saved_;
  const Clock& clock_;
  std::optional<JobObserver> observer_;
  std::unique_ptr<copy::Migration> migration_;
  bool clear_ledger_ = false;
};

}  // namespace crossload::tools
