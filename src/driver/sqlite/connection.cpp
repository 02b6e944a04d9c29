#include "connection.h"

#include <utility>

#include "crossload/base/strings.h"

#include "bind.h"
#include "introspect.h"
#include "key_order.h"
#include "load_session.h"
#include "row_reader.h"
#include "row_writer.h"
#include "select_sql.h"
#include "transaction.h"

namespace crossload::driver::sqlite {
namespace {

ServerInfo server_info(const Session& session) {
  ServerInfo info;
  info.engine = Engine::kSqlite;
  info.version = sqlite3_libversion();
  info.max_parameters =
      static_cast<std::size_t>(sqlite3_limit(session.handle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1));
  info.max_value_bytes =
      static_cast<std::uint64_t>(sqlite3_limit(session.handle(), SQLITE_LIMIT_LENGTH, -1));
  info.transactional_ddl = true;
  info.triggers_can_be_off = true;
  return info;
}

// What may stand behind the only statement: semicolons, blanks and comments.
bool is_blank(std::string_view sql) {
  while (!sql.empty()) {
    if (sql.starts_with("--")) {
      const std::size_t end = sql.find('\n');
      sql.remove_prefix(end == std::string_view::npos ? sql.size() : end);
    } else if (sql.starts_with("/*")) {
      const std::size_t end = sql.find("*/", 2);
      sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
    } else if (std::string_view(" \t\n\f\r;").find(sql.front()) != std::string_view::npos) {
      sql.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

void check_parameters(sqlite3_stmt* statement, const std::vector<Value>& parameters) {
  const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
  if (wanted == parameters.size()) return;
  throw Error(ErrorCode::kInvalidArgument, "the statement has " + std::to_string(wanted) +
                                               " parameters, " + std::to_string(parameters.size()) +
                                               " values were given")
      .statements_fault(true);
}

StatementHandle compile_only_statement(Session& session, std::string_view sql) {
  // SQLite would stop reading there, and hide the rest from every check.
  if (sql.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kInvalidArgument, "the statement holds a NUL character")
        .statements_fault(true);
  }
  std::string_view tail;
  StatementHandle statement = session.prepare_for_caller(sql, tail);
  if (!statement) {
    throw Error(ErrorCode::kInvalidArgument, "there is no statement in the text")
        .statements_fault(true);
  }
  if (!is_blank(tail)) {
    throw Error(ErrorCode::kInvalidArgument, "one statement at a time: there is more behind it")
        .statements_fault(true)
        .suggest("send the statements one by one");
  }
  return statement;
}

}  // namespace

SqliteConnection::SqliteConnection(std::unique_ptr<Session> session, std::filesystem::path file)
    : session_(std::move(session)),
      file_(std::move(file)),
      catalog_(*session_, file_),
      server_(server_info(*session_)) {}

std::unique_ptr<RowReader> SqliteConnection::read_table(const ReadRequest& request) {
  session_->start_operation();
  const std::vector<OrderTerm> order = key_order(*session_, request);
  const std::vector<std::size_t> key = key_positions(request);
  std::size_t columns = request.columns.size();
  for (const std::size_t position : key) columns = std::max(columns, position + 1);
  const auto behind = [session = session_.get(), request, order](const std::vector<Value>& after) {
    ReadRequest rest = request;
    rest.after = after;
    StatementHandle statement = session->prepare(select_statement(rest, order));
    bind_values(*session, statement.get(), after);
    return statement;
  };
  auto reader = std::make_unique<SqliteRowReader>(*session_, behind(request.after), columns);
  if (!order.empty()) reader->set_behind({key, behind});
  return reader;
}

std::unique_ptr<RowWriter> SqliteConnection::write_table(const WriteRequest& request) {
  session_->start_operation();
  return std::make_unique<SqliteRowWriter>(*session_, request);
}

std::unique_ptr<RowReader> SqliteConnection::query(std::string_view sql,
                                                   const std::vector<Value>& parameters) {
  session_->start_operation();
  StatementHandle statement = compile_only_statement(*session_, sql);
  const bool changes_nothing = sqlite3_stmt_readonly(statement.get()) != 0;
  // SQLite counts pragmas that only tell something among the writers; the authorizer knows them.
  if (session_->access() == Access::kReadOnly && !changes_nothing && !session_->has_pragma()) {
    throw Error(ErrorCode::kAccessDenied, "the session is read-only, and the statement is not")
        .suggest("use execute-sql on a profile with \"access\": \"write\"");
  }
  check_parameters(statement.get(), parameters);
  bind_values(*session_, statement.get(), parameters);
  const int columns = sqlite3_column_count(statement.get());
  auto reader = std::make_unique<SqliteRowReader>(*session_, std::move(statement),
                                                  static_cast<std::size_t>(columns));
  // INSERT ... RETURNING does all its work before its first row.
  if (columns == 0 || !changes_nothing) reader->start();
  return reader;
}

std::unique_ptr<Transaction> SqliteConnection::begin(TransactionMode mode) {
  return std::make_unique<SqliteTransaction>(*session_, mode);
}

std::unique_ptr<LoadSession> SqliteConnection::prepare_load(const LoadOptions& options) {
  session_->start_operation();
  return std::make_unique<SqliteLoadSession>(*session_, file_, options);
}

}  // namespace crossload::driver::sqlite
