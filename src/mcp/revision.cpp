#include "revision.h"

#include <array>
#include <utility>

namespace crossload::mcp {
namespace {

constexpr std::array<std::pair<Revision, std::string_view>, 5> kNames{{
    {Revision::kV20241105, "2024-11-05"},
    {Revision::kV20250326, "2025-03-26"},
    {Revision::kV20250618, "2025-06-18"},
    {Revision::kV20251125, "2025-11-25"},
    {Revision::kV20260728, "2026-07-28"},
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
