#include "write_plan.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "crossload/base/strings.h"

#include "parameters.h"

namespace crossload::driver::mysql {
namespace {

// What a value takes on the wire besides its data: type, length, null bit.
constexpr std::uint64_t kCellBytes = 12;
// What a statement takes besides its rows.
constexpr std::uint64_t kStatementBytes = 1'024;

Wire wire_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBoolean:
    case TypeKind::kInteger:
      return Wire::kNumber;
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
      return Wire::kReal;
    case TypeKind::kBytes:
    case TypeKind::kSpatial:
      return Wire::kBytes;
    case TypeKind::kBit:
      return Wire::kBits;
    case TypeKind::kTimestampTz:
      return Wire::kZonedText;
    case TypeKind::kDynamic:
    case TypeKind::kDecimal:
    case TypeKind::kText:
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kInterval:
    case TypeKind::kUuid:
    case TypeKind::kJson:
    case TypeKind::kEnum:
    case TypeKind::kSet:
    case TypeKind::kArray:
    case TypeKind::kOther:
      return Wire::kText;
  }
  return Wire::kText;
}

// What max_allowed_packet can be raised to.
constexpr std::uint64_t kMostPacketBytes = 1'073'741'824;

// BINARY(16): 16. VARBINARY and BLOB keep what they are given.
std::size_t fixed_bytes_of(const LogicalType& type) {
  const std::string declared = ascii_lower(type.declared);
  const bool fixed = declared == "binary" || declared.starts_with("binary(");
  return fixed ? static_cast<std::size_t>(type.length.value_or(1)) : 0;
}

// NULL there means "the next number" or, on older servers, "now".
bool null_means_something(const Column& column) {
  return column.identity != IdentityKind::kNone ||
         (!column.nullable && column.type.kind == TypeKind::kTimestampTz);
}

std::optional<std::string> wrong_number(const WriteColumn& column, const RowBatch& batch,
                                        std::size_t row) {
  const CellKind kind = batch.kind(row, column.cell);
  if (column.is_unsigned && kind == CellKind::kInt64 && batch.int64(row, column.cell) < 0) {
    return "a negative number in an unsigned column";
  }
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!column.is_unsigned && kind == CellKind::kUInt64 &&
      batch.uint64(row, column.cell) > kLargest) {
    return "a number above 9223372036854775807 in a signed column";
  }
  return std::nullopt;
}

std::optional<BadCell> check_real(const WriteColumn& column, double value) {
  if (!std::isfinite(value)) {
    return BadCell{std::isnan(value) ? "nan" : "out_of_range", 0,
                   "MySQL has neither NaN nor infinities"};
  }
  if (!column.keeps_negative_zero && value == 0 && std::signbit(value)) {
    return BadCell{"data_changed", 0, "the server would store -0 as 0"};
  }
  if (column.is_float && static_cast<double>(static_cast<float>(value)) != value) {
    return BadCell{"data_changed", 0, "the value is not a FLOAT of four bytes"};
  }
  return std::nullopt;
}

bool holds_form(Wire wire, CellKind kind) {
  switch (wire) {
    case Wire::kNumber:
      return kind == CellKind::kInt64 || kind == CellKind::kUInt64;
    case Wire::kReal:
      return kind == CellKind::kFloat64;
    case Wire::kText:
    case Wire::kZonedText:
    case Wire::kBits:
      return kind == CellKind::kText;
    case Wire::kBytes:
      return kind == CellKind::kBytes;
  }
  return false;
}

std::optional<BadCell> check_cell(const WriteColumn& column, const RowBatch& batch, std::size_t row,
                                  std::uint64_t& bytes) {
  const CellKind kind = batch.kind(row, column.cell);
  bytes += kCellBytes;
  if (kind == CellKind::kNull) {
    if (!column.refuses_null) return std::nullopt;
    return BadCell{"not_null", 0, "the column takes no NULL"};
  }
  if (!holds_form(column.wire, kind)) {
    return BadCell{"datatype", 0, "the value is not of the column's kind"};
  }
  switch (column.wire) {
    case Wire::kNumber:
      if (auto message = wrong_number(column, batch, row)) {
        return BadCell{"out_of_range", 0, std::move(*message)};
      }
      return std::nullopt;
    case Wire::kReal:
      return check_real(column, batch.float64(row, column.cell));
    case Wire::kBits: {
      unsigned long long number = 0;
      if (parse_bits(batch.bytes(row, column.cell), number)) return std::nullopt;
      return BadCell{"datatype", 0, "the value is not made of 1 to 64 bits"};
    }
    case Wire::kBytes:
      bytes += batch.bytes(row, column.cell).size();
      if (batch.bytes(row, column.cell).size() < column.fixed_bytes) {
        return BadCell{"data_changed", 0,
                       "BINARY(" + std::to_string(column.fixed_bytes) +
                           ") would fill the value up with zero bytes"};
      }
      return std::nullopt;
    case Wire::kText:
    case Wire::kZonedText:
      bytes += batch.bytes(row, column.cell).size();
      // MariaDB would keep a surrogate, which is no character.
      if (is_utf8(batch.bytes(row, column.cell))) return std::nullopt;
      return BadCell{"invalid_utf8", 0, "the text is not UTF-8"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<WriteColumn> write_columns(const WriteRequest& request, bool keeps_negative_zero) {
  std::vector<WriteColumn> columns;
  for (std::size_t i = 0; i < request.columns.size(); ++i) {
    WriteColumn& plan = columns.emplace_back();
    plan.name = request.columns[i];
    plan.cell = request.cell(i);
    const Column* column = request.table.find_column(plan.name);
    if (column == nullptr) continue;
    plan.wire = wire_of(column->type.kind);
    plan.is_unsigned = column->type.is_unsigned && plan.wire == Wire::kNumber;
    plan.keeps_negative_zero = keeps_negative_zero;
    plan.is_float = column->type.kind == TypeKind::kFloat32;
    // A trigger may put something in the place of a NULL.
    const bool server_refuses = !column->nullable && request.table.triggers.empty();
    plan.refuses_null = server_refuses || null_means_something(*column);
    plan.fixed_bytes = fixed_bytes_of(column->type);
  }
  return columns;
}

std::optional<BadCell> check_row(const std::vector<WriteColumn>& columns, const RowBatch& batch,
                                 std::size_t row, std::uint64_t max_packet, std::uint64_t& bytes) {
  std::uint64_t row_bytes = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (auto bad = check_cell(columns[i], batch, row, row_bytes)) {
      bad->column = i;
      return bad;
    }
  }
  bytes += row_bytes;
  const std::uint64_t needed = row_bytes + kStatementBytes;
  if (max_packet == 0 || needed <= max_packet) return std::nullopt;
  std::size_t largest = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const CellKind kind = batch.kind(row, columns[i].cell);
    if (kind != CellKind::kText && kind != CellKind::kBytes) continue;
    const std::size_t size = batch.bytes(row, columns[i].cell).size();
    if (size > largest) at = i;
    largest = std::max(largest, size);
  }
  return BadCell{"packet", at,
                 "the row takes " + std::to_string(needed) +
                     " bytes on the wire, and the server's max_allowed_packet is " +
                     std::to_string(max_packet) +
                     (needed <= kMostPacketBytes ? ": raise that setting"
                                                 : ", a setting that ends at 1073741824")};
}

long long number_of(const WriteColumn& column, const RowBatch& batch, std::size_t row) {
  switch (batch.kind(row, column.cell)) {
    case CellKind::kInt64:
      return batch.int64(row, column.cell);
    case CellKind::kUInt64:
      return static_cast<long long>(batch.uint64(row, column.cell));
    default: {
      unsigned long long number = 0;
      parse_bits(batch.bytes(row, column.cell), number);
      return static_cast<long long>(number);
    }
  }
}

std::string_view data_of(const WriteColumn& column, const RowBatch& batch, std::size_t row) {
  const std::string_view data = batch.bytes(row, column.cell);
  return column.wire == Wire::kZonedText ? without_zone(data) : data;
}

Value parameter_value(const WriteColumn& column, const RowBatch& batch, std::size_t row) {
  if (batch.kind(row, column.cell) == CellKind::kNull) return std::monostate{};
  switch (column.wire) {
    case Wire::kBits:
      return static_cast<std::uint64_t>(number_of(column, batch, row));
    case Wire::kZonedText:
      return std::string(data_of(column, batch, row));
    default:
      return batch.value(row, column.cell);
  }
}

std::vector<std::size_t> key_positions_of(const WriteRequest& request,
                                          const std::vector<WriteColumn>& columns) {
  std::vector<std::size_t> positions;
  for (const std::string& name : request.conflict_key) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (ascii_iequals(columns[i].name, name)) positions.push_back(i);
    }
  }
  if (positions.size() == request.conflict_key.size() && !positions.empty()) return positions;
  throw Error(ErrorCode::kInvalidArgument,
              "on_conflict goes by a key of which not every column is written");
}

}  // namespace crossload::driver::mysql
