#include "artifact_lines.h"

#include <gtest/gtest.h>

#include "crossload/base/error.h"

#include "temp_folder.h"

namespace crossload::tools {
namespace {

LinePage page_of(const std::string& text, std::uint64_t offset, std::size_t limit) {
  const testing::TempFolder folder;
  return read_lines(folder.write("file", text), offset, limit);
}

TEST(ReadLines, PagesUntilTheEnd) {
  const LinePage first = page_of("a\nb\nc\n", 0, 2);
  EXPECT_EQ(first.text, "a\nb\n");
  EXPECT_EQ(first.next_offset, 2U);
  EXPECT_EQ(first.total_lines, 3U);
  const LinePage last = page_of("a\nb\nc\n", 2, 2);
  EXPECT_EQ(last.text, "c\n");
  EXPECT_EQ(last.next_offset, std::nullopt);
}

TEST(ReadLines, ALastLineWithoutNewlineCounts) {
  EXPECT_EQ(page_of("a\nb", 0, 10).total_lines, 2U);
  EXPECT_EQ(page_of("a\nb", 0, 10).text, "a\nb\n");
  EXPECT_EQ(page_of("a\n\nb\n", 0, 10).total_lines, 3U);
  EXPECT_EQ(page_of("", 0, 10).total_lines, 0U);
  EXPECT_EQ(page_of("a\n", 5, 10).lines, 0U);
}

TEST(ReadLines, CutsAHugeLineAndSaysHowLongItIs) {
  const LinePage page = page_of("a\n" + std::string(200'000, 'x') + "\nb\n", 0, 10);
  EXPECT_EQ(page.lines, 3U);
  ASSERT_EQ(page.cut.size(), 1U);
  EXPECT_EQ(page.cut[0].line, 1U);
  EXPECT_EQ(page.cut[0].bytes, 200'000U);
  EXPECT_EQ(page.text.size(), 2 + kLineBytes + 1 + 2);
}

TEST(ReadLines, EndsAPageThatWouldGrowTooLarge) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += std::string(9'999, 'x') + "\n";
  const LinePage page = page_of(text, 0, 100);
  EXPECT_EQ(page.lines, 4U);
  EXPECT_EQ(page.next_offset, 4U);
  EXPECT_EQ(page.total_lines, 10U);
}

TEST(ReadLines, AMissingFileIsAnError) {
  EXPECT_THROW(read_lines("/nowhere/at/all", 0, 1), Error);
}

}  // namespace
}  // namespace crossload::tools
