#include "crossload/dialect/schema_script.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> names(const std::vector<SchemaItem>& items) {
  std::vector<std::string> result;
  for (const SchemaItem& item : items) result.push_back(item.name);
  return result;
}

Table table(const std::string& name, const std::vector<std::string>& columns = {"id"}) {
  Table made;
  made.name.name = name;
  for (const std::string& column : columns) made.columns.emplace_back().name = column;
  made.primary_key = {columns.front()};
  made.sql = "CREATE TABLE " + name + "(...)";
  return made;
}

View view(const std::string& name, const std::string& select) {
  View made;
  made.name.name = name;
  made.sql = "CREATE VIEW " + name + " AS " + select;
  return made;
}

Trigger trigger(const std::string& name, const std::string& on, const std::string& body) {
  return {name,
          {"", on},
          "AFTER",
          "INSERT",
          "CREATE TRIGGER " + name + " AFTER INSERT ON " + on + " BEGIN " + body + "; END"};
}

ForeignKey key(const std::string& from, const std::string& column, const std::string& to,
               const std::vector<std::string>& referenced = {}) {
  ForeignKey made;
  made.table.name = from;
  made.columns = {column};
  made.referenced_table.name = to;
  made.referenced_columns = referenced;
  return made;
}

SchemaScript script(const Schema& schema, const std::vector<std::string>& tables = {},
                    const std::vector<std::string>& present = {}) {
  ScriptOptions options;
  for (const std::string& name : tables) options.tables.push_back({"", name});
  for (const std::string& name : present) options.present.push_back({"", name});
  return make_schema_script(schema, Engine::kSqlite, options);
}

TEST(SqliteScript, GivesTheSourcesOwnTextUnchanged) {
  Schema schema;
  schema.tables.push_back(table("t"));
  schema.tables[0].sql = "CREATE TABLE t ( id  INTEGER -- odd \n )";
  Index created;
  created.name = "i";
  created.sql = "CREATE INDEX i ON t(id) ";
  schema.tables[0].indexes.push_back(created);
  const SchemaScript made = script(schema);
  ASSERT_EQ(made.tables.size(), 1U);
  EXPECT_EQ(made.tables[0].sql, schema.tables[0].sql);
  EXPECT_EQ(made.tables[0].table.name, "t");
  ASSERT_EQ(made.indexes.size(), 1U);
  EXPECT_EQ(made.indexes[0].sql, created.sql);
  EXPECT_EQ(made.indexes[0].table.name, "t");
  EXPECT_THAT(made.foreign_keys, IsEmpty());
  EXPECT_THAT(made.warnings, IsEmpty());
}

TEST(SqliteScript, LeavesOutWhatSqliteMakesItself) {
  Schema schema;
  schema.tables = {table("sqlite_sequence"), table("SQLITE_stat1"), table("t")};
  Index unique;
  unique.name = "sqlite_autoindex_t_1";
  unique.unique = true;
  unique.origin = IndexOrigin::kUnique;
  schema.tables[2].indexes.push_back(unique);
  const SchemaScript made = script(schema);
  EXPECT_THAT(names(made.tables), ElementsAre("t"));
  EXPECT_THAT(made.indexes, IsEmpty());
}

TEST(SqliteScript, MakesVirtualTablesAfterOthersAndNeverTheirShadows) {
  Schema schema;
  schema.tables = {table("f"), table("f_data"), table("t")};
  schema.tables[0].kind = TableKind::kVirtual;
  schema.tables[1].kind = TableKind::kShadow;
  schema.tables[1].shadow_of = "f";
  EXPECT_THAT(names(script(schema).tables), ElementsAre("t", "f"));
  EXPECT_THAT(names(script(schema, {"f_DATA"}).tables), ElementsAre("f"));
  EXPECT_THAT(names(script(schema, {"f"}).tables), ElementsAre("f"));
  EXPECT_THAT(names(script(schema, {"t"}).tables), ElementsAre("t"));
}

TEST(SqliteScript, OrdersViewsByWhatTheyRead) {
  Schema schema;
  schema.tables = {table("t")};
  schema.views = {view("a", "select * from \"B\", C"), view("b", "select * from c"),
                  view("c", "select * from t")};
  EXPECT_THAT(names(script(schema).views), ElementsAre("c", "b", "a"));
}

TEST(SqliteScript, ViewsThatReadThemselvesDoNotLoop) {
  Schema schema;
  schema.views = {view("a", "select * from b"), view("b", "select * from a")};
  EXPECT_EQ(script(schema).views.size(), 2U);
}

TEST(SqliteScript, PutsTriggersOfViewsBehindThoseOfTables) {
  Schema schema;
  schema.tables = {table("t")};
  schema.tables[0].triggers = {trigger("z", "t", "select 1"), trigger("y", "t", "select 1")};
  schema.views = {view("v", "select * from t")};
  schema.views[0].triggers = {trigger("a", "v", "select 1")};
  const SchemaScript made = script(schema);
  EXPECT_THAT(names(made.triggers), ElementsAre("z", "y", "a"));
  EXPECT_EQ(made.triggers[2].table.name, "v");
}

TEST(SqliteScript, LeavesOutViewsThatNeedMoreThanTheChosenTables) {
  Schema schema;
  schema.tables = {table("t"), table("u")};
  schema.views = {view("on_both", "select * from t, u"), view("on_view", "select * from on_both"),
                  view("on_t", "select * from t")};
  schema.views[0].triggers = {trigger("r", "on_both", "select 1")};
  const SchemaScript made = script(schema, {"t"});
  EXPECT_THAT(names(made.views), ElementsAre("on_t"));
  EXPECT_THAT(made.triggers, IsEmpty());
  ASSERT_EQ(made.skipped.size(), 3U);
  EXPECT_EQ(made.skipped[0].type, "view");
  EXPECT_EQ(made.skipped[0].name, "on_both");
  EXPECT_THAT(made.skipped[0].reason, HasSubstr("u"));
  EXPECT_EQ(made.skipped[0].file, "views.sql");
  EXPECT_EQ(made.skipped[0].sql, schema.views[0].sql);
  EXPECT_EQ(made.skipped[1].name, "r");
  EXPECT_EQ(made.skipped[1].file, "skipped/untranslatable_triggers.sql");
  EXPECT_EQ(made.skipped[2].name, "on_view");
  EXPECT_EQ(made.warnings.size(), 2U);
}

TEST(SqliteScript, WhatTheTargetHasCountsAsThere) {
  Schema schema;
  schema.tables = {table("t"), table("u")};
  schema.tables[0].foreign_keys = {key("t", "id", "u")};
  schema.views = {view("v", "select * from t, u")};
  const SchemaScript made = script(schema, {"t"}, {"U"});
  EXPECT_THAT(names(made.views), ElementsAre("v"));
  EXPECT_THAT(names(made.tables), ElementsAre("t"));
  EXPECT_THAT(made.warnings, IsEmpty());
}

TEST(SqliteScript, KeepsAViewThatIsBrokenInTheSource) {
  Schema schema;
  schema.tables = {table("t")};
  schema.views = {view("v", "select * from gone")};
  const SchemaScript made = script(schema, {"t"});
  EXPECT_THAT(names(made.views), ElementsAre("v"));
  EXPECT_THAT(made.skipped, IsEmpty());
}

TEST(SqliteScript, MakesNoViewsWhenNoneAreAskedFor) {
  Schema schema;
  schema.tables = {table("t")};
  schema.views = {view("v", "select 1")};
  schema.views[0].triggers = {trigger("r", "v", "select 1")};
  ScriptOptions options;
  options.views = false;
  const SchemaScript made = make_schema_script(schema, Engine::kSqlite, options);
  EXPECT_THAT(made.views, IsEmpty());
  EXPECT_THAT(made.triggers, IsEmpty());
}

TEST(SqliteScript, WarnsOfKeysOutOfTheSelection) {
  Schema schema;
  schema.tables = {table("t", {"id", "u_id"}), table("u")};
  schema.tables[0].foreign_keys = {key("t", "u_id", "u")};
  EXPECT_THAT(script(schema).warnings, IsEmpty());
  const SchemaScript made = script(schema, {"t"});
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "foreign_key");
  EXPECT_EQ(made.warnings[0].name, "t(u_id)");
  EXPECT_THAT(made.warnings[0].message, HasSubstr("u"));
}

TEST(SqliteScript, TriggersMayUseViews) {
  Schema schema;
  schema.tables = {table("t")};
  schema.tables[0].triggers = {trigger("r", "t", "select * from v")};
  schema.views = {view("v", "select * from t")};
  EXPECT_THAT(script(schema).warnings, IsEmpty());
}

TEST(SqliteScript, WarnsOfTriggersThatUseTablesOutOfTheSelection) {
  Schema schema;
  schema.tables = {table("t"), table("log")};
  schema.tables[0].triggers = {trigger("r", "t", "insert into LOG values (1)")};
  EXPECT_THAT(script(schema).warnings, IsEmpty());
  const SchemaScript made = script(schema, {"t"});
  EXPECT_THAT(names(made.triggers), ElementsAre("r"));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "trigger");
}

struct BrokenKey {
  const char* about;
  ForeignKey key;
  const char* says;
};

TEST(SqliteScript, WarnsOfKeysThatSqliteCannotCheck) {
  const std::vector<BrokenKey> cases = {
      {"no parent", key("t", "a", "gone"), "does not have"},
      {"a view", key("t", "a", "v"), "view"},
      {"no such column", key("t", "a", "u", {"zz"}), "zz"},
      {"not unique", key("t", "a", "u", {"plain"}), "foreign key mismatch"},
      {"partly unique", key("t", "a", "u", {"partial"}), "foreign key mismatch"},
      {"another collation", key("t", "a", "u", {"collated"}), "foreign key mismatch"},
      {"a wider primary key", key("t", "a", "pair"), "has 2"},
  };
  for (const BrokenKey& one : cases) {
    Schema schema;
    schema.tables = {table("t", {"id", "a"}), table("u", {"id", "plain", "partial", "collated"}),
                     table("pair", {"x", "y"})};
    schema.tables[2].primary_key = {"x", "y"};
    Index partial;
    partial.unique = true;
    partial.origin = IndexOrigin::kUnique;
    partial.parts.emplace_back().column = "partial";
    partial.where_sql = "partial > 0";
    Index collated;
    collated.unique = true;
    collated.origin = IndexOrigin::kUnique;
    collated.parts.emplace_back().column = "collated";
    collated.parts[0].collation = "NOCASE";
    schema.tables[1].indexes = {partial, collated};
    schema.views = {view("v", "select 1 as a")};
    schema.tables[0].foreign_keys = {one.key};
    const SchemaScript made = script(schema);
    ASSERT_EQ(made.warnings.size(), 1U) << one.about;
    EXPECT_EQ(made.warnings[0].type, "foreign_key") << one.about;
    EXPECT_THAT(made.warnings[0].message, HasSubstr(one.says)) << one.about;
  }
}

TEST(SqliteScript, IsContentWithKeysThatAUniqueIndexCovers) {
  Schema schema;
  schema.tables = {table("t", {"id", "a", "b"}), table("u", {"id", "x", "y"})};
  Index unique;
  unique.unique = true;
  unique.origin = IndexOrigin::kUnique;
  unique.parts = {{"X", "", false, "", {}}, {"y", "", true, "", {}}};
  schema.tables[1].indexes = {unique};
  ForeignKey composite = key("t", "a", "U", {"Y", "x"});
  composite.columns = {"a", "b"};
  schema.tables[0].foreign_keys = {composite, key("t", "a", "u"), key("t", "a", "u", {"ID"}),
                                   key("t", "a", "t")};
  EXPECT_THAT(script(schema).warnings, IsEmpty());
}

TEST(SqliteScript, LeavesOutTextThatIsNotOneCreateStatement) {
  for (const char* text :
       {"", "DROP TABLE x", "CREATE TABLE t(a); DROP TABLE x", "-- CREATE TABLE"}) {
    Schema schema;
    schema.tables = {table("t")};
    schema.tables[0].sql = text;
    const SchemaScript made = script(schema);
    EXPECT_THAT(made.tables, IsEmpty()) << text;
    ASSERT_EQ(made.skipped.size(), 1U) << text;
    EXPECT_EQ(made.skipped[0].file, "skipped/tables.sql");
    EXPECT_EQ(made.warnings.size(), 1U);
  }
}

TEST(SqliteScript, WarnsOfQuotedLineEndsThatTheShellWouldChange) {
  Schema schema;
  schema.tables = {table("t"), table("u")};
  schema.tables[0].sql = "CREATE TABLE t(id DEFAULT 'a\r\nb')";
  schema.tables[1].sql = "CREATE TABLE u(\r\n id)";
  const SchemaScript made = script(schema);
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].name, "t");
}

}  // namespace
}  // namespace crossload::dialect
