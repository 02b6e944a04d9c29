// Views and routines of whole schemas.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/schema_script.h"

#include "shop_schema.h"

namespace crossload::dialect {
namespace {

using enum TypeKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(ViewScript, ViewsComeBehindThoseTheyRead) {
  Schema schema = shop(kS);
  add_view(schema, "outer", "CREATE VIEW outer AS SELECT [n] FROM inner WHERE n LIKE '1%'");
  add_view(schema, "inner", "CREATE VIEW inner(n) AS SELECT name || '!' FROM item i");
  const SchemaScript made = script(schema, kP);
  EXPECT_THAT(reasons(made), IsEmpty());
  EXPECT_THAT(
      texts(made.views),
      ElementsAre(
          "CREATE VIEW \"inner\" (\"n\") AS\nSELECT \"name\" || '!' AS \"name || '!'\" FROM "
          "\"item\" AS \"i\"",
          "CREATE VIEW \"outer\" AS\nSELECT \"n\" FROM \"inner\" WHERE \"n\" LIKE "
          "'1%'"));
}

TEST(ViewScript, ColumnsCalledByALongExpressionGetAShorterName) {
  Schema schema = shop(kS);
  const std::string expression =
      "CASE WHEN qty IS NOT NULL THEN 'a text that is long' ELSE 'another text' END";
  add_view(schema, "v", "CREATE VIEW v AS SELECT " + expression + " FROM item");
  const SchemaScript made = script(schema, kM);
  ASSERT_THAT(made.views, SizeIs(1));
  EXPECT_THAT(made.views[0].sql, Not(HasSubstr("`" + expression + "`")));
  EXPECT_THAT(made.views[0].sql, HasSubstr("AS `CASE WHEN qty IS NOT NULL"));
  ASSERT_THAT(made.warnings, Not(IsEmpty()));
  EXPECT_THAT(made.warnings.back().message, HasSubstr("its name is too long for the target"));
}

TEST(ViewScript, WindowsAndColumnsOfSubqueriesCanBeNamed) {
  Schema schema = shop(kP);
  add_view(schema, "v",
           "CREATE VIEW v AS SELECT sum(qty) OVER w AS a FROM item WINDOW w AS (PARTITION BY name "
           "ORDER BY id)");
  add_view(schema, "w", "CREATE VIEW w AS SELECT x.a FROM (VALUES (1), (2)) x(a)");
  EXPECT_THAT(
      texts(script(schema, kM).views),
      ElementsAre("CREATE VIEW `v` AS\nSELECT SUM(`qty`) OVER (PARTITION BY `name` ORDER BY "
                  "`id`) AS `a` FROM `item`",
                  "CREATE VIEW `w` AS\nSELECT `x`.`a` FROM (WITH `x` (`a`) AS (SELECT 1 "
                  "UNION ALL SELECT 2) SELECT * FROM `x`) AS `x`"));
}

TEST(ViewScript, MysqlHasNoLimitBehindIn) {
  Schema schema = shop(kS);
  add_view(schema, "v",
           "CREATE VIEW v AS SELECT name FROM item WHERE name IN (SELECT what FROM log LIMIT 1)");
  EXPECT_THAT(texts(script(schema, kP).views), SizeIs(1));
  EXPECT_THAT(reasons(script(schema, kM)),
              ElementsAre("v: IN with a query that has a LIMIT has no translation"));
}

TEST(ViewScript, SqliteTakesNoThousandOperatorsInEachOther) {
  Schema schema = shop(kP);
  std::string condition = "id = 0";
  for (int i = 1; i < 1'100; ++i) condition += " OR id = " + std::to_string(i);
  add_view(schema, "v", "CREATE VIEW v AS SELECT name FROM item WHERE " + condition);
  EXPECT_THAT(texts(script(schema, kM).views), SizeIs(1));
  EXPECT_THAT(reasons(script(schema, kS)),
              ElementsAre("v: SQLite takes no expression of a thousand operators in each other"));
}

TEST(ViewScript, AnOrderWithinAUnionGoesWhereItChoosesNoRows) {
  Schema schema = shop(kP);
  add_view(
      schema, "v",
      "CREATE VIEW v AS (SELECT id FROM item ORDER BY name) UNION ALL (SELECT id FROM log ORDER "
      "BY id LIMIT 2)");
  EXPECT_THAT(
      texts(script(schema, kS).views),
      ElementsAre("CREATE VIEW \"v\" AS\nSELECT \"id\" FROM \"item\" UNION ALL SELECT * FROM "
                  "(SELECT \"id\" FROM \"log\" ORDER BY \"id\" LIMIT 2)"));
}

TEST(ViewScript, StarsAndJoinsAreWrittenOut) {
  Schema schema = shop(kS);
  add_view(schema, "v",
           "CREATE VIEW v AS SELECT item.*, what FROM item, log ON item.id = log.id WHERE qty > 0");
  EXPECT_THAT(
      texts(script(schema, kM).views),
      ElementsAre(
          "CREATE VIEW `v` AS\nSELECT `item`.`id`, `item`.`name`, `item`.`qty`, `what` FROM "
          "`item` JOIN `log` ON `item`.`id` = `log`.`id` WHERE `qty` > 0"));
}

TEST(ViewScript, MysqlsOwnTextIsRead) {
  Schema schema = shop(kM);
  add_view(schema, "v",
           "CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `v` AS "
           "select `i`.`id` AS `id`,concat(`i`.`name`,_utf8mb4'x') AS `x` from ((`item` `i` join "
           "`log` `l` on((`i`.`id` = `l`.`id`))) left join `log` `m` on((`m`.`id` = `i`.`qty`)))");
  EXPECT_THAT(
      texts(script(schema, kP).views),
      ElementsAre("CREATE VIEW \"v\" AS\nSELECT \"i\".\"id\", \"i\".\"name\" || 'x' AS "
                  "\"x\" FROM \"item\" AS \"i\" JOIN \"log\" AS \"l\" ON \"i\".\"id\" = "
                  "\"l\".\"id\" LEFT JOIN \"log\" AS \"m\" ON \"m\".\"id\" = \"i\".\"qty\""));
  EXPECT_THAT(texts(script(schema, kM).views),
              ElementsAre(HasSubstr("CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v`")));
}

TEST(ViewScript, GroupsNameWhatKeysProve) {
  Schema schema = shop(kM);
  add_view(schema, "proved",
           "CREATE VIEW `proved` AS select `i`.`name` AS `name`,count(0) AS `n` from (`item` `i` "
           "join `log` `l` on((`l`.`id` = `i`.`id`))) group by `l`.`id`");
  add_view(
      schema, "unproved",
      "CREATE VIEW `unproved` AS select `name` AS `name`,max(`qty`) AS `n` from `item` group by "
      "`qty` % 2");
  const SchemaScript made = script(schema, kP);
  EXPECT_THAT(texts(made.views), ElementsAre(HasSubstr("GROUP BY \"l\".\"id\", \"i\".\"name\"")));
  EXPECT_THAT(reasons(made), ElementsAre(HasSubstr("unproved: the column name, which may differ")));
}

TEST(ViewScript, WhatIsNotTranslatedIsHandedOver) {
  Schema schema = shop(kP);
  add_view(schema, "v", "CREATE VIEW \"public\".\"v\" AS\n SELECT age(now()) AS x");
  add_view(schema, "w", "CREATE VIEW \"public\".\"w\" AS\n SELECT x FROM v");
  const SchemaScript made = script(schema, kM);
  EXPECT_THAT(made.views, IsEmpty());
  EXPECT_THAT(reasons(made),
              ElementsAre("v: the function age() has no translation",
                          "w: the table v, which the target will not have, has no translation"));
  EXPECT_EQ(made.skipped[0].file, "views.sql");
  EXPECT_EQ(made.warnings[0].type, "view");
}

TEST(ViewScript, ViewsFollowTheNamesOfTables) {
  Schema schema = shop(kP);
  add_view(schema, "v", "CREATE VIEW \"public\".\"v\" AS\n SELECT item.id FROM item");
  ScriptOptions options;
  options.rename = [](const TableName& name) { return TableName{"other", name.name}; };
  EXPECT_THAT(texts(script(schema, kP, options).views),
              ElementsAre("CREATE VIEW \"other\".\"v\" AS\nSELECT \"item\".\"id\" FROM "
                          "\"other\".\"item\""));
  EXPECT_THAT(texts(script(schema, kP).views),
              ElementsAre("CREATE VIEW \"v\" AS\n SELECT item.id FROM item"));
}

TEST(ViewScript, IndexesOfMaterializedViewsStandBehindThem) {
  Schema schema = shop(kP);
  add_view(schema, "m", "CREATE MATERIALIZED VIEW \"public\".\"m\" AS\n SELECT item.id FROM item");
  add_view(schema, "v", "CREATE VIEW \"public\".\"v\" AS\n SELECT m.id FROM m");
  schema.views[0].materialized = true;
  Index index;
  index.name = "of_m";
  index.unique = true;
  index.sql = "CREATE UNIQUE INDEX of_m ON public.m USING btree (id DESC)";
  schema.views[0].indexes = {index};
  const SchemaScript same = script(schema, kP);
  EXPECT_THAT(texts(same.views),
              ElementsAre("CREATE MATERIALIZED VIEW \"m\" AS\n SELECT item.id FROM item",
                          "CREATE UNIQUE INDEX \"of_m\" ON \"m\" USING btree (id DESC)",
                          HasSubstr("\"v\"")));
  EXPECT_EQ(same.views[1].type, "index");
  EXPECT_EQ(same.views[1].table.name, "m");
  ScriptOptions options;
  options.rename = [](const TableName& name) { return TableName{"other", name.name}; };
  EXPECT_THAT(
      texts(script(schema, kP, options).views),
      ElementsAre("CREATE MATERIALIZED VIEW \"other\".\"m\" AS\nSELECT \"item\".\"id\" FROM "
                  "\"other\".\"item\"",
                  "CREATE UNIQUE INDEX \"of_m\" ON \"other\".\"m\" USING btree (id DESC)",
                  HasSubstr("\"v\"")));
  const SchemaScript other = script(schema, kM);
  EXPECT_THAT(texts(other.views), ElementsAre(HasSubstr("VIEW `m`"), HasSubstr("VIEW `v`")));
  EXPECT_THAT(reasons(other), ElementsAre("m.of_m: only PostgreSQL has views with indexes"));
  EXPECT_EQ(other.skipped[0].sql, index.sql);
  EXPECT_EQ(other.skipped[0].file, "skipped/indexes.sql");
}

TEST(ViewScript, IndexesOfAViewThatIsLeftOutAreLeftOut) {
  Schema schema = shop(kP);
  add_view(schema, "m", "CREATE MATERIALIZED VIEW \"public\".\"m\" AS\n SELECT age(now()) AS x");
  schema.views[0].materialized = true;
  Index index;
  index.name = "of_m";
  index.sql = "CREATE INDEX of_m ON public.m USING btree (x)";
  schema.views[0].indexes = {index};
  EXPECT_THAT(reasons(script(schema, kS)),
              ElementsAre(HasSubstr("m: the function age()"), "m.of_m: its view m is left out"));
}

TEST(RoutineScript, FunctionsComeBeforeTheTablesUnlessTheyNameOne) {
  Schema schema = shop(kP);
  schema.routines.push_back(
      {{"", "plain"},
       true,
       "CREATE OR REPLACE FUNCTION public.plain() RETURNS integer LANGUAGE sql "
       "AS $$ SELECT 1 $$"});
  schema.routines.push_back({{"", "rows"},
                             true,
                             "CREATE OR REPLACE FUNCTION public.rows() RETURNS SETOF item LANGUAGE "
                             "sql AS $$ SELECT * FROM item $$"});
  std::vector<std::string> names;
  for (const SchemaItem& item : script(schema, kP).tables) names.push_back(item.name);
  EXPECT_THAT(names, ElementsAre("check_function_bodies", "plain", "item", "log", "rows"));
}

}  // namespace
}  // namespace crossload::dialect
