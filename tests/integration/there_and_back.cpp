#include "there_and_back.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace crossload::testing {
namespace {

struct ColumnFacts {
  std::string type;
  bool not_null = false;
};

/// By "table.column", in lower case: some engines' names are the same in any case.
using Columns = std::map<std::string, ColumnFacts>;

struct ReportRow {
  std::string from;
  std::string to;
  std::string verdict;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + by.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// Schemas of PostgreSQL other than public come back as parts of names, which the reports tell.
const char* columns_sql(Place place) {
  switch (place) {
    case Place::kSqlite:
      return "SELECT t.name || '.' || c.name, c.type, c.\"notnull\" OR c.pk > 0 FROM "
             "pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type "
             "= 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    case Place::kPostgres:
      return "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), "
             "a.attnotnull::int FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE "
             "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT "
             "c.relispartition AND a.attnum > 0 AND NOT a.attisdropped";
    case Place::kMariadb:
    case Place::kMysql:
      return "SELECT concat(c.table_name, '.', c.column_name), c.column_type, c.is_nullable = 'NO' "
             "FROM information_schema.columns c JOIN information_schema.tables t USING "
             "(table_schema, table_name) WHERE table_schema = database() AND t.table_type = 'BASE "
             "TABLE'";
  }
  return "";
}

const char* names_sql(Place place) {
  switch (place) {
    case Place::kSqlite:
      return "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE "
             "'sqlite\\_%' ESCAPE '\\'";
    case Place::kPostgres:
      return "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND "
             "relkind IN ('r', 'p', 'i', 'I', 'v', 'm') AND NOT relispartition AND NOT EXISTS "
             "(SELECT FROM pg_index x WHERE x.indexrelid = c.oid AND x.indisprimary) UNION SELECT "
             "tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT conname FROM "
             "pg_constraint WHERE contype = 'f'";
    case Place::kMariadb:
    case Place::kMysql:
      return "SELECT table_name FROM information_schema.tables WHERE table_schema = database() "
             "UNION SELECT index_name FROM information_schema.statistics WHERE table_schema = "
             "database() UNION SELECT trigger_name FROM information_schema.triggers WHERE "
             "trigger_schema = database() UNION SELECT constraint_name FROM "
             "information_schema.referential_constraints WHERE constraint_schema = database()";
  }
  return "";
}

Columns columns_of(const TestDatabase& database) {
  Columns columns;
  std::istringstream lines(database.ask(columns_sql(database.place())));
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> cells = split(line, "\t");
    if (cells.size() == 3) columns[lower(cells[0])] = {lower(cells[1]), cells[2] == "1"};
  }
  return columns;
}

std::set<std::string> names_of(const TestDatabase& database) {
  std::set<std::string> names;
  std::istringstream lines(database.ask(names_sql(database.place())));
  for (std::string line; std::getline(lines, line);) names.insert(lower(line));
  return names;
}

/// Report.md puts backslashes before what would act as Markdown.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

/// The rows of the tables' columns, by "table.column".
std::map<std::string, ReportRow> rows_of(const std::string& report) {
  std::map<std::string, ReportRow> rows;
  std::string table;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("### ")) table = unescaped(line.substr(4));
    if (table.empty() || !line.starts_with("| ")) continue;
    const std::vector<std::string> cells = split(line, " | ");
    if (cells.size() < 4) continue;
    rows[lower(table + "." + unescaped(cells[0].substr(2)))] = {
        unescaped(cells[1]), unescaped(cells[2]), unescaped(cells[3])};
  }
  return rows;
}

/// The same type has several spellings; how long it is counts.
std::string normal_type(const std::string& type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSpellings = {
      {{"character varying", "varchar"},
       {"character(", "char("},
       {"timestamp with time zone", "timestamptz"},
       {" without time zone", ""},
       {"integer", "int"},
       {"double precision", "double"}}};
  std::string normal = lower(type);
  // How wide MySQL shows a number says nothing of it, but for the one that is a boolean.
  const std::size_t width = normal.find("int(");
  if (width != std::string::npos && !normal.starts_with("tinyint(1)")) {
    normal.erase(width + 3, normal.find(')', width) - width - 2);
  }
  for (const auto& [from, to] : kSpellings) {
    const std::size_t at = normal.find(from);
    if (at != std::string::npos) normal.replace(at, from.size(), to);
  }
  return normal;
}

/// What a report says in warnings and of what was left out.
std::string told_text(const ToldCopy& copy) {
  return lower(copy.result.at("warnings").dump() + copy.result.at("skipped_items").dump());
}

class Comparison {
 public:
  Comparison(const ToldCopy& there, const ToldCopy& back)
      : told_(told_text(there) + told_text(back)),
        there_(rows_of(there.report)),
        back_(rows_of(back.report)) {}

  void compare_names(const std::set<std::string>& before, const std::set<std::string>& after) {
    for (const std::string& name : before) {
      if (!after.contains(name) && !is_told(name)) unnamed_.push_back("gone: " + name);
    }
  }

  void compare_columns(const Columns& before, const Columns& after) {
    for (const auto& [name, facts] : before) {
      const auto found = after.find(name);
      if (found == after.end()) {
        if (!is_told(name.substr(0, name.find('.'))) && !is_told(name)) {
          unnamed_.push_back("gone: " + name);
        }
        continue;
      }
      const ColumnFacts& now = found->second;
      if (normal_type(facts.type) != normal_type(now.type) && !rows_tell(name)) {
        unnamed_.push_back(name + " was " + facts.type + ", is " + now.type);
      }
      const std::string table = name.substr(0, name.find('.'));
      const bool told = is_told(name) || is_told(R"("name":")" + table + "\"");
      if (facts.not_null != now.not_null && !told) {
        unnamed_.push_back(name + (now.not_null ? " takes no NULL now" : " takes NULL now"));
      }
    }
  }

  std::vector<std::string> take() { return std::move(unnamed_); }

 private:
  bool is_told(const std::string& name) const { return told_.find(name) != std::string::npos; }

  /// Whether the reports' rows end at another type than they began at, or give a verdict.
  bool rows_tell(const std::string& column) const {
    const auto there = there_.find(column);
    const auto back = back_.find(column);
    if (there == there_.end() || back == back_.end()) return is_told(column);
    return there->second.verdict != "same |" || back->second.verdict != "same |" ||
           normal_type(there->second.from) != normal_type(back->second.to);
  }

  std::string told_;
  std::map<std::string, ReportRow> there_;
  std::map<std::string, ReportRow> back_;
  std::vector<std::string> unnamed_;
};

}  // namespace

std::vector<std::string> unnamed_differences(const TestDatabase& before, const TestDatabase& after,
                                             const ToldCopy& there, const ToldCopy& back) {
  Comparison comparison(there, back);
  comparison.compare_names(names_of(before), names_of(after));
  comparison.compare_columns(columns_of(before), columns_of(after));
  return comparison.take();
}

}  // namespace crossload::testing
