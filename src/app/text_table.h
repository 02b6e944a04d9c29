#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace crossload::app {

/// Rows of text in aligned columns, a heading above them.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> headings) : headings_(std::move(headings)) {}

  /// Cells beyond the headings are dropped, missing ones are empty.
  void add(std::vector<std::string> cells);
  /// Numbers stand at the right edge of their column.
  void align_right(std::size_t column);
  bool empty() const { return rows_.empty(); }

  /// The table, a newline behind each line. With `width` (columns; 0: not limited) the widest
  /// columns are cut until a line fits.
  std::string text(std::size_t width) const;

 private:
  std::vector<std::size_t> column_widths(std::size_t width) const;

  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> right_;
};

}  // namespace crossload::app
