#include "table_copy.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "read_shape.h"
#include "table_probe.h"

namespace crossload::copy {
namespace {

constexpr int kAttempts = 3;  // of a batch that failed for a reason that may pass

// Below, batches are as quick; above, too much would be copied again after a kill.
constexpr std::uint64_t kFewestWholeRows = 100'000;
constexpr std::uint64_t kMostWholeBatches = 100;

}  // namespace

TableCopy::TableCopy(const TablePlan& plan, LedgerEntry& entry, TableCopyContext context)
    : plan_(plan),
      entry_(entry),
      context_(std::move(context)),
      rejects_(context_.folder, plan),
      key_columns_(driver::key_positions(read_shape(plan))) {}

void TableCopy::run() {
  rejects_.discard_after(entry_.batch);
  begin();
  target_table_ = context_.target->catalog().describe(plan_.target);
  if (copy_whole()) return;
  conversion_.emplace(
      plan_, DescribedTable{context_.source->server().engine, context_.source_table},
      DescribedTable{context_.target->server().engine, &*target_table_}, context_.options->rules);
  writer_ = context_.target->write_table({.table = *target_table_,
                                          .columns = plan_.target_columns,
                                          .cells = conversion_->cells(),
                                          .on_conflict = context_.options->on_conflict,
                                          .conflict_key = plan_.conflict_key});
  copy_rows();
  finish();
}

std::string TableCopy::error_file() const {
  return rejects_.exists() ? rejects_.path().string() : "";
}

void TableCopy::begin() {
  if (entry_.state == LedgerState::kPending) return begin_fresh();
  const bool key_holds = plan_.key && !(plan_.key->implicit && context_.source_changed);
  if (entry_.batch > 0 && !key_holds) restart();
}

/// Emptying, if any, and the mark that the table was begun commit together.
void TableCopy::begin_fresh() {
  const auto transaction = context_.target->begin(driver::TransactionMode::kWrite);
  context_.ledger->claim(entry_);
  if (context_.options->truncate_target || (plan_.create && plan_.shadow)) {
    context_.load->empty_table(plan_.target);
  }
  LedgerEntry begun = entry_;
  begun.target_was_empty = !has_rows(*context_.target, plan_.target);
  begun.state = LedgerState::kInProgress;
  context_.ledger->store(begun);
  transaction->commit();
  entry_ = std::move(begun);
}

/// A table that cannot be gone on with in the middle starts again, if everything in it is the
/// job's.
void TableCopy::restart() {
  const auto transaction = context_.target->begin(driver::TransactionMode::kWrite);
  context_.ledger->claim(entry_);
  if (!entry_.target_was_empty ||
      context_.target->catalog().count_rows(plan_.target) != entry_.counts.rows_migrated) {
    throw Error(ErrorCode::kMigrationFailed,
                "the table cannot be gone on with in the middle, and cannot be emptied to start "
                "again because it holds rows that this job did not write")
        .suggest("remove the rows of this job from " + plan_.target.display() +
                 " yourself, then migrate it in a job of its own");
  }
  context_.load->empty_table(plan_.target);
  LedgerEntry again = entry_;
  again.position.clear();
  again.counts = {};
  again.rule_uses.clear();
  context_.ledger->store(again);
  transaction->commit();
  entry_ = std::move(again);
  rejects_.discard_after(0);
  context_.log->info("table starts again", {{"table", plan_.source.display()}});
}

/// Hands a plain table of the same engine to the server as one batch; false where that is not
/// possible.
bool TableCopy::copy_whole() {
  const bool fits = context_.source_attached && entry_.batch == 0 && entry_.target_was_empty &&
                    context_.options->on_conflict == driver::ConflictMode::kError &&
                    context_.expected_rows >= kFewestWholeRows &&
                    context_.expected_rows <= context_.options->batch_size * kMostWholeBatches;
  if (!fits) return false;
  try {
    const auto transaction = context_.target->begin(driver::TransactionMode::kWrite);
    context_.ledger->claim(entry_);
    const std::optional<std::uint64_t> rows =
        context_.load->copy_whole(*context_.source_table, *target_table_);
    if (!rows) return false;
    LedgerEntry done = entry_;
    done.batch = 1;
    done.counts.rows_read = done.counts.rows_migrated = *rows;
    done.state = LedgerState::kDone;
    context_.ledger->store(done);
    transaction->commit();
    entry_ = std::move(done);
  } catch (const Error& error) {
    if (!error.statements_fault()) throw;
    return false;  // a row is at fault: found one by one
  }
  context_.committed(entry_);
  return true;
}

driver::ReadRequest TableCopy::read_request() const {
  driver::ReadRequest request = read_shape(plan_);
  request.after = entry_.position;
  return request;
}

void TableCopy::copy_rows() {
  BatchPipe pipe(*context_.source, read_request(), *conversion_, context_.options->batch_size,
                 context_.options->memory_limit_mb);
  while (std::unique_ptr<PipedBatch> batch = pipe.next()) {
    if (context_.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "cancelled");
    write(*batch);
    pipe.give_back(std::move(batch));
    context_.committed(entry_);
    check_error_budget();
  }
  if (context_.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "cancelled");
}

void TableCopy::write(const PipedBatch& batch) {
  for (int attempt = 1;; ++attempt) {
    try {
      return try_write(batch);
    } catch (const Error& error) {
      // Lines of the batch may be on disk already; its rows are not in the target.
      rejects_.discard_after(entry_.batch);
      if (!error.retryable() || attempt == kAttempts || context_.stop.stop_requested()) throw;
      context_.log->warning("batch is tried again",
                            {{"table", plan_.source.display()}, {"error", error.message()}});
    }
    pause(attempt);
  }
}

void TableCopy::try_write(const PipedBatch& batch) {
  const auto transaction = context_.target->begin(driver::TransactionMode::kWrite);
  context_.ledger->claim(entry_);
  const BatchCounts counts = write_good_rows(batch);
  LedgerEntry next = entry_;
  next.batch += 1;
  next.counts.rows_read += batch.rows.rows();
  next.counts.rows_migrated += counts.migrated;
  next.counts.rows_skipped += counts.skipped;
  next.counts.rows_failed += counts.failed;
  next.position.clear();
  for (const std::size_t column : key_columns_) {
    next.position.push_back(batch.rows.value(batch.rows.rows() - 1, column));
  }
  for (const auto& [rule, uses] : batch.rule_uses) next.rule_uses[rule] += uses;
  context_.ledger->store(next);
  rejects_.flush();
  transaction->commit();
  entry_ = std::move(next);
}

/// Writes the rows between those that the conversion found bad, and rejects these.
BatchCounts TableCopy::write_good_rows(const PipedBatch& batch) {
  const auto rejected = [&](std::size_t row, const driver::WriteFailure& failure) {
    reject(batch.rows, row, failure);
  };
  BatchCounts counts;
  const auto write_range = [&](std::size_t first, std::size_t last) {
    const BatchCounts some = write_rows(*writer_, batch.rows, {first, last}, rejected);
    counts.migrated += some.migrated;
    counts.skipped += some.skipped;
    counts.failed += some.failed;
  };
  std::size_t next = 0;
  for (const convert::Fault& fault : batch.faults) {
    write_range(next, fault.row);
    rejected(fault.row, failure_of(fault));
    ++counts.failed;
    next = fault.row + 1;
  }
  write_range(next, batch.rows.rows());
  return counts;
}

driver::WriteFailure TableCopy::failure_of(const convert::Fault& fault) const {
  const std::string& column = plan_.source_columns[fault.column];
  return {.first = fault.row,
          .last = fault.row + 1,
          .code = fault.code,
          .column = column,
          .error = Error(ErrorCode::kMigrationFailed, column + ": " + fault.message)};
}

void TableCopy::reject(const RowBatch& batch, std::size_t row,
                       const driver::WriteFailure& failure) {
  if (!context_.options->continue_on_row_error) {
    throw Error(ErrorCode::kMigrationFailed, "row " + rejects_.describe_key(batch, row) +
                                                 " was refused: " + failure.error.message())
        .suggest(
            "mend the row or the target and resume, or start with "
            "continue_on_row_error:true to set bad rows aside");
  }
  rejects_.append(batch, row, entry_.counts.rows_read + row, entry_.batch + 1, failure);
}

void TableCopy::check_error_budget() const {
  const std::uint64_t failed = entry_.counts.rows_failed;
  const auto& limit = context_.options->max_errors;
  if (limit && failed > *limit) {
    throw Error(ErrorCode::kMigrationFailed, std::to_string(failed) + " rows were refused, more " +
                                                 "than max_errors allows (" +
                                                 std::to_string(*limit) + ")");
  }
  if (failed > 0 && context_.options->stop_on_error) {
    throw Error(ErrorCode::kMigrationFailed, "a row was refused and stop_on_error is set");
  }
}

void TableCopy::finish() {
  const auto transaction = context_.target->begin(driver::TransactionMode::kWrite);
  context_.ledger->claim(entry_);
  LedgerEntry done = entry_;
  done.state = LedgerState::kDone;
  context_.ledger->store(done);
  transaction->commit();
  entry_ = std::move(done);
}

void TableCopy::pause(int attempt) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, context_.stop, std::chrono::milliseconds(200 * attempt),
                 [] { return false; });
}

}  // namespace crossload::copy
