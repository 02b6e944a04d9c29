#include "row_writer.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

#include "classify.h"

namespace crossload::driver::mysql {
namespace {

constexpr std::size_t kMostRows = 4'096;
// What one statement carries at most, unless a single row has more.
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;
constexpr int kDuplicate = 1062;

std::uint64_t packet_limit(const Session& session) {
  const std::uint64_t packet = session.capabilities().max_packet;
  return packet == 0 ? kMostBytes : std::min(kMostBytes, packet / 2);
}

}  // namespace

MysqlRowWriter::MysqlRowWriter(Session& session, WriteRequest request)
    : session_(session),
      request_(std::move(request)),
      columns_(write_columns(request_, session.capabilities().keeps_negative_zero)),
      conflicts_(conflict_plan(request_)),
      group_rows_(kMostRows) {
  insert_ = make_insert(
      session_, request_, columns_,
      conflicts_ == ConflictPlan::kUpdateOnly ? OnDuplicate::kUpdate : OnDuplicate::kFail);
  // A trigger's own duplicates must not be taken for the row's.
  const bool sure_of_duplicates = request_.table.triggers.empty();
  if (conflicts_ == ConflictPlan::kSkipOnly && !sure_of_duplicates) {
    if (SkipInsert::serves(request_)) {
      skip_.emplace(session_, request_, columns_);
    } else {
      conflicts_ = ConflictPlan::kByKey;
    }
  }
  if (conflicts_ == ConflictPlan::kByKey) keyed_.emplace(session_, request_, columns_);
}

WriteOutcome MysqlRowWriter::write(const RowBatch& batch, std::size_t first, std::size_t last) {
  session_.start_operation();
  check_transaction();
  suspect_.reset();
  bad_before_ = 0;
  WriteOutcome outcome;
  std::size_t row = first;
  while (row < last && !outcome.failure) {
    const Group group = next_group(batch, row, last);
    if (group.rows == 0) {
      outcome.failure = failure_of(*group.bad, row);
      break;
    }
    std::optional<Error> error = try_rows(batch, row, group.rows, outcome);
    if (!error) {
      row += group.rows;
      group_rows_ = std::min(kMostRows, group_rows_ * 2);
    } else if (group.rows > 1 && is_skip(*error) && SkipInsert::serves(request_)) {
      skip_.emplace(session_, request_, columns_);
    } else if (group.rows > 1) {
      narrow_down(*error, row, group.rows);
    } else if (is_skip(*error)) {
      ++outcome.skipped;
      ++row;
      group_rows_ = 1;
    } else {
      outcome.failure = failure_of(std::move(*error), row);
    }
  }
  outcome.rows_done = row - first;
  // Bad rows tend to come together: the next ones go singly at first.
  if (outcome.failure) group_rows_ = 1;
  return outcome;
}

MysqlRowWriter::Group MysqlRowWriter::next_group(const RowBatch& batch, std::size_t row,
                                                 std::size_t last) const {
  std::size_t most = std::min(last - row, group_rows_);
  // A table without transactions keeps the rows before the bad one.
  if (!request_.table.transactional || conflicts_ == ConflictPlan::kByKey) most = 1;
  if (suspect_ && *suspect_ >= row) {
    most = std::min(most, std::max<std::size_t>(1, *suspect_ - row));
  }
  if (bad_before_ > row) most = std::min(most, std::max<std::size_t>(1, (bad_before_ - row) / 2));
  Group group;
  std::uint64_t bytes = 0;
  while (group.rows < most && bytes < packet_limit(session_)) {
    const std::uint64_t before = bytes;
    group.bad =
        check_row(columns_, batch, row + group.rows, session_.capabilities().max_packet, bytes);
    if (group.bad) break;
    // Two large rows in one statement could pass what the server takes.
    if (group.rows > 0 && bytes > packet_limit(session_) && bytes - before > kMostBytes / 4) break;
    ++group.rows;
  }
  if (group.rows > 0) group.rows = skip_ ? skip_->fit(group.rows) : insert_->fit(group.rows);
  return group;
}

std::optional<Error> MysqlRowWriter::try_rows(const RowBatch& batch, std::size_t row,
                                              std::size_t rows, WriteOutcome& outcome) {
  const bool undoable = request_.table.transactional;
  if (undoable) session_.run("SAVEPOINT crossload_rows");
  KeyedResult found;
  if (keyed_) found = keyed_->find_or_update(batch, row);
  std::optional<Error> error = std::move(found.error);
  if (skip_) {
    error = skip_->send(batch, row, rows);
  } else if (!error && !found.is_there) {
    error = insert_->send(batch, row, rows);
  }
  if (error &&
      !classify(static_cast<unsigned int>(error->vendor_code()), error->sqlstate()).row_fault()) {
    throw *error;
  }
  if (!error && mysql_warning_count(session_.handle()) > 0) error = changed_value();
  if (!error) {
    const bool left_out = found.is_there && request_.on_conflict == ConflictMode::kSkip;
    const std::size_t written = skip_ ? skip_->written(batch, row, rows) : left_out ? 0 : rows;
    outcome.written += written;
    outcome.skipped += rows - written;
    return std::nullopt;
  }
  if (undoable) session_.run("ROLLBACK TO SAVEPOINT crossload_rows");
  return error;
}

// The server stores some values otherwise than given and tells so only by a note.
std::optional<Error> MysqlRowWriter::changed_value() {
  for (const TextRow& warning : session_.ask("SHOW WARNINGS")) {
    const auto number = static_cast<unsigned int>(std::stoul(warning[1].value_or("0")));
    if (is_harmless_warning(number)) continue;
    Error error(ErrorCode::kSqlError,
                "the server would change the value: " + warning[2].value_or(""));
    error.vendor_code(static_cast<int>(number)).statements_fault(true);
    if (request_.table.transactional) return error;
    throw Error(ErrorCode::kMigrationFailed,
                "the server changed a value of a row and cannot undo it, because table " +
                    request_.table.name.display() + " has no transactions (" +
                    request_.table.storage_engine + "): " + warning[2].value_or(""))
        .suggest("change the table's engine to InnoDB");
  }
  return std::nullopt;
}

void MysqlRowWriter::narrow_down(const Error& error, std::size_t row, std::size_t rows) {
  const auto named = row_in_message(error.message());
  if (named && *named <= rows) {
    // A trigger's own statement counts its own rows: the named row is tried alone.
    suspect_ = row + *named - 1;
    group_rows_ = std::max<std::size_t>(1, *named - 1);
    return;
  }
  bad_before_ = row + rows;
}

bool MysqlRowWriter::is_skip(const Error& error) const {
  return conflicts_ == ConflictPlan::kSkipOnly && !skip_ && error.vendor_code() == kDuplicate;
}

WriteFailure MysqlRowWriter::failure_of(const BadCell& bad, std::size_t row) const {
  const std::string& column = columns_[bad.column].name;
  return {row,  row + 1, bad.code, column, Error(ErrorCode::kSqlError, column + ": " + bad.message),
          false};
}

WriteFailure MysqlRowWriter::failure_of(Error error, std::size_t row) const {
  const std::string& message = error.message();
  const bool changed = message.starts_with("the server would change");
  const Classified meaning =
      classify(static_cast<unsigned int>(error.vendor_code()), error.sqlstate());
  std::string column = column_in_message(message);
  // MySQL's JSON errors name "table.column".
  const std::string lead = request_.table.name.name + ".";
  if (request_.table.find_column(column) == nullptr && column.starts_with(lead)) {
    column.erase(0, lead.size());
  }
  const std::string key = key_in_message(message);
  for (const Index& index : request_.table.indexes) {
    if (key.empty() || !ascii_iequals(index.name, key) || index.parts.size() != 1) continue;
    column = index.parts.front().column;
  }
  const std::string code = changed ? "data_changed" : reject_code(meaning.reject_code, message);
  return {row, row + 1, code, column, std::move(error), meaning.transaction_lost};
}

void MysqlRowWriter::check_transaction() const {
  if (session_.in_transaction()) return;
  throw Error(ErrorCode::kMigrationFailed,
              "the transaction is gone: the server undid it after an error, or none was begun");
}

}  // namespace crossload::driver::mysql
