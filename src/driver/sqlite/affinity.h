#pragma once

#include <cstdint>
#include <string_view>

namespace crossload::driver::sqlite {

/// What a column does to the values written into it.
/// Source: sqlite.org "Datatypes In SQLite", 3.1 "Determination Of Column Affinity".
enum class Affinity : std::uint8_t { kNone, kText, kNumeric, kInteger, kReal };

Affinity affinity_of(std::string_view declared_type, bool strict);

// True where a column of that affinity keeps the value, at most in another storage class from which
// the same value can be had again: 12 for '12', but not 7 for '007'.

bool keeps_integer(Affinity affinity, std::int64_t number);
bool keeps_real(Affinity affinity, double number);
bool keeps_text(Affinity affinity, std::string_view text);

}  // namespace crossload::driver::sqlite
