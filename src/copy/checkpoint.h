#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/copy/migration.h"

namespace crossload::copy {

/// checkpoint.json: for people the shadow of the ledger; for resume only whether a ledger was made
/// and what the source looked like.
struct Checkpoint {
  std::string job_id;
  std::vector<std::string> completed_tables;
  std::string current_table;         ///< Empty between tables.
  std::string current_table_status;  ///< A table status of check-migration-status.
  std::vector<std::string> tables_remaining;
  bool ledger_created = false;
  std::string source_fingerprint;
  std::string started_at;
};

void write_checkpoint(const std::filesystem::path& folder, const SavedJob& job,
                      const Checkpoint& checkpoint, const Clock& clock);
/// Throws: Error kCheckpointNotFound when the text is no checkpoint.
Checkpoint checkpoint_from_json(std::string_view text);

}  // namespace crossload::copy
