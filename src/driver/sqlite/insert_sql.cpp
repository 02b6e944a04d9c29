#include "insert_sql.h"

#include <algorithm>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "introspect.h"
#include "sql_text.h"

namespace crossload::driver::sqlite {
namespace {

std::vector<std::string> quoted(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) result.push_back(quote(name));
  return result;
}

bool same_columns(const std::vector<std::string>& key, const Index& index) {
  if (key.size() != index.parts.size()) return false;
  return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    return std::any_of(key.begin(), key.end(), [&](const std::string& column) {
      return ascii_iequals(column, part.column);
    });
  });
}

// The server wants the conflict target to be a unique key as it stands, collations included.
std::string conflict_target(const WriteRequest& request) {
  const std::vector<std::string>& key = request.conflict_key;
  const Column* rowid = rowid_column(request.table);
  if (rowid != nullptr && key.size() == 1 && ascii_iequals(key.front(), rowid->name)) {
    return quote(rowid->name);
  }
  for (const Index& index : request.table.indexes) {
    if (!index.unique || !index.where_sql.empty() || !same_columns(key, index)) continue;
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) {
      const std::string collation = part.collation.empty() ? "BINARY" : part.collation;
      parts.push_back(quote(part.column) + " COLLATE " + quote(collation));
    }
    return join(parts, ", ");
  }
  throw Error(ErrorCode::kInvalidArgument, "table " + request.table.name.name +
                                               " has no unique key over (" + join(key, ", ") +
                                               ") that on_conflict could go by")
      .suggest("use on_conflict \"error\"");
}

std::string conflict_clause(const WriteRequest& request) {
  if (request.on_conflict == ConflictMode::kError) return {};
  const std::string target = " ON CONFLICT (" + conflict_target(request) + ") DO ";
  if (request.on_conflict == ConflictMode::kSkip) return target + "NOTHING";
  std::vector<std::string> settings;
  for (const std::string& column : request.columns) {
    settings.push_back(quote(column) + " = excluded." + quote(column));
  }
  return target + "UPDATE SET " + join(settings, ", ");
}

}  // namespace

std::string insert_statement(const WriteRequest& request, std::size_t rows) {
  // OR ABORT: a table may declare ON CONFLICT IGNORE or REPLACE in its constraints, which would
  // drop rows in silence.
  std::string sql = "INSERT OR ABORT INTO main." + quote(request.table.name.name);
  if (request.columns.empty()) return sql + " DEFAULT VALUES";
  const std::vector<std::string> markers(request.columns.size(), "?");
  const std::vector<std::string> tuples(rows, "(" + join(markers, ", ") + ")");
  return sql + " (" + join(quoted(request.columns), ", ") + ") VALUES " + join(tuples, ", ") +
         conflict_clause(request);
}

}  // namespace crossload::driver::sqlite
