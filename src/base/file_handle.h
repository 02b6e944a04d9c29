#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "crossload/base/error.h"

namespace crossload {

/// An open file descriptor, closed on destruction.
class FileHandle {
 public:
  explicit FileHandle(int fd = -1) : fd_(fd) {}
  FileHandle(FileHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileHandle() {
    if (fd_ >= 0) ::close(fd_);
  }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

/// "cannot ACTION 'PATH': the system's reason for `error_number`".
Error file_error(ErrorCode code, std::string_view action, const std::filesystem::path& path,
                 int error_number);

/// open(2), repeated when interrupted, close-on-exec; an empty handle with errno set on failure.
FileHandle open_file(const std::filesystem::path& path, int flags, unsigned mode = 0);

/// Writes all of `bytes`. Returns how many were written: fewer only on failure, with errno set.
std::size_t write_all(int fd, std::string_view bytes);

/// One read(2), repeated when interrupted. Returns the bytes read, -1 with errno set on failure.
ssize_t read_some(int fd, char* buffer, std::size_t size);

/// fsync of the folder, so that a name made or replaced in it outlives a power cut.
void sync_folder(const std::filesystem::path& folder);

/// A temporary beside `target` that commit() puts in its place; removed when not committed.
class ReplacementFile {
 public:
  explicit ReplacementFile(std::filesystem::path target);
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;
  ~ReplacementFile();

  void write(std::string_view bytes);
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  FileHandle file_;
  bool committed_ = false;
};

}  // namespace crossload
