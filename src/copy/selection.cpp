#include "crossload/copy/selection.h"

#include <algorithm>
#include <functional>

#include "crossload/base/strings.h"

namespace crossload::copy {
namespace {

bool matches(const std::string& pattern, const TableName& name) {
  const std::string wanted = ascii_lower(pattern);
  for (const std::string& candidate : {ascii_lower(name.name), ascii_lower(name.display())}) {
    if (has_glob(pattern) ? glob_match(wanted, candidate) : wanted == candidate) return true;
  }
  return false;
}

bool matches_any(const std::vector<std::string>& patterns, const Table& table) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    const bool owner = table.kind == TableKind::kShadow &&
                       matches(pattern, TableName{table.name.schema, table.shadow_of});
    return owner || matches(pattern, table.name);
  });
}

std::vector<std::string> names_of(const Schema& schema) {
  std::vector<std::string> names;
  for (const Table& table : schema.tables) names.push_back(table.name.display());
  return names;
}

/// A name that matches nothing is a slip that would silently leave a table behind.
void require_matches(const Schema& schema, const std::vector<std::string>& patterns,
                     bool globs_too) {
  for (const std::string& pattern : patterns) {
    if (has_glob(pattern) && !globs_too) continue;
    const bool found =
        std::any_of(schema.tables.begin(), schema.tables.end(),
                    [&](const Table& table) { return matches_any({pattern}, table); });
    if (found) continue;
    throw Error(ErrorCode::kSourceTableNotFound, "no source table matches \"" + pattern + "\"")
        .candidates(nearest_names(pattern, names_of(schema)))
        .suggest("call list-tables on the source for the exact names");
  }
}

}  // namespace

std::vector<const Table*> select_tables(const Schema& schema,
                                        const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude) {
  require_matches(schema, include, true);
  require_matches(schema, exclude, false);
  std::vector<const Table*> chosen;
  for (const Table& table : schema.tables) {
    const bool in = include.empty() || matches_any(include, table);
    if (in && !matches_any(exclude, table)) chosen.push_back(&table);
  }
  if (chosen.empty()) {
    throw Error(ErrorCode::kInvalidArgument,
                schema.tables.empty() ? "the source database has no tables"
                                      : "include_tables and exclude_tables leave no table");
  }
  return chosen;
}

}  // namespace crossload::copy
