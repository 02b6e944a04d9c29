#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql_tokens.h"

namespace crossload::driver::mysql {

struct ReadOnlyVerdict {
  std::string refused;   ///< Why, where the statement may not run on a read-only session.
  bool unknown = false;  ///< No statement that the program knows: the server's own error is better.
  std::vector<std::string> called;  ///< Names before a '(': built-in, stored or loaded functions.
};

/// What a read-only session lets a caller run: the engine refuses to change rows and tables there,
/// this refuses what else has an effect (files, locks, variables, sequences, routines). Pure.
ReadOnlyVerdict judge_read_only(const std::vector<SqlToken>& tokens);

}  // namespace crossload::driver::mysql
