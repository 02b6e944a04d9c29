#include "session.h"

#include <utility>

#include "classify.h"
#include "connect.h"
#include "library.h"

namespace crossload::driver::mysql {
namespace {

constexpr unsigned int kInterrupted = 1317;

bool is_interruption(unsigned int number) {
  return number == kInterrupted || number == 1969 || number == 3024;
}

TextRow row_of(MYSQL_ROW row, const unsigned long* lengths, unsigned int columns) {
  TextRow result(columns);
  for (unsigned int i = 0; i < columns; ++i) {
    if (row[i] != nullptr) result[i] = std::string(row[i], lengths[i]);
  }
  return result;
}

}  // namespace

Session::Session(Handle handle, Endpoint endpoint, std::string database, Access access)
    : handle_(std::move(handle)),
      endpoint_(std::move(endpoint)),
      database_(std::move(database)),
      access_(access) {}

void Session::start_operation() {
  enter_library();
  check_cancelled();
  if (stream_ != nullptr) std::exchange(stream_, nullptr)->abandon();
  absorb_late_kill();
}

void Session::check_cancelled() {
  if (watch_.take()) throw make_error(kInterrupted, "70100", "cancelled");
}

void Session::begin_work() {
  if (!watch_.begin()) check_cancelled();
}

void Session::end_work() {
  if (watch_.end()) late_kill_ = true;
}

// A kill that came when its statement was done already must not hit the next one.
void Session::absorb_late_kill() noexcept {
  if (!late_kill_) return;
  late_kill_ = false;
  constexpr std::string_view kNothing = "DO 0";
  mysql_real_query(handle(), kNothing.data(), kNothing.size());
}

ResultHandle Session::store(std::string_view sql) {
  absorb_late_kill();
  ResultHandle result;
  // One stretch of work: a request between the two would leave the answer on the wire.
  const bool failed = at_server([&] {
    if (mysql_real_query(handle(), sql.data(), sql.size()) != 0) return true;
    result.reset(mysql_store_result(handle()));
    return !result && mysql_field_count(handle()) > 0;
  });
  if (failed) throw error();
  return result;
}

void Session::run(std::string_view sql) {
  store(sql);
}

void Session::run_quietly(std::string_view sql) noexcept {
  if (stream_ != nullptr) std::exchange(stream_, nullptr)->abandon();
  absorb_late_kill();
  if (mysql_real_query(handle(), sql.data(), sql.size()) != 0) return;
  if (mysql_field_count(handle()) > 0) {
    const ResultHandle rows(mysql_store_result(handle()));
  }
}

std::vector<TextRow> Session::ask(std::string_view sql) {
  const ResultHandle result = store(sql);
  if (!result) return {};
  std::vector<TextRow> rows;
  const unsigned int columns = mysql_num_fields(result.get());
  while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
    rows.push_back(row_of(row, mysql_fetch_lengths(result.get()), columns));
  }
  return rows;
}

std::optional<std::string> Session::ask_one(std::string_view sql) {
  const std::vector<TextRow> rows = ask(sql);
  if (rows.empty() || rows.front().empty()) return std::nullopt;
  return rows.front().front();
}

StatementHandle Session::prepare(std::string_view sql) {
  absorb_late_kill();
  StatementHandle statement(mysql_stmt_init(handle()));
  if (!statement) throw error();
  const int failed = at_server([&] {
    return mysql_stmt_prepare(statement.get(), sql.data(), static_cast<unsigned long>(sql.size()));
  });
  if (failed != 0) throw error(statement.get());
  return statement;
}

void Session::execute(MYSQL_STMT* statement) {
  if (const std::optional<Error> failed = try_execute(statement)) throw *failed;
}

std::optional<Error> Session::try_execute(MYSQL_STMT* statement) {
  absorb_late_kill();
  if (at_server([&] { return mysql_stmt_execute(statement); }) == 0) return std::nullopt;
  return error(statement);
}

std::string Session::literal(std::string_view text) const {
  std::string escaped(text.size() * 2 + 1, '\0');
  const unsigned long size = mysql_real_escape_string(handle(), escaped.data(), text.data(),
                                                      static_cast<unsigned long>(text.size()));
  escaped.resize(size);
  return "'" + escaped + "'";
}

Error Session::error() {
  return error(mysql_errno(handle()), mysql_sqlstate(handle()), mysql_error(handle()));
}

Error Session::error(MYSQL_STMT* statement) {
  // A stream that broke leaves its error with the connection alone.
  if (mysql_stmt_errno(statement) == 0) return error();
  return error(mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement),
               mysql_stmt_error(statement));
}

Error Session::error(unsigned int number, const std::string& sqlstate, const std::string& message) {
  if (is_interruption(number)) {
    late_kill_ = false;
    if (watch_.take()) return make_error(kInterrupted, "70100", "cancelled");
  }
  if (number == 1969 || number == 3024) {
    return make_error(number, sqlstate,
                      "stopped after " + std::to_string(endpoint_.timeouts.statement.count()) +
                          " ms, the profile's timeouts.statement")
        .suggest("ask for less, or raise timeouts.statement of the profile");
  }
  if (classify(number, sqlstate).transaction_lost) in_transaction_ = false;
  if (number == 0) {
    // The library says only that something failed: never take it for an end.
    return make_error(2013, "HY000", "the connection broke while rows were read");
  }
  return make_error(number, sqlstate, message);
}

void Session::kill_statement() noexcept {
  try {
    const Handle other = log_in(endpoint_, {});
    const std::string sql = "KILL QUERY " + std::to_string(mysql_thread_id(handle()));
    mysql_real_query(other.get(), sql.data(), static_cast<unsigned long>(sql.size()));
  } catch (const Error&) {
    // The server takes no more logins: the request stays, and is answered between two fetches.
  }
  late_kill_ = true;
}

void Session::cancel() noexcept {
  if (!watch_.request()) return;
  try {
    const Handle other = log_in(endpoint_, {});
    const std::string sql = "KILL QUERY " + std::to_string(mysql_thread_id(handle()));
    mysql_real_query(other.get(), sql.data(), static_cast<unsigned long>(sql.size()));
  } catch (const Error&) {
    // As above.
  }
  watch_.kill_sent();
}

}  // namespace crossload::driver::mysql
