#include <string>

#include <gtest/gtest.h>

#include "crossload/base/strings.h"

namespace crossload {
namespace {

const char* const kWellFormed[] = {
    "",
    "plain ascii longer than eight bytes",
    "\xC2\x80",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xED\x9F\xBF",
    "\xEE\x80\x80",
    "\xEF\xBF\xBF",
    "\xF0\x90\x80\x80",
    "\xF4\x8F\xBF\xBF",
    "12345678\xE2\x82\xACxxxxxxxx",
};

const char* const kIllFormed[] = {
    "\x80",              // a continuation alone
    "\xC0\x80",          // overlong
    "\xC1\xBF",          // overlong
    "\xE0\x9F\xBF",      // overlong
    "\xF0\x8F\xBF\xBF",  // overlong
    "\xED\xA0\x80",      // surrogate
    "\xED\xBF\xBF",      // surrogate
    "\xF4\x90\x80\x80",  // above U+10FFFF
    "\xF5\x80\x80\x80",
    "\xFE",
    "\xFF",
    "\xC3",
    "\xE2\x82",
    "\xF0\x9F\x98",
    "\xE2\x28\xA1",
    "12345678\xC3",
    "12345678\xFFxxxxxxxx",
};

TEST(IsUtf8, AcceptsEveryBoundaryOfTheForm) {
  for (const char* text : kWellFormed) EXPECT_TRUE(is_utf8(text)) << text;
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(IsUtf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
  for (const char* text : kIllFormed) EXPECT_FALSE(is_utf8(text)) << ::testing::PrintToString(text);
}

TEST(Utf8Lossy, KeepsWellFormedTextAndReplacesEachBadByte) {
  for (const char* text : kWellFormed) EXPECT_EQ(utf8_lossy(text), text);
  for (const char* text : kIllFormed) EXPECT_TRUE(is_utf8(utf8_lossy(text)));
  EXPECT_EQ(utf8_lossy("a\xFF"
                       "b\xC3"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

TEST(Utf8Head, CutsBetweenCharacters) {
  bool truncated = false;
  EXPECT_EQ(utf8_head("a\xE2\x82\xAC\xF0\x9F\x98\x80z", 2, truncated), "a\xE2\x82\xAC");
  EXPECT_TRUE(truncated);
  EXPECT_EQ(utf8_head("a\xE2\x82\xAC", 2, truncated), "a\xE2\x82\xAC");
  EXPECT_FALSE(truncated);
  EXPECT_EQ(utf8_head("", 0, truncated), "");
  EXPECT_FALSE(truncated);
  EXPECT_EQ(utf8_head("a", 0, truncated), "");
  EXPECT_TRUE(truncated);
}

}  // namespace
}  // namespace crossload
