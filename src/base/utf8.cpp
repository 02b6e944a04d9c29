#include "utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "crossload/base/strings.h"

namespace crossload {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t offset) {
  return static_cast<unsigned char>(bytes[offset]);
}

/// What may follow a lead byte: how many bytes, and the range of the first of them.
struct Lead {
  std::size_t size;
  unsigned char second_low;
  unsigned char second_high;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Bytes from `offset` on that are ASCII, in steps of eight.
std::size_t ascii_run(std::string_view bytes, std::size_t offset) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  const std::size_t start = offset;
  while (bytes.size() - offset >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + offset, sizeof(word));
    if ((word & kHighBits) != 0) break;
    offset += sizeof(word);
  }
  return offset - start;
}

}  // namespace

std::size_t utf8_sequence(std::string_view bytes, std::size_t offset) {
  const Lead lead = lead_of(byte_at(bytes, offset));
  if (lead.size <= 1) return lead.size;
  if (bytes.size() - offset < lead.size) return 0;
  const unsigned char second = byte_at(bytes, offset + 1);
  if (second < lead.second_low || second > lead.second_high) return 0;
  for (std::size_t i = 2; i < lead.size; ++i) {
    const unsigned char next = byte_at(bytes, offset + i);
    if (next < 0x80 || next > 0xBF) return 0;
  }
  return lead.size;
}

std::size_t utf8_step(std::string_view bytes, std::size_t offset) {
  const std::size_t size = utf8_sequence(bytes, offset);
  return size == 0 ? 1 : size;
}

bool is_utf8(std::string_view bytes) {
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    offset += ascii_run(bytes, offset);
    if (offset == bytes.size()) break;
    const std::size_t size = utf8_sequence(bytes, offset);
    if (size == 0) return false;
    offset += size;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string utf8_head(std::string_view text, std::size_t max_chars, bool& truncated) {
  std::size_t offset = 0;
  for (std::size_t chars = 0; chars < max_chars && offset < text.size(); ++chars) {
    offset += utf8_step(text, offset);
  }
  truncated = offset < text.size();
  return std::string(text.substr(0, offset));
}

std::string utf8_lossy(std::string_view bytes) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string text;
  text.reserve(bytes.size());
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    const std::size_t size = utf8_sequence(bytes, offset);
    text += size == 0 ? kReplacement : bytes.substr(offset, size);
    offset += size == 0 ? 1 : size;
  }
  return text;
}

}  // namespace crossload
