#include <algorithm>
#include <cstdint>
#include <tuple>

#include "crossload/base/strings.h"

#include "utf8.h"

namespace crossload {
namespace {

/// Folded characters of a name; each character of several bytes packed into one number.
std::u32string characters(std::string_view name) {
  // Beyond this nobody typed it; the distance costs the product of both lengths.
  constexpr std::size_t kMaxBytes = 256;
  const std::string folded = ascii_lower(name.substr(0, kMaxBytes));
  std::u32string result;
  for (std::size_t offset = 0; offset < folded.size();) {
    const std::size_t size = utf8_step(folded, offset);
    char32_t packed = 0;
    for (std::size_t i = 0; i < size; ++i) {
      packed = (packed << 8U) | static_cast<unsigned char>(folded[offset + i]);
    }
    result.push_back(packed);
    offset += size;
  }
  return result;
}

/// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

bool contains_whole(const std::u32string& a, const std::u32string& b) {
  constexpr std::size_t kTellingChars = 3;
  const auto& shorter = a.size() < b.size() ? a : b;
  const auto& longer = a.size() < b.size() ? b : a;
  return shorter.size() >= kTellingChars && longer.find(shorter) != std::u32string::npos;
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted,
                                       const std::vector<std::string>& names, std::size_t limit) {
  const std::u32string target = characters(wanted);
  std::vector<std::tuple<bool, std::size_t, std::string>> ranked;
  for (const std::string& name : names) {
    const std::u32string candidate = characters(name);
    const std::size_t slip =
        std::max<std::size_t>(1, std::max(target.size(), candidate.size()) / 3);
    const std::size_t longer = std::max(target.size(), candidate.size());
    const std::size_t shorter = std::min(target.size(), candidate.size());
    const bool contained = contains_whole(target, candidate);
    if (longer - shorter > slip && !contained) continue;
    const std::size_t distance = edit_distance(target, candidate);
    if (distance > slip && !contained) continue;
    ranked.emplace_back(distance > slip, distance, name);
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > limit) ranked.resize(limit);
  std::vector<std::string> result;
  result.reserve(ranked.size());
  for (auto& [contained, distance, name] : ranked) result.push_back(std::move(name));
  return result;
}

}  // namespace crossload
