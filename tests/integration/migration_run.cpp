#include "migration_run.h"

#include <chrono>

namespace crossload::testing {

namespace fs = std::filesystem;

MigrationRun::MigrationRun(const TestDatabase& source, const TestDatabase& target)
    : source_(source), target_(target) {
  folder_.write("crossload.json", R"({"state_dir":"state","profiles":{"from":)" +
                                      source.profile("read") + R"(,"to":)" +
                                      target.profile("write") + "}}");
}

std::vector<std::string> MigrationRun::command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"/usr/bin/env",
                                      "CROSSLOAD_CONFIG=" + (folder_ / "crossload.json").string(),
                                      CROSSLOAD_BINARY, "start-migration-job"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

std::vector<std::string> MigrationRun::arguments(const std::vector<std::string>& more) const {
  std::vector<std::string> whole = {
      "--source-profile", "from", "--source-database", source_.name(),
      "--target-profile", "to",   "--target-database", target_.name()};
  whole.insert(whole.end(), more.begin(), more.end());
  return whole;
}

nlohmann::json MigrationRun::run(const std::vector<std::string>& more) const {
  Process process(command(arguments(more)), folder_ / "run.out");
  process.wait(std::chrono::minutes(15));
  nlohmann::json result = status();
  if (result.empty()) result["refused"] = folder_.read("run.out");
  return result;
}

fs::path MigrationRun::job_folder() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_ / "state/migrations", ignored)) {
    if (fs::exists(entry.path() / "status.json")) return entry.path();
  }
  return {};
}

nlohmann::json MigrationRun::status() const {
  const fs::path job = job_folder();
  if (job.empty()) return nlohmann::json::object();
  return nlohmann::json::parse(folder_.read(fs::relative(job / "status.json", folder_.path())));
}

std::string MigrationRun::read_job_file(const std::string& name) const {
  const fs::path file = job_folder() / name;
  return fs::exists(file) ? folder_.read(fs::relative(file, folder_.path())) : "";
}

}  // namespace crossload::testing
