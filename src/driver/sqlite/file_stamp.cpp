#include "file_stamp.h"

#include <sys/stat.h>

namespace crossload::driver::sqlite {

FileStamp stamp_of(const std::filesystem::path& file) {
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  struct ::stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_ino, status.st_size,
          status.st_mtim.tv_sec * kNanosecondsPerSecond + status.st_mtim.tv_nsec};
}

FileStamp stamp_of_log(const std::filesystem::path& database_file) {
  const FileStamp log = stamp_of(database_file.string() + "-wal");
  return log.bytes == 0 ? FileStamp{} : log;
}

}  // namespace crossload::driver::sqlite
