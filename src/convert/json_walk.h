#pragma once

#include <string>
#include <string_view>

namespace crossload::convert {

/// Steps through the values of a JSON text that is known to be well-formed.
class JsonWalk {
 public:
  explicit JsonWalk(std::string_view json) : text_(json) {}

  /// The next character that is no blank, unread; '\0' at the end.
  char peek();
  /// Reads that character where it is the next.
  bool take(char wanted);
  /// A string's meaning.
  std::string string();
  /// Any value as it is written.
  std::string_view value();

 private:
  void skip_string();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace crossload::convert
