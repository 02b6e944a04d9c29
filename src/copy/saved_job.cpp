#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "crossload/base/files.h"
#include "crossload/copy/migration.h"

#include "checkpoint.h"
#include "plan_json.h"

namespace crossload::copy {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<driver::ConflictMode, std::string_view>, 3> kConflictModes = {{
    {driver::ConflictMode::kError, "error"},
    {driver::ConflictMode::kSkip, "skip"},
    {driver::ConflictMode::kUpdate, "update"},
}};

constexpr std::array<std::pair<TriggerPolicy, std::string_view>, 3> kTriggerPolicies = {{
    {TriggerPolicy::kDefault, "default"},
    {TriggerPolicy::kDropAndRestore, "drop_and_restore"},
    {TriggerPolicy::kFire, "fire"},
}};

template <typename Enum, std::size_t N>
std::string name_of(const std::array<std::pair<Enum, std::string_view>, N>& names, Enum value) {
  for (const auto& [known, name] : names) {
    if (known == value) return std::string(name);
  }
  return "?";
}

template <typename Enum, std::size_t N>
Enum parse_name(const std::array<std::pair<Enum, std::string_view>, N>& names,
                const std::string& text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  throw Error(ErrorCode::kCheckpointNotFound, "plan.json: unknown value \"" + text + "\"");
}

template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <typename T>
std::optional<T> optional_from(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

Json name_json(const TableName& name) {
  return Json::array({name.schema, name.name});
}

TableName name_from(const Json& json) {
  return {json.at(0).get<std::string>(), json.at(1).get<std::string>()};
}

MigrationOptions options_from(const Json& json) {
  MigrationOptions options;
  options.source_table = optional_from<std::string>(json, "source_table");
  options.include_tables = json.at("include_tables").get<std::vector<std::string>>();
  options.exclude_tables = json.at("exclude_tables").get<std::vector<std::string>>();
  options.batch_size = json.at("batch_size").get<std::size_t>();
  options.memory_limit_mb = json.at("memory_limit_mb").get<std::size_t>();
  options.truncate_target = json.at("truncate_target").get<bool>();
  options.stop_on_error = json.at("stop_on_error").get<bool>();
  options.continue_on_row_error = json.at("continue_on_row_error").get<bool>();
  options.create_schema = json.at("create_schema").get<bool>();
  options.on_conflict = parse_name(kConflictModes, json.at("on_conflict").get<std::string>());
  options.triggers = parse_name(kTriggerPolicies, json.at("triggers").get<std::string>());
  options.max_errors = optional_from<std::uint64_t>(json, "max_errors");
  options.schema_map = json.at("schema_map").get<std::map<std::string, std::string>>();
  options.rules = json.at("rules").get<Rules>();
  if (options.batch_size == 0 || options.memory_limit_mb == 0) {
    throw Error(ErrorCode::kCheckpointNotFound, "plan.json: batch_size and memory_limit_mb are 0");
  }
  return options;
}

Json table_json(const TablePlan& table) {
  Json json = {{"source", name_json(table.source)},
               {"target", name_json(table.target)},
               {"source_columns", table.source_columns},
               {"target_columns", table.target_columns},
               {"conflict_key", table.conflict_key},
               {"create", table.create},
               {"shadow", table.shadow}};
  if (table.key) json["key"] = {{"columns", table.key->columns}, {"implicit", table.key->implicit}};
  return json;
}

TablePlan table_from(const Json& json) {
  TablePlan table;
  table.source = name_from(json.at("source"));
  table.target = name_from(json.at("target"));
  table.source_columns = json.at("source_columns").get<std::vector<std::string>>();
  table.target_columns = json.at("target_columns").get<std::vector<std::string>>();
  table.conflict_key = json.at("conflict_key").get<std::vector<std::string>>();
  table.create = json.at("create").get<bool>();
  table.shadow = json.at("shadow").get<bool>();
  if (const auto key = json.find("key"); key != json.end()) {
    table.key = driver::ResumeKey{key->at("columns").get<std::vector<std::string>>(),
                                  key->at("implicit").get<bool>()};
  }
  return table;
}

SavedJob job_from(const Json& json) {
  SavedJob job;
  job.source_profile = json.at("source_profile").get<std::string>();
  job.source_database = optional_from<std::string>(json, "source_database");
  job.target_profile = json.at("target_profile").get<std::string>();
  job.target_database = optional_from<std::string>(json, "target_database");
  Plan& plan = job.plan;
  plan.single_table = json.at("single_table").get<bool>();
  plan.options = options_from(json.at("options"));
  for (const Json& table : json.at("tables")) plan.tables.push_back(table_from(table));
  for (const Json& name : json.at("virtual_tables")) {
    plan.virtual_tables.push_back(name_from(name));
  }
  plan.warnings = json.at("warnings").get<std::vector<std::string>>();
  plan.fingerprint = json.at("fingerprint").get<std::string>();
  plan.hash = json.at("plan_hash").get<std::string>();
  plan.creates_target_database = json.at("creates_target_database").get<bool>();
  return job;
}

}  // namespace

Json options_to_json(const MigrationOptions& options) {
  return {{"source_table", optional_json(options.source_table)},
          {"include_tables", options.include_tables},
          {"exclude_tables", options.exclude_tables},
          {"batch_size", options.batch_size},
          {"memory_limit_mb", options.memory_limit_mb},
          {"truncate_target", options.truncate_target},
          {"stop_on_error", options.stop_on_error},
          {"continue_on_row_error", options.continue_on_row_error},
          {"create_schema", options.create_schema},
          {"on_conflict", name_of(kConflictModes, options.on_conflict)},
          {"triggers", name_of(kTriggerPolicies, options.triggers)},
          {"max_errors", optional_json(options.max_errors)},
          {"schema_map", options.schema_map},
          {"rules", options.rules}};
}

std::string saved_job_to_json(const SavedJob& job) {
  Json tables = Json::array();
  for (const TablePlan& table : job.plan.tables) tables.push_back(table_json(table));
  Json virtual_tables = Json::array();
  for (const TableName& name : job.plan.virtual_tables) virtual_tables.push_back(name_json(name));
  const Json json = {{"source_profile", job.source_profile},
                     {"source_database", optional_json(job.source_database)},
                     {"target_profile", job.target_profile},
                     {"target_database", optional_json(job.target_database)},
                     {"single_table", job.plan.single_table},
                     {"options", options_to_json(job.plan.options)},
                     {"tables", std::move(tables)},
                     {"virtual_tables", std::move(virtual_tables)},
                     {"warnings", job.plan.warnings},
                     {"fingerprint", job.plan.fingerprint},
                     {"plan_hash", job.plan.hash},
                     {"creates_target_database", job.plan.creates_target_database}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

SavedJob saved_job_from_json(std::string_view text) {
  try {
    return job_from(Json::parse(text));
  } catch (const Json::exception& error) {
    throw Error(ErrorCode::kCheckpointNotFound, std::string("plan.json: ") + error.what());
  }
}

void save_job(const fs::path& folder, const std::string& job_id, const SavedJob& job,
              const Clock& clock) {
  write_file_atomically(folder / "plan.json", saved_job_to_json(job));
  Checkpoint checkpoint;
  checkpoint.job_id = job_id;
  checkpoint.started_at = format_time(clock.now());
  for (const TablePlan& table : job.plan.tables) {
    checkpoint.tables_remaining.push_back(table.source.display());
  }
  write_checkpoint(folder, job, checkpoint, clock);
}

bool ledger_left_behind(const fs::path& folder) {
  const fs::path file = folder / "checkpoint.json";
  return fs::exists(file) && checkpoint_from_json(read_file(file)).ledger_created;
}

SavedJob load_job(const fs::path& folder) {
  for (const char* name : {"plan.json", "checkpoint.json"}) {
    if (!fs::exists(folder / name)) {
      throw Error(ErrorCode::kCheckpointNotFound, "missing file: " + (folder / name).string())
          .suggest("start the migration again; the target's rows of this job are still there");
    }
  }
  checkpoint_from_json(read_file(folder / "checkpoint.json"));
  return saved_job_from_json(read_file(folder / "plan.json"));
}

}  // namespace crossload::copy
