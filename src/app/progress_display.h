#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <ostream>
#include <string>

#include "job_follow.h"

namespace crossload::app {

/// Bars on a terminal: one for each table at work or just done and one for the whole, redrawn in
/// place.
class BarDisplay : public ProgressDisplay {
 public:
  BarDisplay(std::ostream& out, const Terminal& terminal) : out_(out), terminal_(terminal) {}
  void show(const jobs::JobStatus& status) override;

 private:
  std::string bar_line(const std::string& name, std::uint64_t done, std::uint64_t total,
                       const std::string& note) const;

  std::ostream& out_;
  const Terminal terminal_;
  std::size_t drawn_lines_ = 0;
};

/// Lines for a pipe or a log: a table's start and end, and progress every few seconds.
class LineDisplay : public ProgressDisplay {
 public:
  explicit LineDisplay(std::ostream& out) : out_(out) {}
  void show(const jobs::JobStatus& status) override;

 private:
  std::ostream& out_;
  std::map<std::string, jobs::TableState> told_;
  std::string phase_;
  std::chrono::steady_clock::time_point last_{};
};

/// Shows nothing: for --json.
class SilentDisplay : public ProgressDisplay {
 public:
  void show(const jobs::JobStatus&) override {}
};

}  // namespace crossload::app
