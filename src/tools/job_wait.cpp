#include "job_wait.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace crossload::tools {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kTick{1000};

/// Lets `time` pass, or less when `stop` is signalled.
void pause(steady_clock::time_point until, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_until(lock, stop, until, [] { return false; });
}

}  // namespace

jobs::JobStatus wait_for_job(const jobs::JobManager& jobs, const std::string& job_id,
                             milliseconds timeout, const std::stop_token& stop,
                             const std::function<void(const jobs::JobStatus&)>& tick) {
  const auto end = steady_clock::now() + timeout;
  jobs::JobStatus status = jobs.status(job_id);
  while (status.state == jobs::JobState::kRunning && !stop.stop_requested()) {
    tick(status);
    const auto now = steady_clock::now();
    if (now >= end) break;
    const auto until = std::min(end, now + kTick);
    status = jobs.wait(job_id, std::chrono::ceil<milliseconds>(until - now), stop);
    // A job of another process wakes nobody here; its file is looked at once a tick.
    if (status.state == jobs::JobState::kRunning) pause(until, stop);
  }
  return status;
}

}  // namespace crossload::tools
