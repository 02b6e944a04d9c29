#include "result_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "terminal.h"
#include "text_table.h"

namespace crossload::app {
namespace {

using mcp::Json;

// They speak to a language model; a person at a terminal knows what a table holds.
bool is_fence(std::string_view name) {
  return name == "notice" || name == "boundary" || name == "boundary_end";
}

std::string cell_text(const Json& value);

/// A part of an index as SQL has it: "total DESC", "name(10)".
std::string index_part_text(const Json& part) {
  std::string text = cell_text(part.contains("column") ? part["column"] : part["expression"]);
  if (const auto length = part.find("prefix_length"); length != part.end()) {
    text += "(" + cell_text(*length) + ")";
  }
  if (const auto collation = part.find("collation"); collation != part.end()) {
    text += " COLLATE " + cell_text(*collation);
  }
  if (part.value("descending", false)) text += " DESC";
  if (const auto nulls = part.find("nulls"); nulls != part.end()) {
    text += " NULLS " + cell_text(*nulls);
  }
  return text;
}

std::string cell_text(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_array()) {
    std::string text;
    for (const Json& item : value) text += (text.empty() ? "" : ", ") + cell_text(item);
    return text;
  }
  if (value.is_object() && (value.contains("column") || value.contains("expression"))) {
    return index_part_text(value);
  }
  if (value.is_object() && value.size() == 1) return cell_text(value.begin().value());
  return printable(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

bool is_number_column(const Json& rows, const std::string& name) {
  return std::all_of(rows.begin(), rows.end(), [&](const Json& row) {
    return !row.contains(name) || row[name].is_number() || row[name].is_null();
  });
}

std::string objects_table(const Json& rows, std::size_t width) {
  std::vector<std::string> names;
  for (const Json& row : rows) {
    for (const auto& [name, unused] : row.items()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  TextTable table(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (is_number_column(rows, names[i])) table.align_right(i);
  }
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& name : names) {
      cells.push_back(row.contains(name) ? cell_text(row[name]) : std::string());
    }
    table.add(std::move(cells));
  }
  return table.text(width);
}

/// Rows of a query: NULL is told apart from an empty text.
std::string rows_table(const Json& columns, const Json& rows, std::size_t width) {
  std::vector<std::string> names;
  for (const Json& column : columns) names.push_back(cell_text(column.at("name")));
  TextTable table(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool numbers = std::all_of(rows.begin(), rows.end(), [&](const Json& row) {
      return row.at(i).is_number() || row.at(i).is_null();
    });
    if (numbers) table.align_right(i);
  }
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    for (const Json& cell : row) cells.push_back(cell.is_null() ? "NULL" : cell_text(cell));
    table.add(std::move(cells));
  }
  return table.text(width);
}

std::string list_text(const std::string& name, const Json& list, std::size_t width) {
  if (list.empty()) return {};
  std::string text = "\n" + name + ":\n";
  if (list.front().is_object()) return text + objects_table(list, width);
  for (const Json& item : list) text += "  " + cell_text(item) + "\n";
  return text;
}

}  // namespace

std::string result_text(const Json& result, std::size_t width) {
  std::string facts;
  std::string lists;
  const bool has_rows = result.contains("rows") && result.contains("columns");
  for (const auto& [name, value] : result.items()) {
    if (is_fence(name)) continue;
    if (has_rows && name == "columns") continue;
    if (has_rows && name == "rows") {
      lists += "\n" + rows_table(result["columns"], value, width);
    } else if (name == "text") {
      lists += "\n" + printable(value.get<std::string>(), true);
    } else if (value.is_array()) {
      lists += list_text(name, value, width);
    } else if (!value.is_null() && value != mcp::Json("")) {
      facts += name + ": " + cell_text(value) + "\n";
    }
  }
  if (facts.empty() && !lists.empty()) lists.erase(0, 1);
  return facts + lists;
}

std::string error_text(const Json& error) {
  std::string text = "error: " + error.value("code", std::string()) + ": " +
                     printable(error.value("message", std::string())) + "\n";
  if (const auto near = error.find("candidates"); near != error.end()) {
    text += "  near: " + cell_text(*near) + "\n";
  }
  if (const auto steps = error.find("suggestions"); steps != error.end()) {
    for (const Json& step : *steps) text += "  try: " + cell_text(step) + "\n";
  }
  return text;
}

}  // namespace crossload::app
