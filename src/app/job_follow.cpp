#include "job_follow.h"

#include <chrono>
#include <cmath>
#include <utility>

#include "text_table.h"

namespace crossload::app {
namespace {

using jobs::JobState;
using jobs::JobStatus;

constexpr std::chrono::milliseconds kLook{200};

struct Sums {
  std::uint64_t migrated = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t total = 0;
};

Sums sums_of(const JobStatus& status) {
  Sums sums;
  for (const jobs::TableProgress& table : status.tables) {
    sums.migrated += table.rows_migrated;
    sums.failed += table.rows_failed;
    sums.skipped += table.rows_skipped;
    sums.total += table.total_rows;
  }
  return sums;
}

std::vector<std::string> row(const std::string& name, const std::string& state, const Sums& sums) {
  return {name,
          state,
          std::to_string(sums.migrated),
          std::to_string(sums.failed),
          std::to_string(sums.skipped),
          std::to_string(sums.total)};
}

}  // namespace

JobStatus follow_job(jobs::JobManager& jobs, const std::string& job_id, const std::stop_token& stop,
                     ProgressDisplay& display) {
  bool cancelled = false;
  while (true) {
    // Once it is being cancelled the token is spent: only the job's end is waited for.
    const JobStatus status = jobs.wait(job_id, kLook, cancelled ? std::stop_token() : stop);
    display.show(status);
    if (status.state != JobState::kRunning) return status;
    if (stop.stop_requested() && !std::exchange(cancelled, true)) jobs.cancel(job_id);
  }
}

std::string summary_text(const JobStatus& status, std::size_t width) {
  TextTable table({"table", "status", "migrated", "failed", "skipped", "total"});
  for (std::size_t column = 2; column < 6; ++column) table.align_right(column);
  for (const jobs::TableProgress& progress : status.tables) {
    table.add(row(printable(progress.table), std::string(to_string(progress.state)),
                  {progress.rows_migrated, progress.rows_failed, progress.rows_skipped,
                   progress.total_rows}));
  }
  table.add(row("(all)", std::string(to_string(status.state)), sums_of(status)));
  std::string text = table.text(width);
  text += "\njob " + status.job_id + ": " + std::string(to_string(status.state)) + ", " +
          std::to_string(static_cast<std::uint64_t>(std::llround(status.rows_per_second))) +
          " rows/s\n";
  if (!status.error_message.empty()) text += "error: " + printable(status.error_message) + "\n";
  for (const std::string& warning : status.warnings)
    text += "warning: " + printable(warning) + "\n";
  for (const jobs::TableProgress& progress : status.tables) {
    if (!progress.error.empty()) {
      text += printable(progress.table) + ": " + printable(progress.error) + "\n";
    }
    if (!progress.error_file.empty()) text += "rejects: " + printable(progress.error_file) + "\n";
  }
  if (status.fk_violations > 0) {
    text += std::to_string(status.fk_violations) +
            " foreign key violations: " + printable(status.error_file) + "\n";
  }
  if (status.resumable) {
    text += "to go on: crossload migrate --resume-job-id " + status.job_id + "\n";
  }
  return text;
}

int exit_code_of(const JobStatus& status) {
  return status.state == JobState::kCompleted ? 0 : 1;
}

}  // namespace crossload::app
