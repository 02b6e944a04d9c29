#include <vector>

#include "arguments.h"
#include "schema.h"
#include "status_json.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::size_t kShownJobs = 50;

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "list-migration-jobs";
  tool.title = "List migrations";
  tool.description =
      "Lists the migration jobs of the state folder, newest first, those of earlier processes "
      "included. Next: check-migration-status.";
  tool.input_schema = schema::arguments({}, {});
  tool.output_schema =
      schema::result({{"total", schema::count()},
                      {"truncated", schema::flag("Only the newest are shown")},
                      {"jobs", schema::objects("job_id, status, mode, phase, source, target, "
                                               "progress_percent, rows_migrated, rows_failed, "
                                               "tables_completed, tables_total, resumable, "
                                               "started_at, completed_at")}});
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "The newest 50 jobs are shown; `total` counts all. A job stays listed until its folder under "
      "`state_dir/migrations` is removed by the operator. `resumable` says whether "
      "start-migration-job with `resume_job_id` would go on with it.";
  tool.examples = {{"All jobs", Json::object()}};
  tool.errors = {{ErrorCode::kInvalidArgument, "an argument was given; it takes none"}};
  return tool;
}

mcp::ToolResult list_migration_jobs(const Services& services) {
  const std::vector<jobs::JobStatus> all = services.jobs->list();
  Json shown = Json::array();
  for (const jobs::JobStatus& status : all) {
    if (shown.size() == kShownJobs) break;
    shown.push_back(job_summary_json(status));
  }
  mcp::ToolResult result;
  result.structured = {
      {"total", all.size()}, {"truncated", all.size() > kShownJobs}, {"jobs", std::move(shown)}};
  return result;
}

}  // namespace

void add_list_migration_jobs(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json&, mcp::ToolContext&) { return list_migration_jobs(services); });
}

}  // namespace crossload::tools
