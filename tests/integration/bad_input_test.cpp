#include <csignal>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct BadCall {
  const char* name;
  const char* tool;
  Json arguments;
  const char* code;
  const char* says;  ///< Part of the message.
};

void PrintTo(const BadCall& call, std::ostream* out) {
  *out << call.name;
}

class BadInput : public ::testing::TestWithParam<BadCall> {};

TEST_P(BadInput, IsRefusedWithACodeAndANextStep) {
  ToolWorld world;
  world.folder().write("data/corrupt.db",
                       "this is not a database, whatever its name says, not at all");
  Json result = world.mcp().call(GetParam().tool, GetParam().arguments);
  EXPECT_EQ(result["is_error"], true) << result.dump();
  EXPECT_EQ(result.value("code", std::string()), GetParam().code) << result.dump();
  EXPECT_THAT(result.value("message", std::string()), HasSubstr(GetParam().says));
  EXPECT_TRUE(result.contains("suggestions") && result.contains("retryable")) << result.dump();
  EXPECT_EQ(world.mcp().call("list-migration-jobs", Json::object())["total"], 0)
      << "what is refused leaves no job";
}

const Json kCopy = {{"source_profile", "reader"},
                    {"source_database", "shop.db"},
                    {"target_profile", "boss"},
                    {"target_database", "copy.db"},
                    {"create_schema", true}};

Json copy_with(const Json& changes) {
  Json arguments = kCopy;
  arguments.update(changes);
  return arguments;
}

const BadCall kCalls[] = {
    {"WrongType", "list-tables", on("reader", "shop.db", {{"limit", "ten"}}), "INVALID_ARGUMENT",
     "limit"},
    {"OutOfRange", "sample-data",
     on("reader", "shop.db", {{"table_name", "orders"}, {"sample_size", 201}}), "INVALID_ARGUMENT",
     "at most 200"},
    {"UnknownArgument", "list-tables", on("reader", "shop.db", {{"tabel", "x"}}),
     "INVALID_ARGUMENT", "unknown argument 'tabel'"},
    {"MissingArgument", "describe-table", on("reader", "shop.db"), "INVALID_ARGUMENT",
     "table_name"},
    {"UnknownProfile",
     "list-databases",
     {{"profile_name", "raeder"}},
     "PROFILE_NOT_FOUND",
     "raeder"},
    {"UnknownDatabase", "list-tables", on("reader", "shoop.db"), "DATABASE_NOT_FOUND", "shoop.db"},
    {"UnknownTable", "sample-data", on("reader", "shop.db", {{"table_name", "order"}}),
     "TABLE_NOT_FOUND", "order"},
    {"PathOutOfTheFolder", "list-tables", on("reader", "../crossload.json"), "INVALID_ARGUMENT",
     ".."},
    {"AbsolutePath", "list-tables", on("reader", "/etc/passwd"), "INVALID_ARGUMENT", "/etc/passwd"},
    {"CorruptFile", "list-tables", on("reader", "corrupt.db"), "CONNECTION_FAILED", "corrupt.db"},
    {"MissingFolder", "list-databases", {{"profile_name", "lost"}}, "CONNECTION_FAILED", "nowhere"},
    {"EngineWithoutDriver", "list-tables", on("secretive", "app"), "CONNECTION_FAILED", "postgres"},
    {"UnknownJob",
     "check-migration-status",
     {{"job_id", "mig_nothing"}},
     "MIGRATION_NOT_FOUND",
     "mig_nothing"},
    {"JobIdAsPath", "read-artifact", {{"job_id", "../.."}}, "MIGRATION_NOT_FOUND", ".."},
    {"ArtifactOutside",
     "read-artifact",
     {{"path", "../crossload.json"}},
     "INVALID_ARGUMENT",
     "outside"},
    {"CancelOfNothing",
     "cancel-migration-job",
     {{"job_id", "mig_x"}},
     "MIGRATION_NOT_FOUND",
     "mig_x"},
    {"TargetWithoutAccess", "start-migration-job", copy_with({{"target_profile", "reader"}}),
     "ACCESS_DENIED", "read-only"},
    {"TruncateWithoutPower", "start-migration-job",
     copy_with({{"target_profile", "writer"}, {"truncate_target", true}}), "ACCESS_DENIED",
     "truncate"},
    {"SameDatabase", "start-migration-job", copy_with({{"target_database", "shop"}}),
     "INVALID_ARGUMENT", "same database"},
    {"SourceTableBesideInclude", "start-migration-job",
     copy_with({{"source_table", "orders"}, {"include_tables", {"orders"}}}), "INVALID_ARGUMENT",
     "source_table"},
    {"ResumeBesideOthers",
     "start-migration-job",
     {{"resume_job_id", "mig_x"}, {"batch_size", 5}, {"create_schema", true}},
     "INVALID_ARGUMENT",
     "batch_size, create_schema"},
    {"ResumeOfNothing",
     "start-migration-job",
     {{"resume_job_id", "mig_x"}},
     "MIGRATION_NOT_FOUND",
     "mig_x"},
    {"NothingToStart", "start-migration-job", Json::object(), "INVALID_ARGUMENT", "source_profile"},
    {"UnknownSourceTable", "start-migration-job", copy_with({{"include_tables", {"odrers"}}}),
     "SOURCE_TABLE_NOT_FOUND", "odrers"},
    {"TargetDatabaseMissing", "start-migration-job", copy_with({{"create_schema", false}}),
     "DATABASE_NOT_FOUND", "copy.db"},
    {"ArgumentOfALaterVersion", "start-migration-job", copy_with({{"parallel", 4}}),
     "INVALID_ARGUMENT", "unknown argument 'parallel'"},
};

INSTANTIATE_TEST_SUITE_P(Corpus, BadInput, ::testing::ValuesIn(kCalls),
                         [](const auto& call) { return call.param.name; });

TEST(BadInputs, NearestNamesAreGiven) {
  ToolWorld world;
  EXPECT_EQ(world.mcp().call("list-databases", {{"profile_name", "raeder"}})["candidates"][0],
            "reader");
  EXPECT_EQ(world.mcp().call("list-tables", on("reader", "shp.db"))["candidates"][0], "shop.db");
  Json table = world.mcp().call("sample-data", on("reader", "shop.db", {{"table_name", "order"}}));
  EXPECT_EQ(table["candidates"][0], "orders");
  EXPECT_THAT(table["suggestions"].dump(), HasSubstr("call list-tables"));
  EXPECT_EQ(world.mcp().call("list-tables",
                             on("reader", "shop.db", {{"name_patern", "x"}}))["candidates"][0],
            "name_pattern");
}

TEST(BadInputs, UnknownToolIsAProtocolError) {
  ToolWorld world;
  EXPECT_THROW(world.mcp().call("drop-everything", Json::object()), std::runtime_error);
}

TEST(BadInputs, TargetTablesMissingWithoutCreateSchemaAreNamed) {
  ToolWorld world;
  run_sql(world.data("bare.db").string(), "CREATE TABLE customers (id, name, note)");
  Json result = world.start("shop.db", "bare.db", Json::object());
  EXPECT_EQ(result["code"], "TARGET_TABLE_NOT_FOUND") << result.dump();
  EXPECT_THAT(result["message"].get<std::string>(), HasSubstr("orders"));
  EXPECT_THAT(result["suggestions"].dump(), HasSubstr("create_schema"));
}

TEST(BadInputs, ColumnMismatchNamesTheColumn) {
  ToolWorld world;
  run_sql(world.data("other.db").string(), "CREATE TABLE customers (id INTEGER PRIMARY KEY, name)");
  Json result = world.start("shop.db", "other.db", {{"source_table", "customers"}});
  EXPECT_EQ(result["code"], "COLUMN_MISMATCH") << result.dump();
  EXPECT_THAT(result["message"].get<std::string>(), HasSubstr("note"));
}

TEST(BadInputs, LockedFileIsToldAsRetryable) {
  ToolWorld world;
  run_sql(world.data("busy.db").string(), "CREATE TABLE t (a)");
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(world.data("busy.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  Json result = world.mcp().call("execute-sql",
                                 on("writer", "busy.db", {{"sql", "INSERT INTO t VALUES (1)"}}));
  sqlite3_close(db);
  EXPECT_EQ(result["is_error"], true);
  EXPECT_EQ(result["retryable"], true) << result.dump();
  EXPECT_THAT(result["message"].get<std::string>(), HasSubstr("lock"));
  Json again = world.mcp().call("execute-sql",
                                on("writer", "busy.db", {{"sql", "INSERT INTO t VALUES (1)"}}));
  EXPECT_EQ(again["is_error"], false) << again.dump();
}

TEST(BadInputs, LinkOutOfTheFolderIsRefused) {
  ToolWorld world;
  run_sql((world.folder() / "outside.db").string(), "CREATE TABLE secret (a)");
  std::filesystem::create_symlink(world.folder() / "outside.db", world.data("inside.db"));
  Json result = world.mcp().call("list-tables", on("reader", "inside.db"));
  EXPECT_EQ(result["is_error"], true) << result.dump();
  EXPECT_THAT(result.dump(), Not(HasSubstr("\"secret\"")));
}

TEST(Secrets, AreNowhereToBeFound) {
  ToolWorld world;
  world.mcp().call("list-profiles", {{"check", true}});
  world.mcp().call("list-databases", {{"profile_name", "secretive"}});
  world.mcp().call("list-tables", on("secretive", "app"));
  world.start("shop.db", "copy.db", {{"target_profile", "secretive"}});
  Json status = world.migrate("shop.db", "copy.db", {{"create_schema", true}});
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(world.mcp().output().find(ToolWorld::kPassword), std::string::npos);
  EXPECT_THAT(world.folder().read("stderr"), Not(HasSubstr(ToolWorld::kPassword)));
  world.end_session();
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.state())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::filesystem::path below = entry.path().lexically_relative(world.folder().path());
    EXPECT_THAT(world.folder().read(below), Not(HasSubstr(ToolWorld::kPassword))) << below;
  }
  EXPECT_GE(files, 3) << "the search looked at the job's files";
}

}  // namespace
}  // namespace crossload::testing
