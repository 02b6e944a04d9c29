#include "row_reader.h"

#include <string_view>
#include <utility>

#include "crossload/base/narrow.h"

namespace crossload::driver::sqlite {
namespace {

// About what a cell takes in a batch besides its text or bytes.
constexpr std::size_t kCellBytes = 9;
constexpr std::size_t kLargeRowBytes = std::size_t{1} << 20;

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

}  // namespace

SqliteRowReader::SqliteRowReader(Session& session, StatementHandle statement, std::size_t columns)
    : session_(session), statement_(std::move(statement)), row_(columns) {
  for (std::size_t i = 0; i < columns; ++i) {
    const int column = narrow<int>(i);
    columns_.push_back({text_or_empty(sqlite3_column_name(statement_.get(), column)),
                        text_or_empty(sqlite3_column_decltype(statement_.get(), column))});
  }
  changes_before_ = sqlite3_total_changes64(session_.handle());
}

void SqliteRowReader::start() {
  on_row_ = advance();
}

bool SqliteRowReader::advance() {
  if (done_) return false;
  if (session_.step(statement_.get())) return true;
  done_ = true;
  // sqlite3_changes keeps the count of the last statement that had one.
  if (sqlite3_total_changes64(session_.handle()) != changes_before_) {
    affected_rows_ = static_cast<std::uint64_t>(sqlite3_changes64(session_.handle()));
  }
  // Ends the statement's transaction now, not when the reader goes.
  sqlite3_reset(statement_.get());
  return false;
}

// Looks at the row the statement stands on; the bytes it will take in a batch.
std::size_t SqliteRowReader::load_row() {
  std::size_t bytes = row_.size() * kCellBytes;
  sqlite3_stmt* statement = statement_.get();
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const int column = static_cast<int>(i);
    Cell& cell = row_[i];
    // One look-up per cell; safe because a session belongs to one thread at a time.
    sqlite3_value* value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
      case SQLITE_INTEGER:
        cell.kind = CellKind::kInt64;
        cell.number = sqlite3_value_int64(value);
        break;
      case SQLITE_FLOAT:
        cell.kind = CellKind::kFloat64;
        cell.real = sqlite3_value_double(value);
        break;
      case SQLITE_TEXT:
        cell.kind = CellKind::kText;
        cell.data = reinterpret_cast<const char*>(sqlite3_value_text(value));
        cell.size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        bytes += cell.size;
        if (cell.data == nullptr) throw session_.error(SQLITE_NOMEM);
        break;
      case SQLITE_BLOB:
        cell.kind = CellKind::kBytes;
        cell.data = static_cast<const char*>(sqlite3_value_blob(value));
        cell.size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        bytes += cell.size;
        // No pointer for a blob of no bytes.
        if (cell.data == nullptr) cell.data = "";
        break;
      default:
        cell.kind = CellKind::kNull;
    }
  }
  return bytes;
}

void SqliteRowReader::append_row(RowBatch& batch) const {
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const Cell& cell = row_[i];
    switch (cell.kind) {
      case CellKind::kInt64:
        batch.append_int64(i, cell.number);
        break;
      case CellKind::kFloat64:
        batch.append_double(i, cell.real);
        break;
      case CellKind::kText:
        batch.append_text(i, std::string_view(cell.data, cell.size));
        break;
      case CellKind::kBytes:
        batch.append_bytes(i, std::string_view(cell.data, cell.size));
        break;
      case CellKind::kUInt64:
      case CellKind::kNull:
        batch.append_null(i);
    }
  }
  batch.end_row();
}

void SqliteRowReader::free_large_row(const RowBatch& batch) {
  // Only a transaction shows the same rows to both statements.
  if (behind_.key.empty() || !session_.in_transaction()) return;
  std::vector<Value> after;
  for (const std::size_t column : behind_.key) {
    after.push_back(batch.value(batch.rows() - 1, column));
  }
  statement_ = behind_.statement(after);
}

bool SqliteRowReader::read(RowBatch& batch, const BatchLimits& limits) {
  session_.start_operation();
  batch.reset(row_.size());
  while (batch.rows() < limits.max_rows && batch.bytes() < limits.max_bytes) {
    if (!on_row_ && !advance()) break;
    on_row_ = true;
    // A row too large for what is left opens the next batch: two large rows never lie in memory
    // because they happened to be neighbours.
    const std::size_t bytes = load_row();
    if (bytes > limits.max_bytes - batch.bytes() && !batch.empty()) break;
    append_row(batch);
    on_row_ = false;
    if (bytes > kLargeRowBytes) free_large_row(batch);
  }
  session_.check_unchanged();
  return !batch.empty();
}

}  // namespace crossload::driver::sqlite
