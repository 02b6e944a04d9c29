#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"

#include "support/temp_folder.h"

namespace crossload {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

TEST(LineFile, AppendsAcrossOpenings) {
  const TempFolder folder;
  {
    LineFile file = LineFile::open(folder / "f");
    file.append("one");
    file.append("");
    file.flush();
    EXPECT_EQ(folder.read("f"), "one\n\n");
    file.append("two");
    file.flush(true);
  }
  LineFile again = LineFile::open(folder / "f");
  again.append("three");
  again.flush();
  EXPECT_EQ(folder.read("f"), "one\n\ntwo\nthree\n");
}

TEST(LineFile, WritesNothingOfALineThatWasNotFlushed) {
  const TempFolder folder;
  {
    LineFile file = LineFile::open(folder / "f");
    file.append("kept");
    file.flush();
    file.append("not flushed");
  }
  EXPECT_EQ(folder.read("f"), "kept\n");
}

TEST(LineFile, TakesALongLineInParts) {
  const TempFolder folder;
  const std::string part(100'000, 'p');
  LineFile file = LineFile::open(folder / "f");
  file.append("one");
  for (int i = 0; i < 10; ++i) file.append_part(part);
  const std::string early = folder.read("f");
  EXPECT_GT(early.size(), 500'000U);
  LineFile::open(folder / "f");  // As after a kill.
  EXPECT_EQ(folder.read("f"), "one\n");
  folder.write("f", early);
  file.append("end");
  file.append("two");
  file.flush();
  EXPECT_EQ(folder.read("f").size(), 4U + 1'000'004U + 4U);
  EXPECT_THROW(file.append_part("a\nb"), Error);
}

TEST(LineFile, BuffersALimitedAmountInWholeLines) {
  const TempFolder folder;
  LineFile file = LineFile::open(folder / "f");
  const std::string line(1000, 'x');
  for (int i = 0; i < 1000; ++i) file.append(line);
  const std::string early = folder.read("f");
  EXPECT_GT(early.size(), 500'000U);
  EXPECT_EQ(early.back(), '\n');
  EXPECT_EQ(early.size() % 1001, 0U);
  file.flush();
  EXPECT_EQ(folder.read("f").size(), 1'001'000U);
}

TEST(LineFile, CutsAnIncompleteLastLineOnOpening) {
  const TempFolder folder;
  const std::string long_line(200'000, 'y');
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"a\n", "a\n"},
      {"a\nb", "a\n"},
      {"no newline at all", ""},
      {"a\n" + long_line, "a\n"},
      {long_line + "\n" + long_line, long_line + "\n"},
      {long_line, ""},
  };
  for (const auto& [before, after] : cases) {
    folder.write("f", before);
    LineFile::open(folder / "f");
    EXPECT_EQ(folder.read("f"), after);
  }
}

TEST(LineFile, CutsAtEveryByteOfAKill) {
  const TempFolder folder;
  const std::string lines = "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n";
  for (std::size_t size = 0; size <= lines.size(); ++size) {
    folder.write("f", lines.substr(0, size));
    LineFile file = LineFile::open(folder / "f");
    file.append("next");
    file.flush();
    const std::size_t whole = lines.substr(0, size).rfind('\n') + 1;
    EXPECT_EQ(folder.read("f"), lines.substr(0, whole) + "next\n") << "killed at byte " << size;
  }
}

TEST(LineFile, RefusesANewlineInside) {
  const TempFolder folder;
  LineFile file = LineFile::open(folder / "f");
  EXPECT_THROW(file.append("a\nb"), Error);
  file.flush();
  EXPECT_EQ(folder.read("f"), "");
}

TEST(LineFile, NamesFileAndReasonWhenTheDiskIsFull) {
  LineFile file = LineFile::open("/dev/full");
  file.append("x");
  try {
    file.flush();
    ADD_FAILURE() << "written";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
    EXPECT_THAT(error.message(), HasSubstr("/dev/full"));
    EXPECT_THAT(error.message(), HasSubstr("No space left on device"));
  }
}

TEST(LineFile, NamesAFolderThatIsMissing) {
  const TempFolder folder;
  try {
    LineFile::open(folder / "no/f");
    ADD_FAILURE() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
    EXPECT_THAT(error.message(), HasSubstr((folder / "no/f").string()));
  }
}

TEST(LineFile, KeepsItsLinesWhenMoved) {
  const TempFolder folder;
  LineFile first = LineFile::open(folder / "f");
  first.append("one");
  LineFile second = std::move(first);
  second.append("two");
  LineFile third = LineFile::open(folder / "other");
  third = std::move(second);
  third.flush();
  EXPECT_EQ(folder.read("f"), "one\ntwo\n");
}

}  // namespace
}  // namespace crossload
