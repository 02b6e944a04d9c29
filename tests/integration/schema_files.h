#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "mcp_session.h"
#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {

/// generate-schema-copy over MCP, from one database for another, which every statement is tried on;
/// into the folder that the tool chooses.
class SchemaFiles {
 public:
  /// `more`: further arguments of the call.
  SchemaFiles(const TestDatabase& source, const TestDatabase& target,
              const Json& more = Json::object());

  /// The call's result.
  const Json& result() const { return result_; }
  std::filesystem::path folder() const { return result_.value("output_dir", std::string()); }
  std::filesystem::path state() const { return temp_ / "state"; }
  /// A file of the copy.
  std::string read(const std::string& name) const;
  /// Runs the files on the target by its own shell, in their order. Throws: std::runtime_error with
  /// the shell's words.
  void run() const;
  /// The same in two parts, the rows between them: neither keys nor triggers act on them.
  void run_tables() const;
  void run_objects() const;

 private:
  void run_files(const std::vector<std::string>& names) const;

  TempFolder temp_;
  const TestDatabase& target_;
  Json result_;
};

/// Whether an item of this type whose name holds `name` is among a result's warnings or skipped
/// items.
bool tells(const Json& items, const std::string& type, const std::string& name);

}  // namespace crossload::testing
