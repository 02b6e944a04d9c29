#include "insert_sql.h"

#include <algorithm>
#include <vector>

#include "crossload/base/strings.h"

#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

bool is_in_key(const WriteRequest& request, const std::string& column) {
  return std::find(request.conflict_key.begin(), request.conflict_key.end(), column) !=
         request.conflict_key.end();
}

std::string conflict_clause(const WriteRequest& request) {
  if (request.on_conflict == ConflictMode::kError) return {};
  const std::string target = " ON CONFLICT (" + quoted_list(request.conflict_key) + ") DO ";
  if (request.on_conflict == ConflictMode::kSkip) return target + "NOTHING";
  std::vector<std::string> settings;
  for (const std::string& column : request.columns) {
    // The key is the same by definition, and one that the server numbers must not be set.
    if (is_in_key(request, column)) continue;
    settings.push_back(quote(column) + " = excluded." + quote(column));
  }
  // A row that is all key is there as it should be.
  if (settings.empty()) return target + "NOTHING";
  return target + "UPDATE SET " + join(settings, ", ");
}

std::string values(std::size_t columns, std::size_t rows) {
  std::string text;
  std::size_t parameter = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < columns; ++column) {
      text += (column == 0 ? "$" : ", $") + std::to_string(++parameter);
    }
    text += ")";
  }
  return text;
}

std::string insert_into(const Session& session, const WriteRequest& request) {
  // Columns that are GENERATED ALWAYS AS IDENTITY take the values of the rows, as in COPY.
  return "INSERT INTO " + session.qualified(request.table.name) + " (" +
         quoted_list(request.columns) + ") OVERRIDING SYSTEM VALUE ";
}

}  // namespace

std::string copy_statement(const std::string& table, const WriteRequest& request, bool binary) {
  // A table of nothing but generated columns has rows, but no list of columns to give.
  const std::string columns =
      request.columns.empty() ? "" : " (" + quoted_list(request.columns) + ")";
  return "COPY " + table + columns + " FROM STDIN" + (binary ? " (FORMAT binary)" : "");
}

std::string insert_statement(const Session& session, const WriteRequest& request,
                             std::size_t rows) {
  return insert_into(session, request) + "VALUES " + values(request.columns.size(), rows) +
         conflict_clause(request);
}

std::string waypoint_statement(const Session& session, const WriteRequest& request) {
  return std::string("CREATE TEMPORARY TABLE ") + kWaypointName + " ON COMMIT DROP AS SELECT " +
         quoted_list(request.columns) + " FROM " + session.qualified(request.table.name) +
         " WITH NO DATA";
}

std::string insert_from_waypoint(const Session& session, const WriteRequest& request) {
  return insert_into(session, request) + "SELECT " + quoted_list(request.columns) + " FROM " +
         kWaypointTable + conflict_clause(request);
}

}  // namespace crossload::driver::postgres
