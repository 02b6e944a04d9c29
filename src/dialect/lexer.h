#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::dialect {

enum class TokenKind {
  kWord,        ///< Keyword or bare identifier.
  kQuotedName,  ///< "x", `x` or [x], quotes included.
  kString,      ///< '...', E'...', $$...$$, in MySQL "..." too; quotes included.
  kNumber,
  kSymbol,     ///< One character; in MySQL also the opening and the end of a version comment.
  kDelimiter,  ///< What ends a statement.
  kEnd,
};

/// One token. Lifetime of `text`: that of the script.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;
  std::size_t offset = 0;
  std::size_t line = 1;

  bool is_symbol(char c) const {
    return kind == TokenKind::kSymbol && text.size() == 1 && text[0] == c;
  }
  /// A bare word equal to `lower`, which is in lower case.
  bool is_word(std::string_view lower) const;
  bool is_name() const { return kind == TokenKind::kWord || kind == TokenKind::kQuotedName; }
};

/// The identifier that a word, a quoted name or a string in a name's place spells.
std::string spelled_name(const Token& token);

/// What a text is in the middle of at its end.
enum class OpenEnd { kNothing, kLineComment, kBlockComment, kQuote };

/// Cuts SQL into tokens by one engine's rules, leaving blanks and comments out. Never fails: what
/// an engine would refuse comes as symbols. Linear in the text. Source: sqlite.org/lang_keywords,
/// tokenize.c 3.40; PostgreSQL 15 manual 4.1; MySQL 8.0 manual 9.1-9.7.
class Lexer {
 public:
  Lexer(Engine engine, std::string_view text);

  Token next();
  /// Sets what ends a statement (MySQL's DELIMITER); ";" at first.
  void set_delimiter(std::string delimiter);
  /// The rest of the current line, without its line end; reading goes on in the next line.
  std::string_view take_line();
  /// After kEnd: what the text's end lies in.
  OpenEnd open_end() const { return open_end_; }

 private:
  bool at(std::string_view text) const { return text_.compare(position_, text.size(), text) == 0; }
  char peek(std::size_t ahead) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }
  void skip_blanks();
  bool skip_comment();
  bool at_line_comment() const;
  bool at_version_comment() const;
  void skip_block_comment();
  bool skip_dollar_quote();
  void skip_quoted(char quote, bool backslashes);
  void skip_bracketed();
  void skip_word();
  void skip_number();
  void skip_version_opening();
  TokenKind skip_token();
  void advance_to(std::size_t end);

  Engine engine_;
  std::string_view text_;
  std::string delimiter_ = ";";
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  bool in_version_comment_ = false;
  OpenEnd open_end_ = OpenEnd::kNothing;
};

}  // namespace crossload::dialect
