#include <algorithm>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"

#include "file_handle.h"

namespace crossload {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;
constexpr std::size_t kMaxBufferBytes = std::size_t{256} * 1024;
constexpr unsigned kPrivateFile = 0600;

/// The size the file has up to and with its last newline.
off_t complete_size(int fd, off_t size, const std::filesystem::path& path) {
  std::vector<char> block(kBlockBytes);
  for (off_t end = size; end > 0;) {
    const off_t begin = std::max<off_t>(0, end - static_cast<off_t>(block.size()));
    const auto wanted = static_cast<std::size_t>(end - begin);
    const ssize_t count = ::pread(fd, block.data(), wanted, begin);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw file_error(ErrorCode::kMigrationFailed, "read", path, errno);
    const std::string_view text(block.data(), static_cast<std::size_t>(count));
    const std::size_t newline = text.rfind('\n');
    if (newline != std::string_view::npos) return begin + static_cast<off_t>(newline) + 1;
    end = begin;
  }
  return 0;
}

void cut_incomplete_line(int fd, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "read", path, errno);
  }
  const off_t complete = complete_size(fd, status.st_size, path);
  if (complete != status.st_size && ::ftruncate(fd, complete) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "cut the incomplete last line of", path, errno);
  }
}

}  // namespace

LineFile::LineFile(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}

LineFile::LineFile(LineFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)) {}

LineFile& LineFile::operator=(LineFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

LineFile::~LineFile() {
  if (fd_ >= 0) ::close(fd_);
}

LineFile LineFile::open(const std::filesystem::path& path) {
  FileHandle file = open_file(path, O_RDWR | O_CREAT | O_APPEND, kPrivateFile);
  if (!file) throw file_error(ErrorCode::kMigrationFailed, "open", path, errno);
  cut_incomplete_line(file.get(), path);
  return {file.release(), path};
}

void LineFile::append(std::string_view line) {
  add(line);
  buffer_.push_back('\n');
  if (buffer_.size() > kMaxBufferBytes) flush();
}

void LineFile::append_part(std::string_view part) {
  add(part);
  if (buffer_.size() > kMaxBufferBytes) flush();
}

void LineFile::add(std::string_view text) {
  if (text.find('\n') != std::string_view::npos) {
    throw Error(ErrorCode::kInvalidArgument, "a line for '" + path_.string() + "' holds a newline");
  }
  buffer_.append(text);
}

void LineFile::flush(bool sync) {
  const std::size_t written = write_all(fd_, buffer_);
  const int reason = errno;
  const bool complete = written == buffer_.size();
  buffer_.erase(0, written);
  if (!complete) throw file_error(ErrorCode::kMigrationFailed, "write", path_, reason);
  if (sync && ::fdatasync(fd_) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "sync", path_, errno);
  }
}

}  // namespace crossload
