#include "crossload/copy/migration.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

#include "crossload/base/files.h"

#include "checkpoint.h"
#include "decode_hint.h"
#include "fk_check.h"
#include "ledger.h"
#include "schema_steps.h"
#include "table_copy.h"
#include "trigger_guard.h"

namespace crossload::copy {
namespace {

constexpr std::chrono::seconds kCheckpointEvery{1};

}  // namespace

class Migration::Impl {
 public:
  Impl(Side source, Side target, SavedJob job, Context context)
      : source_side_(std::move(source)),
        target_side_(std::move(target)),
        job_(std::move(job)),
        context_(std::move(context)) {}

  RunResult run();
  void clear_ledger();

 private:
  void connect();
  void open_ledger(SchemaSteps& steps);
  void start_ledger(SchemaSteps& steps);
  void compare_fingerprint();
  void count_rows();
  void copy_tables();
  TablePlan without_generated(TablePlan table);
  bool copy_table(std::size_t index);
  void tell_hints(const TablePlan& table);
  void advance_identities();
  void check_keys(SchemaSteps& steps);
  RunResult result() const;
  void save_checkpoint();
  void save_checkpoint_now_and_then();
  void note(const std::string& text);
  void throw_if_stopped() const;
  std::string table_status(std::size_t index) const;

  const Plan& plan() const { return job_.plan; }

  const Side source_side_;
  const Side target_side_;
  const SavedJob job_;
  const Context context_;

  std::unique_ptr<driver::Connection> source_;
  Schema source_schema_;
  std::optional<Schema> made_schema_;  // the target's behind create_tables(), once asked for
  std::unique_ptr<driver::Connection> target_;
  std::unique_ptr<driver::Transaction> snapshot_;
  std::unique_ptr<driver::LoadSession> load_;
  std::unique_ptr<Ledger> ledger_;
  std::vector<LedgerEntry> entries_;                 // by place in the plan
  std::vector<bool> failed_;                         // likewise
  std::vector<std::optional<Table>> target_tables_;  // likewise, of those that this run copied
  std::string current_table_;
  Checkpoint checkpoint_;
  SteadyTime checkpoint_written_{};
  std::vector<std::uint64_t> row_counts_;  // of the source, by place in the plan
  bool source_attached_ = false;
  std::string first_fingerprint_;  // of the source, before this run's snapshot
  bool source_changed_ = false;
  bool schema_whole_ = true;
  std::uint64_t fk_violations_ = 0;
  std::string stopped_by_;  // why the job was told to stop early (stop_on_error)
};

RunResult Migration::Impl::run() {
  checkpoint_ = checkpoint_from_json(read_file(context_.folder / "checkpoint.json"));
  context_.observer->phase("schema");
  connect();
  const std::stop_callback cancel(context_.stop, [this] {
    source_->cancel();
    target_->cancel();
  });
  throw_if_stopped();
  source_schema_ = source_->catalog().load_schema();
  SchemaSteps steps(plan(), source_schema_, *source_, *target_,
                    {.phase = [this](const std::string& name) { context_.observer->phase(name); },
                     .lost =
                         [this](const std::string& text) {
                           schema_whole_ = false;
                           note(text);
                         },
                     .changed = [this](const std::string& text) { note(text); },
                     .throw_if_stopped = [this] { throw_if_stopped(); }});
  open_ledger(steps);
  compare_fingerprint();
  count_rows();
  TriggerGuard triggers(*load_, context_.folder, context_.log);
  if (plan().options.triggers == TriggerPolicy::kDropAndRestore) triggers.drop(plan());
  copy_tables();
  if (stopped_by_.empty()) {
    advance_identities();
    steps.create_keys();
    check_keys(steps);
    steps.create_the_rest();
  }
  triggers.restore();
  load_->finish();
  save_checkpoint();
  return result();
}

void Migration::Impl::connect() {
  source_ = source_side_.driver->connect(source_side_.endpoint, source_side_.database, {});
  first_fingerprint_ = source_->catalog().fingerprint();
  snapshot_ = source_->begin(driver::TransactionMode::kSnapshot);
  driver::ConnectOptions options = {.access = driver::Access::kReadWrite,
                                    .create_missing = plan().creates_target_database};
  if (plan().creates_target_database && !plan().single_table &&
      source_->server().engine == target_side_.driver->engine()) {
    options.settings = source_->catalog().database_settings();
  }
  target_ = target_side_.driver->connect(target_side_.endpoint, target_side_.database, options);
  load_ = target_->prepare_load({.fire_triggers = plan().options.triggers == TriggerPolicy::kFire,
                                 .relaxed_durability = plan().creates_target_database});
  ledger_ = std::make_unique<Ledger>(*target_, context_.job_id, *context_.clock);
}

/// Finds the job's entries in the target or makes them; either way no older process can commit
/// then.
void Migration::Impl::open_ledger(SchemaSteps& steps) {
  entries_ = ledger_->load();
  failed_.assign(plan().tables.size(), false);
  target_tables_.resize(plan().tables.size());
  if (entries_.empty() && checkpoint_.ledger_created) {
    throw Error(ErrorCode::kCheckpointNotFound,
                "the target's ledger has nothing of job " + context_.job_id +
                    ": the target was replaced, or the rows of crossload_ledger were removed")
        .suggest("cancel-migration-job with discard:true, then start anew");
  }
  if (entries_.empty()) {
    start_ledger(steps);
  } else {
    const auto transaction = target_->begin(driver::TransactionMode::kWrite);
    ledger_->raise_epoch();
    if (target_->server().transactional_ddl) steps.create_tables();
    transaction->commit();
    if (!target_->server().transactional_ddl) steps.create_tables();
  }
  if (entries_.size() != plan().tables.size()) {
    throw Error(ErrorCode::kPlanStale, "the ledger's entries do not match the plan");
  }
  checkpoint_.ledger_created = true;
  save_checkpoint();
}

void Migration::Impl::start_ledger(SchemaSteps& steps) {
  for (std::size_t i = 0; i < plan().tables.size(); ++i) {
    LedgerEntry entry;
    entry.chunk = static_cast<std::int64_t>(i);
    entry.table = plan().tables[i].source.display();
    entries_.push_back(std::move(entry));
  }
  // Where CREATE TABLE commits what is open, the entries must come all at once behind it: a resumer
  // makes the tables that are still missing.
  const bool together = target_->server().transactional_ddl;
  if (!together) ledger_->create_table();
  const auto transaction = target_->begin(driver::TransactionMode::kWrite);
  if (together) ledger_->create_table();
  ledger_->insert(entries_);
  if (together) steps.create_tables();
  transaction->commit();
  if (!together) steps.create_tables();
}

/// What is remembered is from before the snapshot, what it is compared with from after it: a change
/// on either side of a snapshot is seen.
void Migration::Impl::compare_fingerprint() {
  if (checkpoint_.source_fingerprint.empty()) {
    checkpoint_.source_fingerprint = first_fingerprint_;
    save_checkpoint();
  } else if (checkpoint_.source_fingerprint != source_->catalog().fingerprint()) {
    source_changed_ = true;
    note(
        "mixed_snapshot: the source changed since the job began; rows copied before and after "
        "come from different states of it");
  }
}

void Migration::Impl::count_rows() {
  context_.observer->phase("counting");
  for (const TablePlan& table : plan().tables) {
    throw_if_stopped();
    row_counts_.push_back(source_->catalog().count_rows(table.source));
    context_.observer->total_rows(table, row_counts_.back());
  }
}

void Migration::Impl::copy_tables() {
  context_.observer->phase("copying");
  source_attached_ =
      source_->server().engine == target_->server().engine && load_->attach(source_side_.database);
  for (std::size_t i = 0; i < plan().tables.size(); ++i) {
    throw_if_stopped();
    const bool whole = copy_table(i);
    if (whole || !plan().options.stop_on_error) continue;
    stopped_by_ = "stopped at table " + plan().tables[i].source.display() + " (stop_on_error)";
    return;
  }
}

/// A generated column of another engine is made as one where its expression has a translation, else
/// as a plain one: the table that was made tells which take values.
TablePlan Migration::Impl::without_generated(TablePlan table) {
  const Table* const source = source_schema_.find_table(table.source);
  const bool has_generated =
      source != nullptr &&
      std::any_of(source->columns.begin(), source->columns.end(),
                  [](const Column& column) { return column.generated != GeneratedKind::kNone; });
  if (!table.create || !has_generated) return table;
  if (!made_schema_) made_schema_ = target_->catalog().load_schema();
  const Table* const made = made_schema_->find_table(table.target);
  if (made == nullptr) return table;
  for (std::size_t i = table.target_columns.size(); i-- > 0;) {
    const Column* const column = made->find_column(table.target_columns[i]);
    if (column == nullptr || column->generated == GeneratedKind::kNone) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    table.source_columns.erase(table.source_columns.begin() + at);
    table.target_columns.erase(table.target_columns.begin() + at);
  }
  return table;
}

/// Returns whether every row of the table arrived.
bool Migration::Impl::copy_table(std::size_t index) {
  const TablePlan table = without_generated(plan().tables[index]);
  LedgerEntry& entry = entries_[index];
  current_table_ = table.source.display();
  TableCopy copy(table, entry,
                 {.source = source_.get(),
                  .source_table = source_schema_.find_table(table.source),
                  .target = target_.get(),
                  .load = load_.get(),
                  .ledger = ledger_.get(),
                  .options = &plan().options,
                  .folder = context_.folder,
                  .stop = context_.stop,
                  .log = context_.log,
                  .expected_rows = row_counts_[index],
                  .source_attached = source_attached_,
                  .source_changed = source_changed_,
                  .committed = [&](const LedgerEntry& done) {
                    context_.observer->table(table, TableEvent::kProgress, done.counts, "", "");
                    save_checkpoint_now_and_then();
                  }});
  const auto tell = [&](TableEvent event, const std::string& error) {
    context_.observer->table(table, event, entry.counts, error, copy.error_file());
  };
  tell(TableEvent::kStarted, "");
  try {
    if (entry.state == LedgerState::kPending) tell_hints(table);
    if (entry.state != LedgerState::kDone) copy.run();
    target_tables_[index] = copy.take_target_table();
    for (const auto& [rule, uses] : entry.rule_uses) {
      context_.observer->warning("rule used " + std::to_string(uses) +
                                 " times: " + table.source.display() + "." + rule);
    }
    tell(TableEvent::kCompleted, "");
  } catch (const Error& error) {
    if (context_.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "cancelled");
    failed_[index] = true;
    tell(TableEvent::kFailed, error.message());
  }
  current_table_.clear();
  save_checkpoint_now_and_then();
  return !failed_[index] && entry.counts.rows_failed == 0;
}

void Migration::Impl::tell_hints(const TablePlan& table) {
  const Table* const source = source_schema_.find_table(table.source);
  if (source == nullptr) return;
  for (const std::string& hint : decode_hints(*source_, *source, table, plan().options.rules)) {
    note(hint);
  }
}

void Migration::Impl::advance_identities() {
  context_.observer->phase("identities");
  for (std::size_t i = 0; i < plan().tables.size(); ++i) {
    const TablePlan& table = plan().tables[i];
    if (entries_[i].state != LedgerState::kDone || table.shadow) continue;
    std::optional<Table>& target = target_tables_[i];
    if (!target) target = target_->catalog().describe(table.target);
    load_->advance_identity(*target, source_->catalog().last_identity(table.source));
  }
  throw_if_stopped();
}

void Migration::Impl::check_keys(SchemaSteps& steps) {
  context_.observer->phase("checking");
  const std::filesystem::path file = context_.folder / "fk_violations.jsonl";
  std::vector<driver::FkOrphan> one_a_key;
  fk_violations_ = check_foreign_keys(plan(), *target_, *load_, file, one_a_key,
                                      [this](const std::string& text) { note(text); });
  steps.drop_unproved(one_a_key);
  context_.observer->fk_violations(fk_violations_, fk_violations_ > 0 ? file.string() : "");
  throw_if_stopped();
}

RunResult Migration::Impl::result() const {
  const auto failed_tables = std::count(failed_.begin(), failed_.end(), true);
  const bool rejects = std::any_of(entries_.begin(), entries_.end(), [](const LedgerEntry& entry) {
    return entry.counts.rows_failed > 0;
  });
  RunResult result;
  result.resumable = failed_tables > 0 || !stopped_by_.empty();
  if (!stopped_by_.empty()) {
    result.outcome = Outcome::kFailed;
    result.error_message = stopped_by_;
  } else if (failed_tables == std::ssize(failed_) && failed_tables > 0) {
    result.outcome = Outcome::kFailed;
    result.error_message = "no table could be migrated to its end";
  } else if (failed_tables > 0 || rejects || fk_violations_ > 0 || !schema_whole_) {
    result.outcome = Outcome::kCompletedWithErrors;
  }
  return result;
}

std::string Migration::Impl::table_status(std::size_t index) const {
  if (failed_[index]) return "failed";
  switch (entries_[index].state) {
    case LedgerState::kPending:
      return "pending";
    case LedgerState::kInProgress:
      return "in_progress";
    case LedgerState::kDone:
      return entries_[index].counts.rows_failed > 0 ? "completed_with_errors" : "completed";
  }
  return "";
}

void Migration::Impl::save_checkpoint() {
  checkpoint_.completed_tables.clear();
  checkpoint_.tables_remaining.clear();
  checkpoint_.current_table = current_table_;
  checkpoint_.current_table_status.clear();
  for (std::size_t i = 0; i < plan().tables.size(); ++i) {
    const std::string name = plan().tables[i].source.display();
    if (name == current_table_) checkpoint_.current_table_status = table_status(i);
    const bool done = entries_[i].state == LedgerState::kDone;
    (done ? checkpoint_.completed_tables : checkpoint_.tables_remaining).push_back(name);
  }
  write_checkpoint(context_.folder, job_, checkpoint_, *context_.clock);
  checkpoint_written_ = context_.clock->steady();
}

void Migration::Impl::save_checkpoint_now_and_then() {
  if (context_.clock->steady() - checkpoint_written_ >= kCheckpointEvery) save_checkpoint();
}

void Migration::Impl::note(const std::string& text) {
  context_.observer->warning(text);
}

void Migration::Impl::throw_if_stopped() const {
  if (context_.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "cancelled");
}

/// On a connection of its own: a cancel() that came too late for run() must not stop this.
void Migration::Impl::clear_ledger() {
  const bool exists = target_ || target_side_.database.exists;
  ledger_.reset();
  load_.reset();
  target_.reset();
  if (!exists) return;
  const auto target = target_side_.driver->connect(
      target_side_.endpoint, target_side_.database,
      {.access = driver::Access::kReadWrite, .create_missing = plan().creates_target_database});
  restore_left_triggers(*target, context_.folder);
  Ledger(*target, context_.job_id, *context_.clock).clear();
  Checkpoint checkpoint = checkpoint_from_json(read_file(context_.folder / "checkpoint.json"));
  checkpoint.ledger_created = false;
  write_checkpoint(context_.folder, job_, checkpoint, *context_.clock);
}

Migration::Migration(Side source, Side target, SavedJob job, Context context)
    : impl_(std::make_unique<Impl>(std::move(source), std::move(target), std::move(job),
                                   std::move(context))) {}

Migration::~Migration() = default;

RunResult Migration::run() {
  return impl_->run();
}

void Migration::clear_ledger() {
  impl_->clear_ledger();
}

}  // namespace crossload::copy
