#include "row_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "crossload/base/strings.h"

#include "classify.h"
#include "insert_sql.h"
#include "introspect.h"

namespace crossload::driver::sqlite {
namespace {

// Measured (tests/bench): more rows or parameters to a statement gain nothing.
constexpr std::size_t kMostGroupRows = 50;
constexpr std::size_t kMostParameters = 1'000;

std::size_t group_rows(const Session& session, std::size_t columns) {
  if (columns == 0) return 1;
  const int limit = sqlite3_limit(session.handle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1);
  const std::size_t parameters = std::min(kMostParameters, static_cast<std::size_t>(limit));
  return std::clamp<std::size_t>(parameters / columns, 1, kMostGroupRows);
}

std::string limit_text(const Session& session) {
  const int limit = sqlite3_limit(session.handle(), SQLITE_LIMIT_LENGTH, -1);
  return "above " + std::to_string(limit) +
         " bytes, the most that SQLite takes (SQLITE_MAX_LENGTH, chosen when it is built)";
}

std::optional<std::size_t> position_of_rowid(const WriteRequest& request) {
  const Column* rowid = rowid_column(request.table);
  if (rowid == nullptr) return std::nullopt;
  for (std::size_t i = 0; i < request.columns.size(); ++i) {
    if (ascii_iequals(request.columns[i], rowid->name)) return i;
  }
  return std::nullopt;
}

std::vector<Affinity> affinities_of(const WriteRequest& request) {
  std::vector<Affinity> affinities;
  for (const std::string& name : request.columns) {
    const Column* column = request.table.find_column(name);
    affinities.push_back(column == nullptr
                             ? Affinity::kNone
                             : affinity_of(column->type.declared, request.table.strict));
  }
  return affinities;
}

}  // namespace

SqliteRowWriter::SqliteRowWriter(Session& session, WriteRequest request)
    : session_(session),
      request_(std::move(request)),
      group_rows_(group_rows(session, request_.columns.size())),
      affinities_(affinities_of(request_)),
      rowid_column_(position_of_rowid(request_)) {
  single_ = session_.prepare(insert_statement(request_, 1));
  if (group_rows_ > 1) group_ = session_.prepare(insert_statement(request_, group_rows_));
}

WriteOutcome SqliteRowWriter::write(const RowBatch& batch, std::size_t first, std::size_t last) {
  session_.start_operation();
  check_transaction();
  WriteOutcome outcome;
  std::size_t row = first;
  while (row < last && !outcome.failure) {
    const bool grouped = group_ && singly_ == 0 && last - row >= group_rows_;
    if (grouped && write_group(batch, row, outcome)) {
      row += group_rows_;
      continue;
    }
    if (grouped) singly_ = group_rows_;
    if (!write_row(batch, row, outcome)) break;
    if (singly_ > 0) --singly_;
    ++row;
  }
  outcome.rows_done = row - first;
  // Bad rows tend to come together: the next ones go singly too.
  if (outcome.failure) singly_ = group_rows_;
  return outcome;
}

bool SqliteRowWriter::write_group(const RowBatch& batch, std::size_t first, WriteOutcome& outcome) {
  int parameter = 1;
  for (std::size_t row = first; row < first + group_rows_; ++row) {
    if (bind_row(group_.get(), parameter, batch, row)) return false;
  }
  const int result = sqlite3_step(group_.get());
  if (result == SQLITE_DONE) {
    count(group_rows_, outcome);
    sqlite3_reset(group_.get());
    return true;
  }
  const Error error = session_.error(result);
  sqlite3_reset(group_.get());
  // Anything but a row's fault goes up; an expression's error may be a row's fault too.
  const bool row_fault =
      classify(error.vendor_code()).row_fault() || error.vendor_code() == SQLITE_ERROR;
  if (!row_fault) throw error;
  return false;
}

bool SqliteRowWriter::write_row(const RowBatch& batch, std::size_t row, WriteOutcome& outcome) {
  int parameter = 1;
  if (const auto bad = bind_row(single_.get(), parameter, batch, row)) {
    outcome.failure = failure_of(*bad, row);
    return false;
  }
  const int result = sqlite3_step(single_.get());
  if (result == SQLITE_DONE) {
    count(1, outcome);
    sqlite3_reset(single_.get());
    return true;
  }
  WriteFailure failure = failure_of(result, row);
  sqlite3_reset(single_.get());
  if (failure.code.empty()) throw failure.error;
  // A trigger's RAISE(ROLLBACK) ends the transaction with the row.
  failure.transaction_lost = !session_.in_transaction();
  outcome.failure = std::move(failure);
  return false;
}

SqliteRowWriter::BadCell SqliteRowWriter::changed_by_affinity(std::size_t column) {
  return {"affinity", column, "the type of the target's column would change the value"};
}

std::optional<SqliteRowWriter::BadCell> SqliteRowWriter::bind_row(sqlite3_stmt* statement,
                                                                  int& parameter,
                                                                  const RowBatch& batch,
                                                                  std::size_t row) const {
  const std::size_t columns = request_.columns.size();
  for (std::size_t column = 0; column < columns; ++column, ++parameter) {
    const std::size_t cell = request_.cell(column);
    int result = SQLITE_OK;
    switch (batch.kind(row, cell)) {
      case CellKind::kInt64: {
        const std::int64_t number = batch.int64(row, cell);
        if (!keeps_integer(affinities_[column], number)) return changed_by_affinity(column);
        result = sqlite3_bind_int64(statement, parameter, number);
        break;
      }
      case CellKind::kText: {
        const std::string_view text = batch.bytes(row, cell);
        if (!keeps_text(affinities_[column], text)) return changed_by_affinity(column);
        // SQLITE_STATIC: the batch stays while the statement runs. No pointer would mean NULL.
        result = sqlite3_bind_text64(statement, parameter, text.empty() ? "" : text.data(),
                                     text.size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
      }
      case CellKind::kFloat64: {
        const double number = batch.float64(row, cell);
        if (std::isnan(number)) return BadCell{"datatype", column, "SQLite cannot hold NaN"};
        if (!keeps_real(affinities_[column], number)) return changed_by_affinity(column);
        result = sqlite3_bind_double(statement, parameter, number);
        break;
      }
      case CellKind::kBytes: {
        const std::string_view bytes = batch.bytes(row, cell);
        result = sqlite3_bind_blob64(statement, parameter, bytes.empty() ? "" : bytes.data(),
                                     bytes.size(), SQLITE_STATIC);
        break;
      }
      case CellKind::kNull:
        // SQLite would number the row itself.
        if (rowid_column_ == column) {
          return BadCell{"not_null", column, "NULL in an INTEGER PRIMARY KEY"};
        }
        result = sqlite3_bind_null(statement, parameter);
        break;
      case CellKind::kUInt64: {
        const std::uint64_t number = batch.uint64(row, cell);
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
          return BadCell{"out_of_range", column, "SQLite's integers end at 9223372036854775807"};
        }
        result = sqlite3_bind_int64(statement, parameter, static_cast<std::int64_t>(number));
        break;
      }
    }
    if (result == SQLITE_OK) continue;
    if ((result & 0xff) != SQLITE_TOOBIG) throw session_.error(result);
    return BadCell{"too_big", column, "the value is " + limit_text(session_)};
  }
  return std::nullopt;
}

void SqliteRowWriter::count(std::size_t rows, WriteOutcome& outcome) const {
  const auto written = static_cast<std::uint64_t>(sqlite3_changes64(session_.handle()));
  outcome.written += written;
  outcome.skipped += rows - written;
}

WriteFailure SqliteRowWriter::failure_of(const BadCell& cell, std::size_t row) const {
  const std::string& column = request_.columns[cell.column];
  return {
      row,  row + 1, cell.code, column, Error(ErrorCode::kSqlError, column + ": " + cell.message),
      false};
}

WriteFailure SqliteRowWriter::failure_of(int result, std::size_t row) const {
  Error error = session_.error(result);
  const int code = error.vendor_code();
  // An error of an expression (a CHECK, an index on json_extract) has no code of its own.
  const std::string_view reject =
      code == SQLITE_ERROR ? std::string_view("expression") : classify(code).reject_code;
  if ((code & 0xff) == SQLITE_TOOBIG) error.add_context("the row is " + limit_text(session_));
  const std::string_view column = column_in_message(error.message(), request_.table.name.name);
  return {row, row + 1, std::string(reject), std::string(column), std::move(error), false};
}

void SqliteRowWriter::check_transaction() const {
  if (session_.in_transaction()) return;
  throw Error(ErrorCode::kMigrationFailed,
              "the transaction is gone: SQLite undid it after an error, or none was begun");
}

}  // namespace crossload::driver::sqlite
