#include "json_walk.h"

#include <charconv>

#include "json_text.h"

namespace crossload::convert {
namespace {

unsigned code_unit(std::string_view digits) {
  unsigned unit = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  return unit;
}

char meaning_of(char escape) {
  switch (escape) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return escape;
  }
}

}  // namespace

char JsonWalk::peek() {
  const std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
  at_ = next == std::string_view::npos ? text_.size() : next;
  return at_ == text_.size() ? '\0' : text_[at_];
}

bool JsonWalk::take(char wanted) {
  if (peek() != wanted) return false;
  ++at_;
  return true;
}

void JsonWalk::skip_string() {
  for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    if (text_[at_] == '\\') ++at_;
  }
  ++at_;
}

std::string JsonWalk::string() {
  peek();
  const std::size_t start = at_ + 1;
  skip_string();
  const std::string_view raw = text_.substr(start, at_ - 1 - start);
  std::string decoded;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      decoded += raw[i];
      continue;
    }
    if (raw[++i] != 'u') {
      decoded += meaning_of(raw[i]);
      continue;
    }
    char32_t character = code_unit(raw.substr(i + 1, 4));
    i += 4;
    if (character >= 0xD800 && character <= 0xDBFF && raw.substr(i + 1, 2) == "\\u") {
      const unsigned low = code_unit(raw.substr(i + 3, 4));
      if (low >= 0xDC00 && low <= 0xDFFF) {
        character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
      }
    }
    append_utf8(decoded, character);
  }
  return decoded;
}

std::string_view JsonWalk::value() {
  constexpr std::string_view kEnds = ",]}: \t\r\n";
  const char first = peek();
  const std::size_t start = at_;
  if (first != '{' && first != '[' && first != '"') {
    const std::size_t end = text_.find_first_of(kEnds, at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
    return text_.substr(start, at_ - start);
  }
  std::size_t depth = 0;
  do {
    const char c = text_[at_];
    if (c == '"') {
      skip_string();
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at_;
  } while (depth > 0 && at_ < text_.size());
  return text_.substr(start, at_ - start);
}

}  // namespace crossload::convert
