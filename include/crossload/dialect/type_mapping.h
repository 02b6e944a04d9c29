#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/dialect/moment_form.h"
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
  std::uint64_t longest_blob = 0;  ///< Bytes.
  // How many of the texts look like:
  std::uint64_t dates = 0;       ///< 2020-12-31
  std::uint64_t timestamps = 0;  ///< 2020-12-31[ T]23:59[:59[.999]], no zone
  std::uint64_t zoned = 0;       ///< The same with Z or an offset.
  std::uint64_t times = 0;       ///< 23:59[:59[.999]]
  MomentForm moment_form = {};   ///< Of all of these.
  std::uint64_t decimals = 0;    ///< -12.34
  std::uint64_t uuids = 0;
  std::uint64_t odd_uuids = 0;  ///< UUIDs that MariaDB takes for none.
  // Of the reals, where count_digits() was called for each:
  std::optional<int> most_decimals = {};      ///< Digits behind the point.
  std::optional<int> most_whole_digits = {};  ///< Digits before it.
};

/// Counts the digits of the shortest decimal text of a real. What is not finite counts as too many.
void count_digits(ColumnProfile& profile, double value);

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
  /// Characters, four bytes each, that MySQL's key leaves for a text of this column: 3,072 bytes,
  /// shared by its texts and bytes of any length.
  std::uint64_t key_room = 768;
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
  /// The column takes these texts only, which the type does not say: a CHECK is needed.
  std::vector<std::string> only_labels = {};
  /// Dates and times of SQLite: the MomentForm of them all, "?" where it is not one or not known;
  /// empty where there are none.
  std::string moment_form = {};
};

/// The target's type for a column of another engine, or of the same.
MappedType map_type(Engine source, const Column& column, const TargetTraits& target,
                    const ColumnUse& use);

/// What a SQLite column means by the names that map_type gives (DECIMAL_TEXT(65,30), DATE_TEXT), or
/// nullopt for any other declaration.
std::optional<LogicalType> meaning_of_sqlite_name(const LogicalType& declared);

/// What a SQLite column means to other engines: by such a name, else by its values, the declaration
/// being a hint, else by the declaration alone. The verdict tells of values that will not fit.
MappedType meaning_of_sqlite(const Column& column, const ColumnUse& use);

/// "same", "widened", "lossy", "unsupported".
std::string_view to_string(MappingVerdict verdict);

}  // namespace crossload::dialect
