#include "json_values.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "crossload/base/strings.h"

namespace crossload::tools {
namespace {

// JavaScript readers hold numbers as doubles; beyond this they would silently round.
constexpr std::int64_t kExactInteger = std::int64_t{1} << 53;

Json integer_json(std::int64_t value) {
  if (value > kExactInteger || value < -kExactInteger) return std::to_string(value);
  return value;
}

Json unsigned_json(std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(kExactInteger)) return std::to_string(value);
  return value;
}

Json double_json(double value) {
  if (!std::isfinite(value)) return format_double(value);
  return value;
}

Json bytes_json(std::string_view bytes, std::size_t max_chars) {
  const std::size_t max_bytes = max_chars == kWholeCell ? bytes.size() : max_chars / 4 * 3;
  Json json = {{"base64", base64_encode(bytes.substr(0, max_bytes))}};
  if (bytes.size() > max_bytes) {
    json["truncated"] = true;
    json["bytes"] = bytes.size();
  }
  return json;
}

Json text_json(std::string_view text, std::size_t max_chars) {
  if (!is_utf8(text)) return bytes_json(text, max_chars);
  if (text.size() <= max_chars) return text;
  bool truncated = false;
  std::string head = utf8_head(text, max_chars, truncated);
  if (!truncated) return head;
  return {{"text", std::move(head)}, {"truncated", true}, {"chars", code_points(text)}};
}

bool is_cut(const Json& cell) {
  return cell.is_object() && cell.contains("truncated");
}

}  // namespace

Json cell_json(const RowBatch& batch, std::size_t row, std::size_t column, std::size_t max_chars) {
  switch (batch.kind(row, column)) {
    case CellKind::kNull:
      return nullptr;
    case CellKind::kInt64:
      return integer_json(batch.int64(row, column));
    case CellKind::kUInt64:
      return unsigned_json(batch.uint64(row, column));
    case CellKind::kFloat64:
      return double_json(batch.float64(row, column));
    case CellKind::kText:
      return text_json(batch.bytes(row, column), max_chars);
    case CellKind::kBytes:
      return bytes_json(batch.bytes(row, column), max_chars);
  }
  return nullptr;
}

Value parameter_value(const Json& json, std::size_t position) {
  if (json.is_null()) return std::monostate{};
  if (json.is_boolean()) return std::int64_t{json.get<bool>() ? 1 : 0};
  if (json.is_number_unsigned()) {
    const auto number = json.get<std::uint64_t>();
    if (std::in_range<std::int64_t>(number)) return static_cast<std::int64_t>(number);
    return number;
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_object() && json.size() == 1 && json.contains("base64") &&
      json["base64"].is_string()) {
    return Bytes{base64_decode(json["base64"].get_ref<const std::string&>())};
  }
  throw Error(ErrorCode::kInvalidArgument,
              "parameter " + std::to_string(position) +
                  " must be null, a boolean, a number, a string or {\"base64\": \"...\"}");
}

RowsJson collect_rows(driver::RowReader& reader, const RowLimits& limits) {
  RowsJson result;
  for (const driver::ResultColumn& column : reader.columns()) {
    Json described = {{"name", utf8_lossy(column.name)}};
    if (!column.declared_type.empty()) described["type"] = utf8_lossy(column.declared_type);
    result.columns.push_back(std::move(described));
  }
  RowBatch batch;
  driver::BatchLimits batch_limits;
  std::size_t bytes = 0;
  while (true) {
    batch_limits.max_rows = limits.rows + 1 - result.rows.size();
    if (!reader.read(batch, batch_limits)) return result;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (result.rows.size() == limits.rows) {
        result.truncated = true;
        return result;
      }
      Json cells = Json::array();
      for (std::size_t column = 0; column < batch.columns(); ++column) {
        cells.push_back(cell_json(batch, row, column, limits.cell_chars));
      }
      bytes += cells.dump().size();
      if (bytes > limits.bytes && !result.rows.empty()) {
        result.truncated = true;
        result.cut_by_size = true;
        return result;
      }
      result.cut_cells +=
          static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), is_cut));
      result.rows.push_back(std::move(cells));
    }
  }
}

}  // namespace crossload::tools
