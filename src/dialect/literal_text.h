#pragma once

#include <string>
#include <string_view>

namespace crossload::dialect {

/// Lower-case hex digits, two a byte.
std::string hex_text(std::string_view bytes);
/// The text between two `quote` characters, those inside doubled.
std::string doubled_quotes(std::string_view text, char quote);
/// An identifier in `quote` characters. Throws: Error kInvalidArgument where it holds a NUL, which
/// no engine's SQL can name.
std::string quoted_identifier(std::string_view identifier, char quote);

}  // namespace crossload::dialect
