#pragma once

#include <cstddef>
#include <string>

#include "crossload/driver/row_io.h"

namespace crossload::driver::sqlite {

/// The statement that inserts `rows` rows, with parameters row by row. Pure.
/// Throws: Error kInvalidArgument where a conflict mode names no key of the table.
std::string insert_statement(const WriteRequest& request, std::size_t rows);

}  // namespace crossload::driver::sqlite
