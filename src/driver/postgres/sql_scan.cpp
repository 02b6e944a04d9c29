#include "sql_scan.h"

#include <algorithm>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload::driver::postgres {
namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_char(char c) {
  return is_name_start(c) || is_digit(c) || c == '$';
}
bool is_operator_char(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

class Scan {
 public:
  explicit Scan(std::string_view sql) : sql_(sql) {}

  SqlNames run() {
    while (at_ < sql_.size()) step();
    file_name(false);
    return std::move(names_);
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  bool looking_at(std::string_view text) const { return sql_.substr(at_).starts_with(text); }

  void step() {
    const char c = sql_[at_];
    if (looking_at("--")) {
      at_ = std::min(sql_.find_first_of("\n\r", at_), sql_.size());
    } else if (looking_at("/*")) {
      skip_comment();
    } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++at_;
    } else if (c == '"') {
      begin_name(quoted_name());
    } else if (c == '\'') {
      file_name(false);
      skip_string(false);
    } else if (c == '$') {
      file_name(false);
      skip_dollars();
    } else if (is_name_start(c)) {
      bare_word();
    } else {
      symbol(c);
    }
  }

  void symbol(char c) {
    file_name(c == '(');
    behind_dot_ = c == '.';
    if (is_operator_char(c)) {
      take_operator();
    } else if (is_digit(c)) {
      while (is_digit(peek(0))) ++at_;
    } else {
      ++at_;
    }
  }

  // Comments begin within a run of operator characters, too.
  void take_operator() {
    const std::size_t begin = at_;
    while (at_ < sql_.size() && is_operator_char(sql_[at_]) && !looking_at("--") &&
           !looking_at("/*")) {
      ++at_;
    }
    names_.operators.emplace_back(sql_.substr(begin, at_ - begin));
  }

  void bare_word() {
    const std::size_t begin = at_;
    while (at_ < sql_.size() && is_name_char(sql_[at_])) ++at_;
    std::string word = ascii_lower(sql_.substr(begin, at_ - begin));
    if (peek(0) == '\'' && (word == "e" || word == "b" || word == "x" || word == "n")) {
      file_name(false);
      skip_string(word == "e");
    } else if (word == "u" && peek(0) == '&' && peek(1) == '\'') {
      file_name(false);
      ++at_;
      skip_string(false);
    } else if (word == "u" && peek(0) == '&' && peek(1) == '"') {
      names_.has_unicode_names = true;
      ++at_;
      begin_name(quoted_name());
    } else {
      if (names_.first_word.empty()) names_.first_word = word;
      begin_name(std::move(word));
    }
  }

  std::string quoted_name() {
    std::string name;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == '"') {
        ++at_;
        if (peek(0) != '"') break;
      }
      name += sql_[at_];
    }
    return name;
  }

  void skip_string(bool backslashes) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (backslashes && sql_[at_] == '\\') {
        ++at_;
      } else if (sql_[at_] == '\'') {
        ++at_;
        if (peek(0) != '\'') return;
      }
    }
    at_ = std::min(at_, sql_.size());
  }

  void skip_dollars() {
    std::size_t end = at_ + 1;
    if (end < sql_.size() && is_name_start(sql_[end])) {
      while (end < sql_.size() && is_name_char(sql_[end]) && sql_[end] != '$') ++end;
    }
    if (end >= sql_.size() || sql_[end] != '$') {
      ++at_;
      return;
    }
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    const std::size_t close = sql_.find(tag, end + 1);
    at_ = close == std::string_view::npos ? sql_.size() : close + tag.size();
  }

  void skip_comment() {
    std::size_t depth = 0;
    while (at_ < sql_.size()) {
      if (looking_at("/*")) {
        ++depth;
        at_ += 2;
      } else if (looking_at("*/")) {
        at_ += 2;
        if (--depth == 0) return;
      } else {
        ++at_;
      }
    }
  }

  void begin_name(std::string name) {
    file_name(false);
    name_ = std::move(name);
    has_name_ = true;
    name_is_member_ = std::exchange(behind_dot_, false);
  }

  // What follows a name tells what it is.
  void file_name(bool called) {
    if (!std::exchange(has_name_, false)) return;
    auto& list = called ? names_.called : name_is_member_ ? names_.members : names_.others;
    list.push_back(std::exchange(name_, {}));
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  SqlNames names_;
  std::string name_;
  bool has_name_ = false;
  bool name_is_member_ = false;
  bool behind_dot_ = false;
};

}  // namespace

SqlNames names_in(std::string_view sql) {
  return Scan(sql).run();
}

}  // namespace crossload::driver::postgres
