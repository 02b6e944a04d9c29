#include "job_run.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace crossload::tools {
namespace {

using copy::TableCounts;
using copy::TableEvent;
using jobs::JobState;
using jobs::JobStatus;
using jobs::TableProgress;
using jobs::TableState;

constexpr std::chrono::seconds kLogEvery{1};

std::uint64_t done_rows(const TableCounts& counts) {
  return counts.rows_migrated + counts.rows_failed + counts.rows_skipped;
}

TableProgress& progress_of(JobStatus& status, const std::string& table) {
  for (TableProgress& progress : status.tables) {
    if (progress.table == table) return progress;
  }
  status.tables.push_back({});
  status.tables.back().table = table;
  return status.tables.back();
}

TableState state_after(TableEvent event, const TableCounts& counts) {
  switch (event) {
    case TableEvent::kStarted:
    case TableEvent::kProgress:
      return TableState::kInProgress;
    case TableEvent::kCompleted:
      return counts.rows_failed > 0 ? TableState::kCompletedWithErrors : TableState::kCompleted;
    case TableEvent::kFailed:
      return TableState::kFailed;
  }
  return TableState::kFailed;
}

JobState state_after(copy::Outcome outcome) {
  switch (outcome) {
    case copy::Outcome::kCompleted:
      return JobState::kCompleted;
    case copy::Outcome::kCompletedWithErrors:
      return JobState::kCompletedWithErrors;
    case copy::Outcome::kFailed:
      return JobState::kFailed;
  }
  return JobState::kFailed;
}

std::int64_t percent(std::uint64_t done, std::uint64_t total) {
  if (total == 0) return 100;
  return static_cast<std::int64_t>(100.0 * static_cast<double>(std::min(done, total)) /
                                   static_cast<double>(total));
}

}  // namespace

JobObserver::JobObserver(jobs::JobHandle& job, const Clock& clock) : job_(job), clock_(clock) {}

void JobObserver::phase(const std::string& name) {
  job_.update([&](JobStatus& status) { status.phase = name; });
  job_.log()->info("phase " + name);
}

void JobObserver::total_rows(const copy::TablePlan& table, std::uint64_t rows) {
  const std::string name = table.source.display();
  totals_[name] = rows;
  job_.update([&](JobStatus& status) {
    TableProgress& progress = progress_of(status, name);
    progress.total_rows = rows;
    progress.total_rows_estimated = false;
  });
}

void JobObserver::table(const copy::TablePlan& table, TableEvent event, const TableCounts& counts,
                        const std::string& error, const std::string& error_file) {
  const std::string name = table.source.display();
  job_.update([&](JobStatus& status) {
    TableProgress& progress = progress_of(status, name);
    progress.state = state_after(event, counts);
    progress.rows_read = counts.rows_read;
    progress.rows_migrated = counts.rows_migrated;
    progress.rows_failed = counts.rows_failed;
    progress.rows_skipped = counts.rows_skipped;
    progress.error = error;
    if (!error_file.empty()) progress.error_file = error_file;
  });
  log(name, event, counts, error);
}

bool JobObserver::may_log_progress(const std::string& table) {
  const SteadyTime now = clock_.steady();
  const auto last = logged_.find(table);
  if (last != logged_.end() && now - last->second < kLogEvery) return false;
  logged_[table] = now;
  return true;
}

void JobObserver::log(const std::string& table, TableEvent event, const TableCounts& counts,
                      const std::string& error) {
  std::vector<LogField> fields = {
      {"table", table},
      {"rows", static_cast<std::int64_t>(counts.rows_migrated)},
      {"percent", percent(done_rows(counts), totals_[table])},
  };
  if (counts.rows_failed > 0) {
    fields.push_back({"rows_failed", static_cast<std::int64_t>(counts.rows_failed)});
  }
  switch (event) {
    case TableEvent::kStarted:
      may_log_progress(table);
      return job_.log()->log(LogLevel::kInfo, "table started", fields);
    case TableEvent::kProgress:
      if (may_log_progress(table)) job_.log()->log(LogLevel::kInfo, "table progress", fields);
      return;
    case TableEvent::kCompleted:
      return job_.log()->log(counts.rows_failed > 0 ? LogLevel::kWarning : LogLevel::kInfo,
                             "table completed", fields);
    case TableEvent::kFailed:
      fields.push_back({"error", error});
      return job_.log()->log(LogLevel::kError, "table failed", fields);
  }
}

void JobObserver::fk_violations(std::uint64_t count, const std::string& error_file) {
  job_.update([&](JobStatus& status) {
    status.fk_violations = count;
    if (!error_file.empty()) status.error_file = error_file;
  });
  if (count > 0) {
    job_.log()->warning("foreign keys are violated", {{"rows", static_cast<std::int64_t>(count)}});
  }
}

void JobObserver::warning(const std::string& text) {
  job_.update([&](JobStatus& status) {
    // A resumed job tells again what an earlier run of it told.
    auto& told = status.warnings;
    if (std::find(told.begin(), told.end(), text) == told.end()) told.push_back(text);
  });
  job_.log()->warning(text);
}

JobRun::JobRun(copy::Side source, copy::Side target, copy::SavedJob saved, const Clock& clock)
    : source_(std::move(source)),
      target_(std::move(target)),
      saved_(std::move(saved)),
      clock_(clock) {}

JobState JobRun::run(jobs::JobHandle& job) {
  // Until the run says otherwise, whatever ends it leaves something to go on with.
  job.update([](JobStatus& status) { status.resumable = true; });
  observer_.emplace(job, clock_);
  migration_ =
      std::make_unique<copy::Migration>(std::move(source_), std::move(target_), std::move(saved_),
                                        copy::Migration::Context{.job_id = job.id(),
                                                                 .folder = job.folder(),
                                                                 .stop = job.stop(),
                                                                 .log = job.log(),
                                                                 .clock = &clock_,
                                                                 .observer = &*observer_});
  const copy::RunResult result = migration_->run();
  clear_ledger_ = !result.resumable;
  job.update([&](JobStatus& status) {
    status.phase = "done";
    status.error_message = result.error_message;
    status.resumable = result.resumable;
    // One reject file and no violations: that is the file to read.
    if (!status.error_file.empty()) return;
    std::vector<std::string> files;
    for (const TableProgress& table : status.tables) {
      if (!table.error_file.empty()) files.push_back(table.error_file);
    }
    if (files.size() == 1) status.error_file = files.front();
  });
  return state_after(result.outcome);
}

void JobRun::finish() {
  if (clear_ledger_) migration_->clear_ledger();
  migration_.reset();
}

}  // namespace crossload::tools
