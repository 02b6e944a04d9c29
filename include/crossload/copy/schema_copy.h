#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
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
  std::map<std::string, std::string> schema_map = {};  ///< As MigrationOptions has it.
  /// Where samples of the data are taken, for types that depend on it, for as long as `sample_on`
  /// says so; without it the declarations alone decide.
  driver::Connection* source_connection = nullptr;
  std::function<bool()> sample_on = {};
  std::filesystem::path output_dir;  ///< Absolute; made when missing.
  /// The target, where the caller knows it.
  driver::Connection* target_connection = nullptr;
  /// Where every statement is tried: inside a transaction that is undone on the target, or in a
  /// database of its server that was made for it (MySQL). Without it statements are written
  /// unproved, and the report says so.
  driver::Connection* try_target = nullptr;
  /// More sessions of a try target that is a database made for it, to try several at a time.
  std::vector<driver::Connection*> try_helpers = {};
  /// For as long as it says so; the rest stays untried. Thread: asked from several.
  std::function<bool()> try_on = {};
  const Clock* clock = nullptr;  ///< For the report's date; none without it.
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

/// Writes tables.sql, indexes.sql, foreign_keys.sql, triggers.sql, views.sql, report.md and
/// skipped/*.sql; each file is replaced atomically. A statement that the try target refuses for
/// what it says goes to skipped; what the target already has stays in its file, with a warning.
/// Throws: Error kSchemaCopyFailed, kSourceTableNotFound, kInvalidArgument; those of the try target
/// that are no statement's fault (locked, read-only, lost).
SchemaCopyResult write_schema_copy(const SchemaCopyRequest& request);

}  // namespace crossload::copy
