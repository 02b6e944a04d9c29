#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kEndless =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

TEST(QuerySql, TellsExactlyWhetherThereIsMore) {
  ToolWorld world;
  Json arguments =
      on("reader", "shop.db", {{"sql", "SELECT id FROM orders ORDER BY id"}, {"limit", 99}});
  EXPECT_EQ(world.mcp().call("query-sql", arguments)["truncated"], true);
  arguments["limit"] = 100;
  EXPECT_EQ(world.mcp().call("query-sql", arguments)["truncated"], false);
}

TEST(QuerySql, BindsParametersOfEveryKind) {
  ToolWorld world;
  Json result = world.mcp().call(
      "query-sql",
      on("reader", "shop.db",
         {{"sql", "SELECT typeof(?), typeof(?), typeof(?), typeof(?), typeof(?), hex(?)"},
          {"params", {nullptr, 1, 1.5, "x", true, {{"base64", "AP8="}}}}}));
  EXPECT_EQ(result["rows"][0], Json({"null", "integer", "real", "text", "integer", "00FF"}))
      << result.dump();
}

TEST(QuerySql, NeverWritesEvenOnAWriteProfile) {
  ToolWorld world;
  for (const char* sql :
       {"DELETE FROM orders", "CREATE TABLE x (a)", "PRAGMA user_version = 7",
        "INSERT INTO customers (name) VALUES ('x') RETURNING id", "ATTACH '/etc/passwd' AS p",
        "SELECT load_extension('x')", "VACUUM INTO 'copy.db'"}) {
    Json result = world.mcp().call("query-sql", on("boss", "shop.db", {{"sql", sql}}));
    EXPECT_EQ(result["is_error"], true) << sql;
    EXPECT_TRUE(result["code"] == "ACCESS_DENIED" || result["code"] == "SQL_ERROR")
        << result.dump();
  }
  Json several = world.mcp().call("query-sql",
                                  on("boss", "shop.db", {{"sql", "SELECT 1; DELETE FROM orders"}}));
  EXPECT_EQ(several["code"], "INVALID_ARGUMENT") << several.dump();
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT count(*) FROM orders"), "100");
  EXPECT_FALSE(std::filesystem::exists(world.data("copy.db")));
}

TEST(QuerySql, CancelsTheStatementAtItsLimit) {
  ToolWorld world;
  const auto start = std::chrono::steady_clock::now();
  Json result = world.mcp().call(
      "query-sql", on("reader", "shop.db", {{"sql", kEndless}, {"timeout_seconds", 2}}));
  EXPECT_EQ(result["code"], "CANCELLED") << result.dump();
  EXPECT_THAT(result["suggestions"].dump(), HasSubstr("timeout_seconds"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  EXPECT_FALSE(world.mcp().notifications().empty()) << "progress was asked for";
  EXPECT_EQ(
      world.mcp().call("query-sql", on("reader", "shop.db", {{"sql", "SELECT 1"}}))["is_error"],
      false)
      << "the server goes on";
}

TEST(QuerySql, GivesTheEnginesOwnWords) {
  ToolWorld world;
  Json result = world.mcp().call("query-sql",
                                 on("reader", "shop.db", {{"sql", "SELECT no_such FROM orders"}}));
  EXPECT_EQ(result["code"], "SQL_ERROR");
  EXPECT_THAT(result["message"].get<std::string>(), HasSubstr("no such column: no_such"));
}

TEST(ExecuteSql, RunsAScriptAndCountsRows) {
  ToolWorld world;
  Json result = world.mcp().call(
      "execute-sql",
      on("writer", "shop.db",
         {{"sql", "CREATE TABLE t (a);\nINSERT INTO t VALUES (1), (2);\nUPDATE t SET a = 3;"}}));
  EXPECT_EQ(result["is_error"], false) << result.dump();
  EXPECT_EQ(result["succeeded"], 3);
  EXPECT_EQ(result["statements"][1]["affected_rows"], 2);
  EXPECT_EQ(result["statements"][2]["line"], 3);
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT sum(a) FROM t"), "6");
}

TEST(ExecuteSql, StopsAtTheFirstErrorAndSaysWhere) {
  ToolWorld world;
  const std::string script =
      "CREATE TABLE t (a);\nINSERT INTO nowhere VALUES (1);\nINSERT INTO t VALUES (1);";
  Json stopped = world.mcp().call("execute-sql", on("writer", "shop.db", {{"sql", script}}));
  EXPECT_EQ(stopped["is_error"], true);
  EXPECT_EQ(stopped["code"], "SQL_ERROR");
  EXPECT_THAT(stopped["message"].get<std::string>(), HasSubstr("line 2"));
  EXPECT_EQ(stopped["not_run"], 1);
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT count(*) FROM t"), "0");

  Json kept = world.mcp().call(
      "execute-sql",
      on("boss", "shop.db", {{"sql", "DROP TABLE t;" + script}, {"keep_going", true}}));
  EXPECT_EQ(kept["is_error"], false);
  EXPECT_EQ(kept["failed"], 1);
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT count(*) FROM t"), "1");
}

TEST(ExecuteSql, RollsBackATransactionThatStaysOpen) {
  ToolWorld world;
  Json result = world.mcp().call(
      "execute-sql", on("writer", "shop.db", {{"sql", "BEGIN; UPDATE orders SET total = 0;"}}));
  EXPECT_EQ(result["rolled_back"], true) << result.dump();
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT total FROM orders WHERE id = 9"),
            "9");
  Json committed = world.mcp().call(
      "execute-sql", on("writer", "shop.db",
                        {{"sql", "BEGIN; UPDATE orders SET total = 0 WHERE id = 9; COMMIT"}}));
  EXPECT_EQ(committed["rolled_back"], false);
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT total FROM orders WHERE id = 9"),
            "0");
}

TEST(ExecuteSql, NeedsWriteAccessAndPowersBeforeAnythingRuns) {
  ToolWorld world;
  const auto refused = [&](const char* profile, const char* sql) {
    Json result = world.mcp().call("execute-sql", on(profile, "shop.db", {{"sql", sql}}));
    EXPECT_EQ(result.value("code", std::string()), "ACCESS_DENIED") << sql << result.dump();
    EXPECT_FALSE(result["suggestions"].empty()) << sql;
  };
  refused("reader", "UPDATE orders SET total = 1 WHERE id = 1");
  refused("writer", "UPDATE orders SET total = 1 WHERE id = 1; DELETE FROM orders");
  refused("writer", "UPDATE orders SET total = 1 WHERE id = 1; DROP TABLE orders");
  refused("boss", "ATTACH '/tmp/x.db' AS x");
  refused("boss", "/* ' */ attach database '/tmp/x.db' as x");
  refused("boss", "VACUUM main INTO '/tmp/x.db'");
  refused("boss", "DROP TABLE Crossload_Ledger");
  refused("boss", "INSERT INTO \"crossload_ledger\" VALUES (1)");
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT sum(total) FROM orders"), "5050");
  Json reading = world.mcp().call("execute-sql", on("reader", "shop.db", {{"sql", "SELECT 1"}}));
  EXPECT_EQ(reading["is_error"], false) << reading.dump();
}

TEST(ExecuteSql, TakesAFileOnlyUnderTheStateFolder) {
  ToolWorld world;
  world.folder().write("state/scripts/a.sql", "CREATE TABLE from_file (a);");
  world.folder().write("outside.sql", "CREATE TABLE outside (a);");
  std::filesystem::create_symlink(world.folder() / "outside.sql", world.state() / "link.sql");
  Json inside =
      world.mcp().call("execute-sql", on("writer", "shop.db", {{"file", "scripts/a.sql"}}));
  EXPECT_EQ(inside["is_error"], false) << inside.dump();
  for (const std::string path :
       {"../outside.sql", "link.sql", "/etc/passwd", "scripts", "none.sql"}) {
    Json outside = world.mcp().call("execute-sql", on("writer", "shop.db", {{"file", path}}));
    EXPECT_EQ(outside.value("code", std::string()), "INVALID_ARGUMENT") << path;
  }
}

TEST(ExecuteSql, ParamsMeanExactlyOneStatement) {
  ToolWorld world;
  Json one = world.mcp().call(
      "execute-sql",
      on("writer", "shop.db",
         {{"sql", "UPDATE customers SET name = ? WHERE id = ?"}, {"params", {"Zoë", 1}}}));
  EXPECT_EQ(one["affected_rows"], 1) << one.dump();
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT name FROM customers WHERE id = 1"),
            "Zoë");
  Json two = world.mcp().call(
      "execute-sql", on("writer", "shop.db", {{"sql", "SELECT ?; SELECT ?"}, {"params", {1, 2}}}));
  EXPECT_EQ(two["code"], "INVALID_ARGUMENT");
  Json neither = world.mcp().call("execute-sql", on("writer", "shop.db"));
  EXPECT_EQ(neither["code"], "INVALID_ARGUMENT");
}

TEST(ExecuteSql, CancelsAScriptAtItsLimitAndKeepsWhatWasDone) {
  ToolWorld world;
  const std::string script = std::string(
                                 "CREATE TABLE t (a); INSERT INTO t VALUES (1); "
                                 "INSERT INTO t ") +
                             kEndless + "; INSERT INTO t VALUES (2)";
  Json result = world.mcp().call(
      "execute-sql",
      on("writer", "shop.db", {{"sql", script}, {"timeout_seconds", 1}, {"keep_going", true}}));
  EXPECT_EQ(result["code"], "CANCELLED") << result.dump();
  EXPECT_EQ(result["succeeded"], 2);
  EXPECT_EQ(result["not_run"], 1);
  EXPECT_EQ(query_text(world.data("shop.db").string(), "SELECT sum(a) FROM t"), "1");
}

TEST(GenerateSchemaCopy, WritesFilesThatMakeTheSchemaElsewhere) {
  ToolWorld world;
  Json copy = world.mcp().call("generate-schema-copy",
                               on("reader", "shop.db", {{"target_db_type", "sqlite"}}));
  ASSERT_EQ(copy["is_error"], false) << copy.dump();
  EXPECT_EQ(copy["tables_generated"], 2);
  EXPECT_EQ(copy["indexes_generated"], 1);
  EXPECT_EQ(copy["triggers_generated"], 1);
  EXPECT_EQ(copy["views_generated"], 1);
  const std::filesystem::path folder = copy["output_dir"].get<std::string>();
  EXPECT_EQ(folder.parent_path(), world.state() / "schema-copy");
  run_sql(world.data("empty.db").string(), "");
  std::ofstream(world.data("empty.db"), std::ios::app).flush();
  for (const char* file :
       {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
    Json ran = world.mcp().call("execute-sql",
                                on("writer", "empty.db", {{"file", (folder / file).string()}}));
    EXPECT_EQ(ran["is_error"], false) << file << ran.dump();
  }
  EXPECT_EQ(query_text(world.data("empty.db").string(), "SELECT count(*) FROM sqlite_schema"),
            query_text(world.data("shop.db").string(), "SELECT count(*) FROM sqlite_schema"));
}

TEST(GenerateSchemaCopy, StaysInsideTheStateFolderAndOutOfTheJobs) {
  ToolWorld world;
  for (const std::string folder : {"../x", "/tmp/x", "migrations/x"}) {
    Json copy = world.mcp().call(
        "generate-schema-copy",
        on("reader", "shop.db", {{"target_db_type", "sqlite"}, {"output_dir", folder}}));
    EXPECT_EQ(copy.value("code", std::string()), "INVALID_ARGUMENT") << folder;
  }
  Json chosen = world.mcp().call(
      "generate-schema-copy",
      on("reader", "shop.db", {{"target_db_type", "sqlite"}, {"output_dir", "schema-copy/mine"}}));
  EXPECT_EQ(chosen["output_dir"], (world.state() / "schema-copy/mine").string()) << chosen.dump();
}

TEST(GenerateSchemaCopy, TriesStatementsOnATargetAndLeavesItAsItWas) {
  ToolWorld world;
  run_sql(world.data("target.db").string(), "CREATE TABLE orders (other)");
  Json copy = world.mcp().call("generate-schema-copy", on("reader", "shop.db",
                                                          {{"target_db_type", "sqlite"},
                                                           {"target_profile", "writer"},
                                                           {"target_database", "target.db"}}));
  ASSERT_EQ(copy["is_error"], false) << copy.dump();
  EXPECT_THAT(copy["warnings"].dump(), HasSubstr("orders"));
  EXPECT_EQ(query_text(world.data("target.db").string(), "SELECT count(*) FROM sqlite_schema"),
            "1");
  Json denied = world.mcp().call("generate-schema-copy", on("reader", "shop.db",
                                                            {{"target_db_type", "sqlite"},
                                                             {"target_profile", "reader"},
                                                             {"target_database", "target.db"}}));
  EXPECT_EQ(denied["code"], "ACCESS_DENIED");
}

}  // namespace
}  // namespace crossload::testing
