#include "status_json.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "crossload/base/strings.h"

#include "arguments.h"
#include "artifacts.h"
#include "fence.h"

namespace crossload::tools {
namespace {

using jobs::JobState;
using jobs::JobStatus;
using jobs::TableProgress;
using jobs::TableState;

constexpr std::size_t kTablesShownWhole = 50;
constexpr std::size_t kListedFailures = 50;
constexpr std::size_t kErrorChars = 500;
constexpr int kAlmostDone = 99;
constexpr int kPollMilliseconds = 1000;

bool ended_well(JobState state) {
  return state == JobState::kCompleted || state == JobState::kCompletedWithErrors;
}

bool is_failed(const TableProgress& table) {
  return table.state == TableState::kFailed || table.state == TableState::kCompletedWithErrors;
}

std::uint64_t done_rows(const TableProgress& table) {
  return table.rows_migrated + table.rows_failed + table.rows_skipped;
}

/// The engine's words may quote a row at any length.
std::string short_error(const std::string& text) {
  bool truncated = false;
  const std::string head = utf8_head(utf8_lossy(text), kErrorChars, truncated);
  return truncated ? head + "..." : head;
}

Json table_json(const TableProgress& table) {
  Json shown = {{"table", utf8_lossy(table.table)},
                {"status", to_string(table.state)},
                {"rows_migrated", table.rows_migrated},
                {"rows_failed", table.rows_failed},
                {"total_rows", table.total_rows}};
  if (table.rows_skipped > 0) shown["rows_skipped"] = table.rows_skipped;
  return shown;
}

bool shown_in_auto(const TableProgress& table) {
  return table.state == TableState::kInProgress || is_failed(table);
}

Json tables_json(const JobStatus& status, bool all) {
  Json shown = Json::array();
  for (const TableProgress& table : status.tables) {
    if (all || shown_in_auto(table)) shown.push_back(table_json(table));
  }
  return shown;
}

Json failed_tables_json(const JobStatus& status, bool all) {
  Json shown = Json::array();
  for (const TableProgress& table : status.tables) {
    if (!is_failed(table)) continue;
    if (!all && shown.size() == kListedFailures) break;
    shown.push_back({{"table", utf8_lossy(table.table)},
                     {"error", short_error(table.error)},
                     {"rows_failed", table.rows_failed},
                     {"error_file", table.error_file}});
  }
  return shown;
}

Json table_counts_json(const JobStatus& status) {
  Json counts = Json::object();
  for (const TableState state :
       {TableState::kPending, TableState::kInProgress, TableState::kCompleted,
        TableState::kCompletedWithErrors, TableState::kFailed, TableState::kSkipped}) {
    const auto n = std::count_if(status.tables.begin(), status.tables.end(),
                                 [&](const TableProgress& table) { return table.state == state; });
    if (n > 0) counts[std::string(to_string(state))] = n;
  }
  return counts;
}

/// The first reject file, as read-artifact takes it.
std::optional<std::string> first_error_file(const JobStatus& status,
                                            const std::filesystem::path& state_dir) {
  if (!status.error_file.empty()) return artifact_name(state_dir, status.error_file);
  for (const TableProgress& table : status.tables) {
    if (!table.error_file.empty()) return artifact_name(state_dir, table.error_file);
  }
  return std::nullopt;
}

std::vector<std::string> next_steps(const JobStatus& status,
                                    const std::filesystem::path& state_dir) {
  const Json id = {{"job_id", status.job_id}};
  if (status.state == JobState::kRunning) {
    return {call_hint("check-migration-status", {{"job_id", status.job_id}, {"wait_seconds", 20}}),
            "to stop it: " + call_hint("cancel-migration-job", id)};
  }
  std::vector<std::string> steps;
  if (const auto file = first_error_file(status, state_dir)) {
    steps.push_back(call_hint("read-artifact", {{"path", *file}}));
  }
  if (is_resumable(status)) {
    const std::string go_on = call_hint("start-migration-job", {{"resume_job_id", status.job_id}});
    steps.push_back(status.state == JobState::kCancelled || status.state == JobState::kInterrupted
                        ? go_on
                        : "correct the cause, then " + go_on);
    steps.push_back("to give it up: " + call_hint("cancel-migration-job",
                                                  {{"job_id", status.job_id}, {"discard", true}}));
  } else if (status.state == JobState::kCompleted) {
    steps.push_back("compare with query-sql or list-tables on " + status.target);
  }
  return steps;
}

}  // namespace

JobTotals totals_of(const JobStatus& status) {
  JobTotals totals;
  for (const TableProgress& table : status.tables) {
    totals.rows_read += table.rows_read;
    totals.rows_migrated += table.rows_migrated;
    totals.rows_failed += table.rows_failed;
    totals.rows_skipped += table.rows_skipped;
    totals.total_rows += table.total_rows;
    totals.total_rows_estimated |= table.total_rows_estimated;
    if (table.state == TableState::kCompleted) ++totals.tables_completed;
  }
  return totals;
}

double progress_share(const JobStatus& status) {
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  for (const TableProgress& table : status.tables) {
    done += std::min(done_rows(table), table.total_rows);
    total += table.total_rows;
  }
  return total == 0 ? 0 : 100 * static_cast<double>(done) / static_cast<double>(total);
}

int progress_percent(const JobStatus& status) {
  if (ended_well(status.state)) return 100;
  return std::min(kAlmostDone, static_cast<int>(progress_share(status)));
}

std::optional<std::uint64_t> eta_seconds(const JobStatus& status) {
  if (status.state != JobState::kRunning || status.rows_per_second <= 0) return std::nullopt;
  const JobTotals totals = totals_of(status);
  std::uint64_t left = 0;
  for (const TableProgress& table : status.tables) {
    left += table.total_rows - std::min(done_rows(table), table.total_rows);
  }
  if (totals.total_rows == 0) return std::nullopt;
  return static_cast<std::uint64_t>(std::ceil(static_cast<double>(left) / status.rows_per_second));
}

std::string current_table(const JobStatus& status) {
  for (const TableProgress& table : status.tables) {
    if (table.state == TableState::kInProgress) return utf8_lossy(table.table);
  }
  return {};
}

std::string progress_message(const JobStatus& status) {
  const JobTotals totals = totals_of(status);
  std::string text =
      status.state == JobState::kRunning ? status.phase : std::string(to_string(status.state));
  const std::string table = current_table(status);
  if (!table.empty()) text += " " + table;
  return text + ": " + std::to_string(totals.rows_migrated) + " of " +
         std::to_string(totals.total_rows) + " rows, " + std::to_string(totals.tables_completed) +
         " of " + std::to_string(status.tables.size()) + " tables";
}

bool is_given_up(const JobStatus& status) {
  return status.state != JobState::kRunning && status.phase == kGivenUpPhase;
}

bool is_resumable(const JobStatus& status) {
  if (is_given_up(status)) return false;
  switch (status.state) {
    case JobState::kRunning:
    case JobState::kCompleted:
      return false;
    case JobState::kCompletedWithErrors:
    case JobState::kFailed:
      return status.resumable;
    case JobState::kCancelled:
    case JobState::kInterrupted:
      return true;
  }
  return false;
}

Json status_json(const JobStatus& status, const std::filesystem::path& state_dir,
                 StatusDetail detail) {
  const JobTotals totals = totals_of(status);
  const bool all = detail == StatusDetail::kFull || status.tables.size() <= kTablesShownWhole;
  Json facts = {{"job_id", status.job_id},
                {"status", to_string(status.state)},
                {"mode", status.mode},
                {"phase", status.phase},
                {"progress_percent", progress_percent(status)},
                {"rows_read", totals.rows_read},
                {"rows_migrated", totals.rows_migrated},
                {"rows_failed", totals.rows_failed},
                {"rows_skipped", totals.rows_skipped},
                {"total_rows", totals.total_rows},
                {"total_rows_estimated", totals.total_rows_estimated},
                {"fk_violations", status.fk_violations},
                {"error_file", status.error_file},
                {"tables_completed", totals.tables_completed},
                {"tables_total", status.tables.size()},
                {"rows_per_second", std::round(status.rows_per_second)}};
  if (const auto eta = eta_seconds(status)) facts["eta_seconds"] = *eta;
  facts["source"] = status.source;
  facts["target"] = status.target;
  facts["resumable"] = is_resumable(status);
  facts["next_steps"] = next_steps(status, state_dir);
  facts["started_at"] = status.started_at;
  facts["updated_at"] = status.updated_at;
  if (!status.completed_at.empty()) facts["completed_at"] = status.completed_at;
  facts["poll_after_ms"] = status.state == JobState::kRunning ? kPollMilliseconds : 0;
  if (!all) facts["tables_by_status"] = table_counts_json(status);

  Json warnings = Json::array();
  for (const std::string& warning : status.warnings) warnings.push_back(short_error(warning));
  return fenced(std::move(facts), {{"current_table", current_table(status)},
                                   {"tables_status", tables_json(status, all)},
                                   {"failed_tables", failed_tables_json(status, all)},
                                   {"warnings", std::move(warnings)},
                                   {"error_message", short_error(status.error_message)}});
}

Json job_summary_json(const JobStatus& status) {
  const JobTotals totals = totals_of(status);
  Json shown = {{"job_id", status.job_id},
                {"status", to_string(status.state)},
                {"mode", status.mode},
                {"phase", status.phase},
                {"source", status.source},
                {"target", status.target},
                {"progress_percent", progress_percent(status)},
                {"rows_migrated", totals.rows_migrated},
                {"rows_failed", totals.rows_failed},
                {"tables_completed", totals.tables_completed},
                {"tables_total", status.tables.size()},
                {"resumable", is_resumable(status)},
                {"started_at", status.started_at}};
  if (!status.completed_at.empty()) shown["completed_at"] = status.completed_at;
  return shown;
}

}  // namespace crossload::tools
