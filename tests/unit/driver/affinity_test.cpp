#include "affinity.h"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace crossload::driver::sqlite {
namespace {

TEST(Affinity, FollowsTheDeclaredType) {
  EXPECT_EQ(affinity_of("", false), Affinity::kNone);
  EXPECT_EQ(affinity_of("BLOB", false), Affinity::kNone);
  EXPECT_EQ(affinity_of("VARCHAR(20)", false), Affinity::kText);
  EXPECT_EQ(affinity_of("clob", false), Affinity::kText);
  EXPECT_EQ(affinity_of("BIGINT", false), Affinity::kInteger);
  EXPECT_EQ(affinity_of("CHARINT", false), Affinity::kInteger) << "INT goes first";
  EXPECT_EQ(affinity_of("POINT", false), Affinity::kInteger) << "so it is";
  EXPECT_EQ(affinity_of("DOUBLE PRECISION", false), Affinity::kReal);
  EXPECT_EQ(affinity_of("FLOAT", false), Affinity::kReal);
  EXPECT_EQ(affinity_of("DECIMAL(10,2)", false), Affinity::kNumeric);
  EXPECT_EQ(affinity_of("DATE", false), Affinity::kNumeric);
  EXPECT_EQ(affinity_of("STRING", false), Affinity::kNumeric);
  EXPECT_EQ(affinity_of("ANY", true), Affinity::kNone);
  EXPECT_EQ(affinity_of("ANY", false), Affinity::kNumeric);
}

TEST(Affinity, KeepsTextThatIsNoNumber) {
  for (const char* text :
       {"", "abc", "2024-01-01", "1.2.3", "0x10", "1e", "-", ".", "1 2", "e5", "+"}) {
    EXPECT_TRUE(keeps_text(Affinity::kNumeric, text)) << text;
  }
  EXPECT_TRUE(keeps_text(Affinity::kNumeric, std::string_view("12\0", 3)));
}

TEST(Affinity, KeepsTextWhoseNumberReadsBackTheSame) {
  for (const char* text : {"0", "12", "-12", "9223372036854775807", "1.5", "-0.25"}) {
    EXPECT_TRUE(keeps_text(Affinity::kNumeric, text)) << text;
    EXPECT_TRUE(keeps_text(Affinity::kInteger, text)) << text;
  }
  EXPECT_TRUE(keeps_text(Affinity::kReal, "12"));
}

TEST(Affinity, LosesTextWhoseNumberReadsBackOtherwise) {
  for (const char* text : {"007", "+5", " 5", "5 ", "1.50", "1e3", "-0", "5.", ".5",
                           "12345678901234567890", "0.10000000000000000001"}) {
    EXPECT_FALSE(keeps_text(Affinity::kNumeric, text)) << text;
    EXPECT_TRUE(keeps_text(Affinity::kText, text)) << text;
    EXPECT_TRUE(keeps_text(Affinity::kNone, text)) << text;
  }
  EXPECT_FALSE(keeps_text(Affinity::kReal, "9007199254740993"));
}

TEST(Affinity, LosesIntegersThatNoDoubleHolds) {
  EXPECT_TRUE(keeps_integer(Affinity::kReal, std::int64_t{1} << 53));
  EXPECT_TRUE(keeps_integer(Affinity::kReal, INT64_MIN));
  EXPECT_FALSE(keeps_integer(Affinity::kReal, (std::int64_t{1} << 53) + 1));
  EXPECT_FALSE(keeps_integer(Affinity::kReal, INT64_MAX));
  EXPECT_TRUE(keeps_integer(Affinity::kText, INT64_MAX));
  EXPECT_TRUE(keeps_integer(Affinity::kInteger, INT64_MAX));
}

TEST(Affinity, LosesDoublesOfMoreThanFifteenDigitsInText) {
  EXPECT_TRUE(keeps_real(Affinity::kText, 0.5));
  EXPECT_TRUE(keeps_real(Affinity::kText, 0.1));
  EXPECT_FALSE(keeps_real(Affinity::kText, 3.141592653589793));
  EXPECT_TRUE(keeps_real(Affinity::kReal, 3.141592653589793));
}

}  // namespace
}  // namespace crossload::driver::sqlite
