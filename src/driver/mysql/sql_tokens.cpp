#include "sql_tokens.h"

#include "crossload/base/strings.h"

namespace crossload::driver::mysql {
namespace {

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> scan() {
    while (at_ < sql_.size()) scan_one();
    return std::move(tokens_);
  }

 private:
  bool looking_at(std::string_view text) const { return sql_.substr(at_).starts_with(text); }
  char peek(std::size_t ahead) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  void add(TokenKind kind, std::string text) { tokens_.push_back({kind, std::move(text)}); }

  void scan_one() {
    const char c = sql_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '#' || at_dash_comment()) {
      skip_line();
    } else if (looking_at("/*")) {
      scan_comment();
    } else if (c == '\'' || c == '"') {
      add(TokenKind::kString, quoted(c, true));
    } else if (c == '`') {
      add(TokenKind::kQuotedName, quoted(c, false));
    } else if (c == '@') {
      scan_variable();
    } else if (is_digit(c)) {
      add(TokenKind::kNumber, word());
    } else if (is_word_char(c)) {
      add(TokenKind::kWord, ascii_lower(word()));
    } else if (looking_at(":=")) {
      add(TokenKind::kSymbol, ":=");
      at_ += 2;
    } else {
      add(TokenKind::kSymbol, std::string(1, c));
      ++at_;
    }
  }

  // "5--1" is arithmetic: the comment needs a blank or control character behind it.
  bool at_dash_comment() const {
    return looking_at("--") &&
           (at_ + 2 >= sql_.size() || static_cast<unsigned char>(peek(2)) <= ' ');
  }

  void skip_line() {
    const std::size_t end = sql_.find('\n', at_);
    at_ = end == std::string_view::npos ? sql_.size() : end + 1;
  }

  void scan_comment() {
    const bool version = peek(2) == '!' || (peek(2) == 'M' && peek(3) == '!');
    const bool hint = peek(2) == '+';
    const std::size_t end = sql_.find("*/", at_ + 2);
    const std::size_t next = end == std::string_view::npos ? sql_.size() : end + 2;
    const std::string text = ascii_lower(sql_.substr(at_, next - at_));
    if (version) add(TokenKind::kVersion, text);
    if (hint) add(TokenKind::kHint, text);
    at_ = next;
  }

  std::string quoted(char quote, bool backslashes) {
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (backslashes && sql_[at_] == '\\' && at_ + 1 < sql_.size()) {
        ++at_;
      } else if (sql_[at_] == quote) {
        if (peek(1) != quote) break;
        ++at_;
      }
      text += sql_[at_];
    }
    if (at_ < sql_.size()) ++at_;
    return text;
  }

  void scan_variable() {
    std::string text = "@";
    ++at_;
    if (peek(0) == '@') {
      text += '@';
      ++at_;
    }
    if (at_ < sql_.size() && (sql_[at_] == '`' || sql_[at_] == '\'' || sql_[at_] == '"')) {
      text += quoted(sql_[at_], sql_[at_] != '`');
    } else {
      text += word();
    }
    add(TokenKind::kVariable, std::move(text));
  }

  std::string word() {
    const std::size_t start = at_;
    while (at_ < sql_.size() && is_word_char(sql_[at_])) ++at_;
    return std::string(sql_.substr(start, at_ - start));
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<SqlToken> tokens_;
};

}  // namespace

std::vector<SqlToken> tokens_of(std::string_view sql) {
  return Scanner(sql).scan();
}

}  // namespace crossload::driver::mysql
