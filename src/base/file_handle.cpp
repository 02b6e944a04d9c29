#include "file_handle.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "crossload/base/strings.h"

namespace crossload {
namespace {

constexpr unsigned kPrivateFile = 0600;

std::filesystem::path folder_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

}  // namespace

Error file_error(ErrorCode code, std::string_view action, const std::filesystem::path& path,
                 int error_number) {
  return {code, "cannot " + std::string(action) + " '" + utf8_lossy(path.native()) +
                    "': " + std::generic_category().message(error_number)};
}

FileHandle open_file(const std::filesystem::path& path, int flags, unsigned mode) {
  for (;;) {
    FileHandle file(::open(path.c_str(), flags | O_CLOEXEC, mode));
    if (file || errno != EINTR) return file;
  }
}

std::size_t write_all(int fd, std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = ::write(fd, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    written += static_cast<std::size_t>(count);
  }
  return written;
}

ssize_t read_some(int fd, char* buffer, std::size_t size) {
  for (;;) {
    const ssize_t count = ::read(fd, buffer, size);
    if (count >= 0 || errno != EINTR) return count;
  }
}

void sync_folder(const std::filesystem::path& folder) {
  const FileHandle handle = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (!handle || ::fsync(handle.get()) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "sync folder", folder, errno);
  }
}

ReplacementFile::ReplacementFile(std::filesystem::path target) : target_(std::move(target)) {
  constexpr std::size_t kRandomBytes = 6;
  temporary_ = folder_of(target_) / (".crossload-" + random_hex(kRandomBytes) + ".tmp");
  file_ = open_file(temporary_, O_WRONLY | O_CREAT | O_EXCL, kPrivateFile);
  if (!file_) throw file_error(ErrorCode::kMigrationFailed, "write", target_, errno);
  struct stat old {};
  if (::stat(target_.c_str(), &old) == 0) ::fchmod(file_.get(), old.st_mode & 07777U);
}

ReplacementFile::~ReplacementFile() {
  if (!committed_ && file_) ::unlink(temporary_.c_str());
}

void ReplacementFile::write(std::string_view bytes) {
  if (write_all(file_.get(), bytes) != bytes.size()) {
    throw file_error(ErrorCode::kMigrationFailed, "write", target_, errno);
  }
}

void ReplacementFile::commit() {
  if (::fsync(file_.get()) != 0 || ::rename(temporary_.c_str(), target_.c_str()) != 0) {
    throw file_error(ErrorCode::kMigrationFailed, "write", target_, errno);
  }
  committed_ = true;
  sync_folder(folder_of(target_));
}

}  // namespace crossload
