#include "crossload/dialect/identifiers.h"

#include <set>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

constexpr std::size_t kPostgresBytes = 63;
constexpr std::size_t kMysqlCharacters = 64;
constexpr std::size_t kSuffixSize = 9;

std::string hash_suffix(std::string_view name) {
  return "_" + sha256_hex(name).substr(0, kSuffixSize - 1);
}

std::string fitting_postgres(std::string_view name) {
  if (name.size() <= kPostgresBytes) return std::string(name);
  std::string_view head = name.substr(0, kPostgresBytes - kSuffixSize);
  // Not within a character.
  while (!head.empty() && !is_utf8(head)) head.remove_suffix(1);
  return std::string(head) + hash_suffix(name);
}

std::string fitting_mysql(std::string_view name) {
  std::string kept;
  std::size_t characters = 0;
  std::size_t cut_at = 0;
  bool changed = false;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const auto byte = static_cast<unsigned char>(name[at]);
    if (byte >= 0xF0) {
      // Four bytes: above U+FFFF.
      kept += '_';
      at += 3;
      changed = true;
      ++characters;
    } else {
      if ((byte & 0xC0) != 0x80) ++characters;
      kept += name[at];
    }
    if (characters <= kMysqlCharacters - kSuffixSize) cut_at = kept.size();
  }
  const bool blank = kept.ends_with(' ');
  if (!changed && !blank && characters <= kMysqlCharacters) return kept;
  return kept.substr(0, cut_at) + hash_suffix(name);
}

}  // namespace

std::string fitting_identifier(std::string_view name, Engine engine) {
  switch (engine) {
    case Engine::kSqlite:
      return std::string(name);
    case Engine::kPostgres:
      return fitting_postgres(name);
    case Engine::kMysql:
      return fitting_mysql(name);
  }
  return std::string(name);
}

std::map<TableName, TableName> fitting_table_names(
    const Schema& source, Engine target, const std::function<TableName(const TableName&)>& rename) {
  const auto key = [&](const TableName& name) {
    return target == Engine::kPostgres
               ? name
               : TableName{ascii_lower(name.schema), ascii_lower(name.name)};
  };
  std::map<TableName, TableName> names;
  std::set<TableName> taken;
  for (const Table& table : source.tables) {
    TableName wanted = rename ? rename(table.name) : table.name;
    wanted.schema = fitting_identifier(wanted.schema, target);
    TableName name = {wanted.schema, fitting_identifier(wanted.name, target)};
    for (int n = 2; taken.contains(key(name)); ++n) {
      name.name = fitting_identifier(wanted.name + "_" + std::to_string(n), target);
    }
    taken.insert(key(name));
    names[table.name] = std::move(name);
  }
  return names;
}

}  // namespace crossload::dialect
