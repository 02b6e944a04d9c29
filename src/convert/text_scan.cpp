#include "text_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "crossload/base/strings.h"

namespace crossload::convert {
namespace {

// Characters 0x80 to 0x9F of Windows-1252; MySQL maps the five that it leaves open to themselves.
// Source: unicode.org CP1252.TXT; dev.mysql.com "West European Character Sets".
constexpr std::array<char32_t, 32> kUpperHalf = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

unsigned char byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

// The character at `offset`, which moves behind it.
char32_t next_character(std::string_view utf8, std::size_t& offset) {
  const unsigned char lead = byte_at(utf8, offset++);
  if (lead < 0x80) return lead;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t character = lead & (0x3FU >> more);
  for (int i = 0; i < more && offset < utf8.size(); ++i) {
    character = character << 6 | (byte_at(utf8, offset++) & 0x3FU);
  }
  return character;
}

// The byte of latin1, or -1.
int latin1_byte(char32_t character) {
  if (character < 0x80 || (character >= 0xA0 && character <= 0xFF)) {
    return static_cast<int>(character);
  }
  const auto* const found = std::find(kUpperHalf.begin(), kUpperHalf.end(), character);
  return found == kUpperHalf.end() ? -1 : 0x80 + static_cast<int>(found - kUpperHalf.begin());
}

}  // namespace

std::size_t count_characters(std::string_view utf8) {
  // Everything but continuation bytes; the compiler makes vector code of it.
  std::size_t count = 0;
  for (const char byte : utf8) count += static_cast<signed char>(byte) > -65 ? 1U : 0U;
  return count;
}

Repertoire repertoire_of(std::string_view charset) {
  if (ascii_iequals(charset, "utf8mb3") || ascii_iequals(charset, "utf8") ||
      ascii_iequals(charset, "ucs2")) {
    return Repertoire::kBasicPlane;
  }
  if (ascii_iequals(charset, "latin1")) return Repertoire::kLatin1;
  if (ascii_iequals(charset, "ascii")) return Repertoire::kAscii;
  return Repertoire::kAll;
}

bool within(Repertoire repertoire, std::string_view utf8) {
  switch (repertoire) {
    case Repertoire::kAll:
      return true;
    case Repertoire::kBasicPlane:
      return std::none_of(utf8.begin(), utf8.end(),
                          [](char byte) { return static_cast<unsigned char>(byte) >= 0xF0; });
    case Repertoire::kAscii:
      return std::none_of(utf8.begin(), utf8.end(),
                          [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; });
    case Repertoire::kLatin1:
      break;
  }
  for (std::size_t offset = 0; offset < utf8.size();) {
    if (latin1_byte(next_character(utf8, offset)) < 0) return false;
  }
  return true;
}

bool to_latin1(std::string_view utf8, std::string& bytes) {
  bytes.clear();
  for (std::size_t offset = 0; offset < utf8.size();) {
    const int byte = latin1_byte(next_character(utf8, offset));
    if (byte < 0) return false;
    bytes += static_cast<char>(byte);
  }
  return true;
}

}  // namespace crossload::convert
