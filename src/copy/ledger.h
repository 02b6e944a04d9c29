#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/copy/migration.h"
#include "crossload/driver/driver.h"

#include "table_conversion.h"

namespace crossload::copy {

enum class LedgerState { kPending, kInProgress, kDone };

/// What the target knows of one chunk of a job; a chunk is a table so far, numbered as in the plan.
struct LedgerEntry {
  std::int64_t chunk = 0;
  std::string table;
  LedgerState state = LedgerState::kPending;
  std::vector<Value> position;  ///< Key of the last row dealt with; empty before the first.
  TableCounts counts;
  std::int64_t batch = 0;  ///< Number of the last committed batch, from 1.
  bool target_was_empty = false;
  RuleUses rule_uses;
};

/// The table crossload_ledger in the target: positions move in the transaction of the rows, fenced
/// by an epoch that a resumer raises. Thread: that of its connection.
class Ledger {
 public:
  Ledger(driver::Connection& target, std::string job_id, const Clock& clock);

  /// Makes the table where it is missing; inside the caller's transaction if there is one.
  void create_table();
  /// The job's entries by chunk; empty where the table or the job's rows are missing.
  std::vector<LedgerEntry> load();
  /// Adds the job's entries, all pending, at epoch 1.
  void insert(const std::vector<LedgerEntry>& entries);
  /// Takes the job over from whatever process had it: batches under an older epoch no longer
  /// commit.
  void raise_epoch();

  /// Locks the entry for the running transaction.
  /// Throws: Error kMigrationFailed when another process has taken the job over.
  void claim(const LedgerEntry& entry);
  /// Stores the entry in the running transaction. Throws: as claim().
  void store(const LedgerEntry& entry);

  /// Removes the job's rows, and the table with its last row.
  void clear();

 private:
  bool table_exists();
  std::string sql(std::string_view text) const;
  void update_one(const std::string& statement, std::vector<Value> parameters);

  driver::Connection& target_;
  const std::string job_id_;
  const Clock& clock_;
  std::int64_t epoch_ = 1;
};

}  // namespace crossload::copy
