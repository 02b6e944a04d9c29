#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/driver/row_io.h"

#include "binary_cell.h"

namespace crossload::driver::postgres {

/// Rows as COPY FROM STDIN takes them, in its binary format where every column's type has one.
class CopyEncoder {
 public:
  /// Lifetime: the request outlives the encoder.
  explicit CopyEncoder(const WriteRequest& request) : request_(request) {}

  /// What the server says the columns' types are; until then rows go as text.
  void set_types(const std::vector<Oid>& types) { forms_ = binary_forms(request_, types); }
  void give_up_binary() { forms_.reset(); }
  bool has_binary() const { return forms_.has_value(); }

  /// Begins the data of a COPY.
  void start(bool binary);
  /// Adds a row. Where the result is not kDone, nothing was added and `column` is the one at fault.
  BinaryResult add(const RowBatch& batch, std::size_t row, std::size_t& column);
  /// Ends the data.
  void finish();

  std::string_view data() const { return data_; }
  void clear();

 private:
  BinaryResult add_cell(const RowBatch& batch, std::size_t row, std::size_t column);

  const WriteRequest& request_;
  std::optional<std::vector<BinaryForm>> forms_;
  bool binary_ = false;
  std::string data_;
};

}  // namespace crossload::driver::postgres
