#include "crossload/copy/schema_copy.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "crossload/base/files.h"
#include "crossload/copy/selection.h"

#include "schema_copy_text.h"
#include "schema_copy_trial.h"
#include "table_names.h"

namespace crossload::copy {
namespace {

dialect::ScriptOptions script_options(const SchemaCopyRequest& request) {
  dialect::ScriptOptions options;
  options.rename = [from = request.source->engine, to = request.target](const TableName& name) {
    return target_name(name, from, to, {});
  };
  options.mariadb = request.try_target != nullptr && request.try_target->server().mariadb;
  if (request.include_tables.empty() && request.exclude_tables.empty()) return options;
  for (const Table* table :
       select_tables(*request.source, request.include_tables, request.exclude_tables)) {
    options.tables.push_back(table->name);
  }
  return options;
}

// PostgreSQL's schemas stand among the tables.
std::size_t count_tables(const dialect::SchemaScript& script) {
  return static_cast<std::size_t>(
      std::count_if(script.tables.begin(), script.tables.end(),
                    [](const dialect::SchemaItem& item) { return item.type == "table"; }));
}

// SQLite's stand in the statements of their tables.
std::size_t count_foreign_keys(const Schema& source, Engine target,
                               const dialect::SchemaScript& script) {
  if (source.engine != Engine::kSqlite || target != Engine::kSqlite) {
    return script.foreign_keys.size();
  }
  std::size_t count = 0;
  for (const dialect::SchemaItem& item : script.tables) {
    if (const Table* table = source.find_table(item.table)) count += table->foreign_keys.size();
  }
  return count;
}

std::string counted(std::size_t count, const std::string& noun) {
  if (count == 1) return "1 " + noun;
  return std::to_string(count) + " " + noun + (noun.ends_with('x') ? "es" : "s");
}

std::string summary_of(const SchemaCopyResult& result, bool tried) {
  std::string text =
      "Wrote " + counted(result.tables, "table") + ", " + counted(result.indexes, "index") + ", " +
      counted(result.foreign_keys, "foreign key") + ", " + counted(result.triggers, "trigger") +
      " and " + counted(result.views, "view") + "; " + counted(result.warnings.size(), "warning") +
      ", " + std::to_string(result.skipped.size()) + " skipped.";
  return text + (tried ? " Every statement was tried and undone."
                       : " The statements were not tried on a target.");
}

// A copy written again into the same folder must not show what only the earlier one skipped.
void remove_stale_files(const std::filesystem::path& folder) {
  for (const std::string& name : optional_sql_files()) {
    std::error_code ignored;
    std::filesystem::remove(folder / name, ignored);
  }
}

void write_files(const std::vector<SchemaCopyText>& files, SchemaCopyResult& result) {
  try {
    make_folders(result.output_dir / "skipped");
    remove_stale_files(result.output_dir);
    for (const SchemaCopyText& file : files) {
      write_file_atomically(result.output_dir / file.name, file.text);
      result.files.push_back({file.name, file.text.size()});
    }
  } catch (const Error& error) {
    throw Error(ErrorCode::kSchemaCopyFailed, error.message())
        .suggest("give an output_dir inside state_dir that can be written");
  }
}

}  // namespace

SchemaCopyResult write_schema_copy(const SchemaCopyRequest& request) {
  const Schema& source = *request.source;
  dialect::SchemaScript script =
      dialect::make_schema_script(source, request.target, script_options(request));
  const bool tried = request.try_target != nullptr && try_script(script, *request.try_target);

  SchemaCopyResult result;
  result.output_dir = request.output_dir;
  result.tables = count_tables(script);
  result.indexes = script.indexes.size();
  result.foreign_keys = count_foreign_keys(source, request.target, script);
  result.triggers = script.triggers.size();
  result.views = script.views.size();
  result.warnings = script.warnings;
  result.skipped = script.skipped;
  result.summary = summary_of(result, tried);

  std::vector<SchemaCopyText> files = sql_files(script, request.target, request.source_name);
  files.push_back({"report.md", report_text(request, result, script, tried)});
  write_files(files, result);
  return result;
}

}  // namespace crossload::copy
