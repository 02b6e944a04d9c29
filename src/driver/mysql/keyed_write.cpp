#include "keyed_write.h"

#include "crossload/base/strings.h"

#include "parameters.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
KeyedWrite::KeyedWrite(Session& session, const WriteRequest& request,
                       const std::vector<WriteColumn>& columns)
    : session_(session),
      request_(request),
      columns_(columns),
      facts_(column_facts(session, request.table.name)),
      key_(key_positions_of(request, columns)) {
  std::vector<std::string> conditions;
  for (const std::size_t position : key_) {
    const std::string& name = columns[position].name;
    const ColumnFacts& facts = facts_.at(ascii_lower(name));
    conditions.push_back(key_column(name, facts) + " = " + key_parameter(name, facts));
  }
  const std::string table = quote(request.table.name) + " AS t";
  const std::string where = " WHERE " + join(conditions, " AND ");
  if (request.on_conflict == ConflictMode::kSkip) {
    statement_ = session.prepare("SELECT 1 FROM " + table + where + " FOR UPDATE");
    return;
  }
  std::vector<std::string> settings;
  for (const WriteColumn& column : columns) settings.push_back("t." + quote(column.name) + " = ?");
  statement_ = session.prepare("UPDATE " + table + " SET " + join(settings, ", ") + where);
}

KeyedResult KeyedWrite::find_or_update(const RowBatch& batch, std::size_t row) {
  std::vector<Value> values;
  const bool updates = request_.on_conflict == ConflictMode::kUpdate;
  if (updates) {
    for (const WriteColumn& column : columns_) {
      values.push_back(parameter_value(column, batch, row));
    }
  }
  for (const std::size_t column : key_) {
    values.push_back(parameter_value(columns_[column], batch, row));
  }
  Parameters parameters;
  for (const Value& value : values) parameters.add(value);
  MYSQL_STMT* statement = statement_.get();
  if (mysql_stmt_bind_param(statement, parameters.binds()) != 0) throw session_.error(statement);
  if (auto error = session_.try_execute(statement)) return {false, std::move(error)};
  if (updates) return {mysql_stmt_affected_rows(statement) > 0};
  if (mysql_stmt_store_result(statement) != 0) throw session_.error(statement);
  const bool found = mysql_stmt_num_rows(statement) > 0;
  mysql_stmt_free_result(statement);
  return {found};
}

}  // namespace crossload::driver::mysql
