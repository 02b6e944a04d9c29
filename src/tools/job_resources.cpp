#include "crossload/tools/job_resources.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"

#include "arguments.h"
#include "artifact_lines.h"
#include "job_report.h"

namespace crossload::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kJobs = "crossload://jobs/";
constexpr std::string_view kSchemaCopies = "crossload://schema-copies/";
constexpr std::size_t kListedJobs = 50;
constexpr std::size_t kErrorLines = 200;

/// "NAME/PART" behind a prefix, or nothing. A name never has a slash, so it cannot leave its
/// folder.
std::optional<std::pair<std::string, std::string>> name_and_part(std::string_view uri,
                                                                 std::string_view prefix) {
  if (uri.substr(0, prefix.size()) != prefix) return std::nullopt;
  const std::vector<std::string> parts = split(uri.substr(prefix.size()), '/');
  if (parts.size() != 2 || parts[0].empty() || parts[0].front() == '.') return std::nullopt;
  return std::pair{parts[0], parts[1]};
}

bool is_errors_file(const fs::path& file) {
  const std::string name = file.filename().string();
  return name == "fk_violations.jsonl" || name.ends_with("_failed.jsonl");
}

/// The first lines of every reject file of a job.
std::string errors_text(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (is_errors_file(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string text;
  for (const fs::path& file : files) {
    if (text.size() >= kPageBytes) break;
    text += utf8_lossy(read_lines(file, 0, kErrorLines).text);
  }
  return text;
}

std::optional<jobs::JobStatus> find_job(const jobs::JobManager& jobs, const std::string& job_id) {
  for (jobs::JobStatus& status : jobs.list()) {
    if (status.job_id == job_id) return std::move(status);
  }
  return std::nullopt;
}

std::optional<mcp::ResourceContents> read_schema_report(const fs::path& state_dir,
                                                        const std::string& name) {
  const auto file = path_inside(state_dir / "schema-copy", fs::path(name) / "report.md");
  std::error_code ignored;
  if (!file || !fs::is_regular_file(*file, ignored)) return std::nullopt;
  return mcp::ResourceContents{"text/markdown", utf8_lossy(read_file(*file)), false};
}

}  // namespace

std::string job_report_uri(const std::string& job_id) {
  return std::string(kJobs) + job_id + "/report";
}

std::vector<mcp::Resource> JobResources::list() {
  std::vector<mcp::Resource> resources;
  for (const jobs::JobStatus& status : services_.jobs->list()) {
    if (resources.size() >= 2 * kListedJobs) break;
    const std::string title =
        status.source + " to " + status.target + ", " + std::string(to_string(status.state));
    resources.push_back(
        {job_report_uri(status.job_id), "Report of " + status.job_id, title, "text/markdown"});
    resources.push_back({std::string(kJobs) + status.job_id + "/errors",
                         "Errors of " + status.job_id, "Its rejects and foreign key violations",
                         "application/jsonl"});
  }
  return resources;
}

std::vector<mcp::Resource> JobResources::templates() {
  return {{"crossload://jobs/{job_id}/report", "Job report", "How a job stands and what it did",
           "text/markdown"},
          {"crossload://jobs/{job_id}/errors", "Job errors",
           "The first rejects and foreign key violations of a job", "application/jsonl"},
          {"crossload://schema-copies/{name}/report", "Schema copy report",
           "What a schema copy generated, changed and left out", "text/markdown"}};
}

std::optional<mcp::ResourceContents> JobResources::read(const std::string& uri) {
  if (const auto copy = name_and_part(uri, kSchemaCopies); copy && copy->second == "report") {
    return read_schema_report(services_.state_dir, copy->first);
  }
  const auto job = name_and_part(uri, kJobs);
  if (!job) return std::nullopt;
  const auto status = find_job(*services_.jobs, job->first);
  if (!status) return std::nullopt;
  if (job->second == "report") {
    return mcp::ResourceContents{"text/markdown", job_report(*status), false};
  }
  if (job->second == "errors") {
    return mcp::ResourceContents{"application/jsonl",
                                 errors_text(services_.jobs->folder(job->first)), false};
  }
  return std::nullopt;
}

}  // namespace crossload::tools
