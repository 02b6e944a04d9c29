#include "caller_query.h"

#include <utility>

#include "crossload/dialect/dialect.h"

#include "parameters.h"
#include "queries.h"
#include "read_only.h"
#include "routines_guard.h"
#include "row_reader.h"
#include "text_reader.h"

namespace crossload::driver::mysql {
namespace {

// "This command is not supported in the prepared statement protocol yet".
constexpr int kNotPreparable = 1295;

Error refusal(const std::string& why) {
  return Error(ErrorCode::kAccessDenied, "refused on a read-only session: " + why)
      .statements_fault(true)
      .suggest("use execute-sql on a profile with \"access\": \"write\"");
}

std::string only_statement(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kInvalidArgument, "the statement holds a NUL character")
        .statements_fault(true);
  }
  const auto statements = dialect::dialect_for(Engine::kMysql).split(sql);
  if (statements.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "there is no statement in the text")
        .statements_fault(true);
  }
  if (statements.size() > 1) {
    throw Error(ErrorCode::kInvalidArgument, "one statement at a time: there is more behind it")
        .statements_fault(true)
        .suggest("send the statements one by one");
  }
  return statements.front().text;
}

void check_parameters(std::size_t wanted, std::size_t given) {
  if (wanted == given) return;
  throw Error(ErrorCode::kInvalidArgument, "the statement has " + std::to_string(wanted) +
                                               " parameters, " + std::to_string(given) +
                                               " values were given")
      .statements_fault(true);
}

// nullptr where the server cannot prepare such a statement.
StatementHandle prepare(Session& session, const std::string& sql) {
  try {
    return session.prepare(sql);
  } catch (const Error& error) {
    if (error.vendor_code() == kNotPreparable) return nullptr;
    if (error.code() != ErrorCode::kTableNotFound) throw;
    // To the caller of a statement it is the statement that is wrong.
    throw Error(ErrorCode::kSqlError, error.message())
        .vendor_code(error.vendor_code())
        .sqlstate(error.sqlstate())
        .statements_fault(true);
  }
}

void guard(Session& session, const std::string& sql) {
  const ReadOnlyVerdict verdict = judge_read_only(tokens_of(sql));
  if (!verdict.refused.empty()) throw refusal(verdict.refused);
  if (verdict.unknown) {
    // Most likely a slip: the server's own message says which.
    prepare(session, sql);
    throw refusal("only SELECT, WITH, SHOW, EXPLAIN, DESCRIBE, TABLE and VALUES may be run there");
  }
  const std::string function = refused_function(session, verdict.called);
  if (!function.empty()) throw refusal(function);
  // A function called by an earlier statement may have set it otherwise.
  if (!session.in_transaction()) session.run(queries::kReadOnly);
}

bool can_be_fetched(MYSQL_STMT* statement) {
  const ResultHandle fields(mysql_stmt_result_metadata(statement));
  if (!fields) return true;
  for (unsigned int i = 0; i < mysql_num_fields(fields.get()); ++i) {
    if (!is_fetchable(*mysql_fetch_field_direct(fields.get(), i))) return false;
  }
  return true;
}

bool is_call(const std::string& sql) {
  const auto tokens = tokens_of(sql);
  return !tokens.empty() && tokens.front().is("call");
}

}  // namespace

std::unique_ptr<RowReader> run_for_caller(Session& session, std::string_view text,
                                          const std::vector<Value>& parameters) {
  const std::string sql = only_statement(text);
  if (session.access() == Access::kReadOnly) guard(session, sql);
  // A procedure may return several results, of which the first is shown.
  const bool as_text = parameters.empty() && is_call(sql);
  StatementHandle statement = as_text ? nullptr : prepare(session, sql);
  if (!statement) {
    check_parameters(0, parameters.size());
    return std::make_unique<TextRowReader>(session, sql);
  }
  check_parameters(mysql_stmt_param_count(statement.get()), parameters.size());
  if (!can_be_fetched(statement.get())) {
    check_parameters(0, parameters.size());
    statement.reset();
    return std::make_unique<TextRowReader>(session, sql);
  }
  Parameters bound;
  for (const Value& value : parameters) bound.add(value);
  if (bound.size() > 0 && mysql_stmt_bind_param(statement.get(), bound.binds()) != 0) {
    throw session.error(statement.get());
  }
  session.execute(statement.get());
  // INSERT ... RETURNING would be undone by a reader that is dropped early.
  const bool reads =
      dialect::dialect_for(Engine::kMysql).classify(sql) == dialect::StatementClass::kRead;
  return std::make_unique<MysqlRowReader>(session, std::move(statement), !reads);
}

}  // namespace crossload::driver::mysql
