#pragma once

#include <cstdint>
#include <string_view>

namespace crossload::dialect {

/// What a SQLite column does to the values written into it.
/// Source: sqlite.org "Datatypes In SQLite", 3.1 "Determination Of Column Affinity".
enum class SqliteAffinity : std::uint8_t { kNone, kText, kNumeric, kInteger, kReal };

/// `strict`: the column of a STRICT table, where ANY has no affinity.
SqliteAffinity sqlite_affinity(std::string_view declared_type, bool strict);

}  // namespace crossload::dialect
