#include "object_counts.h"

#include <cctype>
#include <sstream>
#include <string_view>

namespace crossload::testing {
namespace {

bool is_mysql(Place place) {
  return place == Place::kMariadb || place == Place::kMysql;
}

// Partitions are counted with the tables they belong to.
const std::map<std::string, std::string> kPostgres = {
    {"tables", "SELECT count(*) FROM rel"},
    {"columns",
     "SELECT count(*) FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid WHERE a.attnum > 0 AND "
     "NOT a.attisdropped"},
    {"primary keys",
     "SELECT count(*) FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid WHERE contype = 'p'"},
    {"indexes",
     "SELECT count(*) FROM pg_index x JOIN indexed i ON i.oid = x.indrelid WHERE NOT "
     "x.indisprimary"},
    {"unique indexes",
     "SELECT count(*) FROM pg_index x JOIN indexed i ON i.oid = x.indrelid WHERE NOT "
     "x.indisprimary AND x.indisunique"},
    {"foreign keys",
     "SELECT count(*) FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid WHERE contype = 'f' "
     "AND "
     "conparentid = 0"},
    {"checks",
     "SELECT count(*) FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid WHERE contype = 'c'"},
    {"views",
     "SELECT count(*) FROM pg_class c JOIN own n ON n.oid = c.relnamespace WHERE relkind IN ('v', "
     "'m') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"},
    {"triggers",
     "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN own n ON n.oid = "
     "c.relnamespace WHERE NOT t.tgisinternal AND NOT c.relispartition"}};

const std::string kPostgresHead =
    "WITH own AS (SELECT oid FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', "
    "'information_schema') AND nspname NOT LIKE 'pg\\_toast%'), rel AS (SELECT c.oid FROM pg_class "
    "c "
    "JOIN own n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
    "AND "
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')), "
    // Materialized views have indexes too.
    "indexed AS (SELECT oid FROM rel UNION ALL SELECT c.oid FROM pg_class c JOIN own n ON n.oid = "
    "c.relnamespace WHERE c.relkind = 'm' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = "
    "c.oid AND d.deptype = 'e')) ";

const std::string kMysqlIndexes =
    "SELECT count(*) FROM (SELECT DISTINCT s.table_name, s.index_name, s.non_unique FROM "
    "information_schema.statistics s WHERE s.table_schema = database() AND s.index_name <> "
    "'PRIMARY') i";

const std::map<std::string, std::string> kMysql = {
    {"tables",
     "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND "
     "table_type "
     "= 'BASE TABLE'"},
    {"columns",
     "SELECT count(*) FROM information_schema.columns c JOIN information_schema.tables t USING "
     "(table_schema, table_name) WHERE table_schema = database() AND table_type = 'BASE TABLE'"},
    {"primary keys",
     "SELECT count(*) FROM information_schema.table_constraints WHERE table_schema = database() "
     "AND "
     "constraint_type = 'PRIMARY KEY'"},
    {"indexes", kMysqlIndexes},
    {"unique indexes", kMysqlIndexes + " WHERE i.non_unique = 0"},
    {"foreign keys",
     "SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = "
     "database()"},
    // MariaDB's JSON is a text with such a check.
    {"checks",
     "SELECT count(*) FROM information_schema.check_constraints WHERE constraint_schema = "
     "database() AND check_clause NOT LIKE 'json\\_valid(%'"},
    {"views",
     "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND "
     "table_type "
     "= 'VIEW'"},
    {"triggers",
     "SELECT count(*) FROM information_schema.triggers WHERE trigger_schema = database()"}};

// Virtual tables and their storage are no other engine's.
const std::map<std::string, std::string> kSqlite = {
    {"tables", "SELECT count(*) FROM own"},
    {"columns", "SELECT count(*) FROM own, pragma_table_xinfo(own.name) WHERE hidden IN (0, 2, 3)"},
    {"primary keys",
     "SELECT count(*) FROM own WHERE EXISTS (SELECT 1 FROM pragma_table_xinfo(own.name) WHERE pk)"},
    {"indexes", "SELECT count(*) FROM own, pragma_index_list(own.name) l WHERE l.origin <> 'pk'"},
    {"unique indexes",
     "SELECT count(*) FROM own, pragma_index_list(own.name) l WHERE l.origin <> 'pk' AND "
     "l.\"unique\""},
    {"foreign keys",
     "SELECT count(*) FROM (SELECT DISTINCT own.name, k.id FROM own, "
     "pragma_foreign_key_list(own.name) k)"},
    {"views", "SELECT count(*) FROM sqlite_schema WHERE type = 'view'"},
    {"triggers", "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"}};

const std::string kSqliteHead =
    "WITH own AS MATERIALIZED (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = "
    "'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\') ";

const std::string kSqliteTables =
    "SELECT s.sql FROM own JOIN sqlite_schema s ON s.name = own.name AND s.type = 'table'";

/// Where a quoted text, a quoted name or a comment ends that may begin at `at`; `at` where none
/// does.
std::size_t behind_quoted(const std::string& sql, std::size_t at) {
  const auto behind = [&](std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, from);
    return found == std::string::npos ? sql.size() : found + end.size();
  };
  if (sql.compare(at, 2, "--") == 0) return behind("\n", at);
  if (sql.compare(at, 2, "/*") == 0) return behind("*/", at);
  if (sql[at] == '[') return behind("]", at);
  const bool quoted = sql[at] == '\'' || sql[at] == '"' || sql[at] == '`';
  return quoted ? behind(std::string(1, sql[at]), at + 1) : at;
}

/// SQLite's catalog has the tables' texts alone. Checks of JSON are not counted, as elsewhere.
long count_checks(const std::string& sql) {
  std::string words;
  for (std::size_t i = 0; i < sql.size();) {
    const std::size_t behind = behind_quoted(sql, i);
    const auto c = static_cast<unsigned char>(sql[i]);
    if (behind != i) {
      words += '?';
    } else if (std::isspace(c) == 0) {
      words += static_cast<char>(std::tolower(c));
    } else if (!words.ends_with(' ')) {
      words += ' ';
    }
    i = behind != i ? behind : i + 1;
  }
  long count = 0;
  for (std::size_t at = words.find("check"); at != std::string::npos;
       at = words.find("check", at + 1)) {
    std::string_view rest = std::string_view(words).substr(at + std::string_view("check").size());
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    const bool word = at > 0 && std::isalnum(static_cast<unsigned char>(words[at - 1])) == 0 &&
                      words[at - 1] != '_';
    if (word && rest.starts_with('(') && !rest.starts_with("(json_valid(")) ++count;
  }
  return count;
}

/// MySQL has checks since 8.0.16.
bool has_checks(const TestDatabase& database) {
  return !is_mysql(database.place()) ||
         database.ask(
             "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
             "'information_schema' AND table_name = 'CHECK_CONSTRAINTS'") != "0";
}

// MySQL makes an index for a key that has none, and calls it as the key is called.
const std::string kBehindKeys =
    "SELECT DISTINCT s.index_name FROM information_schema.statistics s JOIN "
    "information_schema.referential_constraints r ON r.constraint_schema = s.table_schema AND "
    "r.table_name = s.table_name AND r.constraint_name = s.index_name WHERE s.table_schema = "
    "database()";

}  // namespace

ObjectCounts count_objects(const TestDatabase& database) {
  const bool postgres = database.place() == Place::kPostgres;
  const bool mysql = is_mysql(database.place());
  ObjectCounts counts;
  const bool checks = has_checks(database);
  for (const auto& [kind, sql] : postgres ? kPostgres : mysql ? kMysql : kSqlite) {
    if (kind == "checks" && !checks) continue;
    const std::string head = postgres ? kPostgresHead : mysql ? std::string() : kSqliteHead;
    counts[kind] = std::stol(database.ask(head + sql));
  }
  if (!postgres && !mysql) {
    counts["checks"] = count_checks(database.ask(kSqliteHead + kSqliteTables));
  }
  return counts;
}

ObjectCounts count_copied(const TestDatabase& target, const std::string& indexes) {
  ObjectCounts counts = count_objects(target);
  if (!is_mysql(target.place())) return counts;
  std::istringstream names(target.ask(kBehindKeys));
  for (std::string name; std::getline(names, name);) {
    if (indexes.find("`" + name + "` ") == std::string::npos) --counts["indexes"];
  }
  return counts;
}

ObjectCounts less(ObjectCounts counts, const nlohmann::json& copied,
                  const std::string& skipped_indexes, const std::string& report) {
  constexpr std::string_view kLabels = "with a CHECK of the enum's labels";
  for (std::size_t at = report.find(kLabels); at != std::string::npos;
       at = report.find(kLabels, at + 1)) {
    ++counts["checks"];
  }
  std::istringstream lines(skipped_indexes);
  for (std::string line; std::getline(lines, line);) {
    const bool unique =
        line.starts_with("CREATE UNIQUE ") ||
        (line.starts_with("ALTER TABLE ") && line.find(" UNIQUE ") != std::string::npos);
    if (unique) --counts["unique indexes"];
  }
  const std::map<std::string, std::string> kinds = {{"table", "tables"},
                                                    {"index", "indexes"},
                                                    {"foreign_key", "foreign keys"},
                                                    {"view", "views"},
                                                    {"trigger", "triggers"}};
  for (const nlohmann::json& item : copied.at("skipped_items")) {
    const std::string reason = item.at("reason");
    // What is no table of the engine's own is not counted at all.
    if (item.at("type") == "table" && reason.find("virtual table") != std::string::npos) continue;
    const auto kind = kinds.find(item.at("type").get<std::string>());
    if (kind != kinds.end()) --counts[kind->second];
    // How many columns it has is not told.
    if (item.at("type") != "table") continue;
    for (const char* part : {"columns", "primary keys", "checks"}) counts.erase(part);
  }
  for (const nlohmann::json& warning : copied.at("warnings")) {
    const std::string message = warning.at("message");
    if (message.starts_with("the check is left out")) --counts["checks"];
    if (message.starts_with("the check of the domain")) ++counts["checks"];
    if (message.starts_with("made without defaults, checks")) counts.erase("checks");
    if (message.starts_with("the primary key becomes a unique one")) {
      --counts["primary keys"];
      ++counts["indexes"];
      ++counts["unique indexes"];
    }
    if (message.find("a key is added") != std::string::npos) ++counts["indexes"];
    if (message.find(" becomes a trigger") != std::string::npos) ++counts["triggers"];
    if (message.find("triggers, one for each event") != std::string::npos) {
      counts["triggers"] += std::stol(message.substr(message.find(' '))) - 1;
    }
  }
  return counts;
}

}  // namespace crossload::testing
