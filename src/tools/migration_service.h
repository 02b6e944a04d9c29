#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/jobs/job.h"
#include "crossload/tools/services.h"

#include "session.h"

namespace crossload::tools {

struct StartRequest {
  DatabaseArgument source;
  DatabaseArgument target;
  copy::MigrationOptions options;
};

/// A job that now runs.
struct StartedJob {
  std::string job_id;
  bool resumed = false;
  std::string mode;  ///< single_table or whole_database.
  std::size_t tables = 0;
  std::string source;  ///< "profile/database".
  std::string target;
  std::filesystem::path checkpoint;
  std::vector<std::string> warnings;
};

/// Brings plans, jobs and profiles together: starts, resumes and gives up migrations.
/// Thread: all methods from any thread.
class MigrationService {
 public:
  explicit MigrationService(Services services) : services_(std::move(services)) {}

  /// Everything that can be refused is refused before a job exists.
  /// Throws: Error of CONTRACT's refusals, kMigrationAlreadyExists naming the unfinished job.
  StartedJob start(const StartRequest& request);
  /// Throws: Error kMigrationNotFound, kMigrationAlreadyExists (it runs), kInvalidArgument (nothing
  /// is left), kCheckpointNotFound, kPlanStale.
  StartedJob resume(const std::string& job_id, std::optional<std::size_t> memory_limit_mb);
  /// Removes what the target keeps for a resume and marks the job so. It must not be running.
  /// Throws: as resume().
  void give_up(const std::string& job_id);

 private:
  void refuse_unfinished_twin(const std::string& source, const std::string& target,
                              const std::vector<std::string>& tables) const;
  /// Removes the ledger rows of an ended job whose process was killed before it did.
  void sweep(const jobs::JobStatus& status);
  void sweep_target(const std::string& target);
  void clear_ledger(const std::string& job_id);
  bool has_unfinished_sibling(const std::string& source, const std::string& target) const;
  StartedJob launch(const std::string& job_id, const FoundDatabase& source,
                    const FoundDatabase& target, copy::SavedJob saved, jobs::JobStatus initial);

  const Services services_;
  std::mutex
      starting_;  ///< One start at a time, so that a repeated call meets the first one's job.
};

}  // namespace crossload::tools
