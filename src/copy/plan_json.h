#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "crossload/copy/migration.h"

namespace crossload::copy {

/// plan.json: what a resumed job starts from.
std::string saved_job_to_json(const SavedJob& job);
/// Throws: Error kCheckpointNotFound when the text is not such a file.
SavedJob saved_job_from_json(std::string_view text);

nlohmann::ordered_json options_to_json(const MigrationOptions& options);

}  // namespace crossload::copy
