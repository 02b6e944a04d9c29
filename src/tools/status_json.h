#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crossload/jobs/job.h"
#include "crossload/mcp/tool.h"

namespace crossload::tools {

/// Sums over a job's tables.
struct JobTotals {
  std::uint64_t rows_read = 0;
  std::uint64_t rows_migrated = 0;
  std::uint64_t rows_failed = 0;
  std::uint64_t rows_skipped = 0;
  std::uint64_t total_rows = 0;
  bool total_rows_estimated = false;
  std::size_t tables_completed = 0;
};

JobTotals totals_of(const jobs::JobStatus& status);

/// How much is done, 0 to 100, in fractions.
double progress_share(const jobs::JobStatus& status);
/// 99 at most until the job has ended well, then 100.
int progress_percent(const jobs::JobStatus& status);
/// nullopt where it is not running or nothing can be said yet.
std::optional<std::uint64_t> eta_seconds(const jobs::JobStatus& status);
/// The oldest table in progress; empty where there is none.
std::string current_table(const jobs::JobStatus& status);
/// One line for progress notifications: "copying orders: 12000 of 50000 rows".
std::string progress_message(const jobs::JobStatus& status);

/// cancel-migration-job with discard has ended it for good.
bool is_given_up(const jobs::JobStatus& status);
/// start-migration-job with resume_job_id may go on with it.
bool is_resumable(const jobs::JobStatus& status);

/// How many of a job's tables a status shows.
enum class StatusDetail { kAuto, kFull };

/// The result of check-migration-status. `state_dir`: what artifact paths are relative to.
mcp::Json status_json(const jobs::JobStatus& status, const std::filesystem::path& state_dir,
                      StatusDetail detail);

/// One entry of list-migration-jobs.
mcp::Json job_summary_json(const jobs::JobStatus& status);

/// The phase of a job that was given up.
inline constexpr const char* kGivenUpPhase = "given_up";

}  // namespace crossload::tools
