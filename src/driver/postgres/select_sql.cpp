#include "select_sql.h"

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "builtin_types.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

std::string column_sql(const std::string& name) {
  return "t." + quote(name);
}

std::string condition(const ReadRequest& request) {
  std::vector<std::string> columns;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < request.key.size(); ++i) {
    columns.push_back(column_sql(request.key[i]));
    values.push_back(untyped_literal(request.after[i]));
  }
  // A row value of one is none: ROW(a) > ROW('1') leaves the literal without a type to take on.
  if (columns.size() == 1) return columns.front() + " > " + values.front();
  return "(" + join(columns, ", ") + ") > (" + join(values, ", ") + ")";
}

}  // namespace

std::vector<std::string> columns_read(const ReadRequest& request) {
  std::vector<std::string> columns = request.columns;
  const std::vector<std::size_t> positions = key_positions(request);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] >= request.columns.size()) columns.push_back(request.key[i]);
  }
  return columns;
}

std::string probe_statement(const ReadRequest& request, const std::string& table) {
  std::vector<std::string> columns;
  for (const std::string& column : columns_read(request)) columns.push_back(column_sql(column));
  return "SELECT " + join(columns, ", ") + " FROM " + table + " AS t";
}

std::string select_statement(const ReadRequest& request, const std::string& table,
                             const std::vector<Oid>& types) {
  std::vector<std::string> columns;
  for (const std::string& column : columns_read(request)) {
    // Money is printed as the server's locale has it; as a number it is the same everywhere.
    const bool money = types[columns.size()] == kMoney;
    columns.push_back(column_sql(column) + (money ? "::pg_catalog.numeric" : ""));
  }
  std::string sql = "SELECT " + join(columns, ", ") + " FROM " + table + " AS t";
  if (request.key.empty()) return sql;
  if (!request.after.empty()) sql += " WHERE " + condition(request);
  std::vector<std::string> order;
  for (const std::string& column : request.key) order.push_back(column_sql(column));
  return sql + " ORDER BY " + join(order, ", ");
}

}  // namespace crossload::driver::postgres
