#include "crossload/base/strings.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload {
namespace {

using ::testing::ElementsAre;

TEST(GlobMatch, MatchesTheWholeName) {
  EXPECT_TRUE(glob_match("orders", "orders"));
  EXPECT_FALSE(glob_match("order", "orders"));
  EXPECT_FALSE(glob_match("orders", "Orders"));
  EXPECT_TRUE(glob_match("", ""));
  EXPECT_FALSE(glob_match("", "a"));
}

TEST(GlobMatch, StarTakesAnyRun) {
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_TRUE(glob_match("*", "anything"));
  EXPECT_TRUE(glob_match("log_*", "log_"));
  EXPECT_TRUE(glob_match("*_log", "a_log_log"));
  EXPECT_TRUE(glob_match("a*b*c", "a-b-b-c"));
  EXPECT_FALSE(glob_match("a*b*c", "a-c-b"));
  EXPECT_TRUE(glob_match("**a**", "xax"));
  EXPECT_FALSE(glob_match("*a", "ab"));
}

TEST(GlobMatch, QuestionMarkTakesOneCharacter) {
  EXPECT_TRUE(glob_match("t?", "t1"));
  EXPECT_FALSE(glob_match("t?", "t"));
  EXPECT_FALSE(glob_match("t?", "t12"));
  EXPECT_TRUE(glob_match("?", "\xE2\x82\xAC"));
  EXPECT_FALSE(glob_match("??", "\xE2\x82\xAC"));
  EXPECT_TRUE(glob_match("*?", "\xE2\x82\xAC"));
}

TEST(GlobMatch, StaysFastOnManyStars) {
  const std::string text(2000, 'a');
  EXPECT_FALSE(glob_match("*a*a*a*a*a*a*a*a*b", text));
}

TEST(HasGlob, SeesBothSigns) {
  EXPECT_TRUE(has_glob("a*"));
  EXPECT_TRUE(has_glob("a?"));
  EXPECT_FALSE(has_glob("a_b%"));
}

TEST(AsciiFolding, LeavesOtherLettersAlone) {
  EXPECT_EQ(ascii_lower("ABC\xC3\x84z"), "abc\xC3\x84z");
  EXPECT_TRUE(ascii_iequals("Orders", "oRDERS"));
  EXPECT_FALSE(ascii_iequals("orders", "order"));
  EXPECT_FALSE(ascii_iequals("\xC3\x84", "\xC3\xA4"));
  EXPECT_FALSE(ascii_iequals("[", "{"));
}

TEST(FormatDouble, ReadsBackToTheSameBits) {
  for (const double value :
       {0.0, 0.1, 1.0 / 3.0, 1e308, 5e-324, -2.5, 1e21, 123456789012345680.0}) {
    EXPECT_EQ(std::strtod(format_double(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(format_double(0.1), "0.1");
  EXPECT_EQ(format_double(-0.0), "-0");
}

TEST(FormatDouble, NamesWhatIsNotANumber) {
  EXPECT_EQ(format_double(std::nan("")), "NaN");
  EXPECT_EQ(format_double(-std::nan("")), "NaN");
  EXPECT_EQ(format_double(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(format_double(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(JoinAndSplit, AreInversesForPartsWithoutTheSeparator) {
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(join({"a"}, ", "), "a");
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(Trim, CutsAsciiBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim("\xC2\xA0"), "\xC2\xA0");
}

TEST(FileNameFor, KeepsPlainNamesReadable) {
  EXPECT_EQ(file_name_for("order_items-2"), "order_items-2");
}

TEST(FileNameFor, EscapesWhateverCouldBeAPath) {
  EXPECT_EQ(file_name_for("../x"), "%2E%2E%2Fx");
  EXPECT_EQ(file_name_for("."), "%2E");
  EXPECT_EQ(file_name_for("a b\n"), "a%20b%0A");
  EXPECT_EQ(file_name_for(std::string_view("a\0b", 3)), "a%00b");
  EXPECT_EQ(file_name_for("\xC3\xA9"), "%C3%A9");
  EXPECT_EQ(file_name_for("100%"), "100%25");
}

TEST(FileNameFor, KeepsDifferentNamesApart) {
  const std::string base(300, 'a');
  const std::set<std::string> files = {
      file_name_for(base),       file_name_for(base + "b"),
      file_name_for(base + "c"), file_name_for(""),
      file_name_for("%"),        file_name_for("a/b"),
      file_name_for("a%2Fb"),    file_name_for("A"),
      file_name_for("a"),        file_name_for(file_name_for(base)),
  };
  EXPECT_EQ(files.size(), 10U);
}

TEST(FileNameFor, NeverGrowsBeyondWhatAFileSystemTakes) {
  for (std::size_t size = 190; size < 220; ++size) {
    EXPECT_LE(file_name_for(std::string(size, 'a')).size(), 200U);
    EXPECT_LE(file_name_for(std::string(size, '/')).size(), 200U);
  }
  EXPECT_EQ(file_name_for(std::string(200, 'a')), std::string(200, 'a'));
}

}  // namespace
}  // namespace crossload
