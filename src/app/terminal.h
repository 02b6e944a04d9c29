#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crossload::app {

/// What an output can show.
struct Terminal {
  bool is_terminal = false;
  bool redraws = false;    ///< It moves its cursor: TERM is set and not "dumb".
  std::size_t width = 0;   ///< Columns; 0: not limited.
  std::size_t height = 0;  ///< Rows; 0: unknown.
};

Terminal terminal_of(int fd);

/// Text of a database made safe for a terminal: control characters show as \xNN, bytes that are not
/// UTF-8 as U+FFFD. Line ends and tabs are kept where `multi_line`.
std::string printable(std::string_view text, bool multi_line = false);

/// Columns that the text takes: wide characters count two, combining ones none.
std::size_t display_width(std::string_view text);

/// The text cut to `width` columns, its last one then an ellipsis.
std::string cut_to_width(std::string_view text, std::size_t width);

}  // namespace crossload::app
