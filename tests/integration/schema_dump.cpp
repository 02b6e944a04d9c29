#include "schema_dump.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "process.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

// Not compared, as no schema copy carries them: rights, owners, settings, comments on other things
// than tables and columns, rules, aggregates, operators, casts, statistics, policies, publications.
bool is_copied(std::string_view item) {
  constexpr std::array<std::string_view, 17> kTypes = {
      "TABLE",         "SEQUENCE", "SEQUENCE OWNED BY", "DEFAULT",  "CONSTRAINT",
      "FK CONSTRAINT", "INDEX",    "TABLE ATTACH",      "TYPE",     "DOMAIN",
      "COMMENT",       "VIEW",     "MATERIALIZED VIEW", "FUNCTION", "PROCEDURE",
      "TRIGGER",       "SCHEMA"};
  for (const std::string_view type : kTypes) {
    if (item.find("; Type: " + std::string(type) + ";") == std::string_view::npos) continue;
    return type != "COMMENT" || item.starts_with("TABLE ") || item.starts_with("COLUMN ");
  }
  return false;
}

// How a table is stored is no part of a schema copy: UNLOGGED, storage parameters, the targets of
// statistics.
std::string without_storage(std::string item) {
  constexpr std::string_view kUnlogged = "CREATE UNLOGGED ";
  const std::size_t unlogged = item.find(kUnlogged);
  if (unlogged != std::string::npos) item.replace(unlogged, kUnlogged.size(), "CREATE ");
  std::string kept;
  std::istringstream lines(item);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("ALTER ") && line.find(" SET STATISTICS ") != std::string::npos) continue;
    if (line.starts_with("WITH (") && line.ends_with(");")) {
      if (kept.ends_with('\n')) kept.pop_back();
      line = ";";
    }
    kept += line + "\n";
  }
  while (kept.ends_with('\n')) kept.pop_back();
  return kept;
}

// Items begin with "-- Name: public.t; Type: TABLE; ...".
/// "COLUMN" of a view's comment, which no schema copy carries.
bool is_of_view(const std::string& item, const std::vector<std::string>& views) {
  return item.starts_with("COLUMN ") &&
         std::any_of(views.begin(), views.end(), [&](const std::string& view) {
           return item.find(view + ".") == std::string_view("COLUMN ").size();
         });
}

std::set<std::string> postgres_dump(const TestDatabase& database) {
  TempFolder folder;
  Process process({"/usr/bin/pg_dump", "--schema-only", "--no-owner", "--no-privileges",
                   "--dbname=" + database.url()},
                  folder / "dump.sql");
  process.wait(std::chrono::minutes(2));
  const std::string text = folder.read("dump.sql");
  constexpr std::string_view kBegin = "\n--\n-- Name: ";
  std::set<std::string> items;
  std::vector<std::string> views;
  for (std::size_t at = text.find(kBegin); at != std::string::npos;) {
    const std::size_t begin = at + kBegin.size();
    at = text.find(kBegin, begin);
    std::string item = text.substr(begin, at == std::string::npos ? at : at - begin);
    // The last one has the dump's own last words behind it.
    item.erase(std::min(item.find("\n--\n-- PostgreSQL database dump"), item.size()));
    // Settings for what follows stand behind an item.
    item.erase(std::min(item.find("\nSET "), item.size()));
    if (item.find("VIEW; Schema:") != std::string::npos) {
      views.push_back(item.substr(0, item.find(';')));
    }
    if (is_copied(item)) items.insert(without_storage(std::move(item)));
  }
  std::erase_if(items, [&](const std::string& item) { return is_of_view(item, views); });
  return items;
}

void add_lines(const std::string& text, std::set<std::string>& items) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) items.insert(line);
}

std::set<std::string> mysql_dump(const TestDatabase& database) {
  std::set<std::string> items;
  std::istringstream names(
      database.ask("SELECT table_name FROM information_schema.tables WHERE table_schema = "
                   "database() AND table_type = 'BASE TABLE'"));
  for (std::string name; std::getline(names, name);) {
    items.insert(database.ask("SHOW CREATE TABLE `" + name + "`"));
  }
  std::istringstream views(
      database.ask("SELECT table_name FROM information_schema.views WHERE table_schema = "
                   "database()"));
  for (std::string name; std::getline(views, name);) {
    items.insert(database.ask("SHOW CREATE VIEW `" + name + "`"));
  }
  add_lines(database.ask("SELECT 'trigger', trigger_name, action_timing, event_manipulation, "
                         "event_object_table, action_order, replace(action_statement, '\\n', ' ') "
                         "FROM information_schema.triggers WHERE trigger_schema = database()"),
            items);
  add_lines(database.ask("SELECT routine_type, routine_name, dtd_identifier, is_deterministic, "
                         "sql_data_access, security_type, replace(routine_definition, '\\n', ' ') "
                         "FROM information_schema.routines WHERE routine_schema = database()"),
            items);
  return items;
}

}  // namespace

std::set<std::string> schema_dump(const TestDatabase& database) {
  switch (database.place()) {
    case Place::kPostgres:
      return postgres_dump(database);
    case Place::kMariadb:
    case Place::kMysql:
      return mysql_dump(database);
    case Place::kSqlite:
      break;
  }
  return {// The storage of virtual tables is as the module's version makes it.
          database.ask("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE "
                       "'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT IN (SELECT name FROM "
                       "pragma_table_list WHERE type = 'shadow') ORDER BY name")};
}

}  // namespace crossload::testing
