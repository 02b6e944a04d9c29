#include "connection.h"

#include <utility>

#include "crossload/base/strings.h"

#include "caller_query.h"
#include "key_facts.h"
#include "load_session.h"
#include "parameters.h"
#include "row_reader.h"
#include "row_writer.h"
#include "select_sql.h"
#include "transaction.h"

namespace crossload::driver::mysql {
namespace {

ServerInfo server_info(const Session& session) {
  ServerInfo info;
  info.engine = Engine::kMysql;
  info.version = session.capabilities().version;
  info.mariadb = session.capabilities().mariadb;
  info.max_parameters = 65'535;
  info.max_value_bytes = session.capabilities().max_packet;
  info.transactional_ddl = false;
  info.triggers_can_be_off = false;
  return info;
}

// The values of `after` in the form in which key_parameter() takes them.
std::vector<Value> key_values(const ReadRequest& request,
                              const std::map<std::string, ColumnFacts>& facts) {
  std::vector<Value> values = request.after;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto* text = std::get_if<std::string>(&values[i]);
    const auto found = facts.find(ascii_lower(request.key[i]));
    if (text == nullptr || found == facts.end()) continue;
    unsigned long long bits = 0;
    if (found->second.data_type == "timestamp") {
      *text = without_zone(*text);
    } else if (found->second.data_type == "bit" && parse_bits(*text, bits)) {
      values[i] = std::uint64_t{bits};
    }
  }
  return values;
}

// A table is read for as long as its readers take; the profile's limit is for single answers.
std::string without_limit(const Session& session, const std::string& sql) {
  if (!session.has_statement_limit()) return sql;
  if (session.capabilities().mariadb) return "SET STATEMENT max_statement_time=0 FOR " + sql;
  constexpr std::string_view kSelect = "SELECT";
  return "SELECT /*+ MAX_EXECUTION_TIME(4294967295) */" + sql.substr(kSelect.size());
}

}  // namespace

MysqlConnection::MysqlConnection(std::unique_ptr<Session> session)
    : session_(std::move(session)), catalog_(*session_), server_(server_info(*session_)) {}

std::unique_ptr<RowReader> MysqlConnection::read_table(const ReadRequest& request) {
  session_->start_operation();
  const auto facts = column_facts(*session_, request.table);
  const KeyOrder order =
      request.key.empty() ? KeyOrder{} : key_order(*session_, request.table, request.key);
  const SelectStatement select = select_statement(request, facts, order);
  StatementHandle statement = session_->prepare(without_limit(*session_, select.sql));
  const std::vector<Value> after = key_values(request, facts);
  Parameters parameters;
  for (const std::size_t position : select.parameters) parameters.add(after[position]);
  if (parameters.size() > 0 && mysql_stmt_bind_param(statement.get(), parameters.binds()) != 0) {
    throw session_->error(statement.get());
  }
  session_->execute(statement.get());
  return std::make_unique<MysqlRowReader>(*session_, std::move(statement), false);
}

std::unique_ptr<RowWriter> MysqlConnection::write_table(const WriteRequest& request) {
  session_->start_operation();
  return std::make_unique<MysqlRowWriter>(*session_, request);
}

std::unique_ptr<RowReader> MysqlConnection::query(std::string_view sql,
                                                  const std::vector<Value>& parameters) {
  session_->start_operation();
  return run_for_caller(*session_, sql, parameters);
}

std::unique_ptr<Transaction> MysqlConnection::begin(TransactionMode mode) {
  return std::make_unique<MysqlTransaction>(*session_, mode);
}

std::unique_ptr<LoadSession> MysqlConnection::prepare_load(const LoadOptions& options) {
  session_->start_operation();
  return std::make_unique<MysqlLoadSession>(*session_, options);
}

}  // namespace crossload::driver::mysql
