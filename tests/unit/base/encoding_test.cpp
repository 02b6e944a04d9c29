#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload {
namespace {

// Source: RFC 4648, section 10.
const std::pair<std::string, std::string> kBase64Vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Base64, MatchesThePublishedVectors) {
  for (const auto& [bytes, text] : kBase64Vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, CarriesEveryByteAtEveryPosition) {
  std::string bytes;
  for (int shift = 0; shift < 3; ++shift) {
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    bytes += 'x';
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
  }
}

TEST(Base64, RefusesAllButPaddedCanonicalText) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zm9v\n", " Zg==", "Z===", "====", "Zg=v", "Zm9-",
                           "Zh==", "Zm9=", "Zg==Zg==", "Zm\xC3\xA9"}) {
    EXPECT_THROW(base64_decode(text), Error) << text;
  }
}

TEST(Sha256, MatchesThePublishedVectors) {
  // Source: FIPS 180-2, appendix B.
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RandomHex, GivesTwoLowerCaseDigitsPerByteAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string text = random_hex(16);
    EXPECT_EQ(text.size(), 32U);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(seen.insert(text).second);
  }
  EXPECT_EQ(random_hex(0), "");
}

}  // namespace
}  // namespace crossload
