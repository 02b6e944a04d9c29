#include "connection.h"

#include <string>
#include <utility>

#include "crossload/dialect/dialect.h"

#include "load_session.h"
#include "query_reader.h"
#include "read_only_guard.h"
#include "row_reader.h"
#include "row_writer.h"
#include "saved_keys.h"
#include "sql_scan.h"
#include "transaction.h"

namespace crossload::driver::postgres {
namespace {

using dialect::StatementClass;

std::size_t statements_in(std::string_view sql) {
  return dialect::dialect_for(Engine::kPostgres).split(sql).size();
}

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::kInvalidArgument, why).statements_fault(true);
}

// What the server refuses for its shape is the caller's argument, not the statement's SQL.
[[noreturn]] void rethrow(const Error& error, std::string_view sql) {
  if (error.sqlstate() == "42601" && statements_in(sql) > 1) {
    throw Error(ErrorCode::kInvalidArgument, "one statement at a time: there is more behind it")
        .statements_fault(true)
        .suggest("send the statements one by one");
  }
  if (error.sqlstate() == "08P01") refuse(error.what());
  throw Error(error);
}

void check_text(std::string_view sql) {
  // The server would stop reading there, and hide the rest from every check.
  if (sql.find('\0') != std::string_view::npos) refuse("the statement holds a NUL character");
  if (statements_in(sql) == 0) refuse("there is no statement in the text");
}

void check_parameters(const PGresult* described, const std::vector<Value>& parameters) {
  const auto wanted = static_cast<std::size_t>(PQnparams(described));
  if (wanted == parameters.size()) return;
  throw Error(ErrorCode::kInvalidArgument, "the statement has " + std::to_string(wanted) +
                                               " parameters, " + std::to_string(parameters.size()) +
                                               " values were given")
      .statements_fault(true);
}

QueryPlan read_only_plan(Session& session, const std::string& sql,
                         const std::vector<Value>& parameters) {
  const Bracket probe(session, session.in_transaction() ? Bracket::Kind::kSavepoint
                                                        : Bracket::Kind::kReadOnlyTransaction);
  const ResultHandle described = session.describe(sql);
  check_read_only(session, sql);
  check_parameters(described.get(), parameters);
  return {.bracket = session.in_own_transaction() ? Bracket::Kind::kSavepoint
                                                  : Bracket::Kind::kReadOnlyTransaction,
          .undo_always = true};
}

QueryPlan writing_plan(const Session& session, const std::string& sql) {
  const StatementClass found = dialect::dialect_for(Engine::kPostgres).classify(sql);
  QueryPlan plan;
  // A failed statement would take the program's transaction with it, the ends of transactions
  // aside.
  if (session.in_own_transaction() && found != StatementClass::kTransaction) {
    plan.bracket = Bracket::Kind::kSavepoint;
  }
  const SqlNames names = names_in(sql);
  plan.carry_out = found != StatementClass::kRead || !names.called.empty();
  plan.commits = names.first_word == "commit" || names.first_word == "end";
  return plan;
}

}  // namespace

PostgresConnection::PostgresConnection(std::unique_ptr<Session> session, ServerInfo server)
    : session_(std::move(session)), server_(std::move(server)), catalog_(*session_) {}

std::unique_ptr<RowReader> PostgresConnection::read_table(const ReadRequest& request) {
  session_->start_operation();
  return std::make_unique<PostgresRowReader>(*session_, request);
}

std::unique_ptr<RowWriter> PostgresConnection::write_table(const WriteRequest& request) {
  session_->start_operation();
  if (session_->drops_keys()) drop_keys(*session_, request.table.name, KeySide::kOutgoing);
  return std::make_unique<PostgresRowWriter>(*session_, request);
}

std::unique_ptr<RowReader> PostgresConnection::query(std::string_view sql,
                                                     const std::vector<Value>& parameters) {
  session_->start_operation();
  check_text(sql);
  const std::string text(sql);
  try {
    const QueryPlan plan = session_->access() == Access::kReadOnly
                               ? read_only_plan(*session_, text, parameters)
                               : writing_plan(*session_, text);
    return std::make_unique<PostgresQueryReader>(*session_, text, parameters, plan);
  } catch (const Error& error) {
    rethrow(error, sql);
  }
}

std::unique_ptr<Transaction> PostgresConnection::begin(TransactionMode mode) {
  return std::make_unique<PostgresTransaction>(*session_, mode);
}

std::unique_ptr<LoadSession> PostgresConnection::prepare_load(const LoadOptions& options) {
  session_->start_operation();
  return std::make_unique<PostgresLoadSession>(*session_, options);
}

}  // namespace crossload::driver::postgres
