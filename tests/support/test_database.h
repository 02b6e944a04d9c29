#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "temp_folder.h"

namespace crossload::testing {

/// What a database of a test lies in.
enum class Place { kSqlite, kPostgres, kMariadb, kMysql };

/// "sqlite", "postgres", "mariadb", "mysql".
const char* name_of(Place place);
/// The engine as tools name it: MariaDB is "mysql".
const char* engine_of(Place place);
/// False where the place's server is not there (see test_server()).
bool is_available(Place place);

/// A database of a test's own on one of the test servers, or a file; empty at first, removed on
/// destruction. Filled and asked by the engine's own shell, never by the program's drivers.
class TestDatabase {
 public:
  explicit TestDatabase(Place place);
  /// A copy of a SQLite file.
  explicit TestDatabase(const std::filesystem::path& file);
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  Place place() const { return place_; }
  /// As a caller of the tools names it.
  const std::string& name() const { return name_; }
  /// A profile for crossload.json.
  std::string profile(const std::string& access) const;
  /// For compare_databases.py.
  std::string url() const;

  /// Runs a script. Throws: std::runtime_error with the shell's own words.
  void run(const std::string& sql) const;
  /// The same with a script in a file.
  void run_file(const std::filesystem::path& script) const;
  /// What the shell prints for a query, cells separated by tabs, NULL as "NULL".
  std::string ask(const std::string& sql) const;
  bool has_table(const std::string& name) const;
  /// Loads a data set of ../shared/testdata by its own script; not for SQLite.
  void load(const std::filesystem::path& dataset) const;

 private:
  std::vector<std::string> shell(bool query) const;
  std::string run_shell(const std::string& sql, bool query) const;
  std::string feed_shell(const std::filesystem::path& script, bool query) const;

  Place place_;
  std::string name_;
  std::string host_;
  std::string port_;
  std::string user_;
  TempFolder folder_;
};

/// Differences that tests/support/compare_databases.py finds, empty where there are none. `failed`:
/// "table=rows" that are expected to be missing.
std::string compare_by_servers(const TestDatabase& source, const TestDatabase& target,
                               const std::vector<std::string>& failed = {});

}  // namespace crossload::testing
