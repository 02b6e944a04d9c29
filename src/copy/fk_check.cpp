#include "fk_check.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "crossload/base/files.h"
#include "crossload/base/strings.h"

#include "value_json.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::ordered_json;

void add_once(std::vector<TableName>& tables, const TableName& table) {
  if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(table);
}

std::vector<TableName> tables_to_check(const Plan& plan, driver::Connection& target) {
  std::vector<TableName> tables;
  for (const TablePlan& table : plan.tables) {
    if (!table.shadow) add_once(tables, table.target);
  }
  for (const Table& table : target.catalog().load_schema().tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      const bool points_at_migrated =
          std::any_of(plan.tables.begin(), plan.tables.end(), [&](const TablePlan& migrated) {
            return ascii_iequals(migrated.target.display(), key.referenced_table.display());
          });
      if (points_at_migrated) add_once(tables, table.name);
    }
  }
  return tables;
}

Json named_values(const std::vector<std::pair<std::string, Value>>& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) json[name] = value_to_json(value);
  return json;
}

std::string column_names(const std::vector<std::pair<std::string, Value>>& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values) names.push_back(name);
  return join(names, ", ");
}

std::string violation_line(const driver::FkOrphan& orphan) {
  const std::string references =
      orphan.references.display() + "(" + join(orphan.referenced_columns, ", ") + ")";
  const bool single = orphan.value.size() == 1;
  const Json line = {
      {"table", orphan.table.display()},
      {"row_index", nullptr},
      {"key", orphan.key.empty() ? Json(nullptr) : named_values(orphan.key)},
      {"column", column_names(orphan.value)},
      {"value", single ? value_to_json(orphan.value.front().second) : named_values(orphan.value)},
      {"references", references},
      {"error", "no row of " + references + " has this value"}};
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_same_key(const driver::FkOrphan& a, const driver::FkOrphan& b) {
  const auto same = [](const auto& x, const auto& y) { return x.first == y.first; };
  return a.table == b.table && a.references == b.references &&
         std::equal(a.value.begin(), a.value.end(), b.value.begin(), b.value.end(), same);
}

}  // namespace

std::uint64_t check_foreign_keys(const Plan& plan, driver::Connection& target,
                                 driver::LoadSession& load, const std::filesystem::path& file,
                                 std::vector<driver::FkOrphan>& one_a_key,
                                 const std::function<void(const std::string&)>& note) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  std::optional<LineFile> lines;
  const driver::FkReport report =
      load.check_foreign_keys(tables_to_check(plan, target), [&](const driver::FkOrphan& orphan) {
        if (!lines) lines = LineFile::open(file);
        lines->append(violation_line(orphan));
        const bool is_new =
            std::none_of(one_a_key.begin(), one_a_key.end(),
                         [&](const driver::FkOrphan& other) { return is_same_key(orphan, other); });
        if (is_new) one_a_key.push_back(orphan);
      });
  if (lines) lines->flush(true);
  for (const driver::FkProblem& problem : report.problems) {
    note("a foreign key of " + problem.table.display() + " to " + problem.references.display() +
         " cannot be checked: " + problem.message);
  }
  return report.orphans;
}

}  // namespace crossload::copy
