#pragma once

#include <string>

#include "crossload/jobs/job.h"

namespace crossload::tools {

/// A job as a Markdown page. Names and errors of databases are quoted as code, never as prose.
std::string job_report(const jobs::JobStatus& status);

}  // namespace crossload::tools
