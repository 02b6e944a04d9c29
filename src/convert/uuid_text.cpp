#include "uuid_text.h"

#include <cstddef>

namespace crossload::convert {
namespace {

constexpr std::size_t kTextSize = 36;

bool is_hyphen_place(std::size_t at) {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The time's low half stands first in the text and behind the others in swapped bytes.
std::string swap_in(const std::string& bytes) {
  return bytes.substr(6, 2) + bytes.substr(4, 2) + bytes.substr(0, 4) + bytes.substr(8);
}

std::string swap_out(const std::string& bytes) {
  return bytes.substr(4, 4) + bytes.substr(2, 2) + bytes.substr(0, 2) + bytes.substr(8);
}

}  // namespace

std::string canonical_uuid(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.size() != kTextSize) return "";
  std::string uuid(text);
  for (std::size_t i = 0; i < kTextSize; ++i) {
    if (is_hyphen_place(i)) {
      if (uuid[i] != '-') return "";
      continue;
    }
    const int value = hex_value(uuid[i]);
    if (value < 0) return "";
    uuid[i] = kDigits[static_cast<std::size_t>(value)];
  }
  return uuid;
}

std::string uuid_of_bytes(std::string_view bytes, bool swapped) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : swapped ? swap_out(std::string(bytes)) : std::string(bytes)) {
    if (is_hyphen_place(text.size())) text += '-';
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 0xFU];
  }
  return text;
}

std::string bytes_of_uuid(std::string_view uuid, bool swapped) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < uuid.size();) {
    if (is_hyphen_place(i)) {
      ++i;
      continue;
    }
    bytes += static_cast<char>(hex_value(uuid[i]) << 4 | hex_value(uuid[i + 1]));
    i += 2;
  }
  return swapped ? swap_in(bytes) : bytes;
}

}  // namespace crossload::convert
