#include "schema_dump.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string_view>
#include <utility>

#include "process.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

// Not compared, as no schema copy carries them: rights, owners, settings; operators, casts,
// publications and the like, which are told.
bool is_copied(std::string_view item) {
  constexpr std::string_view kTypes =
      ";TABLE;SEQUENCE;SEQUENCE OWNED BY;DEFAULT;CONSTRAINT;FK CONSTRAINT;CHECK CONSTRAINT;INDEX;"
      "TABLE ATTACH;TYPE;DOMAIN;COMMENT;VIEW;MATERIALIZED "
      "VIEW;FUNCTION;PROCEDURE;AGGREGATE;TRIGGER;"
      "SCHEMA;POLICY;ROW SECURITY;RULE;STATISTICS;COLLATION;";
  constexpr std::string_view kBegin = "; Type: ";
  const std::size_t begin = item.find(kBegin) + kBegin.size();
  const std::string type =
      ";" + std::string(item.substr(begin, item.find(';', begin) - begin)) + ";";
  return kTypes.find(type) != std::string_view::npos && !item.starts_with("EXTENSION ");
}

// Items begin with "-- Name: public.t; Type: TABLE; ...".
std::set<std::string> postgres_dump(const TestDatabase& database) {
  TempFolder folder;
  Process process({"/usr/bin/pg_dump", "--schema-only", "--no-owner", "--no-privileges",
                   "--dbname=" + database.url()},
                  folder / "dump.sql");
  process.wait(std::chrono::minutes(2));
  const std::string text = folder.read("dump.sql");
  constexpr std::string_view kBegin = "\n--\n-- Name: ";
  std::set<std::string> items;
  for (std::size_t at = text.find(kBegin); at != std::string::npos;) {
    const std::size_t begin = at + kBegin.size();
    at = text.find(kBegin, begin);
    std::string item = text.substr(begin, at == std::string::npos ? at : at - begin);
    // The last one has the dump's own last words behind it.
    item.erase(std::min(item.find("\n--\n-- PostgreSQL database dump"), item.size()));
    // Settings for what follows stand behind an item.
    item.erase(std::min(item.find("\nSET "), item.size()));
    while (item.ends_with('\n')) item.pop_back();
    if (is_copied(item)) items.insert(std::move(item));
  }
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
