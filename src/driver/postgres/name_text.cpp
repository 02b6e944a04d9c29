#include "name_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload::driver::postgres {
namespace {

// One identifier from the front of the text; nullopt where a quote is left open.
std::optional<std::string> take_identifier(std::string_view& text) {
  std::string name;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find('.'), text.size());
    name = ascii_lower(text.substr(0, end));
    text.remove_prefix(end);
    return name;
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"' && (i + 1 >= text.size() || text[i + 1] != '"')) {
      text.remove_prefix(i + 1);
      return name;
    }
    if (text[i] == '"') ++i;
    name += text[i];
  }
  return std::nullopt;
}

// As SQL reads it; nullopt where it is no name of a table.
std::optional<TableName> parsed(std::string_view text) {
  const std::optional<std::string> first = take_identifier(text);
  if (!first) return std::nullopt;
  if (text.empty()) return TableName{"", *first};
  if (!text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  const std::optional<std::string> second = take_identifier(text);
  if (!second || !text.empty()) return std::nullopt;
  return TableName{*first, *second};
}

}  // namespace

std::vector<TableName> readings_of(std::string_view text) {
  std::vector<TableName> readings = {{"", std::string(text)}};
  // A schema's name, or a table's, may hold a dot.
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos;
       dot = text.find('.', dot + 1)) {
    readings.push_back({std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))});
  }
  if (std::optional<TableName> name = parsed(text)) readings.push_back(std::move(*name));
  readings.push_back({"", ascii_lower(text)});
  std::erase_if(readings, [](const TableName& name) { return name.name.empty(); });
  return readings;
}

}  // namespace crossload::driver::postgres
