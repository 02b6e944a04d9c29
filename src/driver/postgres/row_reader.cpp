#include "row_reader.h"

#include <string_view>
#include <utility>

#include "crossload/base/narrow.h"

#include "builtin_types.h"
#include "copy_text.h"
#include "relation.h"
#include "select_sql.h"

namespace crossload::driver::postgres {
PostgresRowReader::PostgresRowReader(Session& session, const ReadRequest& request)
    : session_(session),
      bracket_(session,
               session.in_transaction() ? Bracket::Kind::kSavepoint : Bracket::Kind::kNone) {
  if (!request.after.empty() && request.after.size() != request.key.size()) {
    throw Error(ErrorCode::kInvalidArgument, "the key to go on behind has another length");
  }
  const std::string table = from_clause(session_, request.table);
  const ResultHandle described = session_.describe(probe_statement(request, table));
  const std::vector<std::string> names = columns_read(request);
  std::vector<Oid> types;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Oid oid = PQftype(described.get(), narrow<int>(i));
    const BuiltinType* type = builtin_type(oid);
    types.push_back(oid);
    forms_.push_back(type == nullptr ? CellForm::kText : form_of(type->kind));
    columns_.push_back({names[i], type == nullptr ? std::string() : std::string(type->name)});
  }
  if (auto forms = binary_forms(types); forms && !forms->empty()) binary_.emplace(*forms);
  session_.send("COPY (" + select_statement(request, table, types) + ") TO STDOUT" +
                (binary_ ? " (FORMAT binary)" : ""));
  const ResultHandle started = session_.next_result();
  if (!started || PQresultStatus(started.get()) != PGRES_COPY_OUT) {
    const Error error = session_.error(started.get());
    session_.drain(false);
    throw error;
  }
  session_.occupy(*this);
}

PostgresRowReader::~PostgresRowReader() {
  abandon();
}

void PostgresRowReader::abandon() noexcept {
  if (!std::exchange(done_, true)) {
    session_.drain(true);
    bracket_.undo();
  }
  session_.release(*this);
}

bool PostgresRowReader::advance() {
  if (done_) return false;
  if (session_.next_line(line_, line_size_)) return true;
  session_.drain(false);
  done_ = true;
  at_end_ = true;
  session_.release(*this);
  bracket_.keep();
  return false;
}

void PostgresRowReader::fill(RowBatch& batch, const BatchLimits& limits) {
  constexpr std::size_t kCellBytes = 9;
  while (batch.rows() < limits.max_rows && batch.bytes() < limits.max_bytes) {
    if (!on_line_ && !advance()) return;
    on_line_ = true;
    // A row too large for what is left opens the next batch: two large rows never lie in memory
    // because they happened to be neighbours.
    const std::size_t bytes = line_size_ + forms_.size() * kCellBytes;
    if (bytes > limits.max_bytes - batch.bytes() && !batch.empty()) return;
    append_line(batch);
    line_.reset();
    on_line_ = false;
  }
}

void PostgresRowReader::append_line(RowBatch& batch) {
  const std::string_view line(line_.get(), line_size_);
  if (binary_) {
    binary_->append(batch, line);
  } else {
    postgres::append_line(batch, forms_, line, scratch_);
  }
}

bool PostgresRowReader::read(RowBatch& batch, const BatchLimits& limits) {
  batch.reset(forms_.size());
  if (at_end_) return false;
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
