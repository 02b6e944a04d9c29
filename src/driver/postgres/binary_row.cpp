#include "binary_row.h"

#include <bit>
#include <cstdint>

#include "crossload/base/error.h"

#include "binary_text.h"
#include "binary_value.h"

namespace crossload::driver::postgres {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorCode::kSqlError, "the server sent rows in a form that is not COPY's binary one");
}

template <typename Number>
Number take(std::string_view& data) {
  if (data.size() < sizeof(Number)) refuse();
  const auto value = read_big_endian<Number>(data.data());
  data.remove_prefix(sizeof(Number));
  return value;
}

// The whole field as a number.
template <typename Number>
Number whole(std::string_view data) {
  if (data.size() != sizeof(Number)) refuse();
  return read_big_endian<Number>(data.data());
}

void skip_header(std::string_view& message) {
  constexpr std::size_t kSignature = 11;
  if (!message.starts_with(std::string_view(kBinaryHeader).substr(0, kSignature))) refuse();
  message.remove_prefix(kSignature);
  take<std::int32_t>(message);
  const auto extension = static_cast<std::size_t>(take<std::int32_t>(message));
  if (message.size() < extension) refuse();
  message.remove_prefix(extension);
}

}  // namespace

std::optional<std::vector<BinaryForm>> binary_forms(const std::vector<Oid>& types) {
  std::vector<BinaryForm> forms;
  for (const Oid type : types) {
    const std::optional<BinaryForm> form = binary_form(type);
    if (!form) return std::nullopt;
    forms.push_back(*form);
  }
  return forms;
}

void BinaryRows::append(RowBatch& batch, std::string_view message) {
  if (!has_begun_) skip_header(message);
  has_begun_ = true;
  if (message.empty()) return;
  constexpr std::int16_t kEnd = -1;
  const auto fields = take<std::int16_t>(message);
  if (fields == kEnd) return;
  if (static_cast<std::size_t>(fields) != forms_.size()) refuse();
  for (std::size_t column = 0; column < forms_.size(); ++column) {
    const auto length = take<std::int32_t>(message);
    if (length < 0) {
      batch.append_null(column);
      continue;
    }
    const auto size = static_cast<std::size_t>(length);
    if (message.size() < size) refuse();
    append_cell(batch, column, message.substr(0, size));
    message.remove_prefix(size);
  }
  batch.end_row();
}

void BinaryRows::append_cell(RowBatch& batch, std::size_t column, std::string_view data) {
  scratch_.clear();
  switch (forms_[column]) {
    case BinaryForm::kBoolean:
      batch.append_int64(column, whole<std::int8_t>(data) != 0 ? 1 : 0);
      return;
    case BinaryForm::kInt2:
      batch.append_int64(column, whole<std::int16_t>(data));
      return;
    case BinaryForm::kInt4:
      batch.append_int64(column, whole<std::int32_t>(data));
      return;
    case BinaryForm::kInt8:
      batch.append_int64(column, whole<std::int64_t>(data));
      return;
    case BinaryForm::kFloat4:
      batch.append_double(column,
                          static_cast<double>(std::bit_cast<float>(whole<std::int32_t>(data))));
      return;
    case BinaryForm::kFloat8:
      batch.append_double(column, std::bit_cast<double>(whole<std::int64_t>(data)));
      return;
    case BinaryForm::kText:
      batch.append_text(column, data);
      return;
    case BinaryForm::kBytes:
      batch.append_bytes(column, data);
      return;
    case BinaryForm::kJsonb:
      if (data.empty() || data.front() != kJsonbVersion) refuse();
      batch.append_text(column, data.substr(1));
      return;
    case BinaryForm::kUuid:
      if (data.size() != kUuidBytes) refuse();
      uuid_text(scratch_, data);
      break;
    case BinaryForm::kDate:
      date_text(scratch_, whole<std::int32_t>(data));
      break;
    case BinaryForm::kTime:
      time_text(scratch_, whole<std::int64_t>(data));
      break;
    case BinaryForm::kTimestamp:
      timestamp_text(scratch_, whole<std::int64_t>(data), "");
      break;
    case BinaryForm::kTimestampTz:
      timestamp_text(scratch_, whole<std::int64_t>(data), "+00");
      break;
    case BinaryForm::kNumeric:
      if (!numeric_text(scratch_, data)) refuse();
      break;
  }
  batch.append_text(column, scratch_);
}

}  // namespace crossload::driver::postgres
