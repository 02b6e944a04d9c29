#pragma once

#include <string>
#include <string_view>

#include "crossload/base/error.h"

namespace crossload::driver::postgres {

/// What an SQLSTATE means to the program.
struct Classified {
  ErrorCode code = ErrorCode::kSqlError;
  bool retryable = false;
  std::string_view reject_code = {};  ///< Not empty: a row that is written may be at fault.
  std::string_view suggestion = {};   ///< What to do next; may be empty.
  bool statements_fault = false;      ///< What the statement says is wrong, or a value in it.

  bool row_fault() const { return !reject_code.empty(); }
};

/// Pure. Source: PostgreSQL 15 manual, appendix A.
Classified classify(std::string_view sqlstate);

/// The Error for an SQLSTATE, with the server's own message.
Error make_error(std::string_view sqlstate, std::string message);

}  // namespace crossload::driver::postgres
