#include "skip_insert.h"

#include <algorithm>
#include <bit>

#include "crossload/base/strings.h"

#include "parameters.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

// Rows of one statement; each key column is a parameter.
constexpr std::size_t kMostRows = 1'024;
constexpr std::size_t kMostParameters = 65'535;

}  // namespace

SkipInsert::SkipInsert(Session& session, const WriteRequest& request,
                       const std::vector<WriteColumn>& columns)
    : session_(session),
      request_(request),
      columns_(columns),
      insert_(make_insert(session, request, columns, OnDuplicate::kKeep)),
      facts_(column_facts(session, request.table.name)),
      key_(key_positions_of(request, columns)) {}

bool SkipInsert::serves(const WriteRequest& request) {
  return std::all_of(request.conflict_key.begin(), request.conflict_key.end(),
                     [&](const std::string& name) {
                       const Column* column = request.table.find_column(name);
                       if (column == nullptr || column->nullable) return false;
                       const std::string declared = ascii_lower(column->type.declared);
                       return is_exact_key(declared.substr(0, declared.find_first_of("( ")));
                     });
}

std::size_t SkipInsert::fit(std::size_t rows) const {
  const std::size_t most = std::min(kMostRows, kMostParameters / key_.size());
  return std::bit_floor(insert_->fit(std::min(rows, most)));
}

MYSQL_STMT* SkipInsert::count_statement(std::size_t rows) {
  StatementHandle& statement = counts_[rows];
  if (statement) return statement.get();
  std::vector<std::string> names;
  std::vector<std::string> parameters;
  for (const std::size_t position : key_) {
    const std::string& name = columns_[position].name;
    const ColumnFacts& facts = facts_.at(ascii_lower(name));
    names.push_back(key_column(name, facts));
    parameters.push_back(key_parameter(name, facts));
  }
  const std::vector<std::string> tuples(rows, "(" + join(parameters, ", ") + ")");
  statement =
      session_.prepare("SELECT COUNT(*) FROM " + quote(request_.table.name) + " AS t WHERE (" +
                       join(names, ", ") + ") IN (" + join(tuples, ",") + ")");
  return statement.get();
}

// The transaction's own view: rows that other sessions add meanwhile are seen in neither count.
std::uint64_t SkipInsert::count(const RowBatch& batch, std::size_t first, std::size_t rows) {
  MYSQL_STMT* statement = count_statement(rows);
  std::vector<Value> values;
  for (std::size_t row = first; row < first + rows; ++row) {
    for (const std::size_t position : key_) {
      values.push_back(parameter_value(columns_[position], batch, row));
    }
  }
  Parameters parameters;
  for (const Value& value : values) parameters.add(value);
  if (mysql_stmt_bind_param(statement, parameters.binds()) != 0) throw session_.error(statement);
  session_.execute(statement);
  long long counted = 0;
  MYSQL_BIND bind = {};
  bind.buffer_type = MYSQL_TYPE_LONGLONG;
  bind.buffer = &counted;
  const bool failed = mysql_stmt_bind_result(statement, &bind) != 0 ||
                      mysql_stmt_store_result(statement) != 0 || mysql_stmt_fetch(statement) != 0;
  if (failed) throw session_.error(statement);
  mysql_stmt_free_result(statement);
  return static_cast<std::uint64_t>(counted);
}

std::optional<Error> SkipInsert::send(const RowBatch& batch, std::size_t first, std::size_t rows) {
  before_ = count(batch, first, rows);
  return insert_->send(batch, first, rows);
}

std::size_t SkipInsert::written(const RowBatch& batch, std::size_t first, std::size_t rows) {
  return static_cast<std::size_t>(count(batch, first, rows) - before_);
}

}  // namespace crossload::driver::mysql
