#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace crossload {

/// A password or key. Streams and formats as "***"; only reveal() gives the text.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

inline std::ostream& operator<<(std::ostream& out, const Secret&) {
  return out << "***";
}

}  // namespace crossload
