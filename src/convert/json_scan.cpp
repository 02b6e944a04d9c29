#include "json_scan.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "json_text.h"
#include "number_text.h"

namespace crossload::convert {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_integer64(std::string_view number) {
  std::int64_t small = 0;
  std::uint64_t large = 0;
  const char* const end = number.data() + number.size();
  const auto signed_result = std::from_chars(number.data(), end, small);
  if (signed_result.ec == std::errc() && signed_result.ptr == end) return true;
  const auto unsigned_result = std::from_chars(number.data(), end, large);
  return unsigned_result.ec == std::errc() && unsigned_result.ptr == end;
}

}  // namespace

JsonFault JsonScanner::scan(std::string_view text) {
  text_ = text;
  at_ = 0;
  fault_ = JsonFault::kNone;
  inexact_number_ = duplicate_key_ = false;
  frames_.clear();
  keys_.clear();
  Expect next = Expect::kValue;
  while (fault_ == JsonFault::kNone) {
    const bool more = skip_blanks();
    if (next == Expect::kEnd) {
      if (more) fail(JsonFault::kMalformed);
      break;
    }
    if (!more) return JsonFault::kMalformed;
    bool ok = false;
    switch (next) {
      case Expect::kValueOrEnd:
        ok = text_[at_] == ']' ? close(next) : read_value(next);
        break;
      case Expect::kValue:
        ok = read_value(next);
        break;
      case Expect::kKeyOrEnd:
        ok = read_key(next, true);
        break;
      case Expect::kKey:
        ok = read_key(next, false);
        break;
      case Expect::kCommaOrEnd:
        ok = read_comma(next);
        break;
      case Expect::kEnd:
        break;
    }
    if (!ok) fail(JsonFault::kMalformed);
  }
  if (fault_ != JsonFault::kNone) return fault_;
  if (inexact_number_) return JsonFault::kNumber;
  return duplicate_key_ ? JsonFault::kDuplicate : JsonFault::kNone;
}

bool JsonScanner::fail(JsonFault fault) {
  if (fault_ == JsonFault::kNone) fault_ = fault;
  return false;
}

bool JsonScanner::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return true;
    ++at_;
  }
  return false;
}

bool JsonScanner::read_value(Expect& next) {
  next = frames_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
  switch (text_[at_]) {
    case '{':
      return open(true, next);
    case '[':
      return open(false, next);
    case '"':
      return read_string(nullptr);
    case 't':
      return read_word("true");
    case 'f':
      return read_word("false");
    case 'n':
      return read_word("null");
    default:
      return read_number();
  }
}

bool JsonScanner::open(bool object, Expect& next) {
  ++at_;
  frames_.push_back({object, keys_.size()});
  next = object ? Expect::kKeyOrEnd : Expect::kValueOrEnd;
  return true;
}

bool JsonScanner::close(Expect& next) {
  ++at_;
  if (frames_.back().object && checks_.duplicates) check_keys(frames_.back().first_key);
  frames_.pop_back();
  next = frames_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
  return true;
}

bool JsonScanner::read_key(Expect& next, bool may_end) {
  if (may_end && text_[at_] == '}') return close(next);
  if (text_[at_] != '"') return false;
  if (checks_.duplicates) keys_.emplace_back();
  if (!read_string(checks_.duplicates ? &keys_.back() : nullptr)) return false;
  if (!skip_blanks() || text_[at_] != ':') return false;
  ++at_;
  next = Expect::kValue;
  return true;
}

bool JsonScanner::read_comma(Expect& next) {
  const bool object = frames_.back().object;
  if (text_[at_] == ',') {
    ++at_;
    next = object ? Expect::kKey : Expect::kValue;
    return true;
  }
  if (text_[at_] != (object ? '}' : ']')) return false;
  return close(next);
}

bool JsonScanner::read_string(std::string* decoded) {
  for (++at_; at_ < text_.size();) {
    const char c = text_[at_];
    if (c == '"') {
      ++at_;
      return true;
    }
    if (static_cast<unsigned char>(c) < 0x20) return false;
    if (c == '\\') {
      if (!read_escape(decoded)) return false;
      continue;
    }
    if (decoded != nullptr) *decoded += c;
    ++at_;
  }
  return false;
}

bool JsonScanner::read_escape(std::string* decoded) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (++at_ == text_.size()) return false;
  if (text_[at_] != 'u') {
    const std::size_t place = kEscapes.find(text_[at_++]);
    if (place == std::string_view::npos) return false;
    if (decoded != nullptr) *decoded += kMeanings[place];
    return true;
  }
  ++at_;
  unsigned unit = 0;
  if (!read_code_unit(unit)) return false;
  if (unit == 0 && checks_.nul) return fail(JsonFault::kNul);
  char32_t character = unit;
  if (unit >= 0xD800 && unit <= 0xDFFF) {
    const std::size_t behind = at_;
    unsigned low = 0;
    const bool pair = unit <= 0xDBFF && text_.substr(at_, 2) == "\\u" &&
                      (at_ += 2, read_code_unit(low)) && low >= 0xDC00 && low <= 0xDFFF;
    if (pair) {
      character = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else {
      if (checks_.surrogates) return fail(JsonFault::kSurrogate);
      at_ = behind;
    }
  }
  if (decoded != nullptr) append_utf8(*decoded, character);
  return true;
}

bool JsonScanner::read_code_unit(unsigned& unit) {
  if (text_.size() - at_ < 4) return false;
  const char* const begin = text_.data() + at_;
  const auto [stopped, failure] = std::from_chars(begin, begin + 4, unit, 16);
  if (failure != std::errc() || stopped != begin + 4 || *begin == '-') return false;
  at_ += 4;
  return true;
}

bool JsonScanner::read_number() {
  const std::size_t start = at_;
  const auto digits = [&] {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > first;
  };
  const auto take = [&](char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  };
  take('-');
  if (!take('0') && !digits()) return false;
  bool whole = true;
  if (take('.')) {
    whole = false;
    if (!digits()) return false;
  }
  if (take('e') || take('E')) {
    whole = false;
    take('+') || take('-');
    if (!digits()) return false;
  }
  if (checks_.numbers) {
    const std::string_view number = text_.substr(start, at_ - start);
    const bool exact = (whole && is_integer64(number)) || exact_double(number).has_value();
    inexact_number_ = inexact_number_ || !exact;
  }
  return true;
}

bool JsonScanner::read_word(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

void JsonScanner::check_keys(std::size_t first) {
  const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, keys_.end());
  if (std::adjacent_find(begin, keys_.end()) != keys_.end()) duplicate_key_ = true;
  keys_.erase(begin, keys_.end());
}

}  // namespace crossload::convert
