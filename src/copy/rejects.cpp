#include "rejects.h"

#include <charconv>
#include <numeric>
#include <string_view>
#include <system_error>

#include <nlohmann/json.hpp>

#include "crossload/base/strings.h"

#include "read_shape.h"
#include "value_json.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::ordered_json;

Json key_json(const TablePlan& table, const std::vector<std::size_t>& key_columns,
              const RowBatch& batch, std::size_t row) {
  if (!table.key) return nullptr;
  Json key = Json::object();
  for (std::size_t i = 0; i < key_columns.size(); ++i) {
    key[table.key->columns[i]] = value_to_json(batch.value(row, key_columns[i]));
  }
  return key;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Every line ends in its batch; a quote within a value has a backslash before it. 0: not a line.
std::int64_t batch_of(std::string_view line_end) {
  constexpr std::string_view kBatch = ",\"batch\":";
  const std::size_t at = line_end.rfind(kBatch);
  if (at == std::string_view::npos || !line_end.ends_with('}')) return 0;
  std::int64_t batch = 0;
  const char* const begin = line_end.data() + at + kBatch.size();
  const char* const end = line_end.data() + line_end.size() - 1;
  const auto [parsed, error] = std::from_chars(begin, end, batch);
  return error == std::errc{} && parsed == end ? batch : 0;
}

}  // namespace

RejectFile::RejectFile(const std::filesystem::path& folder, const TablePlan& table)
    : table_(table),
      path_(folder / (file_name_for(table.source.display()) + "_failed.jsonl")),
      key_columns_(driver::key_positions(read_shape(table))),
      source_cells_(table.source_columns.size()) {
  std::iota(source_cells_.begin(), source_cells_.end(), std::size_t{0});
}

void RejectFile::discard_after(std::int64_t last_batch) {
  file_.reset();
  filter_lines(path_, [&](std::string_view line_end) {
    const std::int64_t batch = batch_of(line_end);
    return batch > 0 && batch <= last_batch;
  });
}

void RejectFile::append(const RowBatch& batch, std::size_t row, std::uint64_t row_index,
                        std::int64_t batch_number, const driver::WriteFailure& failure) {
  if (!file_) file_ = LineFile::open(path_);
  file_->append_part("{\"table\":" + dump(table_.source.display()) +
                     ",\"row_index\":" + std::to_string(row_index) + ",\"key\":");
  if (table_.key) {
    append_cells(table_.key->columns, key_columns_, batch, row);
  } else {
    file_->append_part("null");
  }
  file_->append_part(",\"row\":");
  append_cells(table_.source_columns, source_cells_, batch, row);
  Json rest = Json::object();
  if (!failure.column.empty()) rest["column"] = failure.column;
  rest["code"] = failure.code;
  if (!failure.error.sqlstate().empty()) rest["sqlstate"] = failure.error.sqlstate();
  rest["error"] = failure.error.message();
  rest["batch"] = batch_number;
  file_->append("," + dump(rest).substr(1));
}

void RejectFile::append_cells(const std::vector<std::string>& names,
                              const std::vector<std::size_t>& cells, const RowBatch& batch,
                              std::size_t row) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    file_->append_part((i == 0 ? "{" : ",") + dump(names[i]) + ":");
    write_value_json(batch, row, cells[i],
                     [&](std::string_view part) { file_->append_part(part); });
  }
  file_->append_part(cells.empty() ? "{}" : "}");
}

void RejectFile::flush() {
  if (file_) file_->flush();
}

std::string RejectFile::describe_key(const RowBatch& batch, std::size_t row) const {
  return dump(key_json(table_, key_columns_, batch, row));
}

}  // namespace crossload::copy
