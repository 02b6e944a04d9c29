// What only PostgreSQL has a word for, in a copy for PostgreSQL and for others.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table table(const std::string& name) {
  Table made;
  made.name.name = name;
  Column id;
  id.name = "id";
  id.type.kind = TypeKind::kInteger;
  id.type.declared = "integer";
  id.type.bits = 32;
  made.columns = {id};
  return made;
}

Schema source() {
  Schema schema;
  schema.engine = Engine::kPostgres;
  schema.tables = {table("t"), table("u")};
  schema.engine_objects = {
      {"schema", "schema s", {}, "CREATE SCHEMA IF NOT EXISTS s"},
      {"aggregate", "total", {}, "CREATE AGGREGATE total"},
      {"storage", "t", {"", "t"}, "ALTER TABLE t SET UNLOGGED"},
      {"statistics", "st", {"", "u"}, "CREATE STATISTICS st"},
      {"policy", "t.p", {"", "t"}, "CREATE POLICY p"},
      {"comment", "trigger tg on t", {"", "t"}, "COMMENT ON TRIGGER tg ON t IS ''"},
      {"comment", "policy p on t", {"", "t"}, "COMMENT ON POLICY p ON t IS ''"},
      {"cast", "(a AS b)", {}, ""},
  };
  return schema;
}

std::vector<std::string> types(const std::vector<SchemaItem>& items) {
  std::vector<std::string> found;
  for (const SchemaItem& item : items) found.push_back(item.type);
  return found;
}

std::vector<std::string> skipped(const SchemaScript& script) {
  std::vector<std::string> found;
  for (const SkippedItem& item : script.skipped) found.push_back(item.type);
  return found;
}

TEST(EngineObjects, StandWhereTheyCanBeMade) {
  const SchemaScript script = make_schema_script(source(), Engine::kPostgres, {});
  EXPECT_THAT(types(script.tables),
              ElementsAre("schema", "table", "table", "aggregate", "storage"));
  EXPECT_THAT(types(script.indexes), ElementsAre("statistics"));
  EXPECT_THAT(types(script.views), ElementsAre("policy", "comment"));
  EXPECT_THAT(types(script.triggers), ElementsAre("comment"));
  EXPECT_THAT(skipped(script), ElementsAre("cast"));
}

TEST(EngineObjects, GoWithTheTablesThatAreChosen) {
  ScriptOptions options;
  options.tables = {{"", "u"}};
  const SchemaScript script = make_schema_script(source(), Engine::kPostgres, options);
  EXPECT_THAT(types(script.tables), ElementsAre("table"));
  EXPECT_THAT(types(script.indexes), ElementsAre("statistics"));
  EXPECT_THAT(types(script.views), IsEmpty());
  EXPECT_THAT(script.skipped, IsEmpty());
}

TEST(EngineObjects, AreLeftOutWhereTablesHaveOtherNames) {
  ScriptOptions options;
  options.rename = [](const TableName& name) { return TableName{"other", name.name}; };
  const SchemaScript script = make_schema_script(source(), Engine::kPostgres, options);
  EXPECT_THAT(skipped(script), ElementsAre("aggregate", "policy", "cast"));
  EXPECT_THAT(script.skipped[1].reason, HasSubstr("other names"));
}

TEST(EngineObjects, AreToldForAnotherEngine) {
  const SchemaScript script = make_schema_script(source(), Engine::kSqlite, {});
  EXPECT_THAT(types(script.tables), ElementsAre("table", "table"));
  EXPECT_THAT(skipped(script), ElementsAre("aggregate", "policy", "cast"));
  EXPECT_EQ(script.skipped[1].sql, "CREATE POLICY p");
  std::vector<std::string> told;
  for (const SchemaWarning& warning : script.warnings) {
    if (!warning.message.starts_with("left out")) told.push_back(warning.type);
  }
  EXPECT_THAT(told, ElementsAre("storage", "statistics", "comment"));
}

TEST(EngineObjects, ADisabledTriggerStaysDisabledOrAway) {
  Schema schema = source();
  schema.engine_objects = {
      {"trigger_state", "t.tg", {"", "t"}, "ALTER TABLE t DISABLE TRIGGER tg"}};
  Trigger trigger;
  trigger.name = "tg";
  trigger.table.name = "t";
  trigger.timing = "BEFORE";
  trigger.event = "INSERT";
  trigger.sql = "CREATE TRIGGER tg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()";
  trigger.enabled = false;
  schema.tables[0].triggers = {trigger};
  const SchemaScript same = make_schema_script(schema, Engine::kPostgres, {});
  EXPECT_THAT(types(same.triggers), ElementsAre("trigger", "trigger_state"));
  const SchemaScript other = make_schema_script(schema, Engine::kMysql, {});
  EXPECT_THAT(other.triggers, IsEmpty());
  ASSERT_THAT(skipped(other), ElementsAre("trigger"));
  EXPECT_THAT(other.skipped[0].reason, HasSubstr("disabled"));
}

}  // namespace
}  // namespace crossload::dialect
