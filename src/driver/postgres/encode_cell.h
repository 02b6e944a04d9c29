#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crossload/model/row_batch.h"
#include "crossload/model/schema.h"

namespace crossload::driver::postgres {

/// Appends a cell as a field of COPY's text format. False: the server has no place for it (a NUL
/// character in text); what was appended is left.
bool encode_cell(std::string& out, const RowBatch& batch, std::size_t row, std::size_t column);

/// The reject code of a failed row, told more closely by the message and the column, which may be
/// null.
std::string reject_code(std::string_view general, std::string_view message, const Column* column);

}  // namespace crossload::driver::postgres
