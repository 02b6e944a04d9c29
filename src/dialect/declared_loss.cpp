#include "declared_loss.h"

#include <algorithm>

#include "crossload/base/strings.h"
#include "crossload/dialect/sqlite_affinity.h"

namespace crossload::dialect {
namespace {

// Every integer up to here is a double: what SQLite made of a decimal beyond it was rounded.
constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

std::string lost_by_affinity(const Column& column, const ColumnProfile& profile) {
  const std::string name = ascii_lower(column.type.declared);
  if (profile.integers + profile.reals == 0 ||
      sqlite_affinity(name, false) != SqliteAffinity::kNumeric) {
    return "";
  }
  if (has(name, "string")) {
    return "SQLite stores texts of digits in columns of " + column.type.declared +
           " as numbers: 007 became 7 when it was stored";
  }
  const bool decimal = has(name, "decimal") || has(name, "numeric") || has(name, "number");
  const bool beyond = profile.largest_integer > kExactInDouble ||
                      profile.smallest_integer < -kExactInDouble ||
                      profile.most_whole_digits.value_or(0) > 15;
  if (!decimal || !beyond || column.type.scale.value_or(0) <= 0) return "";
  return "SQLite stores numbers of " + column.type.declared +
         " with 15 digits: what the larger ones had behind them was lost when they were stored";
}

}  // namespace

std::string lost_by_declaration(Engine source, const Column& column, const ColumnUse& use) {
  if (source == Engine::kMysql && has(ascii_lower(column.type.declared), "zerofill")) {
    return "ZEROFILL is not kept: the numbers are the same, shown without zeros in front";
  }
  if (source == Engine::kSqlite && use.profile) return lost_by_affinity(column, *use.profile);
  return "";
}

}  // namespace crossload::dialect
