#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crossload::convert {

/// Characters of well-formed UTF-8.
std::size_t count_characters(std::string_view utf8);

/// What a MySQL character set holds.
enum class Repertoire { kAll, kBasicPlane, kLatin1, kAscii };
/// That of a character set's name; kAll for those that only the server knows.
Repertoire repertoire_of(std::string_view charset);
/// True where every character is in it. Input must be UTF-8.
bool within(Repertoire repertoire, std::string_view utf8);

/// The bytes of Windows-1252, which MySQL calls latin1, for a text; false where a character is not
/// in it.
bool to_latin1(std::string_view utf8, std::string& bytes);

}  // namespace crossload::convert
