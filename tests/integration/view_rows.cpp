#include "view_rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <sstream>

namespace crossload::testing {
namespace {

std::vector<std::string> pieces(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  std::istringstream stream(text);
  while (std::getline(stream, part, separator)) parts.push_back(part);
  return parts;
}

bool is_number(const std::string& text, double& value) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size();
}

std::string short_number(double value) {
  // Three decimals: averages have four in MySQL, the others more.
  // Sums of floating-point numbers end in noise, which must not decide how a half is rounded.
  char text[64];
  std::snprintf(text, sizeof text, "%.3f", value + std::copysign(1e-7, value));
  return std::string(text) == "-0.000" ? "0.000" : text;
}

std::string short_moment(std::string text) {
  constexpr std::size_t kSeconds = 19;
  const bool moment = text.size() >= kSeconds && text[4] == '-' && text[7] == '-' &&
                      (text[10] == ' ' || text[10] == 'T') && text[13] == ':';
  if (!moment) return text;
  if (const std::size_t zone = text.find('+'); zone != std::string::npos) text.resize(zone);
  if (text.find('.') == std::string::npos) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string plain(const std::string& cell) {
  if (cell == "t") return short_number(1);
  if (cell == "f") return short_number(0);
  double number = 0;
  if (is_number(cell, number)) return short_number(number);
  if (cell.find(',') == std::string::npos) return short_moment(cell);
  std::vector<std::string> parts = pieces(cell, ',');
  for (std::string& part : parts) part.erase(0, part.find_first_not_of(' '));
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

std::string quoted(const TestDatabase& database, const std::string& name) {
  const bool mysql = database.place() == Place::kMariadb || database.place() == Place::kMysql;
  const std::string quote = mysql ? "`" : "\"";
  return quote + name + quote;
}

}  // namespace

std::vector<std::string> view_names(const TestDatabase& database) {
  switch (database.place()) {
    case Place::kSqlite:
      return pieces(database.ask("SELECT name FROM sqlite_schema WHERE type = 'view'"), '\n');
    case Place::kPostgres:
      return pieces(database.ask("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = "
                                 "c.relnamespace WHERE c.relkind IN ('v', 'm') AND n.nspname = "
                                 "'public'"),
                    '\n');
    case Place::kMariadb:
    case Place::kMysql:
      return pieces(database.ask("SELECT table_name FROM information_schema.views WHERE "
                                 "table_schema = database()"),
                    '\n');
  }
  return {};
}

std::map<std::string, std::vector<std::string>> view_rows(const TestDatabase& database,
                                                          const std::vector<std::string>& views) {
  // One shell for all of them: starting one for each takes longer than all queries.
  const std::string mark = "--view--";
  std::string sql;
  for (const std::string& view : views) {
    sql += "SELECT '" + mark + view + "'; SELECT * FROM " + quoted(database, view) + "; ";
  }
  std::map<std::string, std::vector<std::string>> rows;
  try {
    std::vector<std::string>* of_view = nullptr;
    for (const std::string& line : pieces(database.ask(sql), '\n')) {
      if (line.starts_with(mark)) {
        of_view = &rows[line.substr(mark.size())];
        continue;
      }
      std::string row;
      for (const std::string& cell : pieces(line, '\t')) row += plain(cell) + "|";
      of_view->push_back(std::move(row));
    }
  } catch (const std::exception& error) {
    if (views.size() == 1) return {{views[0], {error.what()}}};
    rows.clear();
    for (const std::string& view : views) rows.merge(view_rows(database, {view}));
  }
  for (auto& [view, list] : rows) std::sort(list.begin(), list.end());
  return rows;
}

}  // namespace crossload::testing
