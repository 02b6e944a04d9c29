#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/strings.h"

#include "arguments.h"
#include "fence.h"
#include "migration_service.h"
#include "rule_arguments.h"
#include "schema.h"
#include "tools.h"

namespace crossload::tools {
namespace {

constexpr std::int64_t kDefaultBatch = 50'000;
constexpr std::int64_t kMostBatch = 1'000'000;
constexpr std::int64_t kDefaultMemory = 50;
constexpr std::int64_t kMostMemory = 65'536;

struct Arguments {
  std::optional<StartRequest> start;
  std::string resume_job_id;  ///< Where start is not set.
  std::optional<std::size_t> memory_limit_mb;
};

driver::ConflictMode conflict_mode(const std::optional<std::string>& text) {
  if (text == "skip") return driver::ConflictMode::kSkip;
  if (text == "update") return driver::ConflictMode::kUpdate;
  return driver::ConflictMode::kError;
}

copy::TriggerPolicy trigger_policy(const std::optional<std::string>& text) {
  if (text == "fire") return copy::TriggerPolicy::kFire;
  if (text == "drop_and_restore") return copy::TriggerPolicy::kDropAndRestore;
  return copy::TriggerPolicy::kDefault;
}

/// A resumed job keeps the plan it began with; anything that would change it is refused by name.
void refuse_beside_resume(const Json& json) {
  std::vector<std::string> others;
  for (const auto& [name, unused] : json.items()) {
    if (name != "resume_job_id" && name != "memory_limit_mb") others.push_back(name);
  }
  if (others.empty()) return;
  throw Error(ErrorCode::kInvalidArgument,
              "resume_job_id takes only memory_limit_mb beside it, not " + join(others, ", "))
      .suggest(call_hint("start-migration-job", {{"resume_job_id", json.at("resume_job_id")}}));
}

DatabaseArgument side(const Json& json, const char* profile, const char* database) {
  const auto name = optional_text(json, profile);
  if (!name) {
    throw Error(ErrorCode::kInvalidArgument,
                std::string("missing argument '") + profile + "' (or give resume_job_id alone)");
  }
  return {*name, optional_text(json, database)};
}

copy::MigrationOptions options(const Json& json) {
  copy::MigrationOptions options;
  options.source_table = optional_text(json, "source_table");
  options.include_tables = texts(json, "include_tables");
  options.exclude_tables = texts(json, "exclude_tables");
  if (options.source_table &&
      (!options.include_tables.empty() || !options.exclude_tables.empty())) {
    throw Error(ErrorCode::kInvalidArgument,
                "source_table excludes include_tables and exclude_tables")
        .suggest("name the one table in include_tables instead");
  }
  options.batch_size = size_or(json, "batch_size", options.batch_size);
  options.memory_limit_mb = size_or(json, "memory_limit_mb", options.memory_limit_mb);
  options.truncate_target = flag_or(json, "truncate_target", false);
  options.stop_on_error = flag_or(json, "stop_on_error", false);
  options.continue_on_row_error = flag_or(json, "continue_on_row_error", true);
  options.create_schema = flag_or(json, "create_schema", false);
  options.on_conflict = conflict_mode(optional_text(json, "on_conflict"));
  options.triggers = trigger_policy(optional_text(json, "triggers"));
  if (json.contains("rules")) options.rules = parse_rules(json.at("rules"));
  options.schema_map = names_to_names(json, "schema_map");
  if (json.contains("max_errors")) options.max_errors = size_or(json, "max_errors", 0);
  return options;
}

Arguments parse(const Json& json) {
  Arguments arguments;
  if (json.contains("memory_limit_mb")) {
    arguments.memory_limit_mb = size_or(json, "memory_limit_mb", 0);
  }
  if (const auto resume = optional_text(json, "resume_job_id")) {
    refuse_beside_resume(json);
    arguments.resume_job_id = *resume;
    return arguments;
  }
  arguments.start = StartRequest{side(json, "source_profile", "source_database"),
                                 side(json, "target_profile", "target_database"), options(json)};
  return arguments;
}

bool any_power(const Services& services) {
  const auto& profiles = services.profiles->all();
  return std::any_of(profiles.begin(), profiles.end(), [](const Profile& profile) {
    return profile.allow_truncate || profile.allow_drop;
  });
}

Json input_schema() {
  return schema::arguments(
      {{"source_profile", schema::string("Needed unless resume_job_id is given")},
       {"source_database", schema::string()},
       {"target_profile", schema::string("A profile with access write")},
       {"target_database", schema::string("Made with create_schema where it is missing (SQLite)")},
       {"source_table", schema::string("Only this table; excludes the next two")},
       {"include_tables", schema::strings("Only these: names and * globs")},
       {"exclude_tables", schema::strings("Not these: names and * globs")},
       {"batch_size", schema::integer("Rows a transaction", 1, kMostBatch, kDefaultBatch)},
       {"memory_limit_mb", schema::integer("Of a running table", 1, kMostMemory, kDefaultMemory)},
       {"truncate_target",
        schema::boolean("Empty the target tables first; needs the power", false)},
       {"stop_on_error", schema::boolean("End the job at the first bad table", false)},
       {"continue_on_row_error", schema::boolean("A bad row costs a row, not its table", true)},
       {"create_schema",
        schema::boolean("Make missing tables, then indexes, triggers, views", false)},
       {"on_conflict",
        schema::choice("A row whose key is there already", {"error", "skip", "update"}, "error")},
       {"triggers",
        schema::choice("Of the target; MySQL cannot have them off", {"fire", "drop_and_restore"})},
       {"schema_map", schema::object("Source schema -> target schema, or prefix of table names")},
       {"rules", schema::object("Named changes: {\"zero_date\":\"null\"}, or by table.column")},
       {"max_errors", schema::integer("Rejects after which a table fails", 0)},
       {"resume_job_id", schema::string("Go on with this job; only memory_limit_mb beside it")}},
      {});
}

mcp::ToolDefinition definition(const Services& services) {
  mcp::ToolDefinition tool;
  tool.name = "start-migration-job";
  tool.title = "Start or resume a migration";
  tool.description =
      "Starts, or resumes, a job that copies tables into a target database; it runs on while you "
      "poll. Next: check-migration-status.";
  tool.input_schema = input_schema();
  tool.output_schema =
      schema::result({{"job_id", schema::string("Lives in state_dir until its folder is removed")},
                      {"status", schema::string("started or resumed")},
                      {"mode", schema::string("single_table or whole_database")},
                      {"tables_count", schema::count()},
                      {"message", schema::string()},
                      {"source", schema::string()},
                      {"target", schema::string()},
                      {"checkpoint", schema::string("Absolute path")},
                      {"warnings", schema::list()},
                      {"next_steps", schema::list()}});
  tool.annotations = {.read_only = false, .destructive = any_power(services), .idempotent = false};
  tool.help =
      "Looks at both databases, refuses at once what cannot work, and starts a job in this "
      "process. "
      "Rows go from source to target without passing through the caller. Without `source_table` or "
      "`include_tables`, every table goes.\n\n"
      "* `create_schema` makes missing tables (and, for SQLite, a missing file) first and their "
      "indexes, triggers and views after the rows. Without it every target table must be there.\n"
      "* A row that the target refuses is written to `{table}_failed.jsonl` with its key and the "
      "engine's error, and the rest lands. `continue_on_row_error:false` fails its table instead, "
      "`max_errors` fails a table with more rejects than that, `stop_on_error` ends the job.\n"
      "* `on_conflict` speaks of the primary key (or the only unique key): `skip` keeps the "
      "target's "
      "row, `update` overwrites all migrated columns.\n"
      "* Foreign keys are off while rows load and are checked afterwards; violations are listed in "
      "`fk_violations.jsonl`.\n\n"
      "A value that the target column cannot hold exactly rejects its row. `rules` names the "
      "changes "
      "that are welcome instead, for the job or for one `table.column`; each use is counted in the "
      "status:\n\n" +
      rules_help() +
      "\n`schema_map` says where the tables of a schema go. Without it the default schema maps to "
      "the "
      "target's default place, PostgreSQL keeps its schemas in PostgreSQL, and elsewhere `s.t` "
      "becomes "
      "`s__t`.\n\n"
      "Triggers of the target do not fire for migrated rows. MySQL and MariaDB cannot switch them "
      "off: "
      "a table with triggers is refused there until `triggers` says `drop_and_restore` (their text "
      "is "
      "saved in the job's folder first, and they come back on every way out, on resume and on "
      "discard) or `fire`.\n\n"
      "A job that was cancelled, killed or lost its server goes on with `resume_job_id`: tables "
      "with a "
      "key in the middle, others from their beginning, completed ones untouched. The job ends with "
      "the process that runs it, and stays resumable.";
  const Json pair = {{"source_profile", "files"},
                     {"source_database", "shop"},
                     {"target_profile", "files"},
                     {"target_database", "copy"}};
  Json whole = pair;
  whole["create_schema"] = true;
  Json one = pair;
  one["source_table"] = "orders";
  one["on_conflict"] = "update";
  tool.examples = {{"A whole database into a new file", whole},
                   {"One table, overwriting rows that are there", one},
                   {"Go on after a kill", {{"resume_job_id", "mig_20261120T093000_1a2b3c4d5e6f"}}}};
  tool.errors = {
      {ErrorCode::kMigrationAlreadyExists,
       "an unfinished job with the same source, target and tables; it is named"},
      {ErrorCode::kAccessDenied, "the target is read-only, or truncate is not allowed"},
      {ErrorCode::kSourceTableNotFound, "a name or glob matches nothing; the nearest are given"},
      {ErrorCode::kTargetTableNotFound, "a target table is missing and create_schema is not given"},
      {ErrorCode::kColumnMismatch, "source and target columns do not fit"},
      {ErrorCode::kPlanStale, "resume: plan or schema changed since the job began"},
      {ErrorCode::kCheckpointNotFound, "resume: the job's checkpoint or ledger is gone"},
      {ErrorCode::kInvalidArgument,
       "source and target are one database; arguments exclude each other"}};
  return tool;
}

std::string message(const StartedJob& job) {
  return std::string(job.resumed ? "Going on with " : "Copying ") + std::to_string(job.tables) +
         (job.tables == 1 ? " table from " : " tables from ") + job.source + " to " + job.target +
         "; the job runs in this process";
}

mcp::ToolResult start_migration_job(MigrationService& migrations, const Arguments& arguments) {
  const StartedJob job =
      arguments.start ? migrations.start(*arguments.start)
                      : migrations.resume(arguments.resume_job_id, arguments.memory_limit_mb);
  Json warnings = Json::array();
  for (const std::string& warning : job.warnings) warnings.push_back(utf8_lossy(warning));
  Json facts = {
      {"job_id", job.job_id},
      {"status", job.resumed ? "resumed" : "started"},
      {"mode", job.mode},
      {"tables_count", job.tables},
      {"message", message(job)},
      {"source", job.source},
      {"target", job.target},
      {"checkpoint", job.checkpoint.string()},
      {"next_steps",
       {call_hint("check-migration-status", {{"job_id", job.job_id}, {"wait_seconds", 20}})}}};
  mcp::ToolResult result;
  result.structured = fenced(std::move(facts), {{"warnings", std::move(warnings)}});
  result.links = {{"crossload://jobs/" + job.job_id + "/report", "Report of " + job.job_id,
                   "How the job stands and what it did", "text/markdown"}};
  return result;
}

}  // namespace

void add_start_migration_job(mcp::ToolRegistry& registry, const Services& services,
                             std::shared_ptr<MigrationService> migrations) {
  add_tool(registry, services, definition(services),
           [migrations](const Json& json, mcp::ToolContext&) {
             return start_migration_job(*migrations, parse(json));
           });
}

}  // namespace crossload::tools
