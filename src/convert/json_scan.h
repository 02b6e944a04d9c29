#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crossload::convert {

/// What to look for beyond well-formedness.
struct JsonChecks {
  bool nul = false;         ///< Refuse the escaped character U+0000.
  bool surrogates = false;  ///< Refuse half of a pair.
  bool numbers = false;     ///< Tell numbers that are no 64-bit integers or doubles.
  bool duplicates = false;  ///< Tell keys that stand twice in one object.
};

enum class JsonFault {
  kNone,
  kMalformed,
  kNul,
  kSurrogate,
  kNumber,     ///< Well-formed, but a number is no double.
  kDuplicate,  ///< Well-formed, but a key stands twice.
};

/// Reads JSON texts (RFC 8259) without building anything. Keeps its buffers. Thread: one at a time.
class JsonScanner {
 public:
  explicit JsonScanner(const JsonChecks& checks) : checks_(checks) {}

  /// The text must be UTF-8. The worst that was found: what is malformed before a number, a number
  /// before a key.
  JsonFault scan(std::string_view text);

 private:
  enum class Expect { kValue, kValueOrEnd, kKey, kKeyOrEnd, kCommaOrEnd, kEnd };
  struct Frame {
    bool object;
    std::size_t first_key;
  };

  bool skip_blanks();
  bool read_value(Expect& next);
  bool read_key(Expect& next, bool may_end);
  bool read_comma(Expect& next);
  bool open(bool object, Expect& next);
  bool close(Expect& next);
  bool read_string(std::string* decoded);
  bool read_escape(std::string* decoded);
  bool read_code_unit(unsigned& unit);
  bool read_number();
  bool read_word(std::string_view word);
  void check_keys(std::size_t first);
  bool fail(JsonFault fault);

  JsonChecks checks_;
  std::string_view text_;
  std::size_t at_ = 0;
  JsonFault fault_ = JsonFault::kNone;
  bool inexact_number_ = false;
  bool duplicate_key_ = false;
  std::vector<Frame> frames_;
  std::vector<std::string> keys_;
};

}  // namespace crossload::convert
