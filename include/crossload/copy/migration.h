#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/base/log.h"
#include "crossload/driver/driver.h"
#include "crossload/model/schema.h"

namespace crossload::copy {

/// One side of a migration: how to open a session on it.
struct Side {
  driver::Driver* driver = nullptr;
  driver::Endpoint endpoint;
  driver::Database database;
};

/// Named rules by what they hold for: "" for the job, else "table.column".
using Rules = std::map<std::string, std::map<std::string, std::string>>;

enum class TriggerPolicy { kDefault, kDropAndRestore, kFire };

/// What the caller asked for. Everything but memory_limit_mb is part of the plan.
struct MigrationOptions {
  std::optional<std::string> source_table = {};  ///< Single-table mode.
  std::vector<std::string> include_tables = {};  ///< Exact names and globs.
  std::vector<std::string> exclude_tables = {};
  std::size_t batch_size = 50'000;
  std::size_t memory_limit_mb = 50;
  bool truncate_target = false;
  bool stop_on_error = false;
  bool continue_on_row_error = true;
  bool create_schema = false;
  driver::ConflictMode on_conflict = driver::ConflictMode::kError;
  TriggerPolicy triggers = TriggerPolicy::kDefault;
  std::map<std::string, std::string> schema_map =
      {};  ///< Source schema -> target schema or prefix.
  Rules rules = {};
  std::optional<std::uint64_t> max_errors = {};  ///< Rejects a table may have before it fails.
};

/// One table's part of a plan.
struct TablePlan {
  TableName source;
  TableName target;
  std::vector<std::string> source_columns;  ///< Matched by name with target_columns.
  std::vector<std::string> target_columns;
  std::optional<driver::ResumeKey> key;
  std::vector<std::string> conflict_key;  ///< Target columns that on_conflict speaks of.
  bool create = false;                    ///< Made by the job (create_schema).
  bool shadow = false;  ///< Storage of a virtual table: its first rows come with its creation.
};

/// A migration that can be run or gone on with.
struct Plan {
  bool single_table = false;
  MigrationOptions options;
  std::vector<TablePlan> tables;          ///< Parents first.
  std::vector<TableName> virtual_tables;  ///< Made by the job; their rows lie in shadow tables.
  std::vector<std::string> warnings;
  std::string fingerprint;  ///< What must not change between start and resume, as JSON lines.
  std::string hash;         ///< SHA-256 over what must not change between start and resume.
  bool creates_target_database = false;
};

/// Looks at both sides and decides; changes nothing.
/// Throws: Error kSourceTableNotFound, kTargetTableNotFound, kColumnMismatch, kInvalidArgument,
/// kAccessDenied, kConnectionFailed.
Plan make_plan(const Side& source, const Side& target, const MigrationOptions& options);

/// What a job's folder says about the job: who it copies from and to, and how.
struct SavedJob {
  std::string source_profile;
  std::optional<std::string> source_database;
  std::string target_profile;
  std::optional<std::string> target_database;
  Plan plan;
};

enum class TableEvent { kStarted, kProgress, kCompleted, kFailed };

/// Counts of a table so far, those of earlier runs of the job included.
struct TableCounts {
  std::uint64_t rows_read = 0;
  std::uint64_t rows_migrated = 0;
  std::uint64_t rows_failed = 0;
  std::uint64_t rows_skipped = 0;
};

/// Where a run tells what it does. Thread: the run's own.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void phase(const std::string& name) = 0;
  virtual void total_rows(const TablePlan& table, std::uint64_t rows) = 0;
  /// `error` says why for kFailed; `error_file` is the absolute path of the table's rejects, empty
  /// where it has none.
  virtual void table(const TablePlan& table, TableEvent event, const TableCounts& counts,
                     const std::string& error, const std::string& error_file) = 0;
  /// `error_file` is the absolute path of fk_violations.jsonl, empty where there are none.
  virtual void fk_violations(std::uint64_t count, const std::string& error_file) = 0;
  virtual void warning(const std::string& text) = 0;
};

enum class Outcome { kCompleted, kCompletedWithErrors, kFailed };

struct RunResult {
  Outcome outcome = Outcome::kCompleted;
  std::string error_message;  ///< Why it failed.
  bool resumable = false;     ///< Some table is not done; the ledger stays.
};

/// One run of a migration, first or resumed. Thread: run() in one; cancellation by the stop token.
class Migration {
 public:
  struct Context {
    std::string job_id;
    std::filesystem::path folder;  ///< The job's: checkpoint.json, rejects, plan.
    std::stop_token stop;
    std::shared_ptr<Logger> log;
    const Clock* clock = nullptr;
    Observer* observer = nullptr;
  };
  Migration(Side source, Side target, SavedJob job, Context context);
  ~Migration();

  /// Throws: Error kCancelled when stopped (resumable); others only before any table began.
  RunResult run();
  /// Removes the ledger's rows of this job, and the ledger with its last row. Called after the
  /// job's end state is on disk, and to give a job up.
  void clear_ledger();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes plan.json and the first checkpoint.json; before anything is changed anywhere.
void save_job(const std::filesystem::path& folder, const std::string& job_id, const SavedJob& job,
              const Clock& clock);
/// Throws: Error kCheckpointNotFound when a file is missing or does not parse.
SavedJob load_job(const std::filesystem::path& folder);

/// Whether the job's ledger rows are still in the target: always for one that can be resumed, and
/// for an ended one whose process was killed before it removed them.
bool ledger_left_behind(const std::filesystem::path& folder);

/// Makes the plan of an unfinished job again from both sides as they are now.
/// Throws: Error kPlanStale naming what changed.
Plan replan(const Side& source, const Side& target, const SavedJob& saved);

}  // namespace crossload::copy
