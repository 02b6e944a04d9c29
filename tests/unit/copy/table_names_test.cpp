#include "table_names.h"

#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload::copy {
namespace {

using Map = std::map<std::string, std::string>;

Schema schema_of(const std::vector<TableName>& names) {
  Schema schema;
  schema.engine = Engine::kPostgres;
  for (const TableName& name : names) schema.tables.emplace_back().name = name;
  return schema;
}

TEST(TableNames, DefaultSchemasAreKnownByNameAndByNothing) {
  const Schema source = schema_of({{"", "a"}, {"sales", "a"}});
  const Map map = normal_schema_map({{"public", "old"}, {"sales", "main"}}, source, "public",
                                    Engine::kPostgres, "main");
  EXPECT_EQ(map, (Map{{"", "old"}, {"sales", ""}}));
  EXPECT_EQ(target_name({"", "a"}, Engine::kPostgres, Engine::kPostgres, map).display(), "old.a");
  EXPECT_EQ(target_name({"sales", "a"}, Engine::kPostgres, Engine::kPostgres, map).display(), "a");
}

TEST(TableNames, AnEntryIsAPrefixWhereThereAreNoSchemas) {
  const Schema source = schema_of({{"", "a"}, {"sales", "a"}});
  const Map map = normal_schema_map({{"public", "p_"}}, source, "public", Engine::kMysql, "p_");
  EXPECT_EQ(target_name({"", "a"}, Engine::kPostgres, Engine::kMysql, map).display(), "p_a");
  EXPECT_EQ(target_name({"sales", "a"}, Engine::kPostgres, Engine::kMysql, map).display(),
            "sales__a");
}

TEST(TableNames, ASchemaTheSourceLacksIsRefused) {
  const Schema source = schema_of({{"sales", "a"}});
  try {
    normal_schema_map({{"sale", "x"}}, source, "public", Engine::kSqlite, "");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    EXPECT_NE(std::string(error.message()).find("sale"), std::string::npos);
  }
  EXPECT_THROW(
      normal_schema_map({{"", "x"}, {"public", "y"}}, source, "public", Engine::kSqlite, ""),
      Error);
}

}  // namespace
}  // namespace crossload::copy
