#pragma once

#include <cstddef>
#include <string_view>

namespace crossload {

/// Length of the well-formed UTF-8 sequence at `offset`, 0 where the bytes are ill-formed.
/// Source: Unicode 15, table 3-7 (no surrogates, no overlong forms, nothing above U+10FFFF).
std::size_t utf8_sequence(std::string_view bytes, std::size_t offset);

/// As utf8_sequence, an ill-formed byte counting as one character.
std::size_t utf8_step(std::string_view bytes, std::size_t offset);

}  // namespace crossload
