#include "select_sql.h"

#include "crossload/base/strings.h"

#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

const ColumnFacts& facts_of(const std::map<std::string, ColumnFacts>& facts,
                            const std::string& column) {
  static const ColumnFacts kNothing;
  const auto found = facts.find(ascii_lower(column));
  return found == facts.end() ? kNothing : found->second;
}

std::string column_sql(const std::string& column, const ColumnFacts& facts) {
  const std::string name = "t." + quote(column);
  // What the client libraries do not know; the bytes are the same.
  return facts.data_type == "vector" ? "CAST(" + name + " AS BINARY)" : name;
}

// (a, b) > (?, ?) spelled out, so that the server walks an index and the columns may go different
// ways: a >= ? AND (a > ? OR (a = ? AND b > ?)).
class Condition {
 public:
  Condition(const ReadRequest& request, const std::map<std::string, ColumnFacts>& facts,
            const KeyOrder& order) {
    for (std::size_t i = 0; i < request.key.size(); ++i) {
      const ColumnFacts& column = facts_of(facts, request.key[i]);
      terms_.push_back({key_column(request.key[i], column), key_parameter(request.key[i], column),
                        order.descending[i] ? " < " : " > "});
    }
  }

  SelectStatement make() {
    if (terms_.size() > 1) {
      const bool down = terms_.front().behind == " < ";
      compare(0, down ? " <= " : " >= ");
      text_ += " AND ";
    }
    behind(0);
    return {text_, parameters_};
  }

 private:
  struct Term {
    std::string column;
    std::string parameter;
    std::string behind;
  };

  void compare(std::size_t i, const std::string& comparison) {
    text_ += terms_[i].column + comparison + terms_[i].parameter;
    parameters_.push_back(i);
  }

  void behind(std::size_t i) {
    if (i + 1 == terms_.size()) return compare(i, terms_[i].behind);
    text_ += "(";
    compare(i, terms_[i].behind);
    text_ += " OR (";
    compare(i, " = ");
    text_ += " AND ";
    behind(i + 1);
    text_ += "))";
  }

  std::vector<Term> terms_;
  std::string text_;
  std::vector<std::size_t> parameters_;
};

}  // namespace

SelectStatement select_statement(const ReadRequest& request,
                                 const std::map<std::string, ColumnFacts>& facts,
                                 const KeyOrder& order) {
  std::vector<std::string> columns;
  for (const std::string& column : request.columns) {
    columns.push_back(column_sql(column, facts_of(facts, column)));
  }
  const std::vector<std::size_t> positions = key_positions(request);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] < request.columns.size()) continue;
    columns.push_back(column_sql(request.key[i], facts_of(facts, request.key[i])));
  }
  if (columns.empty()) columns.emplace_back("1");
  SelectStatement statement;
  statement.sql = "SELECT " + join(columns, ", ") + " FROM " + quote(request.table) + " AS t";
  if (request.key.empty()) return statement;
  // Without it the server may sort the whole table first.
  if (!order.index.empty()) statement.sql += " FORCE INDEX (" + quote(order.index) + ")";
  if (!request.after.empty()) {
    SelectStatement condition = Condition(request, facts, order).make();
    statement.sql += " WHERE " + condition.sql;
    statement.parameters = std::move(condition.parameters);
  }
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < request.key.size(); ++i) {
    terms.push_back("t." + quote(request.key[i]) + (order.descending[i] ? " DESC" : ""));
  }
  statement.sql += " ORDER BY " + join(terms, ", ");
  return statement;
}

}  // namespace crossload::driver::mysql
