#include "crossload/model/schema.h"

#include <gtest/gtest.h>

namespace crossload {
namespace {

TEST(EngineNames, ReadBackToTheSameEngine) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    EXPECT_EQ(parse_engine(to_string(engine)), engine);
  }
  EXPECT_EQ(to_string(Engine::kPostgres), "postgres");
  EXPECT_EQ(parse_engine("SQLite"), std::nullopt);
  EXPECT_EQ(parse_engine(""), std::nullopt);
}

TEST(TableName, ShowsItsSchemaWhereItHasOne) {
  EXPECT_EQ((TableName{"", "orders"}).display(), "orders");
  EXPECT_EQ((TableName{"sales", "orders"}).display(), "sales.orders");
}

TEST(Column, MayBeLeftOutOfARowWhenTheEngineFillsIt) {
  Column column;
  column.nullable = false;
  EXPECT_FALSE(column.optional_on_insert());
  Column with_default = column;
  with_default.default_sql = "0";
  EXPECT_TRUE(with_default.optional_on_insert());
  Column generated = column;
  generated.generated = GeneratedKind::kStored;
  EXPECT_TRUE(generated.optional_on_insert());
  Column identity = column;
  identity.identity = IdentityKind::kRowid;
  EXPECT_TRUE(identity.optional_on_insert());
  Column nullable = column;
  nullable.nullable = true;
  EXPECT_TRUE(nullable.optional_on_insert());
}

TEST(Table, FindsColumnsWhateverTheirAsciiCase) {
  Table table;
  table.columns.resize(2);
  table.columns[0].name = "Id";
  table.columns[1].name = "na\xC3\x84me";
  EXPECT_EQ(table.find_column("ID"), &table.columns[0]);
  EXPECT_EQ(table.find_column("NA\xC3\x84ME"), &table.columns[1]);
  EXPECT_EQ(table.find_column("na\xC3\xA4me"), nullptr);
  EXPECT_EQ(table.find_column(""), nullptr);
}

TEST(Schema, FindsTablesBySchemaAndName) {
  Schema schema;
  schema.tables.resize(2);
  schema.tables[0].name = {"", "Orders"};
  schema.tables[1].name = {"sales", "Orders"};
  EXPECT_EQ(schema.find_table({"", "orders"}), &schema.tables[0]);
  EXPECT_EQ(schema.find_table({"SALES", "ORDERS"}), &schema.tables[1]);
  EXPECT_EQ(schema.find_table({"other", "orders"}), nullptr);
}

}  // namespace
}  // namespace crossload
