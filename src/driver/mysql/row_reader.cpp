#include "row_reader.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "crossload/base/error.h"

namespace crossload::driver::mysql {
namespace {

// About what a cell takes in a batch besides its text or bytes.
constexpr std::size_t kCellBytes = 9;
// How long the rest of a stream that nobody wants is read before the server is told to stop.
constexpr std::chrono::milliseconds kPatience{20};

enum_field_types wire_type(const ResultForm& form) {
  switch (form.form) {
    case Form::kSigned:
    case Form::kUnsigned:
      return MYSQL_TYPE_LONGLONG;
    case Form::kFloat:
      return MYSQL_TYPE_FLOAT;
    case Form::kDouble:
      return MYSQL_TYPE_DOUBLE;
    case Form::kDate:
      return MYSQL_TYPE_DATE;
    case Form::kTime:
      return MYSQL_TYPE_TIME;
    case Form::kTimestamp:
    case Form::kTimestampTz:
      return MYSQL_TYPE_DATETIME;
    case Form::kText:
      return MYSQL_TYPE_STRING;
    case Form::kBytes:
    case Form::kBit:
      return MYSQL_TYPE_BLOB;
  }
  return MYSQL_TYPE_STRING;
}

bool has_data(Form form) {
  return form == Form::kText || form == Form::kBytes || form == Form::kBit;
}

}  // namespace

MysqlRowReader::MysqlRowReader(Session& session, StatementHandle statement, bool keep_rows)
    : session_(session), statement_(std::move(statement)) {
  const ResultHandle fields(mysql_stmt_result_metadata(statement_.get()));
  if (!fields) {
    if (mysql_stmt_errno(statement_.get()) != 0) throw session_.error(statement_.get());
    affected_rows_ = mysql_stmt_affected_rows(statement_.get());
    done_ = true;
    return;
  }
  const unsigned int count = mysql_num_fields(fields.get());
  row_.resize(count);
  for (unsigned int i = 0; i < count; ++i) {
    const MYSQL_FIELD& field = *mysql_fetch_field_direct(fields.get(), i);
    columns_.push_back({std::string(field.name, field.name_length), declared_type(field)});
    row_[i].form = form_of(field);
  }
  session_.open_stream(this);
  try {
    bind();
    if (keep_rows) {
      MYSQL_STMT* kept = statement_.get();
      if (session_.at_server([&] { return mysql_stmt_store_result(kept); }) != 0) {
        throw session_.error(kept);
      }
      const auto affected = mysql_stmt_affected_rows(kept);
      affected_rows_ = affected == ~decltype(affected){0} ? 0 : affected;
      session_.close_stream(this);
    }
  } catch (...) {
    abandon();
    session_.close_stream(this);
    throw;
  }
}

MysqlRowReader::~MysqlRowReader() {
  if (!done_ && !abandoned_) abandon();
  session_.close_stream(this);
}

void MysqlRowReader::bind() {
  binds_.assign(row_.size(), MYSQL_BIND{});
  for (std::size_t i = 0; i < row_.size(); ++i) {
    Cell& cell = row_[i];
    MYSQL_BIND& bind = binds_[i];
    bind.buffer_type = wire_type(cell.form);
    bind.is_unsigned = cell.form.form == Form::kUnsigned;
    bind.is_null = &cell.is_null;
    bind.length = &cell.size;
    bind.error = &cell.error;
    switch (cell.form.form) {
      case Form::kSigned:
      case Form::kUnsigned:
        bind.buffer = &cell.number;
        break;
      case Form::kFloat:
        bind.buffer = &cell.real32;
        break;
      case Form::kDouble:
        bind.buffer = &cell.real64;
        break;
      case Form::kDate:
      case Form::kTime:
      case Form::kTimestamp:
      case Form::kTimestampTz:
        bind.buffer = &cell.time;
        bind.buffer_length = sizeof cell.time;
        break;
      case Form::kText:
      case Form::kBytes:
      case Form::kBit:
        cell.buffer.resize(kInlineBytes);
        bind.buffer = cell.buffer.data();
        bind.buffer_length = static_cast<unsigned long>(cell.buffer.size());
    }
  }
  if (mysql_stmt_bind_result(statement_.get(), binds_.data()) != 0) {
    throw session_.error(statement_.get());
  }
}

bool MysqlRowReader::fetch() {
  const int result = mysql_stmt_fetch(statement_.get());
  fetched_ = true;
  if (result == 0 || result == MYSQL_DATA_TRUNCATED) return true;
  // A connection that broke may look like the end: the library then tells by its own error.
  if (result == MYSQL_NO_DATA && mysql_stmt_errno(statement_.get()) == 0 &&
      mysql_errno(session_.handle()) == 0) {
    finish();
    return false;
  }
  Error error = session_.error(statement_.get());
  finish();
  abandoned_ = true;
  throw error;
}

void MysqlRowReader::finish() {
  done_ = true;
  // A procedure's other results and its status: Oracle's library runs nothing before they are read.
  while (mysql_stmt_next_result(statement_.get()) == 0) mysql_stmt_free_result(statement_.get());
  session_.close_stream(this);
}

void MysqlRowReader::abandon() noexcept {
  abandoned_ = true;
  if (done_ || !statement_) return;
  // Before its first row a statement may work for hours.
  if (!fetched_) session_.kill_statement();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  int result = 0;
  do {
    result = mysql_stmt_fetch(statement_.get());
  } while ((result == 0 || result == MYSQL_DATA_TRUNCATED) &&
           std::chrono::steady_clock::now() < deadline);
  const bool more = result == 0 || result == MYSQL_DATA_TRUNCATED;
  if (more && fetched_) session_.kill_statement();
  // Reads what is still under way.
  statement_.reset();
}

std::size_t MysqlRowReader::row_bytes() const {
  // What dates and bits take as text.
  constexpr std::size_t kFormatted = 32;
  std::size_t bytes = row_.size() * kCellBytes;
  for (const Cell& cell : row_) {
    if (cell.is_null) continue;
    if (has_data(cell.form.form)) {
      bytes += cell.form.form == Form::kBit ? cell.form.bits : cell.size;
    } else if (cell.form.form >= Form::kDate && cell.form.form <= Form::kTimestampTz) {
      bytes += kFormatted;
    }
  }
  return bytes;
}

std::string_view MysqlRowReader::fetch_large(std::size_t column) {
  const Cell& cell = row_[column];
  large_.resize(cell.size);
  unsigned long size = 0;
  Flag is_null = 0;
  Flag error = 0;
  MYSQL_BIND bind = {};
  bind.buffer_type = wire_type(cell.form);
  bind.buffer = large_.data();
  bind.buffer_length = static_cast<unsigned long>(large_.size());
  bind.length = &size;
  bind.is_null = &is_null;
  bind.error = &error;
  if (mysql_stmt_fetch_column(statement_.get(), &bind, static_cast<unsigned int>(column), 0) != 0) {
    throw session_.error(statement_.get());
  }
  return {large_.data(), large_.size()};
}

void MysqlRowReader::append_data(RowBatch& batch, std::size_t column) {
  const Cell& cell = row_[column];
  const bool is_inline = cell.size <= cell.buffer.size();
  const std::string_view data =
      is_inline ? std::string_view(cell.buffer.data(), cell.size) : fetch_large(column);
  if (cell.form.form == Form::kText) {
    batch.append_text(column, data);
  } else if (cell.form.form == Form::kBytes) {
    batch.append_bytes(column, data);
  } else {
    text_.clear();
    format_bits(reinterpret_cast<const unsigned char*>(data.data()), data.size(), cell.form.bits,
                text_);
    batch.append_text(column, text_);
  }
  // One large value must not keep its memory for the rest of the stream.
  if (!is_inline) std::vector<char>().swap(large_);
}

void MysqlRowReader::append_row(RowBatch& batch) {
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const Cell& cell = row_[i];
    if (cell.is_null) {
      batch.append_null(i);
      continue;
    }
    switch (cell.form.form) {
      case Form::kSigned:
        batch.append_int64(i, cell.number);
        break;
      case Form::kUnsigned:
        if (cell.number >= 0) {
          batch.append_int64(i, cell.number);
        } else {
          batch.append_uint64(i, static_cast<std::uint64_t>(cell.number));
        }
        break;
      case Form::kFloat:
        batch.append_double(i, static_cast<double>(cell.real32));
        break;
      case Form::kDouble:
        batch.append_double(i, cell.real64);
        break;
      case Form::kDate:
      case Form::kTime:
      case Form::kTimestamp:
      case Form::kTimestampTz:
        text_.clear();
        format_temporal(cell.time, cell.form, text_);
        batch.append_text(i, text_);
        break;
      case Form::kText:
      case Form::kBytes:
      case Form::kBit:
        append_data(batch, i);
    }
  }
  batch.end_row();
}

void MysqlRowReader::fill(RowBatch& batch, const BatchLimits& limits) {
  session_.at_server([&] {
    while (batch.rows() < limits.max_rows && batch.bytes() < limits.max_bytes) {
      if (!on_row_ && !fetch()) break;
      on_row_ = true;
      // A row too large for what is left opens the next batch: two large rows never lie in memory
      // because they happened to be neighbours.
      if (row_bytes() > limits.max_bytes - batch.bytes() && !batch.empty()) break;
      append_row(batch);
      on_row_ = false;
    }
    return 0;
  });
}

bool MysqlRowReader::read(RowBatch& batch, const BatchLimits& limits) {
  batch.reset(row_.size());
  if (abandoned_) {
    throw Error(ErrorCode::kSqlError,
                "the rows that were not read are gone: another statement was run on the session, "
                "or the stream broke");
  }
  if (done_) {
    session_.check_cancelled();
    return false;
  }
  try {
    fill(batch, limits);
    // Some statements end early, without an error, when they are told to stop.
    session_.check_cancelled();
  } catch (...) {
    // Rows of this batch are lost: the stream must not go on behind them.
    if (!abandoned_) abandon();
    session_.close_stream(this);
    throw;
  }
  return !batch.empty();
}

}  // namespace crossload::driver::mysql
