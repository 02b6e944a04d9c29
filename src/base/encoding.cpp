#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <openssl/evp.h>
#include <sys/random.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNotBase64 = 0xFF;

constexpr std::array<std::uint8_t, 256> make_base64_values() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kNotBase64;
  for (std::size_t i = 0; i < kBase64.size(); ++i) {
    values[static_cast<unsigned char>(kBase64[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kBase64Values = make_base64_values();

std::uint32_t byte_at(std::string_view bytes, std::size_t offset) {
  return static_cast<unsigned char>(bytes[offset]);
}

Error not_base64() {
  return {ErrorCode::kInvalidArgument, "not padded base64"};
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 0x0FU];
  }
  return text;
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const std::uint32_t group = byte_at(bytes, i) << 16U |
                                (left > 1 ? byte_at(bytes, i + 1) << 8U : 0U) |
                                (left > 2 ? byte_at(bytes, i + 2) : 0U);
    text += kBase64[group >> 18U];
    text += kBase64[group >> 12U & 0x3FU];
    text += left > 1 ? kBase64[group >> 6U & 0x3FU] : '=';
    text += left > 2 ? kBase64[group & 0x3FU] : '=';
  }
  return text;
}

std::string base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) throw not_base64();
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const bool last = i + 4 == text.size();
    const std::size_t padding = !last || text[i + 3] != '=' ? 0U : (text[i + 2] == '=' ? 2U : 1U);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const bool padded = j >= 4 - padding;
      const std::uint8_t value = padded ? std::uint8_t{0} : kBase64Values[byte_at(text, i + j)];
      if (value == kNotBase64) throw not_base64();
      group = group << 6U | value;
    }
    // Bits that no byte takes must be zero, or two texts would mean the same bytes.
    if ((padding == 1 && (group & 0xFFU) != 0) || (padding == 2 && (group & 0xFFFFU) != 0)) {
      throw not_base64();
    }
    bytes += static_cast<char>(group >> 16U);
    if (padding < 2) bytes += static_cast<char>(group >> 8U & 0xFFU);
    if (padding < 1) bytes += static_cast<char>(group & 0xFFU);
  }
  return bytes;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw Error(ErrorCode::kMigrationFailed, "the crypto library could not compute SHA-256");
  }
  return hex(digest.data(), size);
}

std::string random_hex(std::size_t bytes) {
  std::vector<unsigned char> buffer(bytes);
  std::size_t filled = 0;
  while (filled < bytes) {
    const ssize_t got = getrandom(buffer.data() + filled, bytes - filled, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      throw Error(ErrorCode::kMigrationFailed,
                  "the system gives no random bytes: " + std::generic_category().message(errno));
    }
    filled += static_cast<std::size_t>(got);
  }
  return hex(buffer.data(), bytes);
}

}  // namespace crossload
