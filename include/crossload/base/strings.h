#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crossload {

/// Shell-style match of a whole name: '*' any run, '?' one character (one UTF-8 code point).
/// Case-sensitive.
bool glob_match(std::string_view pattern, std::string_view text);
/// True where the pattern holds '*' or '?'.
bool has_glob(std::string_view pattern);

/// ASCII-only lower case, as SQL engines fold.
std::string ascii_lower(std::string_view text);
bool ascii_iequals(std::string_view a, std::string_view b);

/// Up to `limit` of `names` nearest to `wanted` by edit distance, nearest first; those too far to
/// be a slip of the pen are left out.
std::vector<std::string> nearest_names(std::string_view wanted,
                                       const std::vector<std::string>& names,
                                       std::size_t limit = 5);

/// True where the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);
/// How many characters UTF-8 has.
std::size_t code_points(std::string_view text);
/// Cuts to at most `max_chars` code points; sets `truncated`. Input must be UTF-8.
std::string utf8_head(std::string_view text, std::size_t max_chars, bool& truncated);
/// The text with every ill-formed byte replaced by U+FFFD: for messages only, never for data.
std::string utf8_lossy(std::string_view bytes);

std::string base64_encode(std::string_view bytes);
/// Throws: Error kInvalidArgument on anything but padded base64.
std::string base64_decode(std::string_view text);

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
/// `bytes` random bytes from the operating system as hex.
std::string random_hex(std::size_t bytes);

/// Shortest text that reads back to the same double; "NaN", "Infinity", "-Infinity" for the rest.
std::string format_double(double value);

std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);

/// A table's name as a file name: letters, digits, '_' and '-' kept, the rest as %XX; never "." or
/// "..", never longer than 200 bytes (a hash suffix keeps long names apart).
std::string file_name_for(std::string_view name);

}  // namespace crossload
