#pragma once

#include <string>
#include <string_view>

#include "crossload/driver/driver.h"

namespace crossload::driver::sqlite {

/// What SQLite asks before it compiles a part of a statement. Source: sqlite3.h, "Authorizer Action
/// Codes". Names are empty where SQLite passes none.
struct AuthorizerQuestion {
  int action = 0;
  std::string_view first;
  std::string_view second;
  bool has_second = false;
};

/// Empty where a caller's statement may do it, else what is refused. Pure.
/// Read-only sessions may read, and ask pragmas that change nothing. Write sessions may not reach
/// other files, load code, or write the schema table by hand.
std::string refusal(Access access, const AuthorizerQuestion& question);

}  // namespace crossload::driver::sqlite
