#include "sqlite_compare.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>

#include <sqlite3.h>

namespace crossload::testing {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using DatabasePtr = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementPtr = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

constexpr std::size_t kShownPerTable = 3;

DatabasePtr open(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  DatabasePtr database(raw);
  if (code != SQLITE_OK) throw std::runtime_error(path + ": " + sqlite3_errmsg(raw));
  sqlite3_busy_timeout(raw, 10'000);
  return database;
}

StatementPtr prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(database));
  }
  return StatementPtr(raw);
}

bool step(sqlite3* database, sqlite3_stmt* statement) {
  const int code = sqlite3_step(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database));
  return code == SQLITE_ROW;
}

std::string text(sqlite3_stmt* statement, int column) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  return bytes
             ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)))
             : std::string();
}

std::string quoted(const std::string& name) {
  std::string result = "\"";
  for (const char c : name) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

using Objects = std::map<std::pair<std::string, std::string>, std::string>;

/// (type, name) -> text; what SQLite makes by itself is left out, sqlite_stat tables included.
Objects objects(sqlite3* database, const CompareOptions& options) {
  Objects result;
  const StatementPtr rows =
      prepare(database,
              // Each version of a module spells its shadow tables in its own way.
              "SELECT type, name, CASE WHEN name IN (SELECT name FROM pragma_table_list WHERE "
              "type = 'shadow') THEN '' ELSE coalesce(sql, '') END FROM sqlite_schema");
  while (step(database, rows.get())) {
    const std::string name = text(rows.get(), 1);
    if (name.rfind("sqlite_", 0) == 0) continue;
    const auto& ignored = options.ignored;
    if (std::find(ignored.begin(), ignored.end(), name) != ignored.end()) continue;
    result[{text(rows.get(), 0), name}] = text(rows.get(), 2);
  }
  return result;
}

/// What the table is read by, so that both sides come in the same order.
std::string order_of(sqlite3* database, const std::string& table) {
  try {
    prepare(database, "SELECT rowid FROM " + quoted(table));
    return " ORDER BY rowid";
  } catch (const std::runtime_error&) {
    return "";  // WITHOUT ROWID: a scan goes by the primary key
  }
}

bool same_cell(sqlite3_stmt* a, sqlite3_stmt* b, int column) {
  const int type = sqlite3_column_type(a, column);
  if (type != sqlite3_column_type(b, column)) return false;
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) {
    return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
  }
  if (type == SQLITE_FLOAT) {
    const double x = sqlite3_column_double(a, column);
    const double y = sqlite3_column_double(b, column);
    return std::memcmp(&x, &y, sizeof x) == 0;
  }
  return text(a, column) == text(b, column);
}

void compare_rows(sqlite3* expected, sqlite3* actual, const std::string& table,
                  std::vector<std::string>& differences) {
  const std::string sql = "SELECT * FROM " + quoted(table);
  const StatementPtr a = prepare(expected, sql + order_of(expected, table));
  const StatementPtr b = prepare(actual, sql + order_of(actual, table));
  std::size_t shown = 0;
  for (std::size_t row = 0;; ++row) {
    const bool more_a = step(expected, a.get());
    const bool more_b = step(actual, b.get());
    if (more_a != more_b) {
      differences.push_back(table + ": rows differ in number at row " + std::to_string(row));
    }
    if (!more_a || !more_b) return;
    for (int column = 0; column < sqlite3_column_count(a.get()); ++column) {
      if (same_cell(a.get(), b.get(), column)) continue;
      differences.push_back(table + " row " + std::to_string(row) + " column " +
                            sqlite3_column_name(a.get(), column) + ": " + text(a.get(), column) +
                            " became " + text(b.get(), column));
      if (++shown == kShownPerTable) return;
    }
  }
}

void compare_schemas(const Objects& expected, const Objects& actual,
                     std::vector<std::string>& differences) {
  for (const auto& [key, sql] : expected) {
    const auto found = actual.find(key);
    if (found == actual.end()) {
      differences.push_back(key.first + " " + key.second + " is missing");
    } else if (found->second != sql) {
      differences.push_back(key.first + " " + key.second + " differs: " + sql + " became " +
                            found->second);
    }
  }
  for (const auto& [key, sql] : actual) {
    if (!expected.contains(key)) differences.push_back(key.first + " " + key.second + " is new");
  }
}

/// Tables whose rows can be read here: a virtual table whose module is not linked in cannot.
std::vector<std::string> readable_tables(sqlite3* database, const Objects& objects) {
  std::vector<std::string> tables;
  for (const auto& [key, sql] : objects) {
    if (key.first != "table") continue;
    try {
      prepare(database, "SELECT * FROM " + quoted(key.second));
      tables.push_back(key.second);
    } catch (const std::runtime_error& error) {
      if (std::strstr(error.what(), "no such module") == nullptr) throw;
    }
  }
  return tables;
}

}  // namespace

std::vector<std::string> compare_databases(const std::string& expected_path,
                                           const std::string& actual_path,
                                           const CompareOptions& options) {
  const DatabasePtr expected = open(expected_path, SQLITE_OPEN_READONLY);
  const DatabasePtr actual = open(actual_path, SQLITE_OPEN_READWRITE);
  std::vector<std::string> differences;
  const Objects expected_objects = objects(expected.get(), options);
  if (options.schema) {
    compare_schemas(expected_objects, objects(actual.get(), options), differences);
  }
  for (const std::string& table : readable_tables(expected.get(), expected_objects)) {
    try {
      compare_rows(expected.get(), actual.get(), table, differences);
    } catch (const std::runtime_error& error) {
      differences.push_back(table + ": " + error.what());
    }
  }
  return differences;
}

void run_sql(const std::string& path, const std::string& script) {
  const DatabasePtr database = open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (sqlite3_exec(database.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(path + ": " + sqlite3_errmsg(database.get()));
  }
}

std::string query_text(const std::string& path, const std::string& sql) {
  const DatabasePtr database = open(path, SQLITE_OPEN_READWRITE);
  const StatementPtr rows = prepare(database.get(), sql);
  return step(database.get(), rows.get()) ? text(rows.get(), 0) : "";
}

}  // namespace crossload::testing
