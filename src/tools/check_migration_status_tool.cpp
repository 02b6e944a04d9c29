#include <chrono>
#include <string>

#include "arguments.h"
#include "job_wait.h"
#include "schema.h"
#include "status_json.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::int64_t kMostWaitSeconds = 20;

struct Arguments {
  std::string job_id;
  std::chrono::seconds wait{0};
  StatusDetail detail = StatusDetail::kAuto;
};

Arguments parse(const Json& json) {
  return {required_text(json, "job_id"), std::chrono::seconds(integer_or(json, "wait_seconds", 0)),
          optional_text(json, "detail") == "full" ? StatusDetail::kFull : StatusDetail::kAuto};
}

Json output_schema() {
  return schema::result(
      {{"job_id", schema::string()},
       {"status", schema::string("running, completed, completed_with_errors, failed, cancelled, "
                                 "interrupted")},
       {"mode", schema::string()},
       {"phase", schema::string()},
       {"progress_percent", schema::count("99 at most until done")},
       {"current_table", schema::string()},
       {"rows_read", schema::count("= migrated + skipped + failed")},
       {"rows_migrated", schema::count()},
       {"rows_failed", schema::count()},
       {"rows_skipped", schema::count()},
       {"total_rows", schema::count()},
       {"total_rows_estimated", schema::flag()},
       {"fk_violations", schema::count()},
       {"error_file", schema::string("Absolute path")},
       {"tables_completed", schema::count("Every row migrated")},
       {"tables_total", schema::count()},
       {"tables_by_status", {{"type", "object"}}},
       {"tables_status", schema::objects("table, status, rows_migrated, rows_failed, total_rows")},
       {"failed_tables", schema::objects("table, error, rows_failed, error_file")},
       {"rows_per_second", schema::number()},
       {"eta_seconds", schema::count()},
       {"source", schema::string()},
       {"target", schema::string()},
       {"resumable", schema::flag()},
       {"warnings", schema::list()},
       {"next_steps", schema::list()},
       {"started_at", schema::string()},
       {"updated_at", schema::string()},
       {"completed_at", schema::string()},
       {"error_message", schema::string()},
       {"poll_after_ms", schema::count()}});
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "check-migration-status";
  tool.title = "Check a migration";
  tool.description =
      "Tells how far a migration job is, waiting up to wait_seconds for its end. Next: "
      "read-artifact "
      "for rejects, or start-migration-job to resume.";
  tool.input_schema = schema::arguments(
      {{"job_id", schema::string()},
       {"wait_seconds",
        schema::integer("Wait for the end, telling progress", 0, kMostWaitSeconds, 0)},
       {"detail", schema::choice("auto: of more than 50 tables only active and failed ones",
                                 {"auto", "full"}, "auto")}},
      {"job_id"});
  tool.output_schema = output_schema();
  tool.annotations = {.read_only = true, .destructive = false, .idempotent = true};
  tool.help =
      "Works for running jobs, for ended ones and for jobs of earlier processes. `interrupted` "
      "means "
      "that it was running and no process holds it any more; it can be resumed. `next_steps` are "
      "concrete calls.\n\n"
      "`completed` says every row of every table arrived; with rejects, foreign key violations or "
      "failed tables a job is `completed_with_errors`, and `failed_tables` lists the tables. "
      "`rows_read` is always `rows_migrated` + `rows_skipped` + `rows_failed`.\n\n"
      "With `wait_seconds` the call returns as soon as the job ends; a caller that asked for "
      "progress "
      "gets a notification about once a second.";
  tool.examples = {
      {"Wait for news", {{"job_id", "mig_20261120T093000_1a2b3c4d5e6f"}, {"wait_seconds", 20}}},
      {"Every table", {{"job_id", "mig_20261120T093000_1a2b3c4d5e6f"}, {"detail", "full"}}}};
  tool.errors = {{ErrorCode::kMigrationNotFound, "no such job; the nearest ids are given"}};
  return tool;
}

mcp::ToolResult check_migration_status(const Services& services, const Arguments& arguments,
                                       mcp::ToolContext& context) {
  constexpr double kWhole = 100;
  const jobs::JobStatus status =
      wait_for_job(*services.jobs, arguments.job_id, arguments.wait, context.stop(),
                   [&](const jobs::JobStatus& now) {
                     context.progress(progress_share(now), kWhole, progress_message(now));
                   });
  mcp::ToolResult result;
  result.structured = status_json(status, services.state_dir, arguments.detail);
  result.links = {{"crossload://jobs/" + status.job_id + "/report", "Report of " + status.job_id,
                   "How the job stands and what it did", "text/markdown"}};
  return result;
}

}  // namespace

void add_check_migration_status(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json& json, mcp::ToolContext& context) {
             return check_migration_status(services, parse(json), context);
           });
}

}  // namespace crossload::tools
