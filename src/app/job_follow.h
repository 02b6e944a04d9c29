#pragma once

#include <stop_token>
#include <string>

#include "crossload/jobs/job.h"

#include "terminal.h"

namespace crossload::app {

/// How a followed job is shown while it runs.
class ProgressDisplay {
 public:
  virtual ~ProgressDisplay() = default;
  virtual void show(const jobs::JobStatus& status) = 0;
};

/// Follows a job of this process to its end; a request to stop cancels it first. The last status.
jobs::JobStatus follow_job(jobs::JobManager& jobs, const std::string& job_id,
                           const std::stop_token& stop, ProgressDisplay& display);

/// A summary table of all tables with a line of totals, and what to do next where it is not whole.
std::string summary_text(const jobs::JobStatus& status, std::size_t width);

/// 0 where the job completed whole, else 1.
int exit_code_of(const jobs::JobStatus& status);

}  // namespace crossload::app
