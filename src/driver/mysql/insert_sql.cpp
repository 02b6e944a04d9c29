#include "insert_sql.h"

#include <algorithm>
#include <vector>

#include "crossload/base/strings.h"

#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

// The inserted row's name in ON DUPLICATE KEY UPDATE, where the server has one.
constexpr std::string_view kNewRow = "crossload_new";

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& other) { return ascii_iequals(other, name); });
}

bool is_over(const Index& index, const std::vector<std::string>& key) {
  return index.parts.size() == key.size() &&
         std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
           return !part.prefix_length && holds(key, part.column);
         });
}

std::vector<std::vector<std::string>> unique_keys(const Table& table) {
  std::vector<std::vector<std::string>> keys;
  if (!table.primary_key.empty()) keys.push_back(table.primary_key);
  return keys;
}

}  // namespace

ConflictPlan conflict_plan(const WriteRequest& request) {
  if (request.on_conflict == ConflictMode::kError) return ConflictPlan::kNone;
  const Table& table = request.table;
  std::size_t unique = 0;
  bool found = false;
  bool primary_seen = false;
  for (const Index& index : table.indexes) {
    if (!index.unique) continue;
    ++unique;
    found = found || is_over(index, request.conflict_key);
    primary_seen = primary_seen || index.origin == IndexOrigin::kPrimaryKey;
  }
  // A model made by hand may name its primary key without an index behind it.
  if (!primary_seen) {
    for (const std::vector<std::string>& key : unique_keys(table)) {
      ++unique;
      found = found || (key.size() == request.conflict_key.size() &&
                        std::all_of(key.begin(), key.end(), [&](const std::string& column) {
                          return holds(request.conflict_key, column);
                        }));
    }
  }
  if (!found) {
    throw Error(ErrorCode::kInvalidArgument,
                "table " + table.name.name + " has no unique key over (" +
                    join(request.conflict_key, ", ") + ") that on_conflict could go by")
        .suggest("use on_conflict \"error\"");
  }
  if (unique > 1) return ConflictPlan::kByKey;
  return request.on_conflict == ConflictMode::kSkip ? ConflictPlan::kSkipOnly
                                                    : ConflictPlan::kUpdateOnly;
}

std::string insert_statement(const WriteRequest& request, std::size_t rows,
                             OnDuplicate on_duplicate, const Capabilities& capabilities) {
  std::vector<std::string> columns;
  for (const std::string& column : request.columns) columns.push_back(quote(column));
  const std::vector<std::string> markers(columns.size(), "?");
  const std::vector<std::string> tuples(rows, "(" + join(markers, ",") + ")");
  std::string sql = "INSERT INTO " + quote(request.table.name) + " (" + join(columns, ", ") +
                    ") VALUES " + join(tuples, ",");
  if (on_duplicate == OnDuplicate::kFail) return sql;
  if (on_duplicate == OnDuplicate::kKeep) {
    const std::string column = quote(request.conflict_key.front());
    return sql + " ON DUPLICATE KEY UPDATE " + column + " = " + column;
  }
  std::vector<std::string> settings;
  for (const std::string& column : columns) {
    settings.push_back(
        column + " = " +
        (capabilities.row_alias ? std::string(kNewRow) + "." + column : "VALUES(" + column + ")"));
  }
  if (capabilities.row_alias) sql += " AS " + std::string(kNewRow);
  return sql + " ON DUPLICATE KEY UPDATE " + join(settings, ", ");
}

}  // namespace crossload::driver::mysql
