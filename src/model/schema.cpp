#include "crossload/model/schema.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload {
namespace {

constexpr std::array<std::pair<Engine, std::string_view>, 3> kEngineNames = {{
    {Engine::kSqlite, "sqlite"},
    {Engine::kPostgres, "postgres"},
    {Engine::kMysql, "mysql"},
}};

}  // namespace

std::string_view to_string(Engine engine) {
  for (const auto& [value, name] : kEngineNames) {
    if (value == engine) return name;
  }
  return "?";
}

std::optional<Engine> parse_engine(std::string_view text) {
  for (const auto& [value, name] : kEngineNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

const Column* Table::find_column(std::string_view column_name) const {
  auto found = std::find_if(columns.begin(), columns.end(),
                            [&](const Column& column) { return column.name == column_name; });
  if (found == columns.end()) {
    found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
      return ascii_iequals(column.name, column_name);
    });
  }
  return found == columns.end() ? nullptr : &*found;
}

const Table* Schema::find_table(const TableName& wanted) const {
  auto found = std::find_if(tables.begin(), tables.end(),
                            [&](const Table& table) { return table.name == wanted; });
  if (found == tables.end()) {
    found = std::find_if(tables.begin(), tables.end(), [&](const Table& table) {
      return ascii_iequals(table.name.name, wanted.name) &&
             ascii_iequals(table.name.schema, wanted.schema);
    });
  }
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace crossload
