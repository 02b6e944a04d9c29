#pragma once

#include <string>
#include <string_view>

#include "crossload/jobs/job.h"

namespace crossload::jobs {

/// status.json: the fields of check-migration-status under the same names.
std::string to_json(const JobStatus& status);
/// The inverse. Throws: Error kCheckpointNotFound when the text is not such a status.
JobStatus status_from_json(std::string_view text);

}  // namespace crossload::jobs
