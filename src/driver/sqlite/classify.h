#pragma once

#include <string>
#include <string_view>

#include "crossload/base/error.h"

namespace crossload::driver::sqlite {

/// What an SQLite result code means to the program.
struct Classified {
  ErrorCode code = ErrorCode::kSqlError;
  bool retryable = false;
  std::string_view reject_code = {};  ///< Not empty: the row that was being written is at fault.
  std::string_view suggestion = {};   ///< What to do next; may be empty.

  bool statements_fault = false;  ///< What the statement says is wrong, or a value in it.

  bool row_fault() const { return !reject_code.empty(); }
};

/// Pure. Source: sqlite3.h 3.40.1, result codes and extended result codes.
Classified classify(int extended_code);

/// The Error for a result code, with SQLite's own message.
Error make_error(int extended_code, std::string message);

/// The column of `table` that a constraint's message names; empty where it names none, or several.
/// Shape: "NOT NULL constraint failed: table.column",
/// "cannot store TEXT value in INTEGER column table.column".
std::string_view column_in_message(std::string_view message, std::string_view table);

}  // namespace crossload::driver::sqlite
