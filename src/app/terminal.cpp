#include "terminal.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

#include "crossload/base/strings.h"

namespace crossload::app {
namespace {

struct Symbol {
  char32_t code = 0;
  std::size_t bytes = 1;
};

/// The code point at the front of UTF-8 text.
Symbol front(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (text.size() < bytes) return {first, text.size()};
  char32_t code = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) code = (code << 6U) | (byte(i) & 0x3FU);
  return {code, bytes};
}

// Source: Unicode 15 EastAsianWidth.txt (W and F), the blocks in use.
constexpr std::array<std::pair<char32_t, char32_t>, 9> kWide = {{{0x1100, 0x115F},
                                                                 {0x2E80, 0x303E},
                                                                 {0x3041, 0xA4CF},
                                                                 {0xAC00, 0xD7A3},
                                                                 {0xF900, 0xFAFF},
                                                                 {0xFE30, 0xFE6F},
                                                                 {0xFF00, 0xFF60},
                                                                 {0x1F300, 0x1FAFF},
                                                                 {0x20000, 0x3FFFD}}};

bool is_combining(char32_t code) {
  return (code >= 0x0300 && code <= 0x036F) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x20D0 && code <= 0x20FF) || (code >= 0xFE00 && code <= 0xFE0F);
}

std::size_t width_of(char32_t code) {
  if (is_combining(code)) return 0;
  for (const auto& [first, last] : kWide) {
    if (code >= first && code <= last) return 2;
  }
  return 1;
}

/// Controls, and the signs that turn the direction of what follows them.
bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string escaped(char32_t code) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  do {
    hex.insert(hex.begin(), kDigits[code & 0xFU]);
    code >>= 4U;
  } while (code != 0 || hex.size() < 2);
  return "\\x" + hex;
}

}  // namespace

Terminal terminal_of(int fd) {
  Terminal terminal;
  terminal.is_terminal = ::isatty(fd) == 1;
  if (!terminal.is_terminal) return terminal;
  const char* kind = std::getenv("TERM");
  terminal.redraws = kind != nullptr && std::string_view(kind) != "dumb";
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0) {
    terminal.width = size.ws_col;
    terminal.height = size.ws_row;
  }
  return terminal;
}

std::string printable(std::string_view text, bool multi_line) {
  const std::string utf8 = utf8_lossy(text);
  std::string result;
  for (std::string_view rest = utf8; !rest.empty();) {
    const Symbol symbol = front(rest);
    const bool layout = symbol.code == '\n' || symbol.code == '\t';
    if (is_control(symbol.code) && !(multi_line && layout)) {
      result += escaped(symbol.code);
    } else {
      result += rest.substr(0, symbol.bytes);
    }
    rest.remove_prefix(symbol.bytes);
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Symbol symbol = front(text);
    width += width_of(symbol.code);
    text.remove_prefix(symbol.bytes);
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const Symbol symbol = front(text);
    if (used + width_of(symbol.code) + 1 > width) break;
    used += width_of(symbol.code);
    result += text.substr(0, symbol.bytes);
    text.remove_prefix(symbol.bytes);
  }
  return result + "…";
}

}  // namespace crossload::app
