#include "literal_text.h"

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::dialect {

std::string hex_text(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string doubled_quotes(std::string_view text, char quote) {
  std::string result;
  result.reserve(text.size() + 2);
  result += quote;
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  result += quote;
  return result;
}

std::string quoted_identifier(std::string_view identifier, char quote) {
  if (identifier.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kInvalidArgument,
                "a name with a NUL character cannot be written in SQL: " +
                    utf8_lossy(identifier.substr(0, identifier.find('\0'))) + "...");
  }
  return doubled_quotes(identifier, quote);
}

}  // namespace crossload::dialect
