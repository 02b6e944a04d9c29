#include "schema_profiles.h"

#include <algorithm>

#include "crossload/base/strings.h"

#include "column_profile.h"

namespace crossload::copy {
namespace {

bool uses(const Index& index, const std::string& column) {
  return std::any_of(index.parts.begin(), index.parts.end(),
                     [&](const IndexPart& part) { return part.column == column; });
}

bool is_in_key(const Table& table, const std::string& column) {
  const auto has = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), column) != names.end();
  };
  return has(table.primary_key) ||
         std::any_of(table.indexes.begin(), table.indexes.end(),
                     [&](const Index& index) { return uses(index, column); }) ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) { return has(key.columns); });
}

std::vector<std::string> columns_to_profile(const Table& table, Engine from,
                                            const dialect::TargetTraits& to) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    const bool open_ended =
        (column.type.kind == TypeKind::kText || column.type.kind == TypeKind::kBytes) &&
        !column.type.length;
    const bool long_key =
        to.engine == Engine::kMysql && open_ended && is_in_key(table, column.name);
    const bool uuid = to.mariadb && column.type.kind == TypeKind::kUuid;
    const bool flag = from == Engine::kMysql && column.type.kind == TypeKind::kInteger &&
                      ascii_lower(column.type.declared).starts_with("tinyint(1)");
    if (from == Engine::kSqlite || long_key || uuid || flag) names.push_back(column.name);
  }
  return names;
}

bool is_read_by_views(const Table& table, const Schema& schema) {
  const std::string name = ascii_lower(table.name.name);
  return std::any_of(schema.views.begin(), schema.views.end(), [&](const View& view) {
    return ascii_lower(view.sql).find(name) != std::string::npos;
  });
}

using Profiles = std::map<std::string, dialect::ColumnProfile>;

/// SQLite compares dates and times as texts: a view can be made elsewhere only where all of them
/// are known to have one form. One column is read quickly.
void complete_moments(driver::Connection& source, const Schema& schema, Profiles& profiles,
                      const std::vector<TableName>& tables, const std::function<bool()>& go_on) {
  constexpr std::uint64_t kMostRows = 500'000;
  for (const TableName& name : tables) {
    const Table* table = schema.find_table(name);
    if (table == nullptr || !is_read_by_views(*table, schema)) continue;
    std::vector<std::string> columns;
    for (const Column& column : table->columns) {
      const auto found = profiles.find(name.display() + "." + column.name);
      const bool open = found != profiles.end() && found->second.sampled &&
                        !found->second.moment_form.one().empty();
      if (open) columns.push_back(column.name);
    }
    if (columns.empty()) continue;
    if (go_on && !go_on()) return;
    const auto found = profile_columns(source, *table, columns, kMostRows);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!found[i].sampled) profiles[name.display() + "." + columns[i]] = found[i];
    }
  }
}

}  // namespace

std::map<std::string, dialect::ColumnProfile> profile_tables(driver::Connection& source,
                                                             const Schema& schema,
                                                             const std::vector<TableName>& tables,
                                                             const dialect::TargetTraits& to,
                                                             std::optional<std::uint64_t> most_rows,
                                                             const std::function<bool()>& go_on) {
  Profiles profiles;
  for (const TableName& name : tables) {
    if (go_on && !go_on()) break;
    const Table* table = schema.find_table(name);
    if (table == nullptr || table->kind != TableKind::kTable) continue;
    const std::vector<std::string> columns = columns_to_profile(*table, schema.engine, to);
    const auto found = profile_columns(source, *table, columns, most_rows);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      profiles[name.display() + "." + columns[i]] = found[i];
    }
  }
  if (most_rows && schema.engine == Engine::kSqlite) {
    complete_moments(source, schema, profiles, tables, go_on);
  }
  return profiles;
}

}  // namespace crossload::copy
