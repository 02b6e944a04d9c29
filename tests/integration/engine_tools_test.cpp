// The tools as an agent uses them over MCP, against each real server: looking around, queries,
// scripts.

#include <algorithm>
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_world.h"

namespace crossload::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class EngineTools : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "no " << name_of(GetParam()) << " server";
    world_ = std::make_unique<EngineWorld>(GetParam());
  }
  EngineWorld& world() { return *world_; }

 private:
  std::unique_ptr<EngineWorld> world_;
};

INSTANTIATE_TEST_SUITE_P(Servers, EngineTools,
                         ::testing::Values(Place::kPostgres, Place::kMariadb, Place::kMysql),
                         [](const auto& place) { return name_of(place.param); });

/// The object of an array whose `name` is this; null where there is none.
Json named(const Json& array, const std::string& name) {
  for (const Json& object : array) {
    if (object.value("name", std::string()) == name) return object;
  }
  return nullptr;
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST_P(EngineTools, ListProfilesTellsWhichServersAnswer) {
  const Json result = world().mcp().call("list-profiles", {{"check", true}});
  const Json reader = named(result["profiles"], "reader");
  EXPECT_EQ(reader["engine"], engine_of(GetParam()));
  EXPECT_EQ(reader["reachable"], true) << reader.dump();
  EXPECT_FALSE(reader["server_version"].get<std::string>().empty());
  const Json dead = named(result["profiles"], "dead");
  EXPECT_EQ(dead["reachable"], false);
  EXPECT_FALSE(dead["error"].get<std::string>().empty());
  EXPECT_EQ(named(result["profiles"], "trimmer")["allow"], Json({"truncate"}));
}

TEST_P(EngineTools, ListDatabasesHasSizesAndHeedsTheProfile) {
  const Json all = world().mcp().call("list-databases", {{"profile_name", "reader"}});
  EXPECT_GT(named(all["databases"], world().shop().name())["bytes"], 0) << all.dump();
  EXPECT_FALSE(named(all["databases"], world().target().name()).is_null());
  const Json narrow = world().mcp().call("list-databases", {{"profile_name", "narrow"}});
  ASSERT_EQ(narrow["databases"].size(), 1U);
  EXPECT_EQ(narrow["databases"][0]["name"], world().shop().name());
}

TEST_P(EngineTools, ListTablesShowsTablesAndViewsPageByPage) {
  const Json all = world().call("list-tables", "reader");
  EXPECT_EQ(all["total"], 5) << all.dump();
  EXPECT_EQ(named(all["tables"], "rich")["kind"], "view");
  EXPECT_EQ(named(all["tables"], "orders")["kind"], "table");
  EXPECT_GT(named(all["tables"], "orders")["bytes"], 0);
  EXPECT_EQ(named(all["tables"], "invoices").contains("schema"), world().is_postgres());

  const Json matching = world().call("list-tables", "reader", {{"name_pattern", "*ORDER*"}});
  ASSERT_EQ(matching["total"], 1) << matching.dump();
  EXPECT_EQ(matching["tables"][0]["name"], "orders");

  Json seen = Json::array();
  std::size_t offset = 0;
  while (true) {
    const Json page = world().call("list-tables", "reader", {{"limit", 2}, {"offset", offset}});
    for (const Json& table : page["tables"]) seen.push_back(table);
    if (page["truncated"] == false) break;
    offset = page["next_offset"].get<std::size_t>();
  }
  EXPECT_EQ(seen, all["tables"]);
}

TEST_P(EngineTools, ListTablesOfASchemaThatIsNotThereIsAnError) {
  const std::string schema = world().is_postgres() ? "sales" : world().shop().name();
  const Json there = world().call("list-tables", "reader", {{"schema", schema}});
  EXPECT_EQ(there["total"], world().is_postgres() ? 1 : 5) << there.dump();
  const Json wrong = world().call("list-tables", "reader", {{"schema", schema + "s"}});
  EXPECT_EQ(wrong.value("code", std::string()), "INVALID_ARGUMENT") << wrong.dump();
  EXPECT_EQ(wrong["candidates"][0], schema);
}

TEST_P(EngineTools, DescribeTableTellsColumnsAndKeysBothWays) {
  const Json customers = world().call("describe-table", "reader", {{"table_name", "customers"}});
  ASSERT_EQ(customers["is_error"], false) << customers.dump();
  EXPECT_EQ(customers["comment"], "who buys");
  EXPECT_EQ(customers["primary_key"], Json({"id"}));
  EXPECT_EQ(named(customers["columns"], "id")["identity"],
            world().is_postgres() ? "always" : "autoincrement");
  const Json name = named(customers["columns"], "name");
  EXPECT_EQ(name["comment"], "in full");
  EXPECT_EQ(name["nullable"], false);
  EXPECT_EQ(name["collation"], world().is_postgres() ? "C" : "utf8mb4_bin");
  EXPECT_THAT(named(customers["columns"], "note")["default"].get<std::string>(), HasSubstr("none"));
  ASSERT_EQ(customers["referenced_by"].size(), 1U) << customers.dump();
  EXPECT_EQ(customers["referenced_by"][0]["table"], "orders");
  if (!world().is_postgres()) {
    EXPECT_THAT(named(customers["columns"], "changed")["on_update"].get<std::string>(),
                ::testing::ContainsRegex("(CURRENT_TIMESTAMP|current_timestamp)"));
  }
}

TEST_P(EngineTools, DescribeTableTellsGeneratedColumnsChecksIndexesAndTriggers) {
  const Json orders = world().call("describe-table", "reader", {{"table_name", "orders"}});
  const Json twice = named(orders["columns"], "twice");
  EXPECT_EQ(twice["generated"], "stored") << orders.dump();
  EXPECT_THAT(twice["generated_as"].get<std::string>(), HasSubstr("total"));
  EXPECT_THAT(named(orders["checks"], "positive")["expression"].get<std::string>(),
              HasSubstr("total"));
  const Json key = named(orders["foreign_keys"], "by_customer");
  EXPECT_EQ(key["references"], "customers");
  EXPECT_EQ(key["columns"], Json({"customer_id"}));
  EXPECT_EQ(key["referenced_columns"], Json({"id"}));
  EXPECT_EQ(key["on_delete"], "CASCADE");
  EXPECT_EQ(key.value("deferrable", false), world().is_postgres());
  const Json index = named(orders["indexes"], "orders_total");
  EXPECT_EQ(index["columns"][0]["column"], "total");
  EXPECT_EQ(index["columns"][0]["descending"], true);
  EXPECT_EQ(index.contains("where"), world().is_postgres());
  const Json trigger = named(orders["triggers"], "noted");
  EXPECT_EQ(trigger["timing"], "AFTER");
  EXPECT_EQ(trigger["event"], "INSERT");
}

TEST_P(EngineTools, DescribeTableKnowsViewsAndOtherSchemas) {
  const Json view = world().call("describe-table", "reader", {{"table_name", "rich"}});
  EXPECT_EQ(view["kind"], "view") << view.dump();
  EXPECT_EQ(view["columns"].size(), 2U);
  const std::string schema = world().is_postgres() ? "sales" : world().shop().name();
  const Json invoices =
      world().call("describe-table", "reader", {{"table_name", schema + ".invoices"}});
  EXPECT_EQ(invoices["name"], "invoices") << invoices.dump();
  EXPECT_EQ(invoices["foreign_keys"][0]["references"], "orders");
}

TEST_P(EngineTools, SampleDataShowsRowsWithTheirExactValues) {
  const Json sample =
      world().call("sample-data", "reader", {{"table_name", "orders"}, {"sample_size", 2}});
  ASSERT_EQ(sample["rows"].size(), 2U) << sample.dump();
  EXPECT_EQ(sample["truncated"], true);
  EXPECT_EQ(sample["rows"][0], Json({1, 2, "1.00", "2.00", {{"base64", "AP8="}}}));
  EXPECT_TRUE(sample.contains("boundary"));
  const Json view =
      world().call("sample-data", "reader", {{"table_name", "rich"}, {"sample_size", 200}});
  EXPECT_EQ(view["rows"].size(), 10U);
  EXPECT_EQ(view["truncated"], false);
}

TEST_P(EngineTools, QuerySqlBindsParametersOfEveryKind) {
  const Json params = {5, "Zoë", 1.5, true, nullptr, {{"base64", "AP8="}}, -9007199254740993};
  const std::string sql =
      world().is_postgres()
          ? "SELECT $1::integer, $2::text, $3::float8, $4::boolean, $5::text, $6::bytea, $7::bigint"
          : "SELECT ?, ?, ?, ?, ?, ?, ?";
  const Json result = world().query(sql, {{"params", params}});
  ASSERT_EQ(result["is_error"], false) << result.dump();
  EXPECT_EQ(result["rows"][0],
            Json({5, "Zoë", 1.5, 1, nullptr, {{"base64", "AP8="}}, "-9007199254740993"}));
  const Json row = world().query("SELECT name FROM customers WHERE id = " + world().marker(1) +
                                     " AND name <> " + world().marker(2),
                                 {{"params", {3, "it's"}}});
  EXPECT_EQ(row["rows"], Json({{"Zoë"}})) << row.dump();
}

TEST_P(EngineTools, QuerySqlTellsExactlyWhetherThereIsMore) {
  const std::string sql = "SELECT id FROM orders ORDER BY id";
  const Json less = world().query(sql, {{"limit", 99}});
  EXPECT_EQ(less["row_count"], 99);
  EXPECT_EQ(less["truncated"], true);
  EXPECT_EQ(world().query(sql, {{"limit", 100}})["truncated"], false);
}

TEST_P(EngineTools, QuerySqlStopsASlowStatementOnTheServer) {
  Json result;
  const double took = seconds_of([&] {
    result = world().query("SELECT " + world().slow(), {{"timeout_seconds", 1}});
  });
  EXPECT_EQ(result.value("code", std::string()), "CANCELLED") << result.dump();
  EXPECT_THAT(result["suggestions"].dump(), HasSubstr("timeout_seconds"));
  EXPECT_LT(took, 15);
  EXPECT_EQ(world().running("SELECT " + world().slow()), "0") << "it goes on at the server";
}

TEST_P(EngineTools, QuerySqlNeverWrites) {
  for (const std::string sql :
       {"INSERT INTO loose VALUES (1)", "CREATE TABLE x (a integer)", "DROP TABLE loose",
        "TRUNCATE TABLE loose", "WITH n AS (SELECT 1) DELETE FROM orders"}) {
    const Json result = world().call("query-sql", "boss", {{"sql", sql}});
    EXPECT_THAT(result.value("code", std::string()), AnyOf("ACCESS_DENIED", "SQL_ERROR"))
        << sql << result.dump();
    EXPECT_FALSE(result["suggestions"].empty()) << result.dump();
  }
  const Json two = world().query("SELECT 1; DELETE FROM orders");
  EXPECT_EQ(two.value("code", std::string()), "INVALID_ARGUMENT") << two.dump();
  EXPECT_EQ(world().shop().ask("SELECT count(*) FROM orders"), "100");
}

TEST_P(EngineTools, QuerySqlErrorsSayWhatToDoNext) {
  const Json table = world().query("SELECT * FROM odrers");
  EXPECT_EQ(table.value("code", std::string()), "SQL_ERROR") << table.dump();
  EXPECT_EQ(table["sqlstate"], world().is_postgres() ? "42P01" : "42S02");
  EXPECT_THAT(table["suggestions"].dump(), HasSubstr("list-tables"));
  const Json column = world().query("SELECT nmae FROM customers");
  EXPECT_THAT(column["suggestions"].dump(), HasSubstr("describe-table"));
  const Json few = world().query("SELECT " + world().marker(1), {{"params", {1, 2}}});
  EXPECT_EQ(few.value("code", std::string()), "INVALID_ARGUMENT") << few.dump();
  EXPECT_THAT(few["suggestions"].dump(), HasSubstr("params"));
}

TEST_P(EngineTools, ExecuteSqlRunsAScriptAndStopsAtTheFirstError) {
  const std::string script =
      "CREATE TABLE made (a integer);\nINSERT INTO made VALUES (1), (2);\n\n"
      "INSERT INTO made VALUES ('x');\nINSERT INTO made VALUES (3);";
  const Json stopped = world().execute("writer", script);
  EXPECT_EQ(stopped["is_error"], true);
  EXPECT_EQ(stopped["succeeded"], 2) << stopped.dump();
  EXPECT_EQ(stopped["not_run"], 1);
  EXPECT_EQ(stopped["affected_rows"], 2);
  EXPECT_EQ(stopped["statements"][2]["line"], 4);
  EXPECT_EQ(stopped["statements"][2]["code"], "SQL_ERROR");
  EXPECT_EQ(stopped["rolled_back"], false);
  const Json kept = world().execute(
      "writer", "INSERT INTO made VALUES ('x'); SELEC 1; INSERT INTO made VALUES (4)",
      {{"keep_going", true}});
  EXPECT_EQ(kept["is_error"], false) << kept.dump();
  EXPECT_EQ(kept["failed"], 2);
  EXPECT_EQ(world().shop().ask("SELECT sum(a) FROM made"), "7");
}

TEST_P(EngineTools, ExecuteSqlTellsWhetherATransactionWasLeftOpen) {
  const std::string begin = "START TRANSACTION; INSERT INTO loose VALUES (1)";
  EXPECT_EQ(world().execute("writer", begin + "; COMMIT")["rolled_back"], false);
  EXPECT_EQ(world().execute("writer", begin)["rolled_back"], true);
  const Json failed = world().execute("writer", begin + "; SELEC 1; COMMIT");
  EXPECT_EQ(failed["rolled_back"], true) << failed.dump();
  EXPECT_EQ(world().shop().ask("SELECT count(*) FROM loose"), "1");
  // PostgreSQL's COMMIT of a failed transaction is a rollback.
  const Json kept = world().execute("writer", begin + "; SELEC 1; COMMIT", {{"keep_going", true}});
  EXPECT_EQ(kept["failed"], world().is_postgres() ? 2 : 1) << kept.dump();
  EXPECT_EQ(world().shop().ask("SELECT count(*) FROM loose"), world().is_postgres() ? "1" : "2");
}

TEST_P(EngineTools, ExecuteSqlTellsOfKeysThatFailAtTheEndOfTheStatement) {
  const Json result = world().execute("writer", "INSERT INTO orders (customer_id) VALUES (999)");
  EXPECT_EQ(result.value("code", std::string()), "FK_VIOLATION") << result.dump();
  EXPECT_EQ(world().shop().ask("SELECT count(*) FROM orders"), "100");
}

TEST_P(EngineTools, ExecuteSqlBindsParametersOfOneStatement) {
  const Json one = world().execute(
      "writer",
      "UPDATE customers SET note = " + world().marker(1) + " WHERE id = " + world().marker(2),
      {{"params", {"bought", 3}}});
  EXPECT_EQ(one["affected_rows"], 1) << one.dump();
  EXPECT_EQ(world().shop().ask("SELECT note FROM customers WHERE id = 3"), "bought");
  const Json two = world().execute("writer", "SELECT 1; SELECT 2", {{"params", {1}}});
  EXPECT_EQ(two.value("code", std::string()), "INVALID_ARGUMENT");
}

TEST_P(EngineTools, ExecuteSqlHoldsPowersApart) {
  const auto code = [&](const char* profile, const std::string& sql) {
    return world().execute(profile, sql).value("code", std::string());
  };
  EXPECT_EQ(code("reader", "INSERT INTO loose VALUES (1)"), "ACCESS_DENIED");
  EXPECT_EQ(code("writer", "TRUNCATE TABLE loose"), "ACCESS_DENIED");
  EXPECT_EQ(code("writer", "DELETE FROM loose"), "ACCESS_DENIED");
  EXPECT_EQ(code("trimmer", "TRUNCATE TABLE loose"), "");
  EXPECT_EQ(code("trimmer", "DROP TABLE loose"), "ACCESS_DENIED");
  EXPECT_EQ(code("trimmer", "ALTER TABLE loose DROP COLUMN a"), "ACCESS_DENIED");
  EXPECT_EQ(code("trimmer", "CALL whatever()"), "ACCESS_DENIED");
  EXPECT_EQ(
      code("trimmer", world().is_postgres() ? "DO $$ BEGIN PERFORM 1; END $$" : "DO SLEEP(0)"),
      "ACCESS_DENIED");
  EXPECT_EQ(code("boss", world().is_postgres() ? "DO $$ BEGIN PERFORM 1; END $$" : "DO SLEEP(0)"),
            "");
  EXPECT_EQ(code("boss", "DROP TABLE crossload_ledger"), "ACCESS_DENIED");
  EXPECT_EQ(code("boss", "DROP TABLE loose"), "");
}

TEST_P(EngineTools, ExecuteSqlMakesRoutinesAndTriggersOfSeveralStatements) {
  const std::string script =
      world().is_postgres()
          ? "CREATE FUNCTION plus(a integer) RETURNS integer LANGUAGE plpgsql AS $body$\nBEGIN\n"
            "  RETURN a + 1; -- a semicolon; and more\nEND $body$;\n"
            "CREATE FUNCTION two() RETURNS integer LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$;\n"
            "CREATE PROCEDURE add_one() LANGUAGE sql AS $$ INSERT INTO loose VALUES (plus(1)) $$;"
          : "CREATE FUNCTION plus(a integer) RETURNS integer DETERMINISTIC\nBEGIN\n"
            "  RETURN a + 1; -- a semicolon; and more\nEND;\nDELIMITER //\n"
            "CREATE TRIGGER capped BEFORE INSERT ON loose FOR EACH ROW BEGIN\n"
            "  IF new.a > 50 THEN SET new.a = 50; END IF;\nEND//\nDELIMITER ;\n"
            "CREATE PROCEDURE add_one() BEGIN SELECT 1; INSERT INTO loose VALUES (plus(1)); END;";
  const Json made = world().execute("writer", script);
  ASSERT_EQ(made["is_error"], false) << made.dump();
  EXPECT_EQ(made["total"], 3);
  const Json called = world().execute("boss", "CALL add_one(); INSERT INTO loose VALUES (7)");
  EXPECT_EQ(called["is_error"], false) << called.dump();
  EXPECT_EQ(world().shop().ask("SELECT sum(a) FROM loose"), "9");
}

TEST_P(EngineTools, ExecuteSqlRunsAFileOfTheStateFolder) {
  world().folder().write("state/scripts/a.sql", "INSERT INTO loose VALUES (5);\n-- end\n");
  const Json ran = world().call("execute-sql", "writer", {{"file", "scripts/a.sql"}});
  EXPECT_EQ(ran["is_error"], false) << ran.dump();
  EXPECT_EQ(world().shop().ask("SELECT a FROM loose"), "5");
}

TEST_P(EngineTools, ExecuteSqlStopsASlowStatementOnTheServer) {
  Json result;
  const double took = seconds_of([&] {
    result = world().execute("writer", "INSERT INTO loose VALUES (1); SELECT " + world().slow(),
                             {{"timeout_seconds", 1}, {"keep_going", true}});
  });
  EXPECT_EQ(result.value("code", std::string()), "CANCELLED") << result.dump();
  EXPECT_EQ(result["succeeded"], 1);
  EXPECT_LT(took, 15);
  EXPECT_EQ(world().running("SELECT " + world().slow()), "0");
}

TEST_P(EngineTools, ExecuteSqlReachesNoFileOfTheServer) {
  std::vector<std::string> statements = {
      "LOAD DATA INFILE '/etc/passwd' INTO TABLE loose",
      "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE loose",
      "SELECT 1 INTO OUTFILE '/tmp/crossload-never'", "SELECT LOAD_FILE('/etc/passwd')",
      "/*!50000 SELECT 1 INTO DUMPFILE '/tmp/crossload-never' */"};
  if (world().is_postgres()) {
    statements = {"COPY loose FROM '/etc/passwd'", "COPY loose TO '/tmp/crossload-never'",
                  "COPY (SELECT 1) TO PROGRAM 'cat'", "SELECT lo_import('/etc/passwd')",
                  "SELECT pg_read_file('/etc/passwd')"};
  }
  for (const std::string& sql : statements) {
    const Json result = world().execute("boss", sql);
    EXPECT_EQ(result.value("code", std::string()), "ACCESS_DENIED") << sql << result.dump();
    EXPECT_EQ(result["suggestions"].empty(), false);
  }
}

TEST_P(EngineTools, SqlStaysInTheDatabasesOfTheProfile) {
  if (world().is_postgres()) return;  // One session sees one database there.
  const std::string other = world().target().name();
  world().target().run("CREATE TABLE secret (a integer)");
  const Json used = world().execute("boss", "USE " + other + "; CREATE TABLE x (a integer)");
  EXPECT_EQ(used.value("code", std::string()), "ACCESS_DENIED") << used.dump();
  EXPECT_THAT(used["suggestions"].dump(), HasSubstr(other));
  for (const std::string& sql :
       {"SELECT * FROM " + other + ".secret", "SELECT * FROM `" + other + "`.`secret`",
        std::string("SELECT user FROM mysql.user")}) {
    const Json result = world().call("query-sql", "narrow", {{"sql", sql}});
    EXPECT_EQ(result.value("code", std::string()), "ACCESS_DENIED") << sql << result.dump();
  }
  const Json own = world().call(
      "query-sql", "narrow",
      {{"sql", "SELECT o.id FROM " + world().shop().name() + ".orders o WHERE o.id = 1"}});
  EXPECT_EQ(own["is_error"], false) << own.dump();
}

TEST_P(EngineTools, GenerateSchemaCopyWritesTablesThatEachEngineTakes) {
  for (const char* type : {"sqlite", "postgres", "mysql"}) {
    const Json copy = world().call("generate-schema-copy", "reader", {{"target_db_type", type}});
    ASSERT_EQ(copy["is_error"], false) << copy.dump();
    EXPECT_EQ(copy["tables_generated"], 4) << copy.dump();
    EXPECT_EQ(copy["views_generated"], 1) << copy.dump();
    if (type != std::string("sqlite") && type != std::string(engine_of(GetParam()))) continue;
    const std::string folder = copy["output_dir"].get<std::string>();
    Json arguments = {{"profile_name", "boss"},
                      {"database_name", world().target().name()},
                      {"file", folder + "/tables.sql"}};
    if (type == std::string("sqlite")) {
      world().folder().write("data/copy.db", "");
      arguments["profile_name"] = "files";
      arguments["database_name"] = "copy.db";
    }
    const Json ran = world().mcp().call("execute-sql", arguments);
    EXPECT_EQ(ran["is_error"], false) << type << ran.dump();
  }
}

TEST_P(EngineTools, GenerateSchemaCopyTriesStatementsAndLeavesNothing) {
  world().target().run("CREATE TABLE orders (id integer)");
  const Json tried = world().call("generate-schema-copy", "reader",
                                  {{"target_db_type", engine_of(GetParam())},
                                   {"target_profile", "boss"},
                                   {"target_database", world().target().name()}});
  EXPECT_EQ(tried["is_error"], false) << tried.dump();
  EXPECT_THAT(tried.value("summary", std::string()), HasSubstr("Every statement was tried"));
  EXPECT_THAT(tried["warnings"].dump(), HasSubstr("the target already has a table"));
  const Json tables =
      world().call("list-tables", "reader", {{"database_name", world().target().name()}});
  EXPECT_EQ(tables["total"], 1) << tables.dump();
  const std::string left =
      world().is_postgres() ? "SELECT count(*) FROM pg_catalog.pg_type WHERE typname = 'rich'"
                            : "SELECT count(*) FROM information_schema.tables WHERE table_schema "
                              "LIKE 'crossload\\_scratch\\_%' AND table_name = 'customers'";
  EXPECT_EQ(world().target().ask(left), "0");
}

// A table of the target's own, without the column that an index is over.
TEST_P(EngineTools, GenerateSchemaCopyTriesStatementsOnWhatTheTargetHas) {
  world().target().run("CREATE TABLE customers (id integer PRIMARY KEY)");
  const Json tried = world().call("generate-schema-copy", "reader",
                                  {{"target_db_type", engine_of(GetParam())},
                                   {"target_profile", "boss"},
                                   {"target_database", world().target().name()}});
  EXPECT_EQ(tried["is_error"], false) << tried.dump();
  const std::string warnings = tried["warnings"].dump();
  EXPECT_THAT(warnings, HasSubstr("cannot be made on the table the target already has: "));
  EXPECT_THAT(warnings, HasSubstr(world().is_postgres() ? "column \\\"name\\\"" : "'name'"));
  EXPECT_THAT(tried["skipped_items"].dump(), Not(HasSubstr("by_customer")));
}

TEST_P(EngineTools, GenerateSchemaCopySaysWhyAScratchDatabaseCannotBeMade) {
  if (world().is_postgres()) return;
  const Json refused = world().call("generate-schema-copy", "reader",
                                    {{"target_db_type", "mysql"},
                                     {"target_profile", "poor"},
                                     {"target_database", world().shop().name()}});
  EXPECT_EQ(refused.value("code", std::string()), "ACCESS_DENIED") << refused.dump();
  EXPECT_THAT(refused.value("message", std::string()), HasSubstr("may not make one"));
}

}  // namespace
}  // namespace crossload::testing
