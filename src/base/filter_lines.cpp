#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"

#include "file_handle.h"

namespace crossload {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

using KeepLine = std::function<bool(std::string_view line_end)>;

/// Copies what is kept of a file from it to its replacement, in runs of lines. No line is held as a
/// whole: whether it stays is known at its end only, so it is read a second time.
class LineFilter {
 public:
  LineFilter(const std::filesystem::path& path, int fd, const KeepLine& keep)
      : path_(path), fd_(fd), keep_(keep) {}

  /// The next bytes of the file.
  void add(std::string_view block) {
    while (!block.empty()) {
      const std::size_t newline = std::min(block.find('\n'), block.size());
      add_to_line(block.substr(0, newline));
      block.remove_prefix(newline);
      if (block.empty()) return;
      block.remove_prefix(1);
      end_line();
    }
  }

  void finish() {
    if (!replacement_ && at_ == line_begin_) return;  // Nothing goes.
    keep_until(line_begin_);
    replacement_->commit();
  }

 private:
  void add_to_line(std::string_view piece) {
    at_ += static_cast<off_t>(piece.size());
    if (piece.size() > kLineEndBytes) piece.remove_prefix(piece.size() - kLineEndBytes);
    line_end_.append(piece);
    if (line_end_.size() > kLineEndBytes) line_end_.erase(0, line_end_.size() - kLineEndBytes);
  }

  void end_line() {
    const off_t next = at_ + 1;
    if (!keep_(line_end_)) {
      keep_until(line_begin_);
      kept_from_ = next;
    }
    at_ = line_begin_ = next;
    line_end_.clear();
  }

  void keep_until(off_t end) {
    if (!replacement_) replacement_.emplace(path_);
    std::vector<char> block(static_cast<std::size_t>(
        std::clamp<off_t>(end - kept_from_, 0, static_cast<off_t>(kBlockBytes))));
    while (kept_from_ < end) {
      const auto wanted = static_cast<std::size_t>(end - kept_from_);
      const ssize_t count = ::pread(fd_, block.data(), std::min(wanted, block.size()), kept_from_);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw file_error(ErrorCode::kMigrationFailed, "read", path_, errno);
      replacement_->write({block.data(), static_cast<std::size_t>(count)});
      kept_from_ += count;
    }
  }

  const std::filesystem::path& path_;
  int fd_;
  const KeepLine& keep_;
  std::optional<ReplacementFile> replacement_;  ///< Since the first line that goes.
  std::string line_end_;
  off_t at_ = 0;
  off_t line_begin_ = 0;
  off_t kept_from_ = 0;  ///< Kept, but not copied yet.
};

}  // namespace

void filter_lines(const std::filesystem::path& path, const KeepLine& keep) {
  const FileHandle file = open_file(path, O_RDONLY);
  if (!file && errno == ENOENT) return;
  if (!file) throw file_error(ErrorCode::kMigrationFailed, "read", path, errno);
  LineFilter filter(path, file.get(), keep);
  std::vector<char> block(kBlockBytes);
  for (;;) {
    const ssize_t count = read_some(file.get(), block.data(), block.size());
    if (count < 0) throw file_error(ErrorCode::kMigrationFailed, "read", path, errno);
    if (count == 0) break;
    filter.add({block.data(), static_cast<std::size_t>(count)});
  }
  filter.finish();
}

}  // namespace crossload
