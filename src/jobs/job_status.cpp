#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "crossload/base/error.h"
#include "crossload/jobs/job.h"

#include "status_json.h"

namespace crossload::jobs {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<JobState, std::string_view>, 6> kJobStates = {{
    {JobState::kRunning, "running"},
    {JobState::kCompleted, "completed"},
    {JobState::kCompletedWithErrors, "completed_with_errors"},
    {JobState::kFailed, "failed"},
    {JobState::kCancelled, "cancelled"},
    {JobState::kInterrupted, "interrupted"},
}};

constexpr std::array<std::pair<TableState, std::string_view>, 6> kTableStates = {{
    {TableState::kPending, "pending"},
    {TableState::kInProgress, "in_progress"},
    {TableState::kCompleted, "completed"},
    {TableState::kCompletedWithErrors, "completed_with_errors"},
    {TableState::kFailed, "failed"},
    {TableState::kSkipped, "skipped"},
}};

template <typename State, std::size_t N>
std::string_view name_of(const std::array<std::pair<State, std::string_view>, N>& names,
                         State state) {
  for (const auto& [value, name] : names) {
    if (value == state) return name;
  }
  return "?";
}

template <typename State, std::size_t N>
State parse_state(const std::array<std::pair<State, std::string_view>, N>& names,
                  const std::string& text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  throw Error(ErrorCode::kCheckpointNotFound, "unknown state in status.json: " + text);
}

Json table_to_json(const TableProgress& table) {
  Json json = {
      {"table", table.table},
      {"status", to_string(table.state)},
      {"rows_read", table.rows_read},
      {"rows_migrated", table.rows_migrated},
      {"rows_failed", table.rows_failed},
      {"rows_skipped", table.rows_skipped},
      {"total_rows", table.total_rows},
      {"total_rows_estimated", table.total_rows_estimated},
  };
  if (!table.error.empty()) json["error"] = table.error;
  if (!table.error_file.empty()) json["error_file"] = table.error_file;
  return json;
}

TableProgress table_from_json(const Json& json) {
  TableProgress table;
  table.table = json.at("table").get<std::string>();
  table.state = parse_state(kTableStates, json.at("status").get<std::string>());
  table.rows_read = json.at("rows_read").get<std::uint64_t>();
  table.rows_migrated = json.at("rows_migrated").get<std::uint64_t>();
  table.rows_failed = json.at("rows_failed").get<std::uint64_t>();
  table.rows_skipped = json.at("rows_skipped").get<std::uint64_t>();
  table.total_rows = json.at("total_rows").get<std::uint64_t>();
  table.total_rows_estimated = json.at("total_rows_estimated").get<bool>();
  table.error = json.value("error", "");
  table.error_file = json.value("error_file", "");
  return table;
}

JobStatus parse_status(const Json& json) {
  JobStatus status;
  status.job_id = json.at("job_id").get<std::string>();
  status.state = parse_state(kJobStates, json.at("status").get<std::string>());
  status.mode = json.at("mode").get<std::string>();
  status.phase = json.at("phase").get<std::string>();
  for (const Json& table : json.at("tables_status")) {
    status.tables.push_back(table_from_json(table));
  }
  status.fk_violations = json.value("fk_violations", std::uint64_t{0});
  status.error_file = json.value("error_file", "");
  status.error_message = json.value("error_message", "");
  status.warnings = json.value("warnings", std::vector<std::string>{});
  status.started_at = json.value("started_at", "");
  status.updated_at = json.value("updated_at", "");
  status.completed_at = json.value("completed_at", "");
  status.rows_per_second = json.value("rows_per_second", 0.0);
  status.source = json.value("source", "");
  status.target = json.value("target", "");
  status.resumable = json.value("resumable", false);
  return status;
}

}  // namespace

std::string_view to_string(JobState state) {
  return name_of(kJobStates, state);
}
std::string_view to_string(TableState state) {
  return name_of(kTableStates, state);
}

std::string to_json(const JobStatus& status) {
  Json tables = Json::array();
  for (const TableProgress& table : status.tables) tables.push_back(table_to_json(table));
  Json json = {
      {"job_id", status.job_id},
      {"status", to_string(status.state)},
      {"mode", status.mode},
      {"phase", status.phase},
      {"source", status.source},
      {"target", status.target},
      {"resumable", status.resumable},
      {"fk_violations", status.fk_violations},
      {"rows_per_second", status.rows_per_second},
      {"started_at", status.started_at},
      {"updated_at", status.updated_at},
      {"warnings", status.warnings},
      {"tables_status", std::move(tables)},
  };
  if (!status.completed_at.empty()) json["completed_at"] = status.completed_at;
  if (!status.error_file.empty()) json["error_file"] = status.error_file;
  if (!status.error_message.empty()) json["error_message"] = status.error_message;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

JobStatus status_from_json(std::string_view text) {
  try {
    return parse_status(Json::parse(text));
  } catch (const Json::exception& error) {
    throw Error(ErrorCode::kCheckpointNotFound, std::string("status.json: ") + error.what());
  }
}

}  // namespace crossload::jobs
