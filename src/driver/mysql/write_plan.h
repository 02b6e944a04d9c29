#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/driver/row_io.h"

namespace crossload::driver::mysql {

/// How a column's cells go over the wire.
enum class Wire { kNumber, kReal, kText, kZonedText, kBytes, kBits };

struct WriteColumn {
  std::string name;
  std::size_t cell = 0;  ///< Where its values lie in the batch.
  Wire wire = Wire::kText;
  bool is_unsigned = false;
  bool refuses_null = false;    ///< The server would put something else in its place, or refuse.
  std::size_t fixed_bytes = 0;  ///< BINARY(n): shorter values would be filled up with zeros.
  bool is_float = false;        ///< Of four bytes.
  bool keeps_negative_zero = true;
};

/// What the server cannot hold as it is, found before it is asked.
struct BadCell {
  std::string code;
  std::size_t column = 0;  ///< Of the request.
  std::string message;
};

/// The columns of a request. Pure. `keeps_negative_zero`: the server does.
std::vector<WriteColumn> write_columns(const WriteRequest& request, bool keeps_negative_zero);

/// Looks at one row before it is sent; adds what it takes on the wire to `bytes`. Pure.
std::optional<BadCell> check_row(const std::vector<WriteColumn>& columns, const RowBatch& batch,
                                 std::size_t row, std::uint64_t max_packet, std::uint64_t& bytes);

/// A cell of a kNumber or kBits column that check_row() let through.
long long number_of(const WriteColumn& column, const RowBatch& batch, std::size_t row);
/// A cell of a column of text or bytes.
std::string_view data_of(const WriteColumn& column, const RowBatch& batch, std::size_t row);

/// One cell as a value that a parameter takes.
Value parameter_value(const WriteColumn& column, const RowBatch& batch, std::size_t row);
/// Where the columns of the request's conflict key stand among its columns.
/// Throws: Error kInvalidArgument where not all of them are written.
std::vector<std::size_t> key_positions_of(const WriteRequest& request,
                                          const std::vector<WriteColumn>& columns);

}  // namespace crossload::driver::mysql
