#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "crossload/model/row_batch.h"

#include "binary_cell.h"

namespace crossload::driver::postgres {

/// The binary forms of columns that are read; nullopt where one has none, and rows are to be asked
/// for as text.
std::optional<std::vector<BinaryForm>> binary_forms(const std::vector<Oid>& types);

/// Rows of a COPY TO STDOUT in the binary format, in the canonical forms that its text has.
class BinaryRows {
 public:
  explicit BinaryRows(std::vector<BinaryForm> forms) : forms_(std::move(forms)) {}

  /// Appends what one message of the server holds: a row, or nothing where it is the end's mark.
  /// Throws: Error kSqlError for what is not well formed.
  void append(RowBatch& batch, std::string_view message);

 private:
  void append_cell(RowBatch& batch, std::size_t column, std::string_view data);

  std::vector<BinaryForm> forms_;
  bool has_begun_ = false;
  std::string scratch_;
};

}  // namespace crossload::driver::postgres
