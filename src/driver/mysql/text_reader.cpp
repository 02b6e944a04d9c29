#include "text_reader.h"

#include <charconv>

namespace crossload::driver::mysql {
namespace {

// What follows the first result of a procedure must be taken off the wire.
void drain(MYSQL* handle) {
  while (mysql_next_result(handle) == 0) {
    const ResultHandle unwanted(mysql_store_result(handle));
  }
}

template <typename Number>
Number parsed(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

TextRowReader::TextRowReader(Session& session, const std::string& sql) : session_(session) {
  MYSQL* handle = session_.handle();
  result_ = session_.store(sql);
  if (!result_) {
    affected_rows_ = mysql_affected_rows(handle);
    drain(handle);
    return;
  }
  for (unsigned int i = 0; i < mysql_num_fields(result_.get()); ++i) {
    const MYSQL_FIELD& field = *mysql_fetch_field_direct(result_.get(), i);
    columns_.push_back({std::string(field.name, field.name_length), declared_type(field)});
    forms_.push_back(form_of(field));
  }
  drain(handle);
}

void TextRowReader::append(RowBatch& batch, std::size_t column, std::string_view text) {
  switch (forms_[column].form) {
    case Form::kSigned:
      return batch.append_int64(column, parsed<std::int64_t>(text));
    case Form::kUnsigned: {
      const auto number = parsed<std::uint64_t>(text);
      const bool fits = number <= static_cast<std::uint64_t>(INT64_MAX);
      return fits ? batch.append_int64(column, static_cast<std::int64_t>(number))
                  : batch.append_uint64(column, number);
    }
    case Form::kFloat:
    case Form::kDouble:
      return batch.append_double(column, parsed<double>(text));
    case Form::kTimestampTz:
      return batch.append_text(column, std::string(text) + "+00");
    case Form::kDate:
    case Form::kTime:
    case Form::kTimestamp:
    case Form::kText:
      return batch.append_text(column, text);
    case Form::kBytes:
      return batch.append_bytes(column, text);
    case Form::kBit: {
      std::string bits;
      format_bits(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                  forms_[column].bits, bits);
      return batch.append_text(column, bits);
    }
  }
}

bool TextRowReader::read(RowBatch& batch, const BatchLimits& limits) {
  session_.check_cancelled();
  batch.reset(columns_.size());
  while (result_ && batch.rows() < limits.max_rows && batch.bytes() < limits.max_bytes) {
    const MYSQL_ROW row = mysql_fetch_row(result_.get());
    if (row == nullptr) {
      result_.reset();
      break;
    }
    const unsigned long* sizes = mysql_fetch_lengths(result_.get());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (row[i] == nullptr) {
        batch.append_null(i);
      } else {
        append(batch, i, {row[i], sizes[i]});
      }
    }
    batch.end_row();
  }
  return !batch.empty();
}

}  // namespace crossload::driver::mysql
