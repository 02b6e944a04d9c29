#include "job_report.h"

#include <sstream>

#include "crossload/base/strings.h"

#include "status_json.h"

namespace crossload::tools {
namespace {

/// Text of a database inside a Markdown table: no mark-up of its own survives.
std::string code(const std::string& text) {
  std::string safe;
  for (const char c : utf8_lossy(text)) {
    if (c == '`') {
      safe += '\'';
    } else if (c == '|') {
      safe += "\\|";
    } else {
      safe += c == '\n' || c == '\r' ? ' ' : c;
    }
  }
  return safe.empty() ? std::string() : "`" + safe + "`";
}

void write_tables(std::ostream& out, const jobs::JobStatus& status) {
  out << "\n| table | status | migrated | failed | skipped | total | error |\n"
      << "|---|---|---:|---:|---:|---:|---|\n";
  for (const jobs::TableProgress& table : status.tables) {
    out << "| " << code(table.table) << " | " << to_string(table.state) << " | "
        << table.rows_migrated << " | " << table.rows_failed << " | " << table.rows_skipped << " | "
        << table.total_rows << " | " << code(table.error) << " |\n";
  }
}

}  // namespace

std::string job_report(const jobs::JobStatus& status) {
  const JobTotals totals = totals_of(status);
  std::ostringstream out;
  out << "# Migration " << status.job_id << "\n\n"
      << "* status: **" << to_string(status.state) << "** (" << progress_percent(status) << " %, "
      << status.phase << ")\n"
      << "* from " << code(status.source) << " to " << code(status.target) << ", " << status.mode
      << "\n"
      << "* rows: " << totals.rows_read << " read, " << totals.rows_migrated << " migrated, "
      << totals.rows_failed << " failed, " << totals.rows_skipped << " skipped\n"
      << "* foreign key violations: " << status.fk_violations << "\n"
      << "* started " << status.started_at;
  if (!status.completed_at.empty()) out << ", ended " << status.completed_at;
  out << "\n";
  if (!status.error_message.empty()) out << "* error: " << code(status.error_message) << "\n";
  if (is_resumable(status)) {
    out << "* resumable: start-migration-job with `resume_job_id` " << status.job_id << "\n";
  }
  write_tables(out, status);
  if (!status.warnings.empty()) out << "\n## Warnings\n\n";
  for (const std::string& warning : status.warnings) out << "* " << code(warning) << "\n";
  return out.str();
}

}  // namespace crossload::tools
