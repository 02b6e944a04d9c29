#include <chrono>
#include <string>

#include "arguments.h"
#include "job_wait.h"
#include "migration_service.h"
#include "schema.h"
#include "status_json.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::chrono::seconds kWaitForEnd{20};

struct Arguments {
  std::string job_id;
  bool discard = false;
};

Arguments parse(const Json& json) {
  return {required_text(json, "job_id"), flag_or(json, "discard", false)};
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "cancel-migration-job";
  tool.title = "Cancel a migration";
  tool.description =
      "Stops a job behind its last committed batch; it stays resumable unless discard gives it up. "
      "Next: check-migration-status.";
  tool.input_schema = schema::arguments(
      {{"job_id", schema::string()},
       {"discard", schema::boolean("Give it up: it can never be resumed", false)}},
      {"job_id"});
  tool.output_schema = schema::result({{"job_id", schema::string()},
                                       {"status", schema::string()},
                                       {"discarded", schema::flag()},
                                       {"resumable", schema::flag()},
                                       {"message", schema::string()},
                                       {"next_steps", schema::list()}});
  tool.annotations = {.read_only = false, .destructive = false, .idempotent = true};
  tool.help =
      "The running statement is cancelled on the server and the open batch rolled back; committed "
      "rows stay. Cancelling a job that does not run changes nothing.\n\n"
      "`discard` is for a job that nobody will resume: its rows in the target's `crossload_ledger` "
      "are "
      "removed (the table with its last row), the migrated rows stay, and a new job over the same "
      "tables is no longer refused.";
  tool.examples = {
      {"Stop for now", {{"job_id", "mig_20261120T093000_1a2b3c4d5e6f"}}},
      {"Give up", {{"job_id", "mig_20261120T093000_1a2b3c4d5e6f"}, {"discard", true}}}};
  tool.errors = {
      {ErrorCode::kMigrationNotFound, "no such job; the nearest ids are given"},
      {ErrorCode::kMigrationAlreadyExists, "another process runs it: cancel it there"},
      {ErrorCode::kInvalidArgument, "discard of a completed job: nothing is kept of it"}};
  return tool;
}

std::string message(const jobs::JobStatus& status, const Arguments& arguments, bool stopped) {
  if (status.state == jobs::JobState::kRunning) return "the job is stopping; ask again shortly";
  if (arguments.discard) return "the job is given up; the rows it has migrated stay";
  if (!stopped) return "the job was not running";
  return status.state == jobs::JobState::kCancelled ? "stopped behind the last committed batch"
                                                    : "the job had reached its end first";
}

Json next_steps(const jobs::JobStatus& status) {
  if (status.state == jobs::JobState::kRunning) {
    return {call_hint("check-migration-status", {{"job_id", status.job_id}, {"wait_seconds", 20}})};
  }
  if (!is_resumable(status)) return Json::array();
  return {call_hint("start-migration-job", {{"resume_job_id", status.job_id}}),
          "to give it up: " +
              call_hint("cancel-migration-job", {{"job_id", status.job_id}, {"discard", true}})};
}

void refuse_job_of_another_process(const jobs::JobStatus& status) {
  if (status.state != jobs::JobState::kRunning) return;
  throw Error(ErrorCode::kMigrationAlreadyExists,
              "job " + status.job_id + " runs in another process of crossload")
      .suggest("cancel it in the session that started it, or end that process: it stays resumable");
}

mcp::ToolResult cancel_migration_job(const Services& services, MigrationService& migrations,
                                     const Arguments& arguments, mcp::ToolContext& context) {
  const bool stopped = services.jobs->cancel(arguments.job_id);
  if (!stopped) refuse_job_of_another_process(services.jobs->status(arguments.job_id));
  jobs::JobStatus status = wait_for_job(*services.jobs, arguments.job_id, kWaitForEnd,
                                        context.stop(), [](const jobs::JobStatus&) {});
  if (arguments.discard && status.state != jobs::JobState::kRunning) {
    migrations.give_up(arguments.job_id);
    status = services.jobs->status(arguments.job_id);
  }
  mcp::ToolResult result;
  result.structured = {{"job_id", status.job_id},
                       {"status", to_string(status.state)},
                       {"discarded", is_given_up(status)},
                       {"resumable", is_resumable(status)},
                       {"message", message(status, arguments, stopped)},
                       {"next_steps", next_steps(status)}};
  return result;
}

}  // namespace

void add_cancel_migration_job(mcp::ToolRegistry& registry, const Services& services,
                              std::shared_ptr<MigrationService> migrations) {
  add_tool(registry, services, definition(),
           [services, migrations](const Json& json, mcp::ToolContext& context) {
             return cancel_migration_job(services, *migrations, parse(json), context);
           });
}

}  // namespace crossload::tools
