#include "row_writer.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

#include "crossload/base/strings.h"

#include "bracket.h"
#include "classify.h"
#include "copy_error.h"
#include "encode_cell.h"
#include "insert_sql.h"
#include "row_limit.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

constexpr std::size_t kSendBytes = 128 * 1024;
constexpr std::size_t kMostParameters = 65'535;
constexpr std::size_t kMostInsertedRows = 500;
// Bad rows tend to come together: behind one, fewer rows are tried at once.
constexpr std::size_t kRowsBehindABadOne = 64;
constexpr std::size_t kMostTextRows = 1'000'000;
constexpr std::size_t kLargeRowBytes = std::size_t{4} << 20;
constexpr std::string_view kBadBinary = "22P03";
constexpr const char* kNoLargerRow =
    "PostgreSQL takes no row above 1 GB, and no setting raises that";
constexpr const char* kNoNul = "PostgreSQL text cannot hold a NUL character";

std::size_t most_rows(const WriteRequest& request) {
  if (request.on_conflict == ConflictMode::kError) return std::numeric_limits<std::size_t>::max();
  const std::size_t columns = std::max<std::size_t>(request.columns.size(), 1);
  return std::clamp<std::size_t>(kMostParameters / columns, 1, kMostInsertedRows);
}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

std::uint64_t rows_in_tag(PGresult* result) {
  const std::string_view count = PQcmdTuples(result);
  std::uint64_t rows = 0;
  std::from_chars(count.data(), count.data() + count.size(), rows);
  return rows;
}

// Types whose text is the name of an object of the database.
bool has_object_names(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    return column.type.kind == TypeKind::kOther && column.type.declared.starts_with("reg");
  });
}

}  // namespace

PostgresRowWriter::PostgresRowWriter(Session& session, WriteRequest request)
    : session_(session),
      request_(std::move(request)),
      encoder_(request_),
      text_run_(kRowsBehindABadOne),
      most_rows_(most_rows(request_)),
      window_rows_(most_rows_) {
  if (request_.on_conflict != ConflictMode::kError && request_.conflict_key.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "table " + request_.table.name.display() +
                                                 " has no key that on_conflict could go by")
        .suggest("use on_conflict \"error\"");
  }
}

WriteOutcome PostgresRowWriter::write(const RowBatch& batch, std::size_t first, std::size_t last) {
  session_.start_operation();
  check_transaction();
  if (!deferred_keys_) deferred_keys_.emplace(session_, request_.table.name);
  const bool plain = request_.on_conflict == ConflictMode::kError;
  WriteOutcome outcome;
  std::size_t row = first;
  while (row < last && !outcome.failure) {
    const std::size_t end = row + std::min(last - row, window_rows_);
    Attempt attempt = plain                  ? copy(batch, row, end)
                      : is_large(batch, row) ? insert_large(batch, row)
                                             : insert(batch, row, end);
    outcome.written += attempt.written;
    outcome.skipped += attempt.done - attempt.written;
    row += attempt.done;
    if (!attempt.failure) {
      window_rows_ =
          std::min(most_rows_, window_rows_ > most_rows_ / 2 ? most_rows_ : window_rows_ * 2);
      continue;
    }
    const bool named = attempt.failure->last - attempt.failure->first == 1;
    window_rows_ = named ? std::min(most_rows_, kRowsBehindABadOne)
                         : (attempt.failure->last - attempt.failure->first) / 2;
    if (named) outcome.failure = std::move(attempt.failure);
  }
  outcome.rows_done = row - first;
  return outcome;
}

void PostgresRowWriter::probe_types() {
  if (std::exchange(probed_, true) || request_.columns.empty()) return;
  const ResultHandle described =
      session_.describe("SELECT " + quoted_list(request_.columns) + " FROM " +
                        session_.qualified(request_.table.name));
  std::vector<Oid> types;
  for (int i = 0; i < PQnfields(described.get()); ++i) {
    types.push_back(PQftype(described.get(), i));
  }
  encoder_.set_types(types);
}

void PostgresRowWriter::start_copy(const std::string& table, bool binary) {
  session_.send(copy_statement(table, request_, binary));
  const ResultHandle started = session_.next_result();
  if (!started || PQresultStatus(started.get()) != PGRES_COPY_IN) {
    const Error error = session_.error(started.get());
    session_.drain(false);
    throw error;
  }
  encoder_.start(binary);
}

// Sends rows from `row` on, up to `last` or to one that cannot be sent so; `row` becomes the one
// behind those that were sent.
ResultHandle PostgresRowWriter::send_rows(const RowBatch& batch, std::size_t& row, std::size_t last,
                                          std::optional<BadCell>& bad) {
  bool heard = false;
  for (; row < last && !heard; ++row) {
    bad = beyond_limit(batch, row);
    if (bad) break;
    std::size_t column = 0;
    const BinaryResult added = encoder_.add(batch, row, column);
    if (added == BinaryResult::kNul) bad = BadCell{"nul", column, kNoNul};
    if (added == BinaryResult::kNeedsText) {
      text_rows_ = text_run_;
      text_run_ = std::min(text_run_ * 2, kMostTextRows);
    }
    if (added != BinaryResult::kDone) break;
    if (encoder_.data().size() < kSendBytes) continue;
    heard = !session_.put_lines(encoder_.data());
    encoder_.clear();
  }
  if (!heard) {
    encoder_.finish();
    if (!encoder_.data().empty()) session_.put_lines(encoder_.data());
  }
  return session_.end_lines();
}

PostgresRowWriter::Attempt PostgresRowWriter::copy(const RowBatch& batch, std::size_t first,
                                                   std::size_t last) {
  // Deferred constraints would tell of a bad row at the commit only.
  Bracket savepoint(session_, Bracket::Kind::kImmediateSavepoint);
  probe_types();
  deferred_keys_->watch();
  const bool binary = copies_binary();
  if (text_rows_ > 0) last = std::min(last, first + text_rows_);
  start_copy(session_.qualified(request_.table.name), binary);
  std::optional<BadCell> bad;
  std::size_t row = first;
  const ResultHandle result = send_rows(batch, row, last, bad);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    // What the server does not understand as binary it may as text.
    if (binary && field(result.get(), PG_DIAG_SQLSTATE) == kBadBinary) {
      encoder_.give_up_binary();
      return {};
    }
    Attempt attempt = failed(result.get(), first, row);
    savepoint.undo();
    if (!attempt.failure || attempt.failure->first == first) return attempt;
    // The rows before the bad one were undone with it.
    Attempt again = copy(batch, first, attempt.failure->first);
    if (!again.failure && again.done == attempt.failure->first - first) {
      again.failure = std::move(attempt.failure);
    }
    return again;
  }
  deferred_keys_->unwatch();
  savepoint.keep();
  if (!binary) text_rows_ -= std::min(text_rows_, row - first);
  // A trigger that is told to fire may leave rows out.
  Attempt attempt{row - first, rows_in_tag(result.get()), std::nullopt};
  if (bad) attempt.failure = failure_of(*bad, row);
  return attempt;
}

PostgresRowWriter::Attempt PostgresRowWriter::insert(const RowBatch& batch, std::size_t first,
                                                     std::size_t last) {
  std::vector<Parameter> parameters;
  std::optional<BadCell> bad;
  std::size_t row = first;
  for (; row < last; ++row) {
    if (row > first && is_large(batch, row)) break;
    bad = beyond_limit(batch, row);
    if (!bad) bad = add_parameters(batch, row, parameters);
    if (bad) break;
  }
  parameters.resize((row - first) * request_.columns.size());
  Attempt attempt;
  if (row > first) {
    Bracket savepoint(session_, Bracket::Kind::kImmediateSavepoint);
    deferred_keys_->watch();
    session_.send(insert_statement(session_, request_, row - first), parameters);
    const ResultHandle result = session_.next_result();
    session_.drain(false);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return failed(result.get(), first, row);
    deferred_keys_->unwatch();
    savepoint.keep();
    attempt.done = row - first;
    const bool skips = request_.on_conflict == ConflictMode::kSkip;
    attempt.written = skips ? rows_in_tag(result.get()) : attempt.done;
  }
  if (bad) attempt.failure = failure_of(*bad, row);
  return attempt;
}

bool PostgresRowWriter::is_large(const RowBatch& batch, std::size_t row) const {
  return may_make_tables_ && batch.bytes() > kLargeRowBytes &&
         row_bytes(batch, row, request_) > kLargeRowBytes;
}

// As a parameter it would be held twice more, once by the library and for good. It goes in pieces
// to a table of the session's own, and from there.
PostgresRowWriter::Attempt PostgresRowWriter::insert_large(const RowBatch& batch, std::size_t row) {
  Bracket savepoint(session_, Bracket::Kind::kImmediateSavepoint);
  probe_types();
  deferred_keys_->watch();
  try {
    session_.run(waypoint_statement(session_, request_));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kAccessDenied) throw;
    may_make_tables_ = false;
    return {};
  }
  const bool binary = copies_binary();
  start_copy(kWaypointTable, binary);
  std::optional<BadCell> bad;
  std::size_t end = row;
  const ResultHandle copied = send_rows(batch, end, row + 1, bad);
  if (PQresultStatus(copied.get()) != PGRES_COMMAND_OK) {
    if (!binary || field(copied.get(), PG_DIAG_SQLSTATE) != kBadBinary) {
      return failed(copied.get(), row, row + 1);
    }
    encoder_.give_up_binary();
    return {};
  }
  if (bad) return {0, 0, failure_of(*bad, row)};
  if (end == row) return {};  // It needs text.
  session_.send(insert_from_waypoint(session_, request_));
  const ResultHandle result = session_.next_result();
  session_.drain(false);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return failed(result.get(), row, row + 1);
  session_.run(std::string("DROP TABLE ") + kWaypointTable);
  deferred_keys_->unwatch();
  savepoint.keep();
  if (!binary) text_rows_ -= std::min<std::size_t>(text_rows_, 1);
  const bool skips = request_.on_conflict == ConflictMode::kSkip;
  return {1, skips ? rows_in_tag(result.get()) : 1, std::nullopt};
}

// Throws where no row is at fault.
PostgresRowWriter::Attempt PostgresRowWriter::failed(const PGresult* result, std::size_t first,
                                                     std::size_t last) {
  Error error = session_.error(result);
  Classified meaning = classify(error.sqlstate());
  const std::string context = field(result, PG_DIAG_CONTEXT);
  auto place = copy_place(context, request_.table.name.name, request_.columns);
  if (!place) place = copy_place(context, kWaypointName, request_.columns);
  // A regproc or regclass that the target has no object for: the value is at fault.
  const bool names_nothing = error.sqlstate() == "42883" || error.sqlstate() == "42P01" ||
                             error.sqlstate() == "42704" || error.sqlstate() == "3F000";
  if (names_nothing && has_object_names(request_.table)) {
    meaning.reject_code = "datatype";
    error.statements_fault(true);
  }
  if (!meaning.row_fault() || first == last) throw Error(error);
  if (meaning.reject_code == "too_big") error.add_context(kNoLargerRow);
  std::string column = column_at_fault(result, place ? place->column : std::string());
  std::string code =
      reject_code(meaning.reject_code, error.message(), request_.table.find_column(column));
  WriteFailure failure{first, last, std::move(code), std::move(column), std::move(error), false};
  if (place && place->line <= last - first) {
    failure.first = first + place->line - 1;
    failure.last = failure.first + 1;
  }
  return {0, 0, std::move(failure)};
}

std::string PostgresRowWriter::column_at_fault(const PGresult* result,
                                               const std::string& named) const {
  if (!named.empty()) return named;
  std::string column = field(result, PG_DIAG_COLUMN_NAME);
  if (!column.empty()) return column;
  const std::string constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  for (const Index& index : request_.table.indexes) {
    if (index.name == constraint && index.parts.size() == 1) return index.parts.front().column;
  }
  for (const ForeignKey& key : request_.table.foreign_keys) {
    if (key.name == constraint && key.columns.size() == 1) return key.columns.front();
  }
  return {};
}

std::optional<PostgresRowWriter::BadCell> PostgresRowWriter::add_parameters(
    const RowBatch& batch, std::size_t row, std::vector<Parameter>& parameters) const {
  for (std::size_t column = 0; column < request_.columns.size(); ++column) {
    const std::size_t cell = request_.cell(column);
    parameters.push_back(parameter_text(batch.value(row, cell)));
    if (batch.kind(row, cell) == CellKind::kText &&
        parameters.back()->find('\0') != std::string::npos) {
      return BadCell{"nul", column, kNoNul};
    }
  }
  return std::nullopt;
}

WriteFailure PostgresRowWriter::failure_of(const BadCell& cell, std::size_t row) const {
  const std::string& column = request_.columns[cell.column];
  Error error(ErrorCode::kSqlError, column + ": " + cell.message);
  error.statements_fault(true);
  return {row, row + 1, cell.code, column, std::move(error), false};
}

std::optional<PostgresRowWriter::BadCell> PostgresRowWriter::beyond_limit(const RowBatch& batch,
                                                                          std::size_t row) const {
  auto found = too_big(batch, row, request_);
  if (!found) return std::nullopt;
  return BadCell{"too_big", found->column, std::move(found->message)};
}

void PostgresRowWriter::check_transaction() const {
  if (PQtransactionStatus(session_.handle()) == PQTRANS_INTRANS) return;
  throw Error(ErrorCode::kMigrationFailed,
              "the transaction is gone: the server undid it after an error, or none was begun");
}

}  // namespace crossload::driver::postgres
