#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace crossload::tools {

/// A line of which only the head is shown.
struct CutLine {
  std::uint64_t line = 0;  ///< Counted from 0.
  std::uint64_t bytes = 0;
};

struct LinePage {
  std::string text;  ///< With newlines, as raw bytes.
  std::size_t lines = 0;
  std::optional<std::uint64_t> next_offset;  ///< nullopt at the end.
  std::uint64_t total_lines = 0;
  std::vector<CutLine> cut;
};

/// Units: bytes.
inline constexpr std::size_t kPageBytes = 40'000;
inline constexpr std::size_t kLineBytes = 16'000;

/// Lines [offset, offset + limit) of a file, fewer where they pass kPageBytes. The file is read in
/// pieces, whatever its size. Throws: Error kInvalidArgument when it cannot be read.
LinePage read_lines(const std::filesystem::path& file, std::uint64_t offset, std::size_t limit);

}  // namespace crossload::tools
