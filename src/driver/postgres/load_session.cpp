#include "load_session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "foreign_key_check.h"
#include "queries.h"
#include "relation.h"
#include "result_rows.h"
#include "saved_keys.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

std::string setting(Session& session, const std::string& name) {
  const ResultHandle rows = session.ask("SELECT pg_catalog.current_setting($1)", {name});
  return (*rows_of(rows).begin()).string(0);
}

std::string assignment(const std::string& name, const std::string& value) {
  return "SET " + name + " = " + text_literal(value) + ";";
}

// How far a sequence is: nothing before its first number.
std::optional<std::int64_t> position(Session& session, const std::string& sequence) {
  const ResultHandle rows = session.run("SELECT last_value, is_called FROM " + sequence);
  const Row row = *rows_of(rows).begin();
  return row.flag(1) ? std::optional(row.number(0)) : std::nullopt;
}

// The value in the table, or given, that lies furthest the way the sequence goes.
std::optional<std::int64_t> furthest(Session& session, const std::string& from,
                                     const std::string& column, bool up,
                                     std::optional<std::int64_t> at_least) {
  const std::string function = up ? "max" : "min";
  const ResultHandle rows = session.run("SELECT pg_catalog." + function + "(" + quote(column) +
                                        ")::pg_catalog.int8 FROM " + from);
  const Row row = *rows_of(rows).begin();
  if (row.is_null(0)) return at_least;
  if (!at_least) return row.number(0);
  return up ? std::max(row.number(0), *at_least) : std::min(row.number(0), *at_least);
}

void advance(Session& session, const Row& sequence, const std::string& from,
             std::optional<std::int64_t> at_least) {
  const std::string name = quote(sequence.text(0)) + "." + quote(sequence.text(1));
  const bool up = sequence.number(3) > 0;
  const auto wanted = furthest(session, from, sequence.string(2), up, at_least);
  if (!wanted) return;
  const auto before = position(session, name);
  if (before && (up ? *before >= *wanted : *before <= *wanted)) return;
  // Numbers on the other side of where it begins are none that it hands out.
  if (up ? *wanted < sequence.number(4) : *wanted > sequence.number(5)) return;
  session.ask("SELECT pg_catalog.setval($1::pg_catalog.regclass, $2, true)",
              {name, std::to_string(*wanted)});
}

}  // namespace

PostgresLoadSession::PostgresLoadSession(Session& session, const LoadOptions& options)
    : session_(session), relaxed_(options.relaxed_durability) {
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a load cannot be prepared inside a transaction");
  }
  role_ = setting(session_, "session_replication_role");
  synchronous_commit_ = setting(session_, "synchronous_commit");
  active_ = true;
  // Only where the database goes with the job: rows and ledger are lost together.
  if (relaxed_) session_.run("SET synchronous_commit = off");
  session_.set_drops_keys(options.fire_triggers || !take_role());
}

PostgresLoadSession::~PostgresLoadSession() {
  restore();
}

bool PostgresLoadSession::take_role() {
  try {
    session_.run("SET session_replication_role = replica");
    took_role_ = true;
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kAccessDenied) throw;
    return false;
  }
}

void PostgresLoadSession::restore() noexcept {
  if (!std::exchange(active_, false)) return;
  session_.give_up_stream();
  session_.set_drops_keys(false);
  if (session_.in_transaction()) session_.run_quietly("ROLLBACK");
  try {
    restore_keys(session_);
  } catch (const Error&) {
    // The definitions stay in their table for the next session that loads.
  }
  session_.run_quietly(assignment("synchronous_commit", synchronous_commit_));
  if (took_role_) session_.run_quietly(assignment("session_replication_role", role_));
}

void PostgresLoadSession::empty_table(const TableName& table) {
  session_.start_operation();
  if (session_.drops_keys()) drop_keys(session_, table, KeySide::kBoth);
  session_.run("DELETE FROM " + from_clause(session_, table));
}

void PostgresLoadSession::advance_identity(const Table& table,
                                           std::optional<std::int64_t> at_least) {
  session_.start_operation();
  const ResultHandle owned =
      session_.ask(queries::kOwnedSequences, {session_.qualified(table.name)});
  if (PQntuples(owned.get()) == 0) return;
  const std::string from = from_clause(session_, table.name);
  for (const Row sequence : rows_of(owned)) advance(session_, sequence, from, at_least);
}

FkReport PostgresLoadSession::check_foreign_keys(
    const std::vector<TableName>& tables, const std::function<void(const FkOrphan&)>& found) {
  session_.start_operation();
  std::vector<FkProblem> lost = restore_keys(session_);
  FkReport report = postgres::check_foreign_keys(session_, tables, found);
  report.problems.insert(report.problems.end(), lost.begin(), lost.end());
  return report;
}

// A commit that is waited for takes everything before it along to the disk. One that writes nothing
// is not waited for.
void PostgresLoadSession::make_durable() {
  session_.run(assignment("synchronous_commit", synchronous_commit_));
  if (synchronous_commit_ == "off") return;
  session_.run("SELECT pg_catalog.pg_logical_emit_message(true, 'crossload', 'load')");
}

void PostgresLoadSession::finish() {
  session_.start_operation();
  restore_keys(session_);
  if (relaxed_) make_durable();
  restore();
}

}  // namespace crossload::driver::postgres
