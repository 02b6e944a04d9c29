#include "migration_service.h"

#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/copy/selection.h"

#include "arguments.h"
#include "job_run.h"
#include "status_json.h"

namespace crossload::tools {
namespace {

using jobs::JobState;
using jobs::JobStatus;

copy::Side side_of(const FoundDatabase& found) {
  return {found.driver, found.profile->endpoint, found.database};
}

std::vector<std::string> table_names(const copy::Plan& plan) {
  std::vector<std::string> names;
  for (const copy::TablePlan& table : plan.tables) names.push_back(table.source.display());
  return names;
}

std::set<std::string> folded(const std::vector<std::string>& names) {
  std::set<std::string> set;
  for (const std::string& name : names) set.insert(ascii_lower(name));
  return set;
}

std::set<std::string> folded(const JobStatus& status) {
  std::set<std::string> set;
  for (const jobs::TableProgress& table : status.tables) set.insert(ascii_lower(table.table));
  return set;
}

/// The tables a request is about, without a look at the target: a running twin may hold it locked.
std::vector<std::string> selected_tables(const FoundDatabase& source,
                                         const copy::MigrationOptions& options) {
  const auto connection = source.driver->connect(source.profile->endpoint, source.database, {});
  if (options.source_table) {
    return {connection->catalog().find(*options.source_table).display()};
  }
  const Schema schema = connection->catalog().load_schema();
  std::vector<std::string> names;
  for (const Table* table :
       copy::select_tables(schema, options.include_tables, options.exclude_tables)) {
    names.push_back(table->name.display());
  }
  return names;
}

FoundDatabase find_target(const Services& services, const StartRequest& request) {
  require_write(find_profile(services, request.target.profile_name), "being a target");
  // A file can be made by the job; a server's databases are its administrator's.
  const Profile& profile = find_profile(services, request.target.profile_name);
  const bool is_file = profile.endpoint.engine == Engine::kSqlite;
  try {
    return find_database(services, request.target, request.options.create_schema && is_file);
  } catch (Error& error) {
    if (error.code() == ErrorCode::kDatabaseNotFound) {
      error.suggest(is_file ? "to make it, call start-migration-job again with create_schema:true"
                            : "to make it, run CREATE DATABASE with execute-sql in another one");
    }
    throw;
  }
}

void refuse_same_database(const FoundDatabase& source, const FoundDatabase& target) {
  if (source.database.identity != target.database.identity) return;
  throw Error(ErrorCode::kInvalidArgument, "source and target are the same database: " +
                                               source.display() + " and " + target.display())
      .suggest(call_hint("list-databases", {{"profile_name", target.profile->endpoint.profile}}));
}

Error already_exists(const JobStatus& status) {
  const Json id = {{"job_id", status.job_id}};
  Error error(ErrorCode::kMigrationAlreadyExists,
              "job " + status.job_id + " (" + std::string(to_string(status.state)) +
                  ") already migrates these tables from " + status.source + " to " + status.target);
  if (status.state == JobState::kRunning) {
    error.suggest(call_hint("check-migration-status", id));
    error.suggest("to stop it: " + call_hint("cancel-migration-job", id));
    return error;
  }
  error.suggest(call_hint("start-migration-job", {{"resume_job_id", status.job_id}}));
  error.suggest(call_hint("check-migration-status", id));
  error.suggest("to give it up: " +
                call_hint("cancel-migration-job", {{"job_id", status.job_id}, {"discard", true}}));
  return error;
}

/// An ended job whose rejects were its only trouble is finished: starting it again is a new job.
bool is_unfinished(const JobStatus& status) {
  if (status.state == JobState::kRunning) return true;
  return status.state != JobState::kCompletedWithErrors && is_resumable(status);
}

JobStatus initial_status(const copy::Plan& plan, const FoundDatabase& source,
                         const FoundDatabase& target, TimePoint now) {
  JobStatus status;
  status.started_at = format_time(now);
  status.mode = plan.single_table ? "single_table" : "whole_database";
  status.phase = "planning";
  status.source = source.display();
  status.target = target.display();
  status.warnings = plan.warnings;
  for (const std::string& name : table_names(plan)) {
    status.tables.push_back({});
    status.tables.back().table = name;
  }
  return status;
}

/// The last status of a job that goes on: what is done stays told, the end of the last run goes.
JobStatus resumed_status(JobStatus status, const copy::Plan& plan) {
  status.state = JobState::kRunning;
  status.phase = "planning";
  status.error_message.clear();
  status.error_file.clear();
  status.completed_at.clear();
  status.fk_violations = 0;
  status.rows_per_second = 0;
  status.warnings = plan.warnings;
  for (jobs::TableProgress& table : status.tables) {
    const bool done = table.state == jobs::TableState::kCompleted ||
                      table.state == jobs::TableState::kCompletedWithErrors;
    if (done) continue;
    table.state = jobs::TableState::kPending;
    table.error.clear();
  }
  return status;
}

/// Gives a locked job's folder back unless the job was started.
class Reopened {
 public:
  Reopened(jobs::JobManager& jobs, std::string job_id) : jobs_(jobs), job_id_(std::move(job_id)) {
    jobs_.reopen(job_id_);
  }
  Reopened(const Reopened&) = delete;
  Reopened& operator=(const Reopened&) = delete;
  ~Reopened() {
    if (held_) jobs_.release(job_id_, false);
  }
  void started() { held_ = false; }

 private:
  jobs::JobManager& jobs_;
  const std::string job_id_;
  bool held_ = true;
};

void require_resumable(const JobStatus& status) {
  if (is_given_up(status)) {
    throw Error(ErrorCode::kCheckpointNotFound,
                "job " + status.job_id + " was given up: nothing is kept to go on with")
        .suggest("start a new job");
  }
  if (!is_resumable(status) && status.state != JobState::kRunning) {
    throw Error(ErrorCode::kInvalidArgument, "job " + status.job_id + " is " +
                                                 std::string(to_string(status.state)) +
                                                 ": nothing is left to resume")
        .suggest(call_hint("check-migration-status", {{"job_id", status.job_id}}));
  }
}

}  // namespace

bool MigrationService::has_unfinished_sibling(const std::string& source,
                                              const std::string& target) const {
  const std::vector<JobStatus> jobs = services_.jobs->list();
  return std::any_of(jobs.begin(), jobs.end(), [&](const JobStatus& status) {
    return status.source == source && status.target == target && is_unfinished(status);
  });
}

void MigrationService::refuse_unfinished_twin(const std::string& source, const std::string& target,
                                              const std::vector<std::string>& tables) const {
  const std::set<std::string> wanted = folded(tables);
  for (const JobStatus& status : services_.jobs->list()) {
    if (status.source != source || status.target != target || !is_unfinished(status)) continue;
    const std::set<std::string> theirs = folded(status);
    const bool shared = std::any_of(theirs.begin(), theirs.end(),
                                    [&](const std::string& name) { return wanted.contains(name); });
    // Two running jobs must not even share a table; an ended one stands in the way of its like
    // only.
    if (status.state == JobState::kRunning ? shared : theirs == wanted) {
      throw already_exists(status);
    }
  }
}

StartedJob MigrationService::start(const StartRequest& request) {
  const FoundDatabase source = find_database(services_, request.source);
  const FoundDatabase target = find_target(services_, request);
  refuse_same_database(source, target);
  if (request.options.truncate_target) {
    require_power(*target.profile, "truncate", "truncate_target");
  }

  const std::lock_guard lock(starting_);
  make_folders(services_.state_dir);
  const auto other_processes = FileLock::try_acquire(services_.state_dir / "start.lock");
  if (!other_processes) {
    throw Error(ErrorCode::kMigrationAlreadyExists,
                "another process is starting a job in this state folder right now")
        .retryable(true)
        .suggest(call_hint("list-migration-jobs", Json::object()));
  }
  sweep_target(target.display());
  if (has_unfinished_sibling(source.display(), target.display())) {
    refuse_unfinished_twin(source.display(), target.display(),
                           selected_tables(source, request.options));
  }
  copy::SavedJob saved{request.source.profile_name, source.database.name,
                       request.target.profile_name, target.database.name,
                       copy::make_plan(side_of(source), side_of(target), request.options)};
  refuse_unfinished_twin(source.display(), target.display(), table_names(saved.plan));

  const JobStatus initial = initial_status(saved.plan, source, target, services_.clock->now());
  const std::string job_id = services_.jobs->create(initial);
  try {
    copy::save_job(services_.jobs->folder(job_id), job_id, saved, *services_.clock);
  } catch (const Error&) {
    services_.jobs->release(job_id, true);
    throw;
  }
  return launch(job_id, source, target, std::move(saved), initial);
}

StartedJob MigrationService::resume(const std::string& job_id,
                                    std::optional<std::size_t> memory_limit_mb) {
  const JobStatus last = services_.jobs->status(job_id);
  if (!is_resumable(last)) sweep(last);
  require_resumable(last);
  Reopened reopened(*services_.jobs, job_id);
  copy::SavedJob saved = copy::load_job(services_.jobs->folder(job_id));
  const FoundDatabase source =
      find_database(services_, {saved.source_profile, saved.source_database});
  const Profile& target_profile = find_profile(services_, saved.target_profile);
  require_write(target_profile, "being a target");
  if (saved.plan.options.truncate_target) {
    require_power(target_profile, "truncate", "truncate_target");
  }
  const FoundDatabase target = find_database(
      services_, {saved.target_profile, saved.target_database}, saved.plan.creates_target_database);
  saved.plan = copy::replan(side_of(source), side_of(target), saved);
  if (memory_limit_mb) saved.plan.options.memory_limit_mb = *memory_limit_mb;
  JobStatus initial = resumed_status(last, saved.plan);
  StartedJob started = launch(job_id, source, target, std::move(saved), std::move(initial));
  reopened.started();
  started.resumed = true;
  return started;
}

StartedJob MigrationService::launch(const std::string& job_id, const FoundDatabase& source,
                                    const FoundDatabase& target, copy::SavedJob saved,
                                    JobStatus initial) {
  StartedJob started;
  started.job_id = job_id;
  started.mode = initial.mode;
  started.tables = saved.plan.tables.size();
  started.source = source.display();
  started.target = target.display();
  started.checkpoint = services_.jobs->folder(job_id) / "checkpoint.json";
  started.warnings = saved.plan.warnings;
  initial.job_id = job_id;
  const auto run = std::make_shared<JobRun>(side_of(source), side_of(target), std::move(saved),
                                            *services_.clock);
  services_.jobs->start(job_id, initial,
                        {[run](jobs::JobHandle& job) { return run->run(job); },
                         [run](jobs::JobHandle&, JobState) { run->finish(); }});
  return started;
}

void MigrationService::give_up(const std::string& job_id) {
  if (is_given_up(services_.jobs->status(job_id))) return;
  require_resumable(services_.jobs->status(job_id));
  const Reopened reopened(*services_.jobs, job_id);
  clear_ledger(job_id);
  services_.jobs->amend(job_id, [](JobStatus& status) {
    status.state = JobState::kCancelled;
    status.phase = kGivenUpPhase;
    status.resumable = false;
  });
}

void MigrationService::sweep(const JobStatus& status) {
  if (status.state == JobState::kRunning ||
      !copy::ledger_left_behind(services_.jobs->folder(status.job_id))) {
    return;
  }
  const Reopened reopened(*services_.jobs, status.job_id);
  clear_ledger(status.job_id);
}

void MigrationService::sweep_target(const std::string& target) {
  for (const JobStatus& status : services_.jobs->list()) {
    if (status.target == target && !is_resumable(status)) sweep(status);
  }
}

void MigrationService::clear_ledger(const std::string& job_id) {
  copy::SavedJob saved = copy::load_job(services_.jobs->folder(job_id));
  const FoundDatabase source =
      find_database(services_, {saved.source_profile, saved.source_database}, true);
  const FoundDatabase target =
      find_database(services_, {saved.target_profile, saved.target_database}, true);
  require_write(*target.profile, "removing the job's ledger rows");
  copy::Migration::Context context;
  context.job_id = job_id;
  context.folder = services_.jobs->folder(job_id);
  context.log = services_.log;
  context.clock = services_.clock;
  copy::Migration(side_of(source), side_of(target), std::move(saved), std::move(context))
      .clear_ledger();
}

}  // namespace crossload::tools
