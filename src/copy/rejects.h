#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/files.h"
#include "crossload/copy/migration.h"
#include "crossload/driver/row_io.h"

namespace crossload::copy {

/// {table}_failed.jsonl: one rejected row a line, tied to its batch, so that lines of batches that
/// did not commit can be dropped. The file appears with its first line.
class RejectFile {
 public:
  RejectFile(const std::filesystem::path& folder, const TablePlan& table);

  /// Drops the lines of batches behind `last_batch`, those whose rows the target does not know.
  void discard_after(std::int64_t last_batch);
  /// `row_index` is the row's position in the source stream, from 0; `row` its place in the batch.
  void append(const RowBatch& batch, std::size_t row, std::uint64_t row_index,
              std::int64_t batch_number, const driver::WriteFailure& failure);
  /// Before the batch commits.
  void flush();

  const std::filesystem::path& path() const { return path_; }
  bool exists() const { return std::filesystem::exists(path_); }

  /// The key of a row, as shown in lines and messages: {"id":5}.
  std::string describe_key(const RowBatch& batch, std::size_t row) const;

 private:
  /// {"name":value,...} of some cells of a row.
  void append_cells(const std::vector<std::string>& names, const std::vector<std::size_t>& cells,
                    const RowBatch& batch, std::size_t row);

  const TablePlan& table_;
  std::filesystem::path path_;
  std::vector<std::size_t> key_columns_;
  std::vector<std::size_t> source_cells_;
  std::optional<LineFile> file_;
};

}  // namespace crossload::copy
