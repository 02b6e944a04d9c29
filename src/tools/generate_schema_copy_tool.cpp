#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/base/files.h"
#include "crossload/base/strings.h"
#include "crossload/copy/schema_copy.h"

#include "arguments.h"
#include "artifacts.h"
#include "deadline.h"
#include "fence.h"
#include "schema.h"
#include "session.h"
#include "tools.h"
#include "trial_target.h"

namespace crossload::tools {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  DatabaseArgument database;
  Engine target = Engine::kSqlite;
  std::optional<std::string> output_dir;
  std::vector<std::string> include_tables;
  std::vector<std::string> exclude_tables;
  std::map<std::string, std::string> schema_map;
  std::optional<DatabaseArgument> try_on;
};

/// Of the time that a call has, what samples of the data may take.
constexpr std::chrono::seconds kSampleTime{8};
/// When the last statement is tried.
constexpr std::chrono::seconds kTrialTime{19};
/// The same in a database that was made for it: to drop its tables takes about two thirds of the
/// time that it takes to make them.
constexpr std::chrono::seconds kScratchTrialTime{14};

Arguments parse(const Json& json) {
  Arguments arguments;
  arguments.database = database_argument(json);
  arguments.target = *parse_engine(required_text(json, "target_db_type"));
  arguments.output_dir = optional_text(json, "output_dir");
  arguments.include_tables = texts(json, "include_tables");
  arguments.exclude_tables = texts(json, "exclude_tables");
  arguments.schema_map = names_to_names(json, "schema_map");
  const auto target_profile = optional_text(json, "target_profile");
  const auto target_database = optional_text(json, "target_database");
  if (target_database && !target_profile) {
    throw Error(ErrorCode::kInvalidArgument, "target_database needs target_profile");
  }
  if (target_profile) arguments.try_on = DatabaseArgument{*target_profile, target_database};
  return arguments;
}

mcp::ToolDefinition definition() {
  mcp::ToolDefinition tool;
  tool.name = "generate-schema-copy";
  tool.title = "Generate a schema copy";
  tool.description =
      "Writes a database's schema as SQL files for a target engine, with a report of what could "
      "not "
      "be carried over. Next: read-artifact, execute-sql.";
  tool.input_schema = schema::arguments(
      {{"profile_name", schema::profile_name()},
       {"database_name", schema::database_name()},
       {"target_db_type",
        schema::choice("The engine to write for", {"mysql", "postgres", "sqlite"})},
       {"output_dir", schema::string("Folder inside state_dir; a new one by default")},
       {"include_tables", schema::strings("Only these: names and * globs")},
       {"exclude_tables", schema::strings("Not these: names and * globs")},
       {"schema_map", schema::object("Schema -> schema or prefix")},
       {"target_profile", schema::string("Try every statement there and undo it")},
       {"target_database", schema::string("Its database")}},
      {"profile_name", "target_db_type"});
  tool.output_schema =
      schema::result({{"output_dir", schema::string("Absolute")},
                      {"tables_generated", schema::count()},
                      {"indexes_generated", schema::count()},
                      {"foreign_keys_generated", schema::count()},
                      {"triggers_generated", schema::count()},
                      {"views_generated", schema::count()},
                      {"warnings", schema::objects("type, name, message")},
                      {"skipped_items", schema::objects("type, name, reason, file")},
                      {"files", schema::objects("name, bytes")},
                      {"sampled", schema::flag("Decisions came from samples of the data")},
                      {"summary", schema::string()},
                      {"next_steps", schema::list()}});
  tool.annotations = {.read_only = false, .destructive = false, .idempotent = true};
  tool.help =
      "Writes `tables.sql`, `indexes.sql`, `foreign_keys.sql`, `triggers.sql`, `views.sql`, "
      "`report.md` and, for what has no counterpart, `skipped/*.sql` into `output_dir` (default "
      "`schema-copy/{timestamp}` in the state folder). Neither database is changed. For a SQLite "
      "target foreign keys stand in `tables.sql`.\n\n"
      "Same-engine copies are the engine's own statements. Between engines tables, keys, indexes "
      "and foreign keys are translated with their types; what changes is in `warnings`, what the "
      "target cannot have in `skipped_items`, its text in a file of `skipped/`. Types that depend "
      "on the data are chosen by samples, and `sampled` says so; a job looks at all of it. "
      "`schema_map` is that of start-migration-job.\n\n"
      "With `target_profile` (access `write`) and `target_database`, every statement is also tried "
      "there inside a transaction that is undone; what fails is a warning with the server's words. "
      "MySQL and MariaDB cannot undo CREATE: there a database `crossload_scratch_...` is made for "
      "it and dropped, if the user may.\n\n"
      "A migration into an empty database needs no schema copy: start-migration-job with "
      "`create_schema` does both.";
  tool.examples = {
      {"A whole schema",
       {{"profile_name", "files"}, {"database_name", "shop"}, {"target_db_type", "sqlite"}}},
      {"Some tables, tried on a target",
       {{"profile_name", "files"},
        {"database_name", "shop"},
        {"target_db_type", "sqlite"},
        {"include_tables", {"orders", "order_*"}},
        {"target_profile", "files"},
        {"target_database", "copy"}}}};
  tool.errors = {
      {ErrorCode::kSourceTableNotFound, "a name or glob of include_tables matches nothing"},
      {ErrorCode::kInvalidArgument, "output_dir lies outside the state folder"},
      {ErrorCode::kAccessDenied, "target_profile is read-only"},
      {ErrorCode::kSchemaCopyFailed, "a file could not be written"}};
  return tool;
}

/// 20261120T093000.123Z: a time without the characters that file names should not have.
std::string folder_name(const Clock& clock) {
  std::string name = format_time(clock.now());
  std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
  return name;
}

fs::path fresh_output_dir(const Services& services) {
  const fs::path base = services.state_dir / "schema-copy" / folder_name(*services.clock);
  fs::path folder = base;
  for (int n = 2; fs::exists(folder); ++n) folder = base.string() + "-" + std::to_string(n);
  return folder;
}

fs::path output_dir(const Services& services, const std::optional<std::string>& given) {
  if (!given) return fresh_output_dir(services);
  const auto inside = path_inside(services.state_dir, *given);
  if (!inside) {
    throw Error(ErrorCode::kInvalidArgument,
                "output_dir '" + *given + "' lies outside the state folder")
        .suggest("give a relative path such as schema-copy/shop, or leave it out");
  }
  if (path_inside(services.state_dir / "migrations", *inside)) {
    throw Error(ErrorCode::kInvalidArgument, "output_dir '" + *given + "' belongs to the jobs")
        .suggest("give a relative path such as schema-copy/shop, or leave it out");
  }
  return *inside;
}

Json warnings_json(const copy::SchemaCopyResult& copied) {
  Json array = Json::array();
  for (const dialect::SchemaWarning& warning : copied.warnings) {
    array.push_back({{"type", warning.type},
                     {"name", utf8_lossy(warning.name)},
                     {"message", utf8_lossy(warning.message)}});
  }
  return array;
}

Json skipped_json(const copy::SchemaCopyResult& copied) {
  Json array = Json::array();
  for (const dialect::SkippedItem& item : copied.skipped) {
    array.push_back({{"type", item.type},
                     {"name", utf8_lossy(item.name)},
                     {"reason", utf8_lossy(item.reason)},
                     {"file", item.file}});
  }
  return array;
}

Json next_steps(const Services& services, const copy::SchemaCopyResult& copied) {
  const std::string folder = artifact_name(services.state_dir, copied.output_dir);
  return {call_hint("read-artifact", {{"path", folder + "/report.md"}}),
          call_hint("execute-sql", {{"profile_name", "TARGET"},
                                    {"database_name", "DATABASE"},
                                    {"file", folder + "/tables.sql"}})};
}

Json result_json(const Services& services, const copy::SchemaCopyResult& copied) {
  Json files = Json::array();
  for (const copy::SchemaCopyFile& file : copied.files) {
    files.push_back({{"name", file.name}, {"bytes", file.bytes}});
  }
  return fenced({{"output_dir", copied.output_dir.string()},
                 {"tables_generated", copied.tables},
                 {"indexes_generated", copied.indexes},
                 {"foreign_keys_generated", copied.foreign_keys},
                 {"triggers_generated", copied.triggers},
                 {"views_generated", copied.views},
                 {"files", std::move(files)},
                 {"sampled", copied.sampled},
                 {"next_steps", next_steps(services, copied)}},
                {{"summary", utf8_lossy(copied.summary)},
                 {"warnings", warnings_json(copied)},
                 {"skipped_items", skipped_json(copied)}});
}

std::unique_ptr<TrialTarget> open_target(const Services& services, const Arguments& arguments) {
  if (!arguments.try_on) return nullptr;
  const FoundDatabase target = find_database(services, *arguments.try_on);
  require_write(*target.profile, "trying statements");
  if (target.driver->engine() != arguments.target) {
    throw Error(ErrorCode::kInvalidArgument,
                "target_profile is not of the engine target_db_type names");
  }
  return std::make_unique<TrialTarget>(services, *arguments.try_on);
}

std::vector<mcp::ResourceLink> links(const Services& services,
                                     const copy::SchemaCopyResult& copied) {
  const std::string folder = copied.output_dir.filename().string();
  if (copied.output_dir.parent_path() != services.state_dir / "schema-copy") return {};
  return {{"crossload://schema-copies/" + folder + "/report", "Schema copy " + folder,
           "What was generated, changed and left out", "text/markdown"}};
}

mcp::ToolResult generate_schema_copy(const Services& services, const Arguments& arguments,
                                     mcp::ToolContext& context) {
  copy::SchemaCopyRequest request;
  request.output_dir = output_dir(services, arguments.output_dir);
  Session session = open_session(services, arguments.database);
  const std::unique_ptr<TrialTarget> target = open_target(services, arguments);
  copy::SchemaCopyResult copied;
  if (target) {
    request.target_connection = &target->target();
    request.try_target = &target->place();
    request.try_helpers = target->helpers();
  }
  request.source_connection = session.connection.get();
  const auto sample_until = std::chrono::steady_clock::now() + kSampleTime;
  const bool scratch = request.try_target != request.target_connection;
  const auto try_until =
      std::chrono::steady_clock::now() + (scratch ? kScratchTrialTime : kTrialTime);
  request.try_on = [=] { return std::chrono::steady_clock::now() < try_until; };
  request.sample_on = [=] { return std::chrono::steady_clock::now() < sample_until; };
  std::vector<driver::Connection*> used = {session.connection.get(), request.target_connection,
                                           request.try_target};
  used.insert(used.end(), request.try_helpers.begin(), request.try_helpers.end());
  run_with_deadline(used, context,
                    {kCallLimit, [] { return "the schema copy"; }, "choose include_tables"}, [&] {
                      const Schema source = session.connection->catalog().load_schema();
                      request.source = &source;
                      request.source_name = session.where.display();
                      request.target = arguments.target;
                      request.include_tables = arguments.include_tables;
                      request.exclude_tables = arguments.exclude_tables;
                      request.schema_map = arguments.schema_map;
                      request.clock = services.clock;
                      copied = copy::write_schema_copy(request);
                    });
  mcp::ToolResult result;
  result.structured = result_json(services, copied);
  result.links = links(services, copied);
  return result;
}

}  // namespace

void add_generate_schema_copy(mcp::ToolRegistry& registry, const Services& services) {
  add_tool(registry, services, definition(),
           [services](const Json& json, mcp::ToolContext& context) {
             return generate_schema_copy(services, parse(json), context);
           });
}

}  // namespace crossload::tools
