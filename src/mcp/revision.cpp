#include "revision.h"

#include <array>
#include <utility>

namespace crossload::mcp {
namespace {

constexpr std::array<std::pair<Revision, std::string_view>, 5> kNames{{
    {Revision::k2024_11_05, "2024-11-05"},
    {Revision::k2025_03_26, "2025-03-26"},
    {Revision::k2025_06_18, "2025-06-18"},
    {Revision::k2025_11_25, "2025-11-25"},
    {Revision::k2026_07_28, "2026-07-28"},
}};

}  // namespace

std::string_view to_string(Revision revision) {
  for (const auto& [value, name] : kNames) {
    if (value == revision) return name;
  }
  return "";
}

std::optional<Revision> parse_revision(std::string_view text) {
  for (const auto& [value, name] : kNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

}  // namespace crossload::mcp
