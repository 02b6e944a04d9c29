#include "password_file.h"

#include <system_error>

#include <sys/stat.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"

namespace crossload::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxPasswordBytes = 4096;

Error unusable(const fs::path& file, const std::string& why) {
  return {ErrorCode::kInvalidArgument, "the file '" + file.string() + "' " + why};
}

void check_before_reading(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) {
    throw unusable(file, error && error != std::errc::no_such_file_or_directory
                             ? "cannot be read: " + error.message()
                             : "does not exist");
  }
  // A device or a pipe might never end.
  if (!fs::is_regular_file(status)) throw unusable(file, "is not a regular file");
  if (fs::file_size(file, error) > kMaxPasswordBytes) {
    throw unusable(file, "is too large for a password (more than 4096 bytes)");
  }
}

}  // namespace

Secret read_password_file(const fs::path& file, std::vector<std::string>& warnings) {
  check_before_reading(file);
  std::string text = read_file(file);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty() && text.back() == '\r') text.pop_back();
  if (text.empty()) throw unusable(file, "holds no password");
  if (text.find('\n') != std::string::npos) throw unusable(file, "holds more than one line");
  if (text.find('\0') != std::string::npos) throw unusable(file, "holds a zero byte");
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0) {
    warnings.push_back("everyone on this machine may read the password file '" + file.string() +
                       "' (chmod 600 closes it)");
  }
  return Secret(std::move(text));
}

}  // namespace crossload::app
