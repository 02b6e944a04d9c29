#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/base/log.h"

namespace crossload::jobs {

enum class JobState {
  kRunning,
  kCompleted,
  kCompletedWithErrors,
  kFailed,
  kCancelled,
  kInterrupted,  ///< It was running and no process holds it.
};

enum class TableState {
  kPending,
  kInProgress,
  kCompleted,
  kCompletedWithErrors,
  kFailed,
  kSkipped,
};

std::string_view to_string(JobState state);
std::string_view to_string(TableState state);

/// How far one table is.
struct TableProgress {
  std::string table;
  TableState state = TableState::kPending;
  std::uint64_t rows_read = 0;
  std::uint64_t rows_migrated = 0;
  std::uint64_t rows_failed = 0;
  std::uint64_t rows_skipped = 0;
  std::uint64_t total_rows = 0;
  bool total_rows_estimated = true;
  std::string error;
  std::string error_file;  ///< Absolute path of its rejects, empty where there are none.
};

/// Everything check-migration-status tells, as plain data. status.json is this.
struct JobStatus {
  std::string job_id;
  JobState state = JobState::kRunning;
  std::string mode;   ///< single_table or whole_database.
  std::string phase;  ///< planning, schema, counting, copying, post_load, checking, done.
  std::vector<TableProgress> tables;
  std::uint64_t fk_violations = 0;
  std::string
      error_file;  ///< fk_violations.jsonl or the only reject file; empty where there is none.
  std::string error_message;  ///< Why it failed.
  std::vector<std::string> warnings;
  std::string started_at;
  std::string updated_at;
  std::string completed_at;  ///< Empty while it runs.
  double rows_per_second = 0;
  std::string source;  ///< "profile/database", for lists.
  std::string target;
  bool resumable = false;  ///< It ended with work left that resume_job_id would go on with.
};

/// What a running job tells; each call is cheap and may come from any thread.
class JobHandle {
 public:
  virtual ~JobHandle() = default;
  virtual const std::string& id() const = 0;
  virtual const std::filesystem::path& folder() const = 0;
  virtual std::stop_token stop() const = 0;
  virtual std::shared_ptr<Logger> log() const = 0;
  /// Changes the status under the job's lock. Persisted at most about once a second.
  virtual void update(const std::function<void(JobStatus&)>& change) = 0;
};

/// What a job does. `run` is carried out in the job's thread and returns its end state; what it
/// throws ends the job as failed (Error kCancelled: as cancelled, or interrupted at shutdown) with
/// the error's message. `finish` follows once status.json holds the end state on disk; only then
/// does status() show that state.
struct JobWork {
  std::function<JobState(JobHandle&)> run;
  std::function<void(JobHandle&, JobState)> finish;
};

/// Starts, follows and remembers jobs; state lives in {state_dir}/migrations/{job_id}. Knows
/// nothing of databases. Thread: all methods from any thread.
class JobManager {
 public:
  JobManager(std::filesystem::path state_dir, const Clock& clock, std::shared_ptr<Logger> log);
  /// Cancels what runs (it stays resumable) and waits for it.
  ~JobManager();

  /// A new id and its folder, locked by this process.
  std::string create(const JobStatus& initial);
  /// Locks an existing job's folder for this process. Throws: Error kMigrationNotFound,
  /// kMigrationAlreadyExists when it is running here or elsewhere.
  void reopen(const std::string& job_id);
  /// Gives up a created or reopened job that never ran: unlocks; with `remove`, deletes the folder.
  void release(const std::string& job_id, bool remove);
  /// Runs a created or reopened job in a thread of its own.
  void start(const std::string& job_id, const JobStatus& initial, JobWork work);

  /// Throws: Error kMigrationNotFound, with the nearest ids.
  JobStatus status(const std::string& job_id) const;
  /// status() once the job ended, the time is up or `stop` is signalled.
  JobStatus wait(const std::string& job_id, std::chrono::milliseconds timeout,
                 std::stop_token stop) const;
  /// Newest first, those of earlier processes included.
  std::vector<JobStatus> list() const;
  /// Asks a running job to stop. Returns false when it is not running in this process.
  bool cancel(const std::string& job_id);
  /// Changes the stored status of a job that this process holds by reopen() and that does not run.
  void amend(const std::string& job_id, const std::function<void(JobStatus&)>& change);
  /// Absolute. Throws: Error kMigrationNotFound.
  std::filesystem::path folder(const std::string& job_id) const;

  /// Called from job threads after a status is persisted; for subscriptions. Set before any start.
  void on_change(std::function<void(const std::string& job_id)> callback);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crossload::jobs
