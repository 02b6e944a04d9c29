#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "crossload/base/log.h"
#include "crossload/copy/migration.h"
#include "crossload/driver/load_session.h"

namespace crossload::copy {

/// The triggers of the target's tables, taken away while rows are loaded. What makes them again is
/// in the job's folder (dropped_triggers.json, synced) before the first one goes, so that a resumed
/// or discarded job restores them after a kill. Thread: that of its load session.
class TriggerGuard {
 public:
  TriggerGuard(driver::LoadSession& load, std::filesystem::path folder,
               std::shared_ptr<Logger> log);
  /// Restores what was not; a failure is logged, and the file stays.
  ~TriggerGuard();
  TriggerGuard(const TriggerGuard&) = delete;
  TriggerGuard& operator=(const TriggerGuard&) = delete;

  /// Saves and drops the triggers of the plan's tables. Throws: Error kAccessDenied where one could
  /// not be made again; nothing is dropped then.
  void drop(const Plan& plan);
  /// Makes them again and removes the file. Throws: Error of the server; the file stays.
  void restore();

 private:
  driver::LoadSession& load_;
  const std::filesystem::path folder_;
  const std::shared_ptr<Logger> log_;
  std::vector<driver::SavedTrigger> saved_;
};

/// Restores the triggers that a job which is given up left dropped.
void restore_left_triggers(driver::Connection& target, const std::filesystem::path& folder);

}  // namespace crossload::copy
