#pragma once

#include <string>
#include <string_view>

namespace crossload::convert {

/// The character as UTF-8; half of a surrogate pair as three bytes.
void append_utf8(std::string& out, char32_t character);
/// The text as a JSON string, in quotes.
void append_json_string(std::string& out, std::string_view text);
/// True for a JSON number (RFC 8259): no leading zeros, no plus, no bare point.
bool is_json_number(std::string_view text);

}  // namespace crossload::convert
