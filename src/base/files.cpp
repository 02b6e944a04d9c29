#include "crossload/base/files.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "crossload/base/error.h"

#include "file_handle.h"

namespace crossload {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;
constexpr unsigned kPrivateFile = 0600;
constexpr unsigned kPrivateFolder = 0700;

/// Works on the links that exist; one that is still there after resolving leads nowhere.
bool holds_link(const fs::path& folder, const fs::path& resolved) {
  std::error_code ignored;
  for (fs::path path = resolved; path != folder; path = path.parent_path()) {
    if (fs::is_symlink(fs::symlink_status(path, ignored))) return true;
  }
  return false;
}

bool is_within(const fs::path& folder, const fs::path& path) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

fs::path without_trailing_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

/// The whole file, for writing. Open-file-description locks, unlike flock, can be looked at without
/// taking them.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

}  // namespace

std::string read_file(const fs::path& path) {
  const FileHandle file = open_file(path, O_RDONLY);
  if (!file) throw file_error(ErrorCode::kInvalidArgument, "read", path, errno);
  std::string bytes;
  struct stat status {};
  if (::fstat(file.get(), &status) == 0 && status.st_size > 0) {
    bytes.reserve(static_cast<std::size_t>(status.st_size));
  }
  std::vector<char> block(kBlockBytes);
  for (;;) {
    const ssize_t count = read_some(file.get(), block.data(), block.size());
    if (count < 0) throw file_error(ErrorCode::kInvalidArgument, "read", path, errno);
    if (count == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
}

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  ReplacementFile replacement(path);
  replacement.write(bytes);
  replacement.commit();
}

void make_folders(const fs::path& path) {
  const fs::path wanted = without_trailing_slash(path);
  std::error_code ignored;
  if (wanted.empty() || fs::is_directory(wanted, ignored)) return;
  const fs::path parent = wanted.parent_path();
  if (parent != wanted) make_folders(parent);
  if (::mkdir(wanted.c_str(), kPrivateFolder) == 0) {
    sync_folder(parent.empty() ? fs::path(".") : parent);
    return;
  }
  const int reason = errno;
  if (reason == EEXIST && fs::is_directory(wanted, ignored)) return;
  throw file_error(ErrorCode::kMigrationFailed, "make folder", wanted, reason);
}

std::optional<fs::path> path_inside(const fs::path& folder, const fs::path& relative) {
  if (relative.native().find('\0') != std::string::npos) return std::nullopt;
  std::error_code error;
  const fs::path root = without_trailing_slash(fs::weakly_canonical(fs::absolute(folder), error));
  if (error) return std::nullopt;
  // operator/ lets an absolute `relative` replace the folder.
  const fs::path found = without_trailing_slash(fs::weakly_canonical(root / relative, error));
  if (error || !is_within(root, found) || holds_link(root, found)) return std::nullopt;
  return found;
}

FileLock::FileLock(int fd) : fd_(fd) {}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

std::optional<FileLock> FileLock::try_acquire(const fs::path& path) {
  FileHandle file = open_file(path, O_RDWR | O_CREAT, kPrivateFile);
  if (!file) throw file_error(ErrorCode::kMigrationFailed, "open lock file", path, errno);
  struct flock lock = whole_file();
  while (::fcntl(file.get(), F_OFD_SETLK, &lock) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return std::nullopt;
    throw file_error(ErrorCode::kMigrationFailed, "lock", path, errno);
  }
  return FileLock(file.release());
}

bool FileLock::is_held(const fs::path& path) {
  const FileHandle file = open_file(path, O_RDWR, kPrivateFile);
  if (!file && errno == ENOENT) return false;
  if (!file) throw file_error(ErrorCode::kMigrationFailed, "open lock file", path, errno);
  struct flock lock = whole_file();
  if (::fcntl(file.get(), F_OFD_GETLK, &lock) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "look at the lock of", path, errno);
  }
  return lock.l_type != F_UNLCK;
}

}  // namespace crossload
