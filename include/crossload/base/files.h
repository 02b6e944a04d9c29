#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crossload {

/// Whole file as bytes. Throws: Error kInvalidArgument naming the file and the system's reason.
std::string read_file(const std::filesystem::path& path);

/// Replaces `path` atomically: writes a temporary beside it, fsync, rename, fsync of the folder.
/// After a kill at any instant the file is the old one or the new one. A new file has mode 0600; an
/// old one's mode is kept.
/// Throws: Error kMigrationFailed naming the file and the system's reason.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// Makes the folder and its parents (mode 0700 for what is new). Throws: Error kMigrationFailed.
void make_folders(const std::filesystem::path& path);

/// `relative` below `folder`, links followed, or nullopt where it would lie outside or cannot be
/// followed (a link to nowhere, a loop). The file itself need not exist; an absolute `relative` is
/// accepted only when it lies inside.
std::optional<std::filesystem::path> path_inside(const std::filesystem::path& folder,
                                                 const std::filesystem::path& relative);

/// An append-only file of lines. A kill leaves at most one incomplete last line, which open() cuts.
class LineFile {
 public:
  /// Opens or creates. Throws: Error kMigrationFailed.
  static LineFile open(const std::filesystem::path& path);
  LineFile(LineFile&&) noexcept;
  LineFile& operator=(LineFile&&) noexcept;
  ~LineFile();

  /// Adds one line, or what is left of one that append_part() began. Buffered (a few hundred KiB at
  /// most) until flush(); what was not flushed is gone with the object.
  /// Throws: Error kInvalidArgument for a newline inside, else as flush().
  void append(std::string_view line);
  /// Adds a part of a line that is too long to be held at once; append() ends it.
  void append_part(std::string_view part);
  /// Hands everything to the operating system; with `sync`, to the disk.
  /// Throws: Error kMigrationFailed; what was not written stays buffered and may be flushed again.
  void flush(bool sync = false);

 private:
  LineFile(int fd, std::filesystem::path path);
  void add(std::string_view text);
  int fd_ = -1;
  std::filesystem::path path_;
  std::string buffer_;
};

/// What filter_lines() shows of a line, however long it is. Units: bytes.
inline constexpr std::size_t kLineEndBytes = 1024;

/// Keeps those lines of a file for whose end (the last kLineEndBytes at most) `keep` is true. The
/// file is replaced atomically, or left alone where nothing goes. An incomplete last line goes. A
/// missing file is left missing. Throws: Error kMigrationFailed.
void filter_lines(const std::filesystem::path& path,
                  const std::function<bool(std::string_view line_end)>& keep);

/// An exclusive lock on a file, held until destruction; a kill frees it (fcntl F_OFD_SETLK).
class FileLock {
 public:
  /// nullopt where another process holds it. Throws: Error kMigrationFailed when the file cannot be
  /// made.
  static std::optional<FileLock> try_acquire(const std::filesystem::path& path);
  /// Whether somebody, this process included, holds it; takes nothing. A missing file is not held.
  static bool is_held(const std::filesystem::path& path);
  FileLock(FileLock&&) noexcept;
  FileLock& operator=(FileLock&&) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int fd);
  int fd_ = -1;
};

}  // namespace crossload
