#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crossload::driver::sqlite {

enum class TokenKind { kWord, kQuotedName, kString, kNumber, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kSymbol;
  std::size_t begin = 0;  ///< Bytes [begin, end) of the text.
  std::size_t end = 0;
};

/// The statement text of one schema object, cut as SQLite cuts it: comments and blanks left out.
/// Lifetime: the text given must stay.
class DdlTokens {
 public:
  explicit DdlTokens(std::string_view text);

  std::size_t size() const { return tokens_.size(); }
  bool is_word(std::size_t index, std::string_view word) const;  ///< An unquoted keyword.
  bool is_symbol(std::size_t index, char symbol) const;
  bool is_name(std::size_t index) const;
  /// The name a token stands for, its quotes taken off.
  std::string name(std::size_t index) const;
  /// The text from one token to before another, blanks at its ends taken off.
  std::string text_between(std::size_t first, std::size_t last) const;
  /// The token behind the parenthesis that closes the one at `open`.
  std::size_t after_group(std::size_t open) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace crossload::driver::sqlite
