#include "text_table.h"

#include <algorithm>
#include <numeric>

#include "terminal.h"

namespace crossload::app {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 6;

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string cut = cut_to_width(text, width);
  const std::string blanks(width - std::min(width, display_width(cut)), ' ');
  return right ? blanks + cut : cut + blanks;
}

void trim_end(std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  cells.resize(headings_.size());
  rows_.push_back(std::move(cells));
}

void TextTable::align_right(std::size_t column) {
  right_.push_back(column);
}

std::vector<std::size_t> TextTable::column_widths(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    std::size_t widest = display_width(headings_[i]);
    for (const auto& row : rows_) widest = std::max(widest, display_width(row[i]));
    widths.push_back(widest);
  }
  if (width == 0 || widths.empty()) return widths;
  const std::size_t gaps = kGap * (widths.size() - 1);
  while (std::accumulate(widths.begin(), widths.end(), gaps) > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowest) break;
    --*widest;
  }
  return widths;
}

std::string TextTable::text(std::size_t width) const {
  const std::vector<std::size_t> widths = column_widths(width);
  std::string result;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool right = std::find(right_.begin(), right_.end(), i) != right_.end();
      if (i > 0) line.append(kGap, ' ');
      line += padded(cells[i], widths[i], right);
    }
    trim_end(line);
    result += line + "\n";
  };
  add_line(headings_);
  std::vector<std::string> rule;
  for (const std::size_t column : widths) rule.emplace_back(column, '-');
  add_line(rule);
  for (const auto& row : rows_) add_line(row);
  return result;
}

}  // namespace crossload::app
