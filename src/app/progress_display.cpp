#include "progress_display.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace crossload::app {
namespace {

using jobs::JobState;
using jobs::JobStatus;
using jobs::TableProgress;
using jobs::TableState;

constexpr std::size_t kBarColumns = 24;
constexpr std::size_t kNameColumns = 28;
constexpr std::size_t kMostTables = 12;
constexpr std::size_t kDefaultWidth = 80;
constexpr std::chrono::seconds kLineEvery{2};

std::uint64_t done_rows(const TableProgress& table) {
  return table.rows_migrated + table.rows_failed + table.rows_skipped;
}

bool is_done(const TableProgress& table) {
  return table.state != TableState::kPending && table.state != TableState::kInProgress;
}

double share(std::uint64_t done, std::uint64_t total) {
  if (total == 0) return 1;
  return static_cast<double>(std::min(done, total)) / static_cast<double>(total);
}

std::string percent(std::uint64_t done, std::uint64_t total) {
  std::string text = std::to_string(static_cast<int>(100 * share(done, total)));
  return std::string(text.size() < 3 ? 3 - text.size() : 0, ' ') + text + "%";
}

std::string bar(double filled) {
  const auto full = static_cast<std::size_t>(filled * kBarColumns);
  return "[" + std::string(full, '#') + std::string(kBarColumns - full, '.') + "]";
}

/// The tables worth a line: those at work, and the last that ended.
std::vector<const TableProgress*> shown_tables(const JobStatus& status, std::size_t most) {
  std::vector<const TableProgress*> shown;
  for (const TableProgress& table : status.tables) {
    if (table.state != TableState::kPending) shown.push_back(&table);
  }
  if (shown.size() > most)
    shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(most));
  return shown;
}

std::string overall_note(const JobStatus& status) {
  const auto done = std::count_if(status.tables.begin(), status.tables.end(), is_done);
  return std::to_string(done) + "/" + std::to_string(status.tables.size()) + " tables, " +
         status.phase;
}

}  // namespace

std::string BarDisplay::bar_line(const std::string& name, std::uint64_t done, std::uint64_t total,
                                 const std::string& note) const {
  std::string shown = cut_to_width(printable(name), kNameColumns);
  shown.append(kNameColumns - std::min(kNameColumns, display_width(shown)), ' ');
  const std::string line = shown + " " + bar(share(done, total)) + " " + percent(done, total) +
                           "  " + std::to_string(done) + "/" + std::to_string(total) + " " + note;
  return cut_to_width(line, terminal_.width > 0 ? terminal_.width - 1 : kDefaultWidth);
}

void BarDisplay::show(const JobStatus& status) {
  std::size_t most = kMostTables;
  if (terminal_.height > 4) most = std::min(most, terminal_.height - 4);
  std::vector<std::string> lines;
  for (const TableProgress* table : shown_tables(status, most)) {
    const std::string note =
        table->state == TableState::kInProgress ? "" : std::string(to_string(table->state));
    lines.push_back(bar_line(table->table, done_rows(*table), table->total_rows, note));
  }
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  for (const TableProgress& table : status.tables) {
    done += done_rows(table);
    total += table.total_rows;
  }
  // Before the rows are counted nothing is known, and 0 of 0 must not look like the end.
  const bool counted = total > 0 || status.state != JobState::kRunning;
  lines.push_back(bar_line("all tables", done, counted ? total : 1, overall_note(status)));

  if (drawn_lines_ > 0) out_ << "\x1b[" << drawn_lines_ << "A";
  for (const std::string& line : lines) out_ << "\r\x1b[K" << line << "\n";
  drawn_lines_ = lines.size();
  out_.flush();
}

void LineDisplay::show(const JobStatus& status) {
  if (status.phase != phase_) {
    phase_ = status.phase;
    out_ << phase_ << "\n";
  }
  const auto now = std::chrono::steady_clock::now();
  const bool tell_progress = now - last_ >= kLineEvery;
  for (const TableProgress& table : status.tables) {
    const TableState before = std::exchange(told_[table.table], table.state);
    const bool moved = before != table.state;
    if (table.state == TableState::kPending || (!moved && (is_done(table) || !tell_progress))) {
      continue;
    }
    out_ << to_string(table.state) << " " << printable(table.table) << " " << done_rows(table)
         << "/" << table.total_rows << " rows " << percent(done_rows(table), table.total_rows);
    if (table.rows_failed > 0) out_ << ", " << table.rows_failed << " failed";
    out_ << "\n";
  }
  if (tell_progress) last_ = now;
  out_.flush();
}

}  // namespace crossload::app
