#include "copy_error.h"

#include <charconv>

namespace crossload::driver::postgres {
namespace {

// A name may hold anything, ": " included: the longest column that fits is meant.
std::string column_in(std::string_view rest, const std::vector<std::string>& columns) {
  constexpr std::string_view kLead = ", column ";
  std::string found;
  if (!rest.starts_with(kLead)) return found;
  rest.remove_prefix(kLead.size());
  for (const std::string& column : columns) {
    const bool fits =
        rest.starts_with(column) && (rest.size() == column.size() || rest[column.size()] == ':');
    if (fits && column.size() > found.size()) found = column;
  }
  return found;
}

}  // namespace

std::optional<CopyPlace> copy_place(std::string_view context, std::string_view table,
                                    const std::vector<std::string>& columns) {
  const std::string lead = "COPY " + std::string(table) + ", line ";
  std::size_t begin = 0;
  while (begin != std::string_view::npos) {
    begin = context.find(lead, begin);
    if (begin == std::string_view::npos) return std::nullopt;
    // What a value holds stands in the context too, but never at the beginning of its first line.
    if (begin == 0 || context[begin - 1] == '\n') break;
    ++begin;
  }
  std::string_view rest = context.substr(begin + lead.size());
  CopyPlace place;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), place.line);
  if (error != std::errc() || place.line == 0) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  place.column = column_in(rest, columns);
  return place;
}

}  // namespace crossload::driver::postgres
