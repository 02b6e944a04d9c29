#pragma once

#include <string>
#include <vector>

namespace crossload::testing {

struct CompareOptions {
  bool schema =
      true;  ///< Compare sqlite_schema too: tables, indexes, triggers, views by their text.
  std::vector<std::string> ignored;  ///< Names of objects to leave out.
};

/// Compares two SQLite files through the C API alone: schema text, then every table row by row,
/// storage class and bytes. Returns what differs, at most a few lines a table; empty means equal.
std::vector<std::string> compare_databases(const std::string& expected_path,
                                           const std::string& actual_path,
                                           const CompareOptions& options = {});

/// Runs a script on a file (made when missing). Throws: std::runtime_error with SQLite's message.
void run_sql(const std::string& path, const std::string& script);
/// The first column of the first row as text; empty for NULL or no row.
std::string query_text(const std::string& path, const std::string& sql);

}  // namespace crossload::testing
