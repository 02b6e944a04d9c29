#include "lexer.h"

#include <algorithm>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word_char(char c) {
  return is_word_start(c) || is_digit(c) || c == '$';
}

std::string undoubled(std::string_view inner, char quote) {
  std::string name;
  name.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    name += inner[i];
    if (inner[i] == quote && i + 1 < inner.size() && inner[i + 1] == quote) ++i;
  }
  return name;
}

}  // namespace

bool Token::is_word(std::string_view lower) const {
  return kind == TokenKind::kWord && ascii_iequals(text, lower);
}

std::string spelled_name(const Token& token) {
  if (token.kind == TokenKind::kWord || token.text.size() < 2) return std::string(token.text);
  const char open = token.text.front();
  if (open != '"' && open != '`' && open != '[' && open != '\'') return std::string(token.text);
  const char close = open == '[' ? ']' : open;
  std::string_view inner = token.text.substr(1);
  if (inner.ends_with(close)) inner.remove_suffix(1);
  return open == '[' ? std::string(inner) : undoubled(inner, open);
}

Lexer::Lexer(Engine engine, std::string_view text) : engine_(engine), text_(text) {}

void Lexer::set_delimiter(std::string delimiter) {
  delimiter_ = std::move(delimiter);
}

std::string_view Lexer::take_line() {
  const std::size_t begin = position_;
  const std::size_t end = std::min(text_.find('\n', begin), text_.size());
  advance_to(std::min(end + 1, text_.size()));
  std::string_view line = text_.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Token Lexer::next() {
  skip_blanks();
  Token token;
  token.offset = position_;
  token.line = line_;
  if (position_ >= text_.size()) return token;
  open_end_ = OpenEnd::kNothing;
  if (at(delimiter_)) {
    token.kind = TokenKind::kDelimiter;
    advance_to(position_ + delimiter_.size());
  } else {
    token.kind = skip_token();
  }
  token.text = text_.substr(token.offset, position_ - token.offset);
  return token;
}

void Lexer::advance_to(std::size_t end) {
  const auto passed = text_.substr(position_, end - position_);
  line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
  position_ = end;
}

void Lexer::skip_blanks() {
  while (position_ < text_.size()) {
    if (is_blank(text_[position_])) {
      if (text_[position_] == '\n') ++line_;
      ++position_;
    } else if (at(delimiter_) || !skip_comment()) {
      return;
    }
  }
}

bool Lexer::skip_comment() {
  if (at_line_comment()) {
    const std::size_t end = text_.find('\n', position_);
    if (end == std::string_view::npos) open_end_ = OpenEnd::kLineComment;
    advance_to(std::min(end, text_.size()));
    return true;
  }
  if (at("/*") && !at_version_comment()) {
    skip_block_comment();
    return true;
  }
  return false;
}

bool Lexer::at_line_comment() const {
  if (engine_ == Engine::kMysql) {
    if (at("#")) return true;
    // MySQL reads 5--1 as arithmetic: its comment needs a blank or control character behind it.
    return at("--") && (position_ + 2 >= text_.size() || is_blank(peek(2)) ||
                        static_cast<unsigned char>(peek(2)) < 0x20);
  }
  return at("--");
}

bool Lexer::at_version_comment() const {
  return engine_ == Engine::kMysql && (at("/*!") || at("/*M!"));
}

void Lexer::skip_block_comment() {
  const bool nests = engine_ == Engine::kPostgres;
  std::size_t depth = 1;
  std::size_t i = position_ + 2;
  while (depth > 0 && i + 1 < text_.size()) {
    if (text_[i] == '*' && text_[i + 1] == '/') {
      --depth;
      i += 2;
    } else if (nests && text_[i] == '/' && text_[i + 1] == '*') {
      ++depth;
      i += 2;
    } else {
      ++i;
    }
  }
  if (depth > 0) open_end_ = OpenEnd::kBlockComment;
  advance_to(depth > 0 ? text_.size() : i);
}

TokenKind Lexer::skip_token() {
  const char c = text_[position_];
  const bool mysql = engine_ == Engine::kMysql;
  if (at_version_comment()) {
    skip_version_opening();
    return TokenKind::kSymbol;
  }
  if (in_version_comment_ && at("*/")) {
    in_version_comment_ = false;
    advance_to(position_ + 2);
    return TokenKind::kSymbol;
  }
  if (c == '\'') {
    skip_quoted(c, mysql);
    return TokenKind::kString;
  }
  if (c == '"') {
    skip_quoted(c, mysql);
    return mysql ? TokenKind::kString : TokenKind::kQuotedName;
  }
  if (c == '`' && engine_ != Engine::kPostgres) {
    skip_quoted(c, false);
    return TokenKind::kQuotedName;
  }
  if (c == '[' && engine_ == Engine::kSqlite) {
    skip_bracketed();
    return TokenKind::kQuotedName;
  }
  if (engine_ == Engine::kPostgres) {
    if (c == '$' && skip_dollar_quote()) return TokenKind::kString;
    if ((c == 'e' || c == 'E') && peek(1) == '\'') {
      ++position_;
      skip_quoted('\'', true);
      return TokenKind::kString;
    }
  }
  if (is_word_start(c)) {
    skip_word();
    return TokenKind::kWord;
  }
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    skip_number();
    return TokenKind::kNumber;
  }
  advance_to(position_ + 1);
  return TokenKind::kSymbol;
}

void Lexer::skip_version_opening() {
  std::size_t end = position_ + (at("/*M!") ? 4 : 3);
  while (end < text_.size() && is_digit(text_[end])) ++end;
  in_version_comment_ = true;
  advance_to(end);
}

bool Lexer::skip_dollar_quote() {
  std::size_t end = position_ + 1;
  if (end < text_.size() && is_word_start(text_[end])) {
    while (end < text_.size() && is_word_char(text_[end]) && text_[end] != '$') ++end;
  }
  if (end >= text_.size() || text_[end] != '$') return false;
  const std::string_view tag = text_.substr(position_, end + 1 - position_);
  const std::size_t close = text_.find(tag, end + 1);
  if (close == std::string_view::npos) open_end_ = OpenEnd::kQuote;
  advance_to(close == std::string_view::npos ? text_.size() : close + tag.size());
  return true;
}

void Lexer::skip_quoted(char quote, bool backslashes) {
  std::size_t i = position_ + 1;
  while (i < text_.size()) {
    if (backslashes && text_[i] == '\\') {
      i += 2;
    } else if (text_[i] != quote) {
      ++i;
    } else if (i + 1 < text_.size() && text_[i + 1] == quote) {
      i += 2;
    } else {
      advance_to(i + 1);
      return;
    }
  }
  open_end_ = OpenEnd::kQuote;
  advance_to(text_.size());
}

void Lexer::skip_bracketed() {
  const std::size_t close = text_.find(']', position_);
  if (close == std::string_view::npos) open_end_ = OpenEnd::kQuote;
  advance_to(close == std::string_view::npos ? text_.size() : close + 1);
}

void Lexer::skip_word() {
  // A delimiter such as $$ follows END without a blank, and $ may stand in a word.
  const bool stops_at_delimiter = delimiter_.starts_with('$');
  while (position_ < text_.size() && is_word_char(text_[position_]) &&
         !(stops_at_delimiter && at(delimiter_))) {
    ++position_;
  }
}

void Lexer::skip_number() {
  const bool hex = at("0x") || at("0X");
  while (position_ < text_.size()) {
    const char c = text_[position_];
    const bool exponent_sign = (c == '+' || c == '-') && !hex &&
                               (text_[position_ - 1] == 'e' || text_[position_ - 1] == 'E');
    if (!is_digit(c) && !is_word_start(c) && c != '.' && !exponent_sign) return;
    ++position_;
  }
}

}  // namespace crossload::dialect
