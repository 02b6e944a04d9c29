#include "binary_cell.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include "crossload/base/narrow.h"

#include "binary_value.h"
#include "builtin_types.h"

namespace crossload::driver::postgres {
namespace {

template <typename Number>
bool append_integer(std::string& out, std::int64_t value) {
  if (value < std::numeric_limits<Number>::min() || value > std::numeric_limits<Number>::max()) {
    return false;
  }
  append_big_endian<std::int32_t>(out, sizeof(Number));
  append_big_endian<Number>(out, static_cast<Number>(value));
  return true;
}

bool append_int64(std::string& out, BinaryForm form, std::int64_t value) {
  switch (form) {
    case BinaryForm::kInt2:
      return append_integer<std::int16_t>(out, value);
    case BinaryForm::kInt4:
      return append_integer<std::int32_t>(out, value);
    case BinaryForm::kInt8:
      return append_integer<std::int64_t>(out, value);
    case BinaryForm::kBoolean:
      if (value != 0 && value != 1) return false;
      append_big_endian<std::int32_t>(out, 1);
      out += static_cast<char>(value);
      return true;
    default:
      return false;
  }
}

bool append_double(std::string& out, BinaryForm form, double value) {
  if (form == BinaryForm::kFloat8) {
    append_big_endian<std::int32_t>(out, 8);
    append_big_endian(out, std::bit_cast<std::int64_t>(value));
    return true;
  }
  if (form != BinaryForm::kFloat4) return false;
  const auto narrowed = static_cast<float>(value);
  if (!std::isnan(value) && static_cast<double>(narrowed) != value) return false;
  append_big_endian<std::int32_t>(out, 4);
  append_big_endian(out, std::bit_cast<std::int32_t>(narrowed));
  return true;
}

void append_data(std::string& out, std::string_view data) {
  append_big_endian(out, narrow<std::int32_t>(data.size()));
  out.append(data);
}

BinaryResult append_text(std::string& out, BinaryForm form, std::string_view text) {
  if (form == BinaryForm::kText || form == BinaryForm::kJsonb) {
    if (text.find('\0') != std::string_view::npos) return BinaryResult::kNul;
    if (form == BinaryForm::kText) {
      append_data(out, text);
      return BinaryResult::kDone;
    }
    append_big_endian(out, narrow<std::int32_t>(text.size() + 1));
    out += kJsonbVersion;
    out.append(text);
    return BinaryResult::kDone;
  }
  bool done = false;
  if (form == BinaryForm::kUuid) done = append_uuid(out, text);
  if (form == BinaryForm::kDate) done = append_date(out, text);
  if (form == BinaryForm::kTime) done = append_time(out, text);
  if (form == BinaryForm::kTimestamp) done = append_timestamp(out, text, "");
  if (form == BinaryForm::kTimestampTz) done = append_timestamp(out, text, "+00");
  if (form == BinaryForm::kNumeric) done = append_numeric(out, text);
  return done ? BinaryResult::kDone : BinaryResult::kNeedsText;
}

BinaryResult result(bool done) {
  return done ? BinaryResult::kDone : BinaryResult::kNeedsText;
}

}  // namespace

std::optional<BinaryForm> binary_form(Oid type) {
  switch (type) {
    case 16:
      return BinaryForm::kBoolean;
    case 17:
      return BinaryForm::kBytes;
    case 20:
      return BinaryForm::kInt8;
    case 21:
      return BinaryForm::kInt2;
    case 23:
      return BinaryForm::kInt4;
    case 25:    // text
    case 114:   // json
    case 1042:  // character
    case 1043:  // character varying
      return BinaryForm::kText;
    case 700:
      return BinaryForm::kFloat4;
    case 701:
      return BinaryForm::kFloat8;
    case 1082:
      return BinaryForm::kDate;
    case 1083:
      return BinaryForm::kTime;
    case 1114:
      return BinaryForm::kTimestamp;
    case 1184:
      return BinaryForm::kTimestampTz;
    case 1700:
      return BinaryForm::kNumeric;
    case 2950:
      return BinaryForm::kUuid;
    case 3802:
      return BinaryForm::kJsonb;
    default:
      return std::nullopt;
  }
}

const std::string kBinaryHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
const std::string kBinaryTrailer("\377\377", 2);

std::optional<std::vector<BinaryForm>> binary_forms(const WriteRequest& request,
                                                    const std::vector<Oid>& types) {
  if (types.size() != request.columns.size() || types.empty()) return std::nullopt;
  std::vector<BinaryForm> forms;
  for (std::size_t i = 0; i < types.size(); ++i) {
    std::optional<BinaryForm> form = binary_form(types[i]);
    // Labels are sent as they are; so is citext.
    const Column* column = request.table.find_column(request.columns[i]);
    const bool text_of_user =
        types[i] >= kFirstUserOid && column != nullptr &&
        (column->type.kind == TypeKind::kEnum ||
         (column->type.kind == TypeKind::kText && !column->type.declared.empty()));
    if (text_of_user) form = BinaryForm::kText;
    if (!form) return std::nullopt;
    forms.push_back(*form);
  }
  return forms;
}

void append_field_count(std::string& out, std::size_t fields) {
  append_big_endian(out, narrow<std::int16_t>(fields));
}

BinaryResult append_binary(std::string& out, BinaryForm form, const RowBatch& batch,
                           std::size_t row, std::size_t column) {
  switch (batch.kind(row, column)) {
    case CellKind::kNull:
      append_big_endian<std::int32_t>(out, -1);
      return BinaryResult::kDone;
    case CellKind::kInt64:
      return result(append_int64(out, form, batch.int64(row, column)));
    case CellKind::kFloat64:
      return result(append_double(out, form, batch.float64(row, column)));
    case CellKind::kText:
      return append_text(out, form, batch.bytes(row, column));
    case CellKind::kBytes:
      if (form != BinaryForm::kBytes) return BinaryResult::kNeedsText;
      append_data(out, batch.bytes(row, column));
      return BinaryResult::kDone;
    case CellKind::kUInt64:
      return BinaryResult::kNeedsText;
  }
  return BinaryResult::kNeedsText;
}

}  // namespace crossload::driver::postgres
