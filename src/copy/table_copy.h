#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "crossload/base/clock.h"
#include "crossload/copy/migration.h"
#include "crossload/driver/driver.h"

#include "batch_pipe.h"
#include "batch_writer.h"
#include "ledger.h"
#include "rejects.h"
#include "table_conversion.h"

namespace crossload::copy {

/// What one table's copy works with; all outlive it.
struct TableCopyContext {
  driver::Connection* source = nullptr;
  const Table* source_table = nullptr;  ///< As the source's catalog describes it.
  driver::Connection* target = nullptr;
  driver::LoadSession* load = nullptr;
  Ledger* ledger = nullptr;
  const MigrationOptions* options = nullptr;
  std::filesystem::path folder;
  std::stop_token stop;
  std::shared_ptr<Logger> log;
  std::uint64_t expected_rows = 0;  ///< What the source was counted to hold.
  bool source_attached = false;  ///< LoadSession::attach() succeeded: whole tables may be copied.
  bool source_changed = false;   ///< Since the job began: implicit keys may have been renumbered.
  /// After each committed batch.
  std::function<void(const LedgerEntry&)> committed;
};

/// The corridor of one table: RowReader -> RowBatch -> RowWriter, the ledger's entry moving in the
/// transaction of each batch. Thread: one; the reader runs in a thread of its own.
class TableCopy {
 public:
  TableCopy(const TablePlan& plan, LedgerEntry& entry, TableCopyContext context);

  /// Copies from the entry's position to the end. On return the entry is done.
  /// Throws: Error when the table cannot be finished; what was committed stays and the entry tells
  /// it.
  void run();

  /// Absolute path of the reject file where there is one, else empty.
  std::string error_file() const;
  /// The target's table as its catalog described it to run(); nullopt before.
  std::optional<Table> take_target_table() { return std::move(target_table_); }

 private:
  void begin();
  void begin_fresh();
  void restart();
  bool copy_whole();
  void copy_rows();
  void write(const PipedBatch& batch);
  void try_write(const PipedBatch& batch);
  BatchCounts write_good_rows(const PipedBatch& batch);
  driver::WriteFailure failure_of(const convert::Fault& fault) const;
  void reject(const RowBatch& batch, std::size_t row, const driver::WriteFailure& failure);
  void check_error_budget() const;
  void finish();
  driver::ReadRequest read_request() const;
  void pause(int attempt);

  const TablePlan& plan_;
  LedgerEntry& entry_;
  TableCopyContext context_;
  RejectFile rejects_;
  std::vector<std::size_t> key_columns_;
  std::optional<Table> target_table_;
  std::optional<TableConversion> conversion_;
  std::unique_ptr<driver::RowWriter> writer_;
};

}  // namespace crossload::copy
