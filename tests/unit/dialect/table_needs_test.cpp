#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

Table table_with(const std::string& default_sql) {
  Table table;
  table.name.name = "t";
  Column& column = table.columns.emplace_back();
  column.name = "c";
  column.type.kind = TypeKind::kText;
  column.type.declared = "text";
  column.default_sql = default_sql;
  return table;
}

Schema postgres_schema(std::vector<Table> tables) {
  Schema schema;
  schema.engine = Engine::kPostgres;
  schema.tables = std::move(tables);
  return schema;
}

std::vector<std::string> statements(const Schema& schema, Engine target) {
  std::vector<std::string> sql;
  for (const SchemaItem& item : make_schema_script(schema, target, {}).tables) {
    sql.push_back(item.sql);
  }
  return sql;
}

TEST(TableNeeds, FunctionsComeBeforeTheTablesThatCallThemEachOnce) {
  Schema schema = postgres_schema({table_with("outer_one(1)"), table_with("\"Odd\"()")});
  schema.tables[1].name.name = "u";
  schema.routines = {
      {{"", "Odd"},
       true,
       "CREATE OR REPLACE FUNCTION public.\"Odd\"() AS $$ SELECT inner_one() $$"},
      {{"", "inner_one"}, true, "CREATE OR REPLACE FUNCTION public.inner_one() AS $$ SELECT 1 $$"},
      {{"", "one"}, true, "CREATE OR REPLACE FUNCTION public.one() AS $$ SELECT 1 $$"},
      {{"", "outer_one"},
       true,
       "CREATE OR REPLACE FUNCTION public.outer_one(int) AS $$ SELECT inner_one() $$"}};
  EXPECT_THAT(
      statements(schema, Engine::kPostgres),
      ElementsAre(StartsWith("CREATE FUNCTION public.inner_one()"),
                  StartsWith("CREATE FUNCTION public.outer_one(int)"),
                  StartsWith("SET check_function_bodies"),
                  StartsWith("CREATE FUNCTION public.one()"), StartsWith("CREATE TABLE \"t\""),
                  StartsWith("CREATE FUNCTION public.\"Odd\"()"),
                  StartsWith("CREATE TABLE \"u\"")));
  const SchemaScript script = make_schema_script(schema, Engine::kPostgres, {});
  EXPECT_TRUE(script.skipped.empty());
  EXPECT_THAT(statements(schema, Engine::kMysql),
              ElementsAre(StartsWith("CREATE TABLE `t`"), StartsWith("CREATE TABLE `u`")));
}

TEST(TableNeeds, ADomainsFunctionComesBehindTheTypesBeforeIt) {
  Schema schema = postgres_schema({});
  schema.types = {
      {{"", "hour"}, UserTypeKind::kComposite, {}, "CREATE TYPE public.hour AS (h int)"},
      {{"", "hours"},
       UserTypeKind::kDomain,
       {},
       "CREATE DOMAIN public.hours AS public.hour CHECK (fits(VALUE))"}};
  schema.routines = {
      {{"", "fits"}, true, "CREATE OR REPLACE FUNCTION public.fits(public.hour) AS $$ $$"}};
  EXPECT_THAT(statements(schema, Engine::kPostgres),
              ElementsAre(StartsWith("CREATE TYPE"), StartsWith("CREATE FUNCTION public.fits"),
                          StartsWith("CREATE DOMAIN")));
}

TEST(TableNeeds, ExtensionsOfTypesFunctionsAndIndexes) {
  Schema schema = postgres_schema({table_with("uuid_generate_v4()")});
  schema.tables[0].columns[0].type.declared = "citext";
  Index& index = schema.tables[0].indexes.emplace_back();
  index.name = "i";
  index.method = "gin";
  index.sql = "CREATE INDEX i ON t USING gin (c gin_trgm_ops)";
  index.parts.emplace_back().column = "c";
  EXPECT_THAT(
      statements(schema, Engine::kPostgres),
      ElementsAre("CREATE EXTENSION IF NOT EXISTS \"citext\"",
                  "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"",
                  "CREATE EXTENSION IF NOT EXISTS \"pg_trgm\"", StartsWith("CREATE TABLE \"t\"")));
}

TEST(TableNeeds, AFunctionOfTheSourceGoesBeforeAnExtensionsOfThatName) {
  Schema schema = postgres_schema({table_with("digest('a')")});
  schema.routines = {
      {{"", "digest"}, true, "CREATE OR REPLACE FUNCTION public.digest(text) AS $$ $$"}};
  EXPECT_THAT(
      statements(schema, Engine::kPostgres),
      ElementsAre(StartsWith("CREATE FUNCTION public.digest"), StartsWith("CREATE TABLE \"t\"")));
}

}  // namespace
}  // namespace crossload::dialect
