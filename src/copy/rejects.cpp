#include "rejects.h"

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

}  // namespace

RejectFile::RejectFile(const std::filesystem::path& folder, const TablePlan& table)
    : table_(table),
      path_(folder / (file_name_for(table.source.display()) + "_failed.jsonl")),
      key_columns_(driver::key_positions(read_shape(table))) {}

void RejectFile::discard_after(std::int64_t last_batch) {
  file_.reset();
  filter_lines(path_, [&](std::string_view line) {
    const Json json = Json::parse(line, nullptr, false);
    return json.is_object() && json.value("batch", std::int64_t{0}) <= last_batch &&
           json.value("batch", std::int64_t{0}) > 0;
  });
}

void RejectFile::append(const RowBatch& batch, std::size_t row, std::uint64_t row_index,
                        std::int64_t batch_number, const driver::WriteFailure& failure) {
  if (!file_) file_ = LineFile::open(path_);
  Json line = {{"table", table_.source.display()},
               {"row_index", row_index},
               {"key", key_json(table_, key_columns_, batch, row)}};
  Json values = Json::object();
  for (std::size_t i = 0; i < table_.source_columns.size(); ++i) {
    values[table_.source_columns[i]] = value_to_json(batch.value(row, i));
  }
  line["row"] = std::move(values);
  if (!failure.column.empty()) line["column"] = failure.column;
  line["code"] = failure.code;
  if (!failure.error.sqlstate().empty()) line["sqlstate"] = failure.error.sqlstate();
  line["error"] = failure.error.message();
  line["batch"] = batch_number;
  file_->append(line.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void RejectFile::flush() {
  if (file_) file_->flush();
}

std::string RejectFile::describe_key(const RowBatch& batch, std::size_t row) const {
  return key_json(table_, key_columns_, batch, row)
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace crossload::copy
