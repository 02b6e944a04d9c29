#include "byte_default.h"

#include "column_type.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

/// What the literal at the text's begin spells; nullopt where there is none.
std::optional<std::string> spelled(std::string_view text) {
  if (!text.starts_with('\'')) return std::nullopt;
  std::string value;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\'') {
      const bool doubled = at + 1 < text.size() && text[at + 1] == '\'';
      if (!doubled) return value;
      ++at;
      value += '\'';
    } else if (text[at] == '\\' && at + 1 < text.size()) {
      value += unescaped(text.substr(at++, 2));
    } else {
      value += text[at];
    }
  }
  return std::nullopt;
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (bytes.empty()) return "x''";
  std::string hex = "0x";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += kDigits[value >> 4U];
    hex += kDigits[value & 0xFU];
  }
  return hex;
}

}  // namespace

std::optional<std::string> byte_default_of(std::string_view create_table, std::string_view column) {
  const std::string lead = "\n  " + quote(column) + " ";
  const std::size_t line = create_table.find(lead);
  if (line == std::string_view::npos) return std::nullopt;
  std::string_view text = create_table.substr(line + lead.size());
  text = text.substr(0, text.find('\n'));
  constexpr std::string_view kDefault = " DEFAULT ";
  const std::size_t found = text.find(kDefault);
  if (found == std::string_view::npos || found > text.find(" COMMENT '")) return std::nullopt;
  text.remove_prefix(found + kDefault.size());
  if (text.starts_with("0x")) {
    return std::string(text.substr(0, text.find_first_not_of("0123456789abcdefABCDEF", 2)));
  }
  const auto value = spelled(text);
  return value ? std::optional(in_hex(*value)) : std::nullopt;
}

}  // namespace crossload::driver::mysql
