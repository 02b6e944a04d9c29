#include "key_use.h"

#include <algorithm>
#include <vector>

#include "type_names.h"

namespace crossload::dialect {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Keys whose columns MySQL must know the length of. An index can take the beginning of a text, a
// unique one cannot.
std::vector<Names> keys_of(const Table& table) {
  std::vector<Names> keys;
  if (!table.primary_key.empty()) keys.push_back(table.primary_key);
  for (const Index& index : table.indexes) {
    if (!index.unique) continue;
    Names names;
    for (const IndexPart& part : index.parts) {
      if (!part.column.empty() && !part.prefix_length) names.push_back(part.column);
    }
    keys.push_back(names);
  }
  for (const ForeignKey& key : table.foreign_keys) keys.push_back(key.columns);
  return keys;
}

bool is_open_ended(const Column& column, const std::set<std::string>& unkept) {
  const TypeKind kind = column.type.kind;
  const bool long_kind = kind == TypeKind::kText || kind == TypeKind::kDynamic ||
                         kind == TypeKind::kOther || kind == TypeKind::kEnum ||
                         kind == TypeKind::kBytes;
  return long_kind && (!column.type.length || unkept.contains(column.name));
}

// Bytes of a key that a column with a length takes at most.
std::uint64_t bytes_of(const Column& column) {
  constexpr std::uint64_t kWidestNumber = 30;
  constexpr std::uint64_t kWidestCharacter = 4;
  constexpr std::uint64_t kUuid = 36;
  constexpr std::uint64_t kInterval = 64;
  if (column.type.kind == TypeKind::kUuid) return kUuid;
  if (column.type.kind == TypeKind::kInterval) return kInterval * kWidestCharacter;
  if (!column.type.length) return kWidestNumber;
  const auto length = static_cast<std::uint64_t>(std::max<std::int64_t>(*column.type.length, 0));
  return column.type.kind == TypeKind::kBytes ? length : length * kWidestCharacter;
}

}  // namespace

ColumnUse use_of(const Table& table, const Column& column, const std::set<std::string>& unkept) {
  constexpr std::uint64_t kKeyBytes = 3'072;
  constexpr std::uint64_t kWidestCharacter = 4;
  ColumnUse use;
  for (const Names& key : keys_of(table)) {
    if (!has(key, column.name)) continue;
    use.in_key = true;
    std::uint64_t fixed = 0;
    std::uint64_t sharing = 0;
    for (const std::string& name : key) {
      const Column* const part = table.find_column(name);
      if (part == nullptr) continue;
      if (is_open_ended(*part, unkept)) {
        ++sharing;
      } else {
        fixed += bytes_of(*part);
      }
    }
    if (sharing == 0) continue;
    const std::uint64_t left = fixed < kKeyBytes ? kKeyBytes - fixed : 0;
    use.key_room =
        std::min(use.key_room, std::max<std::uint64_t>(left / kWidestCharacter / sharing, 1));
  }
  return use;
}

const Index* primary_key_index(const Table& table) {
  const auto found =
      std::find_if(table.indexes.begin(), table.indexes.end(),
                   [](const Index& index) { return index.origin == IndexOrigin::kPrimaryKey; });
  return found == table.indexes.end() ? nullptr : &*found;
}

std::set<std::string> unkept_lengths(Engine source, const Table& table,
                                     const std::map<std::string, ColumnProfile>& profiles) {
  std::set<std::string> unkept;
  if (source != Engine::kSqlite) return unkept;
  for (const Column& column : table.columns) {
    const auto profile = profiles.find(column.name);
    if (profile == profiles.end() || !column.type.length) continue;
    if (!keeps_length(column.type, profile->second)) unkept.insert(column.name);
  }
  return unkept;
}

bool is_set_by_key(const Table& table, const Column& column) {
  const auto changes = [](const std::string& action) {
    return action.starts_with("SET NULL") || action.starts_with("SET DEFAULT");
  };
  return std::any_of(
      table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
        const bool acts =
            changes(key.on_delete) || changes(key.on_update) || key.on_update == "CASCADE";
        return acts &&
               std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
      });
}

}  // namespace crossload::dialect
