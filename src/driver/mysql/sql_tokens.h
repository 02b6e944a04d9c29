#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crossload::driver::mysql {

enum class TokenKind { kWord, kQuotedName, kString, kNumber, kVariable, kSymbol, kHint, kVersion };

struct SqlToken {
  TokenKind kind = TokenKind::kSymbol;
  std::string text;  ///< Words in lower case; names without their quotes; hints as they stand.

  bool is(std::string_view word) const { return kind == TokenKind::kWord && text == word; }
  bool is_symbol(std::string_view symbol) const {
    return kind == TokenKind::kSymbol && text == symbol;
  }
};

/// Cuts a statement as the server does in the session's own sql_mode ("..." is a string, a
/// backslash escapes): blanks and comments left out, but hints and version comments (which the
/// server executes) told. Source: MySQL 9 manual 11.1, 11.7.
std::vector<SqlToken> tokens_of(std::string_view sql);

}  // namespace crossload::driver::mysql
