#include "ddl_tokens.h"

#include <cctype>

#include "crossload/base/strings.h"

namespace crossload::driver::sqlite {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool is_word_part(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

// Where the quoted run that opens at `begin` ends; a doubled quote is part of it, but not in [].
std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  const char open = text[begin];
  const char close = open == '[' ? ']' : open;
  std::size_t at = begin + 1;
  while (at < text.size()) {
    if (text[at] != close) {
      ++at;
    } else if (close != ']' && at + 1 < text.size() && text[at + 1] == close) {
      at += 2;
    } else {
      return at + 1;
    }
  }
  return text.size();
}

// The end of the comment at `begin`, or `begin` where none starts there.
std::size_t end_of_comment(std::string_view text, std::size_t begin) {
  if (text.substr(begin, 2) == "--") {
    const std::size_t end = text.find('\n', begin);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  if (text.substr(begin, 2) == "/*") {
    const std::size_t end = text.find("*/", begin + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return begin;
}

Token next_token(std::string_view text, std::size_t begin) {
  const char c = text[begin];
  if (c == '\'') return {TokenKind::kString, begin, end_of_quoted(text, begin)};
  if (c == '"' || c == '`' || c == '[') {
    return {TokenKind::kQuotedName, begin, end_of_quoted(text, begin)};
  }
  if (!is_word_part(c)) return {TokenKind::kSymbol, begin, begin + 1};
  std::size_t end = begin;
  while (end < text.size() && is_word_part(text[end])) ++end;
  const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
  return {digit ? TokenKind::kNumber : TokenKind::kWord, begin, end};
}

}  // namespace

DdlTokens::DdlTokens(std::string_view text) : text_(text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (const std::size_t end = end_of_comment(text, at); end != at) {
      at = end;
      continue;
    }
    tokens_.push_back(next_token(text, at));
    at = tokens_.back().end;
  }
}

bool DdlTokens::is_word(std::size_t index, std::string_view word) const {
  if (index >= tokens_.size() || tokens_[index].kind != TokenKind::kWord) return false;
  const Token& token = tokens_[index];
  return ascii_iequals(text_.substr(token.begin, token.end - token.begin), word);
}

bool DdlTokens::is_symbol(std::size_t index, char symbol) const {
  return index < tokens_.size() && tokens_[index].kind == TokenKind::kSymbol &&
         text_[tokens_[index].begin] == symbol;
}

bool DdlTokens::is_name(std::size_t index) const {
  return index < tokens_.size() && tokens_[index].kind != TokenKind::kSymbol &&
         tokens_[index].kind != TokenKind::kNumber;
}

std::string DdlTokens::name(std::size_t index) const {
  if (index >= tokens_.size()) return {};
  const Token& token = tokens_[index];
  const std::string_view raw = text_.substr(token.begin, token.end - token.begin);
  const bool quoted = token.kind == TokenKind::kQuotedName || token.kind == TokenKind::kString;
  if (!quoted || raw.size() < 2) return std::string(raw);
  const char quote = raw.front();
  std::string name;
  for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
    name += raw[i];
    if (raw[i] == quote) ++i;
  }
  return name;
}

std::string DdlTokens::text_between(std::size_t first, std::size_t last) const {
  if (first >= last || first >= tokens_.size()) return {};
  const std::size_t end = last <= tokens_.size() ? tokens_[last - 1].end : text_.size();
  return std::string(text_.substr(tokens_[first].begin, end - tokens_[first].begin));
}

std::size_t DdlTokens::after_group(std::size_t open) const {
  int depth = 0;
  for (std::size_t i = open; i < tokens_.size(); ++i) {
    if (is_symbol(i, '(')) ++depth;
    if (is_symbol(i, ')') && --depth == 0) return i + 1;
  }
  return tokens_.size();
}

}  // namespace crossload::driver::sqlite
