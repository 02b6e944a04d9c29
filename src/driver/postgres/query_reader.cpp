#include "query_reader.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "crossload/base/narrow.h"

#include "builtin_types.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

// SELECT's tag has a count too, of rows that it did not change.
std::uint64_t changed_rows(PGresult* result) {
  static constexpr auto kChanging =
      std::to_array<std::string_view>({"INSERT ", "UPDATE ", "DELETE ", "MERGE "});
  const std::string_view tag = PQcmdStatus(result);
  bool changing = false;
  for (const std::string_view word : kChanging) changing = changing || tag.starts_with(word);
  const std::string_view count = PQcmdTuples(result);
  std::uint64_t rows = 0;
  if (changing) std::from_chars(count.data(), count.data() + count.size(), rows);
  return rows;
}

[[noreturn]] void refuse_copy() {
  throw Error(ErrorCode::kInvalidArgument,
              "COPY to or from the client cannot be run as a statement")
      .statements_fault(true)
      .suggest("read with query-sql or sample-data; load with start-migration-job");
}

}  // namespace

PostgresQueryReader::PostgresQueryReader(Session& session, const std::string& sql,
                                         const std::vector<Value>& parameters,
                                         const QueryPlan& plan)
    : session_(session), plan_(plan), bracket_(session, plan.bracket) {
  std::vector<Parameter> texts;
  for (const Value& value : parameters) {
    texts.push_back(parameter_text(value));
    if (texts.back() && texts.back()->find('\0') != std::string::npos) {
      throw Error(ErrorCode::kInvalidArgument, "PostgreSQL text cannot hold a NUL character")
          .statements_fault(true);
    }
  }
  session_.send(sql, texts);
  PQsetSingleRowMode(session_.handle());
  session_.occupy(*this);
  try {
    advance();
  } catch (...) {
    abandon();
    throw;
  }
}

PostgresQueryReader::~PostgresQueryReader() {
  abandon();
}

void PostgresQueryReader::abandon() noexcept {
  row_.reset();
  if (!std::exchange(done_, true)) {
    session_.drain(!plan_.carry_out && !failed_);
    try {
      if (plan_.carry_out && !plan_.undo_always && !failed_) bracket_.keep();
    } catch (const Error&) {
      // Nobody can be told here; the next statement of the session will be.
    }
    bracket_.undo();
  }
  session_.release(*this);
}

void PostgresQueryReader::advance() {
  if (!done_) take(session_.next_result());
}

void PostgresQueryReader::take(ResultHandle result) {
  switch (PQresultStatus(result.get())) {
    case PGRES_SINGLE_TUPLE:
      if (columns_.empty()) set_columns(result.get());
      row_ = std::move(result);
      return;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
      if (columns_.empty()) set_columns(result.get());
      affected_rows_ = changed_rows(result.get());
      end();
      if (plan_.commits && std::string_view(PQcmdStatus(result.get())) == "ROLLBACK") {
        throw Error(ErrorCode::kSqlError,
                    "the transaction was rolled back: a statement in it had failed")
            .sqlstate("25P02")
            .statements_fault(true);
      }
      return;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      failed_ = true;
      refuse_copy();
    default:
      failed_ = true;
      throw session_.error(result.get());
  }
}

// Deferred constraints fail when the statement has ended already: its own transaction commits then.
void PostgresQueryReader::take_late_failure() {
  ResultHandle failure;
  while (ResultHandle more = session_.next_result()) {
    if (!failure && PQresultStatus(more.get()) == PGRES_FATAL_ERROR) failure = std::move(more);
    if (PQstatus(session_.handle()) == CONNECTION_BAD) break;
  }
  if (!failure) return;
  failed_ = true;
  throw session_.error(failure.get());
}

void PostgresQueryReader::end() {
  take_late_failure();
  done_ = true;
  at_end_ = true;
  session_.release(*this);
  if (plan_.undo_always) {
    bracket_.undo();
  } else {
    bracket_.keep();
  }
}

void PostgresQueryReader::set_columns(const PGresult* result) {
  for (int i = 0; i < PQnfields(result); ++i) {
    const BuiltinType* type = builtin_type(PQftype(result, i));
    forms_.push_back(type == nullptr ? CellForm::kText : form_of(type->kind));
    columns_.push_back(
        {PQfname(result, i), type == nullptr ? std::string() : std::string(type->name)});
  }
}

std::size_t PostgresQueryReader::row_bytes() const {
  constexpr std::size_t kCellBytes = 9;
  std::size_t bytes = forms_.size() * kCellBytes;
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    bytes += static_cast<std::size_t>(PQgetlength(row_.get(), 0, static_cast<int>(i)));
  }
  return bytes;
}

void PostgresQueryReader::append_row(RowBatch& batch) {
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    const int column = static_cast<int>(i);
    if (PQgetisnull(row_.get(), 0, column) != 0) {
      batch.append_null(i);
      continue;
    }
    append_cell(batch, i, forms_[i],
                {PQgetvalue(row_.get(), 0, column),
                 static_cast<std::size_t>(PQgetlength(row_.get(), 0, column))});
  }
  batch.end_row();
  row_.reset();
}

void PostgresQueryReader::fill(RowBatch& batch, const BatchLimits& limits) {
  while (batch.rows() < limits.max_rows && batch.bytes() < limits.max_bytes) {
    if (!row_) advance();
    if (!row_) return;
    if (row_bytes() > limits.max_bytes - batch.bytes() && !batch.empty()) return;
    append_row(batch);
  }
}

bool PostgresQueryReader::read(RowBatch& batch, const BatchLimits& limits) {
  batch.reset(forms_.size());
  if (at_end_ && !row_) return false;
  try {
    session_.continue_operation(*this);
    fill(batch, limits);
  } catch (...) {
    abandon();
    throw;
  }
  return !batch.empty();
}

}  // namespace crossload::driver::postgres
