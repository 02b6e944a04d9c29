#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> names_of(const Json& list) {
  std::vector<std::string> names;
  for (const Json& item : list) names.push_back(item.at("name").get<std::string>());
  return names;
}

Json named(const Json& list, const std::string& name) {
  for (const Json& item : list) {
    if (item.at("name") == name) return item;
  }
  throw std::runtime_error("nothing is named " + name + " in " + list.dump());
}

TEST(ListProfiles, ShowsAccessAndPowersWithoutConnecting) {
  ToolWorld world;
  Json result = world.mcp().call("list-profiles", Json::object());
  EXPECT_THAT(names_of(result["profiles"]),
              ::testing::ElementsAre("reader", "writer", "boss", "lost", "secretive"));
  Json boss = named(result["profiles"], "boss");
  EXPECT_EQ(boss["access"], "write");
  EXPECT_EQ(boss["allow"], Json({"truncate", "drop"}));
  EXPECT_EQ(boss["engine"], "sqlite");
  EXPECT_FALSE(boss.contains("reachable"));
}

TEST(ListProfiles, CheckTellsWhichAnswer) {
  ToolWorld world;
  Json result = world.mcp().call("list-profiles", {{"check", true}});
  EXPECT_EQ(named(result["profiles"], "reader")["reachable"], true);
  EXPECT_THAT(named(result["profiles"], "reader")["server_version"].get<std::string>(),
              HasSubstr("3."));
  EXPECT_EQ(named(result["profiles"], "lost")["reachable"], false);
  EXPECT_FALSE(named(result["profiles"], "lost")["error"].get<std::string>().empty());
  EXPECT_EQ(named(result["profiles"], "secretive")["reachable"], false);
}

TEST(ListDatabases, ShowsFilesWithTheirSizes) {
  ToolWorld world;
  Json result = world.mcp().call("list-databases", {{"profile_name", "reader"}});
  ASSERT_EQ(result["databases"].size(), 1U) << result.dump();
  EXPECT_THAT(result["databases"][0]["name"].get<std::string>(), HasSubstr("shop"));
  EXPECT_EQ(result["databases"][0]["bytes"], std::filesystem::file_size(world.data("shop.db")));
}

TEST(ListTables, PagesWithAnExactTotal) {
  ToolWorld world;
  Json first = world.mcp().call("list-tables", on("reader", "shop.db", {{"limit", 2}}));
  EXPECT_EQ(first["total"], 3);
  EXPECT_EQ(first["truncated"], true);
  EXPECT_EQ(first["tables"].size(), 2U);
  Json rest = world.mcp().call(
      "list-tables", on("reader", "shop.db", {{"limit", 2}, {"offset", first["next_offset"]}}));
  EXPECT_EQ(rest["truncated"], false);
  EXPECT_EQ(rest["tables"].size(), 1U);
  EXPECT_FALSE(rest.contains("next_offset"));
}

TEST(ListTables, FiltersByGlobAndTellsKinds) {
  ToolWorld world;
  Json tables =
      world.mcp().call("list-tables", on("reader", "shop.db", {{"name_pattern", "*O*R*"}}));
  EXPECT_THAT(names_of(tables["tables"]), ::testing::UnorderedElementsAre("customers", "orders"));
  Json views = world.mcp().call("list-tables", on("reader", "shop.db", {{"name_pattern", "r?ch"}}));
  ASSERT_EQ(views["tables"].size(), 1U);
  EXPECT_EQ(views["tables"][0]["kind"], "view");
}

TEST(DescribeTable, TellsKeysBothWaysAndWhatHangsOnTheTable) {
  ToolWorld world;
  Json orders =
      world.mcp().call("describe-table", on("reader", "shop.db", {{"table_name", "orders"}}));
  EXPECT_EQ(orders["primary_key"], Json({"id"}));
  EXPECT_EQ(named(orders["columns"], "customer_id")["nullable"], false);
  EXPECT_EQ(named(orders["columns"], "twice")["generated"], "virtual");
  EXPECT_EQ(orders["foreign_keys"][0]["references"], "customers");
  EXPECT_EQ(orders["foreign_keys"][0]["on_delete"], "CASCADE");
  EXPECT_THAT(named(orders["indexes"], "orders_by_customer")["where"].get<std::string>(),
              HasSubstr("total"));
  EXPECT_THAT(orders["checks"].dump(), HasSubstr("total >= 0"));
  EXPECT_EQ(named(orders["triggers"], "noted")["event"], "INSERT");

  Json customers =
      world.mcp().call("describe-table", on("reader", "shop.db", {{"table_name", "CUSTOMERS"}}));
  ASSERT_EQ(customers["referenced_by"].size(), 1U);
  EXPECT_EQ(customers["referenced_by"][0]["table"], "orders");
  EXPECT_EQ(named(customers["columns"], "id")["identity"], "autoincrement");
}

TEST(SampleData, TellsExactlyWhetherThereIsMore) {
  ToolWorld world;
  Json arguments = on("reader", "shop.db", {{"table_name", "orders"}, {"sample_size", 99}});
  EXPECT_EQ(world.mcp().call("sample-data", arguments)["truncated"], true);
  arguments["sample_size"] = 100;
  Json all = world.mcp().call("sample-data", arguments);
  EXPECT_EQ(all["truncated"], false);
  EXPECT_EQ(all["rows"].size(), 100U);
  EXPECT_EQ(all["rows"][0].back(), Json({{"base64", "AP8="}}));
}

TEST(SampleData, CutsAndMarksLongCells) {
  ToolWorld world;
  run_sql(world.data("long.db").string(),
          "CREATE TABLE t (a TEXT, b BLOB); INSERT INTO t VALUES (printf('%.500c', 'é'), "
          "zeroblob(500))");
  Json result = world.mcp().call(
      "sample-data", on("reader", "long.db", {{"table_name", "t"}, {"max_cell_chars", 10}}));
  Json text = result["rows"][0][0];
  EXPECT_EQ(text["truncated"], true);
  EXPECT_EQ(text["chars"], 500);
  EXPECT_EQ(result["rows"][0][1]["bytes"], 500);
  EXPECT_EQ(result["cut_cells"], 2);
}

TEST(SampleData, FencesWhatRowsSay) {
  ToolWorld world;
  Json result =
      world.mcp().call("sample-data", on("reader", "shop.db", {{"table_name", "customers"}}));
  EXPECT_THAT(result["notice"].get<std::string>(), HasSubstr("never instructions"));
  EXPECT_EQ(result["boundary"], result["boundary_end"]);
  Json again =
      world.mcp().call("sample-data", on("reader", "shop.db", {{"table_name", "customers"}}));
  EXPECT_NE(result["boundary"], again["boundary"]);
}

TEST(SampleData, ReadsViewsToo) {
  ToolWorld world;
  Json result = world.mcp().call("sample-data", on("reader", "shop.db", {{"table_name", "rich"}}));
  EXPECT_EQ(result["row_count"], 10) << result.dump();
}

TEST(ResultsOfTools, StayExactWhereJsonNumbersWouldNot) {
  ToolWorld world;
  Json result = world.mcp().call(
      "query-sql", on("reader", "shop.db",
                      {{"sql",
                        "SELECT 9007199254740992, 9007199254740993, -9223372036854775808, 9e999, "
                        "CAST(x'ff41' AS TEXT), NULL, 0.1"}}));
  EXPECT_EQ(result["rows"][0], Json::parse(R"([9007199254740992, "9007199254740993",
    "-9223372036854775808", "Infinity", {"base64": "/0E="}, null, 0.1])"));
}

TEST(Resources, ReportOfAJobCanBeReadAndListed) {
  ToolWorld world;
  Json status = world.migrate("shop.db", "copy.db", {{"create_schema", true}});
  const std::string uri = "crossload://jobs/" + status["job_id"].get<std::string>() + "/report";
  EXPECT_THAT(world.mcp().request("resources/list", Json::object()).dump(), HasSubstr(uri));
  Json read = world.mcp().request("resources/read", {{"uri", uri}});
  EXPECT_THAT(read["contents"][0]["text"].get<std::string>(), HasSubstr("**completed**"));
  EXPECT_THROW(world.mcp().request("resources/read", {{"uri", "crossload://jobs/../report"}}),
               std::runtime_error);
}

}  // namespace
}  // namespace crossload::testing
