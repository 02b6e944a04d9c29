#include "select_sql.h"

#include "crossload/base/strings.h"

#include "sql_text.h"

namespace crossload::driver::sqlite {
namespace {

// Qualified, because SQLite takes a lone "name" that is no column for a string.
std::string column_sql(const std::string& name) {
  return "t." + quote(name);
}

std::string term_sql(const OrderTerm& term) {
  const std::string column = column_sql(term.column);
  return term.collation.empty() ? column : column + " COLLATE " + quote(term.collation);
}

std::string parameter(std::size_t position) {
  return "?" + std::to_string(position + 1);
}

std::string behind(const OrderTerm& term, std::size_t position) {
  return term_sql(term) + (term.descending ? " < " : " > ") + parameter(position);
}

// The server looks a row value up in an index only where all its columns go one way and by their
// own collations.
bool can_be_row_value(const std::vector<OrderTerm>& order) {
  for (const OrderTerm& term : order) {
    if (term.descending != order.front().descending || !term.collation.empty()) return false;
  }
  return true;
}

std::string row_value_condition(const std::vector<OrderTerm>& order) {
  std::vector<std::string> columns;
  std::vector<std::string> parameters;
  for (std::size_t i = 0; i < order.size(); ++i) {
    columns.push_back(term_sql(order[i]));
    parameters.push_back(parameter(i));
  }
  return "(" + join(columns, ", ") + ")" + (order.front().descending ? " < " : " > ") + "(" +
         join(parameters, ", ") + ")";
}

// What a row value says, spelled out for a mixed order:
// a >= ?1 AND (a > ?1 OR (a = ?1 AND b < ?2)). The first term lets the server start in the index.
std::string spelled_out_condition(const std::vector<OrderTerm>& order) {
  std::string condition = behind(order.back(), order.size() - 1);
  for (std::size_t i = order.size() - 1; i-- > 0;) {
    condition = "(" + behind(order[i], i) + " OR (" + term_sql(order[i]) + " = " + parameter(i) +
                " AND " + condition + "))";
  }
  const std::string start = order.front().descending ? " <= " : " >= ";
  return term_sql(order.front()) + start + parameter(0) + " AND " + condition;
}

}  // namespace

std::string select_statement(const ReadRequest& request, const std::vector<OrderTerm>& order) {
  std::vector<std::string> columns;
  for (const std::string& column : request.columns) columns.push_back(column_sql(column));
  const std::vector<std::size_t> positions = key_positions(request);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] >= request.columns.size()) columns.push_back(column_sql(request.key[i]));
  }
  if (columns.empty()) columns.push_back("1");

  std::string sql =
      "SELECT " + join(columns, ", ") + " FROM main." + quote(request.table.name) + " AS t";
  if (order.empty()) return sql;
  if (!request.after.empty()) {
    sql += " WHERE " + (order.size() == 1         ? behind(order.front(), 0)
                        : can_be_row_value(order) ? row_value_condition(order)
                                                  : spelled_out_condition(order));
  }
  std::vector<std::string> terms;
  for (const OrderTerm& term : order) {
    terms.push_back(term_sql(term) + (term.descending ? " DESC" : ""));
  }
  return sql + " ORDER BY " + join(terms, ", ");
}

}  // namespace crossload::driver::sqlite
