#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

#include "crossload/jobs/job.h"

namespace crossload::tools {

/// Waits until the job has ended, the time is up or `stop` is signalled; `tick` sees the status
/// about once a second. Works for jobs of other processes too, by their files. Throws: Error
/// kMigrationNotFound.
jobs::JobStatus wait_for_job(const jobs::JobManager& jobs, const std::string& job_id,
                             std::chrono::milliseconds timeout, const std::stop_token& stop,
                             const std::function<void(const jobs::JobStatus&)>& tick);

}  // namespace crossload::tools
