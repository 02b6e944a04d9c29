#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.h"
#include "test_database.h"

namespace crossload::testing {

/// One migration by the real program from one test database into another, with a configuration and
/// a state folder of its own.
class MigrationRun {
 public:
  MigrationRun(const TestDatabase& source, const TestDatabase& target);

  /// Source and target as arguments, and these behind them.
  std::vector<std::string> arguments(const std::vector<std::string>& more) const;
  /// start-migration-job with these arguments behind source and target, to its end; the job's
  /// status.json. Without a job: {"refused": what was printed}.
  nlohmann::json run(const std::vector<std::string>& more) const;
  /// The command line of the same, for tests that kill it.
  std::vector<std::string> command(const std::vector<std::string>& arguments) const;
  /// The job's status.json; empty object where there is no job.
  nlohmann::json status() const;
  std::string read_job_file(const std::string& name) const;
  /// Where such a file lies, or would.
  std::filesystem::path job_file(const std::string& name) const { return job_folder() / name; }
  const TempFolder& folder() const { return folder_; }

 private:
  std::filesystem::path job_folder() const;

  const TestDatabase& source_;
  const TestDatabase& target_;
  TempFolder folder_;
};

}  // namespace crossload::testing
