#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "crossload/base/error.h"
#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/jobs/job.h"

#include "status_json.h"

namespace crossload::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPersistEvery{1};

std::uint64_t rows_done(const JobStatus& status) {
  std::uint64_t rows = 0;
  for (const TableProgress& table : status.tables) rows += table.rows_read;
  return rows;
}

/// mig_20261121T074500_4f1d2a9c0b7e: sorts by time, cannot be guessed.
std::string new_job_id(const Clock& clock) {
  std::string time = format_time(clock.now()).substr(0, 19);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  return "mig_" + time + "_" + random_hex(6);
}

/// A job that this process holds: created or reopened, perhaps running, perhaps ended.
class HeldJob : public JobHandle {
 public:
  HeldJob(std::string id, fs::path folder, FileLock lock, const Clock& clock)
      : id_(std::move(id)), folder_(std::move(folder)), lock_(std::move(lock)), clock_(clock) {}

  const std::string& id() const override { return id_; }
  const fs::path& folder() const override { return folder_; }
  std::stop_token stop() const override { return stop_source_.get_token(); }
  std::shared_ptr<Logger> log() const override { return log_; }

  void update(const std::function<void(JobStatus&)>& change) override {
    bool persist_now = false;
    {
      std::lock_guard lock(mutex_);
      change(status_);
      touch();
      persist_now = clock_.steady() - persisted_ >= kPersistEvery;
    }
    if (persist_now) persist();
  }

  JobStatus snapshot() const {
    std::lock_guard lock(mutex_);
    return status_;
  }

  bool running() const {
    std::lock_guard lock(mutex_);
    return running_;
  }

  void wait(std::chrono::milliseconds timeout, std::stop_token stop) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, timeout, [&] { return !running_; });
  }

  void start(const JobStatus& initial, JobWork work, std::shared_ptr<Logger> parent_log,
             std::function<void(const std::string&)> on_change) {
    log_ = with_fields(std::move(parent_log), {{"job_id", id_}}, (folder_ / "job.jsonl").string(),
                       clock_);
    on_change_ = std::move(on_change);
    {
      std::lock_guard lock(mutex_);
      status_ = initial;
      status_.job_id = id_;
      running_ = true;
      rows_at_start_ = rows_done(status_);
      run_started_ = clock_.steady();
      touch();
    }
    persist();
    thread_ = std::jthread([this, task = std::move(work)] { body(task); });
  }

  void request_stop(bool shutdown) {
    shutdown_ = shutdown_ || shutdown;
    stop_source_.request_stop();
  }

  /// Writes status.json; the lock is not held while the disk works.
  void persist() {
    std::lock_guard writing(persist_mutex_);
    std::string text;
    {
      std::lock_guard lock(mutex_);
      persisted_ = clock_.steady();
      text = to_json(status_);
    }
    write_file_atomically(folder_ / "status.json", text);
    if (on_change_) on_change_(id_);
  }

  void set_status(JobStatus status) {
    std::lock_guard lock(mutex_);
    status_ = std::move(status);
  }

 private:
  void touch() {
    status_.updated_at = format_time(clock_.now());
    const std::chrono::duration<double> elapsed = clock_.steady() - run_started_;
    const std::uint64_t done = rows_done(status_);
    if (running_ && elapsed.count() > 0 && done >= rows_at_start_) {
      status_.rows_per_second = static_cast<double>(done - rows_at_start_) / elapsed.count();
    }
  }

  void body(const JobWork& work) {
    JobState state = JobState::kFailed;
    std::string message;
    try {
      state = work.run(*this);
    } catch (const Error& error) {
      message = error.message();
      if (error.code() == ErrorCode::kCancelled) {
        state = shutdown_ ? JobState::kInterrupted : JobState::kCancelled;
      }
    } catch (const std::exception& error) {
      message = error.what();
    }
    end(work, state, message);
  }

  /// Keeps the order that a crash may not upset: the end state on disk, then `finish`, then the
  /// end state in memory, where callers see it.
  void end(const JobWork& work, JobState state, const std::string& message) {
    JobStatus ended;
    {
      std::lock_guard lock(mutex_);
      touch();
      ended = status_;
    }
    ended.state = state;
    if (!message.empty()) ended.error_message = message;
    if (state == JobState::kCancelled || state == JobState::kInterrupted) ended.resumable = true;
    ended.completed_at = format_time(clock_.now());
    if (!ended.resumable) ended.phase = "done";
    try {
      write_file_atomically(folder_ / "status.json", to_json(ended));
      if (work.finish) work.finish(*this, state);
    } catch (const std::exception& error) {
      ended.warnings.push_back(std::string("after the end: ") + error.what());
      log_->warning("clean-up after the job failed", {{"error", std::string(error.what())}});
    }
    log_->log(state == JobState::kCompleted ? LogLevel::kInfo : LogLevel::kWarning, "job ended",
              {{"status", std::string(to_string(state))},
               {"rows", static_cast<std::int64_t>(rows_done(ended))},
               {"error", ended.error_message}});
    {
      std::lock_guard lock(mutex_);
      status_ = std::move(ended);
      running_ = false;
      lock_.reset();
    }
    changed_.notify_all();
    if (on_change_) on_change_(id_);
  }

  const std::string id_;
  const fs::path folder_;
  std::optional<FileLock> lock_;
  const Clock& clock_;
  std::shared_ptr<Logger> log_;
  std::function<void(const std::string&)> on_change_;
  std::stop_source stop_source_;
  std::atomic<bool> shutdown_ = false;

  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::mutex persist_mutex_;
  JobStatus status_;
  bool running_ = false;
  std::uint64_t rows_at_start_ = 0;
  SteadyTime run_started_{};
  SteadyTime persisted_{};
  std::jthread thread_;  // last: joins before what it uses goes
};

}  // namespace

class JobManager::Impl {
 public:
  Impl(fs::path state_dir, const Clock& clock, std::shared_ptr<Logger> log)
      : folder_(std::move(state_dir) / "migrations"), clock_(clock), log_(std::move(log)) {}

  ~Impl() {
    std::map<std::string, std::shared_ptr<HeldJob>> held;
    {
      std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (auto& [id, job] : held) job->request_stop(true);
  }

  fs::path folder_of(const std::string& job_id) const { return folder_ / job_id; }

  std::shared_ptr<HeldJob> find_held(const std::string& job_id) const {
    std::lock_guard lock(mutex_);
    const auto found = held_.find(job_id);
    return found == held_.end() ? nullptr : found->second;
  }

  void hold(std::shared_ptr<HeldJob> job) {
    std::lock_guard lock(mutex_);
    held_[job->id()] = std::move(job);
  }

  void drop(const std::string& job_id) {
    std::lock_guard lock(mutex_);
    held_.erase(job_id);
  }

  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
      if (fs::exists(entry.path() / "status.json", ignored)) {
        ids.push_back(entry.path().filename().string());
      }
    }
    std::sort(ids.rbegin(), ids.rend());
    return ids;
  }

  /// Job ids come from callers: only a name that is in the folder's own listing is used as a path.
  void check_exists(const std::string& job_id) const {
    if (find_held(job_id)) return;
    const std::vector<std::string> known = ids();
    if (std::find(known.begin(), known.end(), job_id) != known.end()) return;
    throw Error(ErrorCode::kMigrationNotFound, "no migration job with id " + job_id)
        .candidates(nearest_names(job_id, known))
        .suggest("call list-migration-jobs {}");
  }

  JobStatus stored_status(const std::string& job_id) const {
    JobStatus status = status_from_json(read_file(folder_of(job_id) / "status.json"));
    if (status.state == JobState::kRunning && !FileLock::is_held(folder_of(job_id) / "lock")) {
      status.state = JobState::kInterrupted;
      status.resumable = true;
    }
    return status;
  }

  const fs::path folder_;
  const Clock& clock_;
  const std::shared_ptr<Logger> log_;
  std::function<void(const std::string&)> on_change_;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<HeldJob>> held_;
};

JobManager::JobManager(fs::path state_dir, const Clock& clock, std::shared_ptr<Logger> log)
    : impl_(std::make_unique<Impl>(std::move(state_dir), clock, std::move(log))) {}

JobManager::~JobManager() = default;

std::string JobManager::create(const JobStatus& initial) {
  const std::string id = new_job_id(impl_->clock_);
  const fs::path folder = impl_->folder_of(id);
  make_folders(folder);
  std::optional<FileLock> lock = FileLock::try_acquire(folder / "lock");
  if (!lock) throw Error(ErrorCode::kMigrationFailed, "a new job's folder is locked: " + id);
  auto job = std::make_shared<HeldJob>(id, folder, std::move(*lock), impl_->clock_);
  JobStatus status = initial;
  status.job_id = id;
  job->set_status(std::move(status));
  impl_->hold(std::move(job));
  return id;
}

void JobManager::reopen(const std::string& job_id) {
  impl_->check_exists(job_id);
  const std::shared_ptr<HeldJob> held = impl_->find_held(job_id);
  std::optional<FileLock> lock;
  if (!held || !held->running()) {
    impl_->drop(job_id);
    lock = FileLock::try_acquire(impl_->folder_of(job_id) / "lock");
  }
  if (!lock) {
    throw Error(ErrorCode::kMigrationAlreadyExists, "job " + job_id + " is running")
        .suggest("call check-migration-status {\"job_id\":\"" + job_id + "\"}");
  }
  auto job =
      std::make_shared<HeldJob>(job_id, impl_->folder_of(job_id), std::move(*lock), impl_->clock_);
  job->set_status(status_from_json(read_file(impl_->folder_of(job_id) / "status.json")));
  impl_->hold(std::move(job));
}

void JobManager::release(const std::string& job_id, bool remove) {
  impl_->drop(job_id);
  if (!remove) return;
  std::error_code ignored;
  fs::remove_all(impl_->folder_of(job_id), ignored);
}

void JobManager::start(const std::string& job_id, const JobStatus& initial, JobWork work) {
  const std::shared_ptr<HeldJob> job = impl_->find_held(job_id);
  if (!job) throw Error(ErrorCode::kMigrationFailed, "job " + job_id + " was not created here");
  job->start(initial, std::move(work), impl_->log_, impl_->on_change_);
}

JobStatus JobManager::status(const std::string& job_id) const {
  if (const auto held = impl_->find_held(job_id)) return held->snapshot();
  impl_->check_exists(job_id);
  return impl_->stored_status(job_id);
}

JobStatus JobManager::wait(const std::string& job_id, std::chrono::milliseconds timeout,
                           std::stop_token stop) const {
  if (const auto held = impl_->find_held(job_id)) held->wait(timeout, std::move(stop));
  return status(job_id);
}

std::vector<JobStatus> JobManager::list() const {
  std::vector<JobStatus> jobs;
  for (const std::string& id : impl_->ids()) {
    try {
      jobs.push_back(status(id));
    } catch (const Error& error) {
      impl_->log_->warning("a job's status cannot be read",
                           {{"job_id", id}, {"error", error.message()}});
    }
  }
  return jobs;
}

bool JobManager::cancel(const std::string& job_id) {
  const std::shared_ptr<HeldJob> held = impl_->find_held(job_id);
  if (!held || !held->running()) {
    impl_->check_exists(job_id);
    return false;
  }
  held->request_stop(false);
  return true;
}

void JobManager::amend(const std::string& job_id, const std::function<void(JobStatus&)>& change) {
  const std::shared_ptr<HeldJob> held = impl_->find_held(job_id);
  if (!held || held->running()) {
    throw Error(ErrorCode::kMigrationFailed, "job " + job_id + " is not held by this process");
  }
  held->update(change);
  held->persist();
}

fs::path JobManager::folder(const std::string& job_id) const {
  impl_->check_exists(job_id);
  return impl_->folder_of(job_id);
}

void JobManager::on_change(std::function<void(const std::string& job_id)> callback) {
  impl_->on_change_ = std::move(callback);
}

}  // namespace crossload::jobs
