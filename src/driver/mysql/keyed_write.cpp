#include "keyed_write.h"

#include "crossload/base/strings.h"

#include "parameters.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

// One cell as a value that a parameter takes.
Value parameter_value(const WriteColumn& column, const RowBatch& batch, std::size_t row) {
  if (batch.kind(row, column.cell) == CellKind::kNull) return std::monostate{};
  switch (column.wire) {
    case Wire::kBits:
      return static_cast<std::uint64_t>(number_of(column, batch, row));
    case Wire::kZonedText:
      return std::string(data_of(column, batch, row));
    default:
      return batch.value(row, column.cell);
  }
}

}  // namespace

KeyedWrite::KeyedWrite(Session& session, const WriteRequest& request,
                       const std::vector<WriteColumn>& columns)
    : session_(session),
      request_(request),
      columns_(columns),
      facts_(column_facts(session, request.table.name)) {
  std::vector<std::string> conditions;
  for (const std::string& name : request.conflict_key) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!ascii_iequals(columns[i].name, name)) continue;
      const ColumnFacts& facts = facts_.at(ascii_lower(name));
      key_.push_back(i);
      conditions.push_back(key_column(name, facts) + " = " + key_parameter(name, facts));
    }
  }
  if (key_.size() != request.conflict_key.size()) {
    throw Error(ErrorCode::kInvalidArgument,
                "on_conflict goes by a key of which not every column is written");
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
