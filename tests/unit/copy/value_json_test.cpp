#include "value_json.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload::copy {
namespace {

TEST(Position, ReadsBackEveryKindOfKeyBitByBit) {
  const std::vector<Value> position = {
      std::monostate{},
      std::numeric_limits<std::int64_t>::min(),
      std::numeric_limits<std::int64_t>::max(),
      std::numeric_limits<std::uint64_t>::max(),
      std::string("plain"),
      std::string("a\0b", 3),
      std::string("\xff\xfe not utf-8"),
      std::string(),
      Bytes{std::string("\0\x01\xff", 3)},
      Bytes{},
  };
  EXPECT_EQ(decode_position(encode_position(position)), position);
}

TEST(Position, KeepsTheBitsOfDoubles) {
  for (const double value :
       {0.1, -0.0, 5e-324, 1.7976931348623157e308, std::numeric_limits<double>::infinity()}) {
    const std::vector<Value> back = decode_position(encode_position({value}));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(std::get<double>(back.at(0))),
              std::bit_cast<std::uint64_t>(value));
  }
}

TEST(Position, RefusesWhatIsNone) {
  for (const char* text :
       {"", "{}", "[1]", R"([{"int":"x"}])", R"([{"int":"1","real":"2"}])", R"([{"what":"1"}])",
        R"([{"int":"99999999999999999999"}])", R"([{"text":{"base64":"*"}}])", R"([{"int":5}])"}) {
    EXPECT_THROW(decode_position(text), Error) << text;
  }
}

TEST(ValueJson, KeepsWhatJsonNumbersWouldChangeAsText) {
  EXPECT_EQ(value_to_json(std::int64_t{9007199254740993}).dump(), R"("9007199254740993")");
  EXPECT_EQ(value_to_json(std::int64_t{-5}).dump(), "-5");
  EXPECT_EQ(value_to_json(std::nan("")).dump(), R"("NaN")");
  EXPECT_EQ(value_to_json(-std::numeric_limits<double>::infinity()).dump(), R"("-Infinity")");
  EXPECT_EQ(value_to_json(std::monostate{}).dump(), "null");
}

TEST(ValueJson, ShowsBytesAndBrokenTextAsBase64) {
  EXPECT_EQ(value_to_json(Bytes{"hello"}).dump(), R"({"base64":"aGVsbG8="})");
  EXPECT_EQ(value_to_json(std::string("\xff")).dump(), R"({"base64":"/w=="})");
}

}  // namespace
}  // namespace crossload::copy
