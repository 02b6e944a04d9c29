#include "column_type.h"

#include <array>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload::convert {
namespace {

using Limit = std::pair<std::string_view, std::uint64_t>;

// Source: dev.mysql.com "Data Type Storage Requirements", 9.x; mariadb.com the same.
constexpr std::array<Limit, 8> kMysqlFamilies = {{
    {"tinytext", 255},
    {"text", 65'535},
    {"mediumtext", 16'777'215},
    {"longtext", 4'294'967'295},
    {"tinyblob", 255},
    {"blob", 65'535},
    {"mediumblob", 16'777'215},
    {"longblob", 4'294'967'295},
}};

std::uint64_t length_of(const LogicalType& type) {
  return type.length && *type.length >= 0 ? static_cast<std::uint64_t>(*type.length) : kUnlimited;
}

const Limit* mysql_family(const LogicalType& type) {
  for (const Limit& family : kMysqlFamilies) {
    if (declared_as(type, family.first)) return &family;
  }
  return nullptr;
}

}  // namespace

bool declared_as(const LogicalType& type, std::string_view word) {
  const std::string_view declared = type.declared;
  if (declared.size() < word.size()) return false;
  if (!ascii_iequals(declared.substr(0, word.size()), word)) return false;
  if (declared.size() == word.size()) return true;
  const char next = declared[word.size()];
  return next == ' ' || next == '(' || next == '[';
}

bool declared_with(const LogicalType& type, std::string_view part) {
  return ascii_lower(type.declared).find(part) != std::string::npos;
}

std::uint64_t most_characters(Engine engine, const LogicalType& type) {
  if (engine == Engine::kSqlite) return kUnlimited;
  if (engine == Engine::kMysql && mysql_family(type) != nullptr) return kUnlimited;
  return type.kind == TypeKind::kText ? length_of(type) : kUnlimited;
}

std::uint64_t most_bytes(Engine engine, const LogicalType& type) {
  // What is longer PostgreSQL cuts without a word. Source: postgresql.org/docs/15 "8.3".
  constexpr std::uint64_t kNameBytes = 63;
  if (engine == Engine::kPostgres && declared_as(type, "name")) return kNameBytes;
  if (engine != Engine::kMysql) return kUnlimited;
  if (const Limit* family = mysql_family(type)) return family->second;
  return type.kind == TypeKind::kBytes ? length_of(type) : kUnlimited;
}

bool is_padded(Engine engine, const LogicalType& type) {
  if (engine == Engine::kSqlite) return false;
  return declared_as(type, "char") || declared_as(type, "character")
             ? !declared_with(type, "varying")
             : declared_as(type, "bpchar") || declared_as(type, "binary");
}

int second_digits(Engine engine, const LogicalType& type) {
  constexpr int kMicroseconds = 6;
  if (type.precision) return *type.precision;
  return engine == Engine::kPostgres ? kMicroseconds : 0;
}

bool is_mysql_timestamp(Engine engine, const LogicalType& type) {
  return engine == Engine::kMysql && declared_as(type, "timestamp");
}

bool is_year(const LogicalType& type) {
  return declared_as(type, "year");
}

bool is_parsed_json(Engine engine, const LogicalType& type) {
  if (engine == Engine::kPostgres) return declared_as(type, "jsonb");
  return engine == Engine::kMysql && declared_as(type, "json");
}

bool is_varying_bits(const LogicalType& type) {
  return declared_with(type, "varying") || declared_with(type, "varbit");
}

}  // namespace crossload::convert
