#include "crossload/dialect/identifiers.h"

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

}  // namespace crossload::dialect
