#include <csignal>
#include <fstream>
#include <iterator>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.h"
#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string source_file(const std::string& path) {
  std::ifstream file(std::string(CROSSLOAD_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

CommandResult run(const ToolWorld& world, const std::vector<std::string>& arguments) {
  return run_crossload(arguments, world.folder().path());
}

TEST(CommandLine, VersionIsTheSameEverywhere) {
  ToolWorld world;
  const std::string printed = run(world, {"--version"}).out;
  std::smatch number;
  ASSERT_TRUE(std::regex_search(printed, number, std::regex(R"((\d+\.\d+\.\d+))"))) << printed;
  Json hello = world.mcp().request(
      "server/discover", {{"_meta",
                           {{"io.modelcontextprotocol/protocolVersion", "2026-07-28"},
                            {"io.modelcontextprotocol/clientCapabilities", Json::object()}}}});
  EXPECT_EQ(hello["_meta"]["io.modelcontextprotocol/serverInfo"]["version"], number.str());
  std::smatch newest;
  const std::string changes = source_file("CHANGELOG.md");
  ASSERT_TRUE(std::regex_search(changes, newest, std::regex(R"(##\s*\[?(\d+\.\d+\.\d+))")));
  EXPECT_EQ(newest[1].str(), number.str());
}

TEST(CommandLine, DocumentsAreWhatTheRegistrySays) {
  ToolWorld world;
  // Not EXPECT_EQ: two whole documents are no message.
  EXPECT_TRUE(run(world, {"docs", "tools"}).out == source_file("docs/tools.md"))
      << "run: crossload docs tools > docs/tools.md";
  EXPECT_TRUE(run(world, {"docs", "openapi"}).out == source_file("docs/mcp-openapi.yaml"))
      << "run: crossload docs openapi > docs/mcp-openapi.yaml";
}

TEST(CommandLine, EveryToolHasHelpWithExamplesAndErrors) {
  ToolWorld world;
  Json tools = world.mcp().request("tools/list", Json::object())["tools"];
  EXPECT_EQ(tools.size(), 13U);
  for (Json tool : tools) {
    const CommandResult help = run(world, {"help", tool["name"].get<std::string>()});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("Examples:\n  "));
    EXPECT_THAT(help.out, HasSubstr("Common errors:\n  "));
    for (const auto& [name, unused] : tool["inputSchema"]["properties"].items()) {
      std::string flag = "--" + name;
      std::replace(flag.begin(), flag.end(), '_', '-');
      EXPECT_THAT(help.out, HasSubstr(flag)) << tool["name"];
    }
  }
  EXPECT_EQ(run(world, {"help", "lsit-tables"}).status, 2);
}

TEST(CommandLine, JsonIsTheResultOfTheTool) {
  ToolWorld world;
  const CommandResult printed = run(
      world, {"list-tables", "--profile-name", "reader", "--database-name", "shop.db", "--json"});
  EXPECT_EQ(printed.status, 0);
  Json over_mcp = world.mcp().call("list-tables", on("reader", "shop.db"));
  EXPECT_EQ(Json::parse(printed.out)["tables"], over_mcp["tables"]);
}

TEST(CommandLine, TablesForPeopleAreAlignedAndHideTheFence) {
  ToolWorld world;
  const CommandResult printed =
      run(world, {"query-sql", "--profile-name", "reader", "--database-name", "shop.db", "--sql",
                  "SELECT id, name, char(27) || '[31m' AS shown FROM customers ORDER BY id"});
  EXPECT_EQ(printed.status, 0);
  EXPECT_THAT(printed.out, HasSubstr("id  name  shown\n--  ----  --------\n 1  Ann   \\x1b[31m\n"));
  EXPECT_THAT(printed.out, Not(HasSubstr("boundary")));
  EXPECT_THAT(printed.out, Not(HasSubstr("\x1b")));
}

TEST(CommandLine, ParametersAreJsonWhereTheyAre) {
  ToolWorld world;
  const CommandResult printed =
      run(world, {"query-sql", "--profile-name", "reader", "--database-name", "shop.db", "--sql",
                  "SELECT typeof(?), typeof(?), typeof(?)", "--params", "5", "--params", "five",
                  "--params", "null", "--json"});
  EXPECT_EQ(Json::parse(printed.out)["rows"][0], Json({"integer", "text", "null"})) << printed.out;
}

TEST(CommandLine, ExitCodesTellUsageFromFailure) {
  ToolWorld world;
  EXPECT_EQ(run(world, {}).status, 2);
  EXPECT_EQ(run(world, {"list-tables", "--nonsense"}).status, 2);
  EXPECT_EQ(run(world, {"list-tables"}).status, 2);
  EXPECT_EQ(run(world, {"list-tables", "--profile-name", "nobody"}).status, 1);
  EXPECT_EQ(run(world, {"list-profiles", "--config", "none.json"}).status, 2);
  const CommandResult refused = run(world, {"list-tables", "--profile-name", "nobody", "--json"});
  EXPECT_EQ(Json::parse(refused.out)["code"], "PROFILE_NOT_FOUND");
  EXPECT_EQ(run(world, {"list-profiles"}).status, 0);
}

TEST(CommandLine, ABrokenConfigurationIsNamedAndNothingStarts) {
  ToolWorld world;
  world.folder().write("crossload.json",
                       R"({"profiles": {"a": {"url": "sqlite:x", "acess": "read"}}})");
  const CommandResult result = run(world, {"serve"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("acess"));
  EXPECT_EQ(result.out, "");
}

std::vector<std::string> migrate_command(const std::string& name, const std::string& target) {
  return {name,   "--source-profile",  "reader", "--source-database", "shop.db", "--target-profile",
          "boss", "--target-database", target,   "--create-schema"};
}

TEST(Migrate, PrintsPlainLinesAndASummaryWhenPiped) {
  ToolWorld world;
  const CommandResult result = run(world, migrate_command("migrate", "copy.db"));
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("completed orders 100/100 rows 100%"));
  EXPECT_THAT(result.out, HasSubstr("(all)      completed"));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(compare_databases(world.data("shop.db").string(), world.data("copy.db").string()),
              ::testing::IsEmpty());
}

TEST(Migrate, ExitCodeTellsThatRowsWereRejected) {
  ToolWorld world;
  run_sql(world.data("strict.db").string(),
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> 'Bob'), note)");
  const CommandResult result =
      run(world, {"migrate", "--source-profile", "reader", "--source-database", "shop.db",
                  "--target-profile", "boss", "--target-database", "strict.db", "--source-table",
                  "customers"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("completed_with_errors"));
  EXPECT_THAT(result.out, HasSubstr("customers_failed.jsonl"));
}

TEST(Migrate, StartedAsAToolItIsFollowedToItsEnd) {
  ToolWorld world;
  std::vector<std::string> command = migrate_command("start-migration-job", "copy.db");
  command.push_back("--json");
  const CommandResult result = run(world, command);
  EXPECT_EQ(result.status, 0) << result.err;
  Json printed = Json::parse(result.out);
  EXPECT_EQ(printed["status"], "started");
  EXPECT_EQ(printed["final_status"]["status"], "completed");
  EXPECT_EQ(printed["final_status"]["rows_migrated"], 103);
}

TEST(Migrate, InterruptCancelsAndSaysHowToGoOn) {
  ToolWorld world;
  run_sql(world.data("big.db").string(),
          "CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT);"
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
          "INSERT INTO big SELECT i, printf('%.60c', 'x') FROM n;");
  const std::filesystem::path output = world.folder() / "migrate.out";
  Process process(
      {CROSSLOAD_BINARY, "migrate", "--config", world.config().string(), "--source-profile",
       "reader", "--source-database", "big.db", "--target-profile", "boss", "--target-database",
       "copy.db", "--create-schema", "--batch-size", "200"},
      output);
  // The job is under way once it says so.
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (world.folder().read("migrate.out").find("copying") == std::string::npos) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit);
    ASSERT_FALSE(process.wait(std::chrono::milliseconds(20)).has_value());
  }
  process.kill(SIGINT);
  EXPECT_EQ(process.wait(std::chrono::seconds(30)), 1);
  const std::string printed = world.folder().read("migrate.out");
  std::smatch id;
  ASSERT_TRUE(
      std::regex_search(printed, id, std::regex(R"(crossload migrate --resume-job-id (\S+))")))
      << printed;
  const CommandResult resumed = run(world, {"migrate", "--resume-job-id", id[1].str()});
  EXPECT_EQ(resumed.status, 0) << resumed.out << resumed.err;
  EXPECT_THAT(compare_databases(world.data("big.db").string(), world.data("copy.db").string()),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace crossload::testing
