#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"
#include "crossload/model/schema.h"

namespace crossload::copy {

struct SchemaCopyRequest {
  const Schema* source = nullptr;
  std::string source_name;  ///< For report.md: "profile/database".
  Engine target = Engine::kSqlite;
  std::vector<std::string> include_tables;
  std::vector<std::string> exclude_tables;
  std::filesystem::path output_dir;          ///< Absolute; made when missing.
  driver::Connection* try_target = nullptr;  ///< Where every statement is tried and undone; optional.
  const Clock* clock = nullptr;
};

struct SchemaCopyFile {
  std::string name;  ///< Relative to output_dir.
  std::uint64_t bytes = 0;
};

struct SchemaCopyResult {
  std::filesystem::path output_dir;
  std::size_t tables = 0;
  std::size_t indexes = 0;
  std::size_t foreign_keys = 0;
  std::size_t triggers = 0;
  std::size_t views = 0;
  std::vector<dialect::SchemaWarning> warnings;
  std::vector<dialect::SkippedItem> skipped;
  std::vector<SchemaCopyFile> files;
  bool sampled = false;  ///< Decisions came from samples of the data, not all of it.
  std::string summary;   ///< One or two sentences for a reader.
};

/// Writes tables.sql, indexes.sql, foreign_keys.sql, triggers.sql, views.sql, report.md and skipped/*.sql.
/// Throws: Error kSchemaCopyFailed, kSourceTableNotFound.
SchemaCopyResult write_schema_copy(const SchemaCopyRequest& request);

}  // namespace crossload::copy
