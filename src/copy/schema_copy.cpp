#include "crossload/copy/schema_copy.h"

#include <algorithm>
#include <map>
#include <string>
#include <system_error>
#include <utility>

#include "crossload/base/files.h"
#include "crossload/copy/selection.h"

#include "schema_copy_text.h"
#include "schema_copy_trial.h"
#include "schema_profiles.h"
#include "table_names.h"

namespace crossload::copy {
namespace {

/// What the call may look at of each table.
constexpr std::uint64_t kSampleRows = 500;

std::string target_default_schema(const SchemaCopyRequest& request) {
  if (request.target_connection != nullptr) {
    return request.target_connection->catalog().default_schema();
  }
  return request.target == Engine::kPostgres ? "public" : "";
}

dialect::ScriptOptions script_options(const SchemaCopyRequest& request) {
  const std::string source_default = request.source_connection == nullptr
                                         ? std::string()
                                         : request.source_connection->catalog().default_schema();
  dialect::ScriptOptions options;
  options.rename = [from = request.source->engine, to = request.target,
                    map = normal_schema_map(request.schema_map, *request.source, source_default,
                                            request.target, target_default_schema(request))](
                       const TableName& name) { return target_name(name, from, to, map); };
  options.other_default_schema = request.source->engine == Engine::kPostgres &&
                                 request.target == Engine::kPostgres && !source_default.empty() &&
                                 source_default != target_default_schema(request);
  options.source_mariadb =
      request.source_connection != nullptr && request.source_connection->server().mariadb;
  // Without a target to ask, a copy of MySQL or MariaDB is for its like, and others are for both.
  options.mariadb = request.target_connection != nullptr
                        ? request.target_connection->server().mariadb
                        : options.source_mariadb && request.target == Engine::kMysql;
  options.any_mysql = request.target_connection == nullptr && request.target == Engine::kMysql &&
                      request.source->engine != Engine::kMysql;
  if (!request.include_tables.empty() || !request.exclude_tables.empty()) {
    for (const Table* table :
         select_tables(*request.source, request.include_tables, request.exclude_tables)) {
      options.tables.push_back(table->name);
    }
  }
  return options;
}

/// Whether anything was decided by less than the whole data.
bool add_samples(const SchemaCopyRequest& request, dialect::ScriptOptions& options) {
  if (request.source_connection == nullptr || request.source->engine == request.target) {
    return false;
  }
  std::vector<TableName> tables = options.tables;
  if (tables.empty()) {
    for (const Table& table : request.source->tables) tables.push_back(table.name);
  }
  bool all = true;
  const auto go_on = [&] { return all = !request.sample_on || request.sample_on(); };
  options.profiles = profile_tables(*request.source_connection, *request.source, tables,
                                    {request.target, options.mariadb}, kSampleRows, go_on);
  return !all || std::any_of(options.profiles.begin(), options.profiles.end(),
                             [](const auto& profile) { return profile.second.sampled; });
}

TrialPlace trial_place(const SchemaCopyRequest& request) {
  TrialPlace place{.sessions = {request.try_target}};
  place.sessions.insert(place.sessions.end(), request.try_helpers.begin(),
                        request.try_helpers.end());
  driver::Connection* const target = request.target_connection;
  if (target == nullptr || request.try_target->server().transactional_ddl) return place;
  const auto rows = driver::fetch_all(*target, "SELECT DATABASE()");
  if (!rows.empty()) {
    if (const auto* name = std::get_if<std::string>(&rows.front().front())) place.beside = *name;
  }
  return place;
}

// Among the tables stand schemas and types, among the triggers the functions they call, among the
// views their indexes.
std::size_t count_of(std::string_view type, const std::vector<dialect::SchemaItem>& items) {
  return static_cast<std::size_t>(
      std::count_if(items.begin(), items.end(),
                    [&](const dialect::SchemaItem& item) { return item.type == type; }));
}

// SQLite's stand in the statements of their tables.
std::size_t count_foreign_keys(const Schema& source, Engine target,
                               const dialect::SchemaScript& script) {
  if (target != Engine::kSqlite) return count_of("foreign_key", script.foreign_keys);
  std::size_t count = 0;
  for (const dialect::SchemaItem& item : script.tables) {
    const TableName& name = item.source.name.empty() ? item.table : item.source;
    if (const Table* table = source.find_table(name)) count += table->foreign_keys.size();
  }
  const auto skipped =
      std::count_if(script.skipped.begin(), script.skipped.end(),
                    [](const dialect::SkippedItem& item) { return item.type == "foreign_key"; });
  return count - std::min(count, static_cast<std::size_t>(skipped));
}

std::string counted(std::size_t count, const std::string& noun) {
  if (count == 1) return "1 " + noun;
  return std::to_string(count) + " " + noun + (noun.ends_with('x') ? "es" : "s");
}

std::string verdicts_of(const dialect::SchemaScript& script) {
  std::map<dialect::MappingVerdict, std::size_t> counts;
  std::size_t all = 0;
  for (const dialect::TableReport& table : script.reports) {
    for (const dialect::ColumnReport& column : table.columns) {
      ++counts[column.verdict];
      ++all;
    }
  }
  if (all == 0) return {};
  std::string text = " Of " + counted(all, "column") + ", ";
  std::string list;
  for (const auto& [verdict, count] : counts) {
    list += (list.empty() ? "" : ", ") + std::to_string(count) + " " +
            std::string(dialect::to_string(verdict));
  }
  return text + list + ".";
}

std::string summary_of(const SchemaCopyResult& result, const dialect::SchemaScript& script,
                       bool tried, std::size_t untried) {
  std::string text =
      "Wrote " + counted(result.tables, "table") + ", " + counted(result.indexes, "index") + ", " +
      counted(result.foreign_keys, "foreign key") + ", " + counted(result.triggers, "trigger") +
      " and " + counted(result.views, "view") + "; " + counted(result.warnings.size(), "warning") +
      ", " + std::to_string(result.skipped.size()) + " skipped." + verdicts_of(script);
  if (result.sampled) {
    text +=
        " Types that depend on the data were chosen by samples; a migration with create_schema "
        "looks at all of it.";
  }
  if (untried > 0) {
    return text + " There was no time or no room to try the last " + counted(untried, "statement") +
           ".";
  }
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
  dialect::ScriptOptions options = script_options(request);
  SchemaCopyResult result;
  result.sampled = add_samples(request, options);
  dialect::SchemaScript script = dialect::make_schema_script(source, request.target, options);
  std::size_t untried = 0;
  bool tried = request.try_target != nullptr;
  if (tried) {
    driver::Connection& target =
        request.target_connection != nullptr ? *request.target_connection : *request.try_target;
    untried =
        try_script(script, trial_place(request), target.catalog().load_schema(), request.try_on);
    tried = untried == 0;
  }

  result.output_dir = request.output_dir;
  result.tables = count_of("table", script.tables);
  result.indexes = count_of("index", script.indexes) + count_of("index", script.views);
  result.foreign_keys = count_foreign_keys(source, request.target, script);
  result.triggers = count_of("trigger", script.triggers);
  result.views = count_of("view", script.views);
  result.warnings = script.warnings;
  result.skipped = script.skipped;
  result.summary = summary_of(result, script, tried, untried);

  std::vector<SchemaCopyText> files = sql_files(script, request.target, request.source_name);
  files.push_back({"report.md", report_text(request, result, script, tried)});
  write_files(files, result);
  return result;
}

}  // namespace crossload::copy
