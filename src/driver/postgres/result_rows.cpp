#include "result_rows.h"

#include <charconv>

namespace crossload::driver::postgres {

std::int64_t Row::number(int column) const {
  const std::string_view digits = text(column);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::vector<std::string> Row::list(int column) const {
  return is_null(column) ? std::vector<std::string>() : parse_array(text(column));
}

std::string array_literal(const std::vector<std::string>& texts) {
  std::string literal = "{";
  for (const std::string& text : texts) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal + "}";
}

std::vector<std::string> parse_array(std::string_view text) {
  std::vector<std::string> elements;
  if (text.size() < 2 || text.front() != '{') return elements;
  std::string element;
  bool quoted = false;
  bool was_quoted = false;
  bool any = false;
  const auto end_element = [&] {
    if (any && (was_quoted || element != "NULL")) elements.push_back(element);
    element.clear();
    was_quoted = false;
    any = false;
  };
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      element += text[++i];
      any = true;
    } else if (c == '"') {
      quoted = !quoted;
      was_quoted = any = true;
    } else if (c == ',' && !quoted) {
      end_element();
    } else {
      element += c;
      any = true;
    }
  }
  end_element();
  return elements;
}

}  // namespace crossload::driver::postgres
