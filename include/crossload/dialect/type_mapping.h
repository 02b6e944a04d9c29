#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// What the values of a SQLite column are, whatever its declaration says. Counts are of the rows
/// looked at.
struct ColumnProfile {
  std::uint64_t rows = 0;
  bool sampled = false;  ///< Not every row was looked at.
  std::uint64_t nulls = 0;
  std::uint64_t integers = 0;
  std::uint64_t reals = 0;
  std::uint64_t texts = 0;
  std::uint64_t blobs = 0;
  std::int64_t smallest_integer = 0;
  std::int64_t largest_integer = 0;
  std::uint64_t longest_text = 0;  ///< Characters.
  // How many of the texts look like:
  std::uint64_t dates = 0;       ///< 2020-12-31
  std::uint64_t timestamps = 0;  ///< 2020-12-31[ T]23:59[:59[.999]], no zone
  std::uint64_t zoned = 0;       ///< The same with Z or an offset.
  std::uint64_t times = 0;       ///< 23:59[:59[.999]]
  std::uint64_t decimals = 0;    ///< -12.34
  std::uint64_t uuids = 0;
};

/// What the target is, beyond its engine.
struct TargetTraits {
  Engine engine = Engine::kSqlite;
  bool mariadb = false;  ///< MySQL's protocol, MariaDB's types.
};

/// How the column is used, where that bears on its type.
struct ColumnUse {
  bool in_key = false;  ///< Of a primary key, a unique key, an index or a foreign key.
  std::optional<ColumnProfile> profile = {};
  std::optional<std::uint64_t> longest_key = {};  ///< Characters of the widest text, where known.
};

enum class MappingVerdict {
  kSame,         ///< Every value, and what it means.
  kWidened,      ///< Every value; the target's type holds more, or means less.
  kLossy,        ///< Some values cannot be held and are rejected; the note says which.
  kUnsupported,  ///< Text of the engine's own spelling at best.
};

struct MappedType {
  std::string sql;   ///< The type as it stands in CREATE TABLE.
  LogicalType type;  ///< As the target's catalog will describe it.
  MappingVerdict verdict = MappingVerdict::kSame;
  std::string note;  ///< For people, where the verdict is not kSame.
};

/// The target's type for a column of another engine, or of the same.
MappedType map_type(Engine source, const Column& column, const TargetTraits& target,
                    const ColumnUse& use);

/// "same", "widened", "lossy", "unsupported".
std::string_view to_string(MappingVerdict verdict);

}  // namespace crossload::dialect
