#include "crossload/base/files.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crossload/base/error.h"

#include "support/temp_folder.h"

namespace crossload {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::TempFolder;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

template <typename Action>
Error failure(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::kCancelled, "nothing was thrown"};
}

/// Makes every write beyond `bytes` of a file fail, as a full disk does.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_limit_);
    const rlimit limit{bytes, old_limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_limit_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  void (*old_handler_)(int) = nullptr;
};

TEST(ReadFile, GivesEveryByte) {
  const TempFolder folder;
  const std::string bytes = std::string("a\0b\r\n\xFF", 6) + std::string(200'000, 'x');
  EXPECT_EQ(read_file(folder.write("f", bytes)), bytes);
  EXPECT_EQ(read_file(folder.write("empty", "")), "");
  EXPECT_THAT(read_file("/proc/self/status"), HasSubstr("Pid:"));
}

TEST(ReadFile, NamesTheFileAndTheReason) {
  const TempFolder folder;
  const Error missing = failure([&] { read_file(folder / "none"); });
  EXPECT_EQ(missing.code(), ErrorCode::kInvalidArgument);
  EXPECT_THAT(missing.message(), HasSubstr((folder / "none").string()));
  EXPECT_THAT(missing.message(), HasSubstr("No such file"));
  EXPECT_THAT(failure([&] { read_file(folder.path()); }).message(), HasSubstr("directory"));
}

TEST(WriteFileAtomically, MakesAPrivateFileAndLeavesNothingElse) {
  const TempFolder folder;
  write_file_atomically(folder / "status.json", "{}");
  EXPECT_EQ(folder.read("status.json"), "{}");
  EXPECT_EQ(mode_of(folder / "status.json"), 0600U);
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFileAtomically, ReplacesAndKeepsTheMode) {
  const TempFolder folder;
  const fs::path file = folder.write("f", "a longer old text");
  fs::permissions(file, fs::perms(0640));
  write_file_atomically(file, "new");
  EXPECT_EQ(folder.read("f"), "new");
  EXPECT_EQ(mode_of(file), 0640U);
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFileAtomically, KeepsTheOldFileAndTidiesUpWhenTheDiskIsFull) {
  const TempFolder folder;
  const fs::path file = folder.write("f", "old");
  const std::string large(100'000, 'x');
  const Error error = failure([&] {
    const FileSizeLimit full(1000);
    write_file_atomically(file, large);
  });
  EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
  EXPECT_THAT(error.message(), HasSubstr(file.string()));
  EXPECT_THAT(error.message(), HasSubstr("File too large"));
  EXPECT_EQ(folder.read("f"), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFileAtomically, NamesAFolderThatIsMissing) {
  const TempFolder folder;
  const Error error = failure([&] { write_file_atomically(folder / "no/f", "x"); });
  EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
  EXPECT_THAT(error.message(), HasSubstr((folder / "no/f").string()));
  EXPECT_THAT(error.message(), HasSubstr("No such file or directory"));
}

TEST(WriteFileAtomically, NamesAFolderInItsPlace) {
  const TempFolder folder;
  fs::create_directory(folder / "f");
  EXPECT_THAT(failure([&] { write_file_atomically(folder / "f", "x"); }).message(),
              HasSubstr("directory"));
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(MakeFolders, MakesEveryMissingParentPrivate) {
  const TempFolder folder;
  make_folders(folder / "a/b/c/");
  EXPECT_TRUE(fs::is_directory(folder / "a/b/c"));
  EXPECT_EQ(mode_of(folder / "a"), 0700U);
  EXPECT_EQ(mode_of(folder / "a/b/c"), 0700U);
  make_folders(folder / "a/b/c");
}

TEST(MakeFolders, RefusesAFileInTheWay) {
  const TempFolder folder;
  folder.write("a", "");
  const Error error = failure([&] { make_folders(folder / "a/b"); });
  EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
  EXPECT_THAT(error.message(), HasSubstr((folder / "a").string()));
}

TEST(FilterLines, KeepsTheChosenLinesInOrder) {
  const TempFolder folder;
  folder.write("f", "keep 1\ndrop\n\nkeep 2\n");
  filter_lines(folder / "f", [](std::string_view line) { return line != "drop"; });
  EXPECT_EQ(folder.read("f"), "keep 1\n\nkeep 2\n");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(FilterLines, DropsAnIncompleteLastLineUnseen) {
  const TempFolder folder;
  folder.write("f", "whole\ncut of");
  std::string seen;
  filter_lines(folder / "f", [&](std::string_view line) {
    seen += line;
    return true;
  });
  EXPECT_EQ(seen, "whole");
  EXPECT_EQ(folder.read("f"), "whole\n");
}

TEST(FilterLines, WorksAcrossBlocks) {
  const TempFolder folder;
  std::string all;
  std::string odd;
  for (int i = 0; i < 500; ++i) {
    const std::string line =
        std::to_string(i) + std::string(static_cast<std::size_t>(i * 7), 'x') + "\n";
    all += line;
    if (i % 2 == 1) odd += line;
  }
  const std::string huge(300'000, 'y');
  folder.write("f", all + huge + "\n");
  int number = 0;
  filter_lines(folder / "f", [&](std::string_view) { return number++ % 2 == 1; });
  EXPECT_EQ(number, 501);
  EXPECT_EQ(folder.read("f"), odd);
}

TEST(FilterLines, ShowsTheEndOfALongLine) {
  const TempFolder folder;
  const std::string end(kLineEndBytes, 'e');
  folder.write("f", std::string(100'000, 'b') + end + "\n" + end.substr(1) + "\n");
  std::vector<std::string> seen;
  filter_lines(folder / "f", [&](std::string_view line) {
    seen.emplace_back(line);
    return true;
  });
  EXPECT_THAT(seen, ::testing::ElementsAre(end, end.substr(1)));
}

TEST(FilterLines, LeavesAFileAloneOfWhichNothingGoes) {
  const TempFolder folder;
  folder.write("f", "a\nb\n");
  const fs::file_time_type long_ago = fs::last_write_time(folder / "f") - std::chrono::hours(1);
  fs::last_write_time(folder / "f", long_ago);
  filter_lines(folder / "f", [](std::string_view) { return true; });
  EXPECT_EQ(folder.read("f"), "a\nb\n");
  EXPECT_EQ(fs::last_write_time(folder / "f"), long_ago);
}

TEST(FilterLines, LeavesAMissingFileMissing) {
  const TempFolder folder;
  filter_lines(folder / "none", [](std::string_view) { return true; });
  EXPECT_FALSE(fs::exists(folder / "none"));
}

TEST(FilterLines, LeavesTheFileAloneWhenTheChoiceThrows) {
  const TempFolder folder;
  folder.write("f", "a\nb\n");
  EXPECT_THROW(filter_lines(folder / "f",
                            [](std::string_view) -> bool {
                              throw Error(ErrorCode::kInvalidArgument, "bad line");
                            }),
               Error);
  EXPECT_EQ(folder.read("f"), "a\nb\n");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(FileLock, IsExclusiveUntilDestruction) {
  const TempFolder folder;
  {
    std::optional<FileLock> first = FileLock::try_acquire(folder / "lock");
    ASSERT_TRUE(first);
    EXPECT_FALSE(FileLock::try_acquire(folder / "lock"));
    const FileLock moved = std::move(*first);
    first.reset();
    EXPECT_FALSE(FileLock::try_acquire(folder / "lock"));
  }
  EXPECT_TRUE(FileLock::try_acquire(folder / "lock"));
}

TEST(FileLock, CanBeLookedAtWithoutTakingIt) {
  const TempFolder folder;
  EXPECT_FALSE(FileLock::is_held(folder / "lock"));
  EXPECT_FALSE(fs::exists(folder / "lock"));
  std::optional<FileLock> lock = FileLock::try_acquire(folder / "lock");
  EXPECT_TRUE(FileLock::is_held(folder / "lock"));
  EXPECT_FALSE(FileLock::try_acquire(folder / "lock"));
  lock.reset();
  EXPECT_FALSE(FileLock::is_held(folder / "lock"));
  EXPECT_TRUE(FileLock::try_acquire(folder / "lock"));
}

TEST(FileLock, NamesAFileItCannotMake) {
  const TempFolder folder;
  const Error error = failure([&] { FileLock::try_acquire(folder / "no/lock"); });
  EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
  EXPECT_THAT(error.message(), HasSubstr((folder / "no/lock").string()));
}

TEST(FileLock, IsFreedByAKill) {
  const TempFolder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto lock = FileLock::try_acquire(folder / "lock");
    const char held = lock ? 'y' : 'n';
    if (::write(ready[1], &held, 1) == 1) ::pause();
    ::_exit(1);
  }
  char held = 0;
  ASSERT_EQ(::read(ready[0], &held, 1), 1);
  EXPECT_EQ(held, 'y');
  EXPECT_FALSE(FileLock::try_acquire(folder / "lock"));
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(FileLock::try_acquire(folder / "lock"));
  ::close(ready[0]);
  ::close(ready[1]);
}

}  // namespace
}  // namespace crossload
