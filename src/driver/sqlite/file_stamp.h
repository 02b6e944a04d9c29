#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace crossload::driver::sqlite {

/// What the file system tells of a file; all zero where there is none.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t bytes = 0;
  std::int64_t changed_ns = 0;

  bool operator==(const FileStamp&) const = default;
};

FileStamp stamp_of(const std::filesystem::path& file);
/// The write-ahead log beside a database. An empty one says nothing, and counts as absent.
FileStamp stamp_of_log(const std::filesystem::path& database_file);

}  // namespace crossload::driver::sqlite
