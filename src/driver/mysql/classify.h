#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossload/base/error.h"

namespace crossload::driver::mysql {

/// What an error number of the server or the client library means to the program.
struct Classified {
  ErrorCode code = ErrorCode::kSqlError;
  bool retryable = false;
  std::string_view reject_code = {};  ///< Not empty: the row that was being written is at fault.
  std::string_view suggestion = {};   ///< What to do next; may be empty.
  bool statements_fault = false;      ///< What the statement says is wrong, or a value in it.
  bool transaction_lost = false;      ///< The server undid the whole transaction.
  bool connection_lost = false;

  bool row_fault() const { return !reject_code.empty(); }
};

/// Pure. Source: server error references of MySQL 9.7 and MariaDB 10.11, errmsg.h.
Classified classify(unsigned int number, std::string_view sqlstate);

/// The Error for a number, with the server's own message.
Error make_error(unsigned int number, std::string_view sqlstate, std::string message);

/// The reject code of a failed row, told more closely by the message: one number stands for dates
/// and, in MariaDB, for every type whose text the server reads ("Incorrect uuid value").
std::string reject_code(std::string_view general, std::string_view message);

/// A warning (SHOW WARNINGS) that does not tell of a changed value.
bool is_harmless_warning(unsigned int number);

/// The row that a message names, counted from 1: "Data too long for column 'a' at row 2".
std::optional<std::size_t> row_in_message(std::string_view message);
/// The column that a message names; empty where it names none.
/// Shape: "Column 'a' cannot be null", "Field 'a' doesn't ...", "... for column `db`.`t`.`a` at row
/// 1".
std::string column_in_message(std::string_view message);
/// The key that "Duplicate entry '1' for key 't.u'" names, without the table.
std::string key_in_message(std::string_view message);

}  // namespace crossload::driver::mysql
