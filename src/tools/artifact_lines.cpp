#include "artifact_lines.h"

#include <array>
#include <cstring>
#include <fstream>
#include <string_view>

#include "crossload/base/error.h"
#include "crossload/base/narrow.h"

namespace crossload::tools {
namespace {

/// Collects the lines of one page from pieces of a file.
class PageBuilder {
 public:
  PageBuilder(std::uint64_t offset, std::size_t limit) : offset_(offset), limit_(limit) {}

  /// Bytes of the current line, without its newline.
  void add(std::string_view piece) {
    if (piece.empty()) return;
    in_line_ = true;
    line_bytes_ += piece.size();
    if (!wanted()) return;
    const std::size_t room = kLineBytes - std::min(kLineBytes, line_.size());
    line_.append(piece.substr(0, room));
  }

  void end_line() {
    if (wanted()) take();
    ++page_.total_lines;
    line_.clear();
    line_bytes_ = 0;
    in_line_ = false;
  }

  LinePage finish() {
    if (in_line_) end_line();
    const std::uint64_t next = offset_ + page_.lines;
    if (next < page_.total_lines) page_.next_offset = next;
    return std::move(page_);
  }

 private:
  bool wanted() const { return !full_ && page_.total_lines >= offset_ && page_.lines < limit_; }

  void take() {
    if (page_.lines > 0 && page_.text.size() + line_.size() + 1 > kPageBytes) {
      full_ = true;
      return;
    }
    if (line_bytes_ > line_.size()) page_.cut.push_back({page_.total_lines, line_bytes_});
    page_.text += line_;
    page_.text += '\n';
    ++page_.lines;
  }

  const std::uint64_t offset_;
  const std::size_t limit_;
  LinePage page_;
  std::string line_;
  std::uint64_t line_bytes_ = 0;
  bool in_line_ = false;
  bool full_ = false;
};

}  // namespace

LinePage read_lines(const std::filesystem::path& file, std::uint64_t offset, std::size_t limit) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw Error(ErrorCode::kInvalidArgument,
                "cannot read " + file.string() + ": " + std::strerror(errno));
  }
  PageBuilder builder(offset, limit);
  std::array<char, 65536> buffer;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    std::string_view piece(buffer.data(), narrow<std::size_t>(in.gcount()));
    while (!piece.empty()) {
      const std::size_t newline = piece.find('\n');
      builder.add(piece.substr(0, newline));
      if (newline == std::string_view::npos) break;
      builder.end_line();
      piece.remove_prefix(newline + 1);
    }
  }
  return builder.finish();
}

}  // namespace crossload::tools
