// Triggers of whole schemas.

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/schema_script.h"

#include "shop_schema.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Index unique_over(std::vector<std::string> columns) {
  Index index;
  index.name = "u";
  index.unique = true;
  for (std::string& column : columns) {
    IndexPart part;
    part.column = std::move(column);
    index.parts.push_back(std::move(part));
  }
  return index;
}

/// The statement in the body of the trigger that comes of `body`, or why there is none.
std::string change(Schema schema, const std::string& body, Engine to) {
  std::string sql = "CREATE TRIGGER t AFTER INSERT ON item FOR EACH ROW BEGIN " + body + "; END";
  if (schema.engine == kP) {
    sql = "CREATE TRIGGER t AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION f()";
    schema.routines.push_back({{"", "f"},
                               true,
                               "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " +
                                   body + "; RETURN NULL; END $$"});
  }
  add_trigger(schema, "t", sql);
  const SchemaScript made = script(schema, to);
  if (made.triggers.empty()) {
    return made.skipped.empty() ? "" : made.skipped.back().reason;
  }
  const std::string& text = made.triggers.front().sql;
  const std::size_t begin = text.find("BEGIN\n  ") + 8;
  return text.substr(begin, text.find(";\n", begin) - begin);
}

TEST(TriggerScript, SqlitesChangeOfItsOwnRowIsAChangeOfNew) {
  Schema schema = shop(kS);
  add_trigger(
      schema, "stamp",
      "CREATE TRIGGER stamp AFTER UPDATE ON item FOR EACH ROW WHEN NEW.qty > 5 BEGIN UPDATE "
      "item SET name = name || '!' WHERE id = NEW.id; END");
  EXPECT_THAT(
      texts(script(schema, kM).triggers),
      ElementsAre("CREATE TRIGGER `stamp` BEFORE UPDATE ON `item` FOR EACH ROW\nBEGIN\n  IF "
                  "NEW.`qty` > 5 THEN\n    SET NEW.`name` = CONCAT(NEW.`name`, '!');\n  END "
                  "IF;\nEND"));
  EXPECT_THAT(
      texts(script(schema, kP).triggers),
      ElementsAre(
          "CREATE FUNCTION \"item_stamp\"() RETURNS trigger LANGUAGE plpgsql AS $trigger$\n"
          "BEGIN\n  IF NEW.\"qty\" > 5 THEN\n    NEW.\"name\" := NEW.\"name\" || '!';\n  END "
          "IF;\n  RETURN NEW;\nEND\n$trigger$",
          "CREATE TRIGGER \"stamp\" BEFORE UPDATE ON \"item\" FOR EACH ROW EXECUTE FUNCTION "
          "\"item_stamp\"()"));
}

TEST(TriggerScript, SqliteGetsConditionsAtEachStatement) {
  Schema schema = shop(kM);
  add_trigger(schema, "t",
              "CREATE DEFINER=`root`@`localhost` TRIGGER `t` AFTER INSERT ON `item` FOR EACH ROW "
              "BEGIN IF NEW.qty > 5 THEN INSERT INTO log VALUES (NEW.id, 'many'); ELSE INSERT INTO "
              "log (id, what) VALUES (NEW.id, 'few'); END IF; END");
  EXPECT_THAT(
      texts(script(schema, kS).triggers),
      ElementsAre("CREATE TRIGGER \"t\" AFTER INSERT ON \"item\"\nBEGIN\n  INSERT INTO "
                  "\"log\" (\"id\", \"what\") SELECT NEW.\"id\", 'many' WHERE (NEW.\"qty\" > "
                  "5);\n  INSERT INTO \"log\" (\"id\", \"what\") SELECT NEW.\"id\", 'few' "
                  "WHERE (NEW.\"qty\" > 5) IS NOT TRUE;\nEND"));
}

TEST(TriggerScript, PostgresFunctionsAreReadForEachEvent) {
  Schema schema = shop(kP);
  add_trigger(schema, "audit",
              "CREATE TRIGGER audit AFTER INSERT OR DELETE ON public.item FOR EACH ROW EXECUTE "
              "FUNCTION public.note()");
  schema.routines.push_back(
      {{"", "note"},
       true,
       "CREATE OR REPLACE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $function$ "
       "BEGIN IF (TG_OP = 'DELETE') THEN DELETE FROM log WHERE id = OLD.id; RETURN OLD; END IF; "
       "INSERT INTO log (id, what) VALUES (NEW.id, NEW.name); RETURN NEW; END $function$"});
  // Where one branch returns, what comes behind it is the other's.
  EXPECT_THAT(texts(script(schema, kM).triggers),
              ElementsAre("CREATE TRIGGER `audit_insert` AFTER INSERT ON `item` FOR EACH "
                          "ROW\nBEGIN\n  INSERT INTO `log` (`id`, `what`) VALUES (NEW.`id`, "
                          "NEW.`name`);\nEND",
                          "CREATE TRIGGER `audit_delete` AFTER DELETE ON `item` FOR EACH "
                          "ROW\nBEGIN\n  DELETE FROM `log` WHERE `id` = OLD.`id`;\nEND"));
}

TEST(TriggerScript, MysqlAsksWhetherTheColumnsOfUpdateOfChange) {
  Schema schema = shop(kS);
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER UPDATE OF qty, name ON item WHEN NEW.qty > 5 BEGIN "
              "DELETE FROM log; END");
  const SchemaScript made = script(schema, kM);
  EXPECT_THAT(texts(made.triggers),
              ElementsAre("CREATE TRIGGER `t` AFTER UPDATE ON `item` FOR EACH ROW\nBEGIN\n  IF "
                          "(NOT (OLD.`qty` <=> NEW.`qty`) OR NOT (OLD.`name` <=> NEW.`name`)) AND "
                          "(NEW.`qty` > 5) THEN\n    DELETE FROM `log`;\n  END IF;\nEND"));
  ASSERT_THAT(made.warnings, Not(IsEmpty()));
  EXPECT_THAT(made.warnings.back().message, HasSubstr("where one of the columns changes"));
}

TEST(TriggerScript, SaysWhyATriggerIsLeftOut) {
  Schema schema = shop(kS);
  add_trigger(
      schema, "t",
      "CREATE TRIGGER t AFTER INSERT ON item BEGIN INSERT INTO item SELECT id + 1, name, qty "
      "FROM item; END");
  add_trigger(schema, "u",
              "CREATE TRIGGER u AFTER UPDATE OF size ON item BEGIN DELETE FROM log; END");
  const SchemaScript made = script(schema, kM);
  EXPECT_THAT(reasons(made),
              ElementsAre("t: a change of other rows of the same table has no translation",
                          "u: UPDATE OF size has no translation"));
  EXPECT_EQ(made.skipped[0].file, "skipped/untranslatable_triggers.sql");
}

TEST(TriggerScript, UpsertsNameTheirKeyOrAnyOfOne) {
  const std::string sql =
      "INSERT INTO log (id, what) VALUES (NEW.id, NEW.name) ON CONFLICT (id) DO UPDATE SET what = "
      "log.what || excluded.what";
  EXPECT_EQ(change(shop(kS), sql, kP),
            "INSERT INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\") ON CONFLICT "
            "(\"id\") DO UPDATE SET \"what\" = \"log\".\"what\" || excluded.\"what\"");
  EXPECT_EQ(
      change(shop(kS), sql, kM),
      "INSERT INTO `log` (`id`, `what`) VALUES (NEW.`id`, NEW.`name`) ON DUPLICATE KEY UPDATE "
      "`what` = CONCAT(`log`.`what`, VALUES(`what`))");
  EXPECT_EQ(change(shop(kP), sql, kS),
            "INSERT INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\") ON CONFLICT "
            "(\"id\") DO UPDATE SET \"what\" = \"log\".\"what\" || excluded.\"what\"");
  const std::string of_mysql =
      "INSERT INTO log VALUES (NEW.id, NEW.name) ON DUPLICATE KEY UPDATE what = CONCAT(what, "
      "VALUES(what))";
  for (const Engine to : {kP, kS}) {
    EXPECT_EQ(change(shop(kM), of_mysql, to),
              "INSERT INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\") ON "
              "CONFLICT (\"id\") DO UPDATE SET \"what\" = \"log\".\"what\" || excluded.\"what\"");
  }
  EXPECT_EQ(change(shop(kS), sql + " WHERE log.what <> 'x'", kP),
            "INSERT INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\") ON CONFLICT "
            "(\"id\") DO UPDATE SET \"what\" = \"log\".\"what\" || excluded.\"what\" WHERE "
            "\"log\".\"what\" <> 'x'");
  EXPECT_EQ(change(shop(kS), sql + " WHERE log.what <> 'x'", kM),
            "DO UPDATE ... WHERE has no translation");
}

TEST(TriggerScript, MysqlsUpsertsNeedTheOneKeyThatTheRowCanMeet) {
  const std::string sql =
      "INSERT INTO log (id, what) VALUES (NEW.id, NEW.name) ON DUPLICATE KEY UPDATE id = id";
  const std::string without_number =
      "INSERT INTO log (what) VALUES (NEW.name) ON DUPLICATE KEY UPDATE what = VALUES(what)";
  Schema two = shop(kM);
  two.tables[1].indexes.push_back(unique_over({"what"}));
  EXPECT_EQ(change(two, sql, kP),
            "a row that is there already in a table of several unique keys has no translation");
  // A number that is given out anew meets none.
  two.tables[1].columns[0].identity = IdentityKind::kAutoincrement;
  EXPECT_EQ(change(two, without_number, kP),
            "INSERT INTO \"log\" (\"what\") VALUES (NEW.\"name\") ON CONFLICT (\"what\") DO UPDATE "
            "SET \"what\" = excluded.\"what\"");
  Schema lite = shop(kS);
  lite.tables[1].indexes.push_back(unique_over({"what"}));
  EXPECT_EQ(
      change(lite,
             "INSERT INTO log VALUES (NEW.id, NEW.name) ON CONFLICT (id) DO UPDATE SET what = "
             "'x'",
             kM),
      "a row that is there already in a table of several unique keys has no translation");
  EXPECT_EQ(change(shop(kS),
                   "INSERT INTO log VALUES (NEW.id, NEW.name) ON CONFLICT (what) DO NOTHING", kP),
            "ON CONFLICT of what is no unique key has no translation");
}

TEST(TriggerScript, RowsThatAreThereStayAsTheyAre) {
  const std::string rows = "INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\")";
  const std::string ignore = "INSERT OR IGNORE INTO log VALUES (NEW.id, NEW.name)";
  EXPECT_EQ(change(shop(kS), ignore, kP), "INSERT " + rows + " ON CONFLICT DO NOTHING");
  EXPECT_EQ(
      change(shop(kS), ignore, kM),
      "INSERT INTO `log` (`id`, `what`) VALUES (NEW.`id`, NEW.`name`) ON DUPLICATE KEY UPDATE "
      "`id` = `log`.`id`");
  EXPECT_EQ(
      change(shop(kP), "INSERT INTO log VALUES (NEW.id, NEW.name) ON CONFLICT (id) DO NOTHING", kS),
      "INSERT " + rows + " ON CONFLICT (\"id\") DO NOTHING");
  EXPECT_EQ(change(shop(kM), "INSERT IGNORE INTO log VALUES (NEW.id, NEW.name)", kP),
            "INSERT IGNORE has no translation");
}

TEST(TriggerScript, QueriesStandApartFromTheirConflicts) {
  const std::string sql =
      "INSERT INTO log SELECT id, name FROM item WHERE qty > 1 ON CONFLICT DO NOTHING";
  EXPECT_EQ(change(shop(kP), sql, kS),
            "INSERT INTO \"log\" (\"id\", \"what\") SELECT * FROM (SELECT \"id\", \"name\" FROM "
            "\"item\" WHERE \"qty\" > 1) AS \"rows_to_insert\" WHERE TRUE ON CONFLICT DO NOTHING");
  EXPECT_EQ(change(shop(kP), sql, kM),
            "INSERT INTO `log` (`id`, `what`) SELECT * FROM (SELECT `id`, `name` FROM `item` WHERE "
            "`qty` > 1) AS `rows_to_insert` WHERE TRUE ON DUPLICATE KEY UPDATE `id` = `log`.`id`");
}

TEST(TriggerScript, InsertOrIgnoreTellsOfRowsThatBreakOtherConstraints) {
  Schema schema = shop(kS);
  schema.tables[1].columns[1].nullable = false;
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER INSERT ON item BEGIN INSERT OR IGNORE INTO log VALUES "
              "(NEW.id, NEW.name); END");
  const SchemaScript made = script(schema, kP);
  ASSERT_THAT(made.warnings, Not(IsEmpty()));
  EXPECT_EQ(made.warnings.back().message,
            "INSERT OR IGNORE: a row of log that breaks NOT NULL or CHECK is refused, where SQLite "
            "leaves it out");
}

TEST(TriggerScript, ReplaceIsAnUpsertWhereNothingHangsOnTheRow) {
  const std::string sql = "INSERT OR REPLACE INTO log VALUES (NEW.id, NEW.name)";
  EXPECT_EQ(change(shop(kS), sql, kP),
            "INSERT INTO \"log\" (\"id\", \"what\") VALUES (NEW.\"id\", NEW.\"name\") ON CONFLICT "
            "(\"id\") DO UPDATE SET \"what\" = excluded.\"what\"");
  EXPECT_EQ(change(shop(kS), sql, kM),
            "REPLACE INTO `log` (`id`, `what`) VALUES (NEW.`id`, NEW.`name`)");
  EXPECT_EQ(change(shop(kM), "REPLACE INTO log SET id = NEW.id", kP),
            "INSERT INTO \"log\" (\"id\") VALUES (NEW.\"id\") ON CONFLICT (\"id\") DO UPDATE SET "
            "\"what\" = excluded.\"what\"");
  Schema referenced = shop(kS);
  referenced.tables[0].foreign_keys.push_back(
      {"", {"", "item"}, {"qty"}, {"", "log"}, {"id"}, "CASCADE", "NO ACTION"});
  EXPECT_EQ(change(referenced, sql, kP),
            "REPLACE in a table that a foreign key refers to has no translation");
  Schema two = shop(kS);
  two.tables[1].indexes.push_back(unique_over({"what"}));
  EXPECT_EQ(change(two, sql, kP),
            "a row that is there already in a table of several unique keys has no translation");
}

TEST(TriggerScript, ReplaceWouldFireWhatTouchesARow) {
  Schema schema = shop(kM);
  schema.tables[1].columns[1].on_update = "CURRENT_TIMESTAMP";
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER INSERT ON item FOR EACH ROW BEGIN REPLACE INTO log VALUES "
              "(NEW.id, NEW.name); END");
  const SchemaScript made = script(schema, kP);
  ASSERT_EQ(made.skipped.size(), 1U);
  EXPECT_EQ(made.skipped[0].reason,
            "REPLACE in a table with ON UPDATE CURRENT_TIMESTAMP has no translation");
}

TEST(TriggerScript, ANameThatIsCutIsTold) {
  Schema schema = shop(kS);
  const std::string name(70, 'n');
  add_trigger(schema, name,
              "CREATE TRIGGER " + name +
                  " AFTER INSERT ON item BEGIN INSERT INTO log VALUES (NEW.id, NEW.name); END");
  const SchemaScript made = script(schema, kP);
  ASSERT_EQ(made.triggers.size(), 2U);
  EXPECT_EQ(made.triggers[1].name.size(), 63U);
  ASSERT_THAT(made.warnings, Not(IsEmpty()));
  EXPECT_EQ(made.warnings[0].type, "identifier");
  EXPECT_EQ(made.warnings[0].name, name);
  EXPECT_EQ(made.warnings[0].message, "the trigger is called " + made.triggers[1].name);
}

TEST(TriggerScript, AnOrderThatTheTargetWouldNotKeepIsTold) {
  Schema schema = shop(kM);
  for (const std::string name : {"z", "a"}) {
    add_trigger(schema, name,
                "CREATE TRIGGER " + name +
                    " BEFORE INSERT ON item FOR EACH ROW SET NEW.name = concat(NEW.name, '" + name +
                    "')");
    schema.tables[0].triggers.back().timing = "BEFORE";
    schema.tables[0].triggers.back().event = "INSERT";
  }
  const auto told = [&](Engine to) {
    std::string messages;
    for (const SchemaWarning& warning : script(schema, to).warnings) {
      messages += warning.message + "\n";
    }
    return messages;
  };
  EXPECT_THAT(told(kP), HasSubstr("the source fires z before a: PostgreSQL"));
  EXPECT_THAT(told(kS), HasSubstr("the source fires z before a: SQLite"));
  std::swap(schema.tables[0].triggers[0], schema.tables[0].triggers[1]);
  EXPECT_THAT(told(kP), Not(HasSubstr("before")));
}

TEST(TriggerScript, ANumberThatIsNullIsGivenOut) {
  Schema schema = shop(kS);
  schema.tables[1].columns[0].identity = IdentityKind::kRowid;
  EXPECT_EQ(change(schema, "INSERT INTO log VALUES (NULL, NEW.name)", kP),
            "INSERT INTO \"log\" (\"id\", \"what\") VALUES (DEFAULT, NEW.\"name\")");
}

TEST(TriggerScript, MysqlReadsWhatItHasSetInTheSameStatement) {
  const std::string sql = "UPDATE log SET id = id + 1, what = CONCAT(id, 'x')";
  EXPECT_EQ(change(shop(kM), sql, kP),
            "the value of id behind its change in one SET has no translation");
  EXPECT_EQ(change(shop(kS), "UPDATE log SET id = id + 1, what = id || 'x'", kM),
            "the value of id behind its change in one SET has no translation");
  EXPECT_EQ(change(shop(kM), "UPDATE log SET what = CONCAT(id, 'x'), id = id + 1", kP),
            "UPDATE \"log\" SET \"what\" = CAST(\"id\" AS text) || 'x', \"id\" = \"id\" + 1");
}

TEST(TriggerScript, ChangesOfVirtualTablesStayWithTheirModule) {
  Schema schema = shop(kS);
  Table tree;
  tree.name.name = "tree";
  tree.kind = TableKind::kVirtual;
  schema.tables.push_back(tree);
  EXPECT_EQ(change(schema, "INSERT OR REPLACE INTO tree VALUES (NEW.id, ST_MinX(NEW.name))", kP),
            "a change of the virtual table tree, whose module only SQLite has, has no translation");
}

TEST(TriggerScript, VariablesOfOneValueAreWrittenWhereTheyAreUsed) {
  const std::string body =
      "DECLARE more INT DEFAULT 0; DECLARE twice BIGINT; SET more = NEW.qty + 1; SET twice = more "
      "* "
      "2; IF more THEN INSERT INTO log VALUES (twice, NEW.name); END IF";
  Schema schema = shop(kM);
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER INSERT ON item FOR EACH ROW BEGIN " + body + "; END");
  EXPECT_THAT(
      texts(script(schema, kP).triggers),
      ElementsAre(HasSubstr("BEGIN\n  IF NEW.\"qty\" + 1 <> 0 THEN\n    INSERT INTO \"log\" "
                            "(\"id\", \"what\") VALUES ((NEW.\"qty\" + 1) * 2, "
                            "NEW.\"name\");\n  END IF;\n"),
                  HasSubstr("CREATE TRIGGER")));
  EXPECT_EQ(
      change(shop(kM), "DECLARE n INT; SET n = (SELECT max(id) FROM log); DELETE FROM log", kP),
      "a variable with the value of a query has no translation");
  EXPECT_EQ(change(shop(kM), "DECLARE n INT; DELETE FROM log; SET n = 1", kP),
            "SET of a variable has no translation");
  EXPECT_EQ(change(shop(kM), "DECLARE what INT DEFAULT 1; UPDATE log SET id = what", kP),
            "the name what of a variable and a column has no translation");
  EXPECT_EQ(change(shop(kM),
                   "DECLARE v VARCHAR(3); SET v = NEW.name; DELETE FROM log WHERE what = v", kP),
            "the variable v of another type than its value has no translation");
}

TEST(TriggerScript, VariablesOfPostgresToo) {
  Schema schema = shop(kP);
  schema.routines.push_back({{"", "f"},
                             true,
                             "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE n "
                             "bigint := 1; BEGIN n := "
                             "NEW.qty; INSERT INTO log VALUES (n, NEW.name); RETURN NULL; END $$"});
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION f()");
  EXPECT_THAT(texts(script(schema, kS).triggers),
              ElementsAre("CREATE TRIGGER \"t\" AFTER INSERT ON \"item\"\nBEGIN\n  INSERT INTO "
                          "\"log\" (\"id\", \"what\") VALUES (NEW.\"qty\", NEW.\"name\");\nEND"));
}

TEST(TriggerScript, RowsAreComparedColumnByColumn) {
  Schema schema = shop(kP);
  schema.routines.push_back(
      {{"", "f"},
       true,
       "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.* IS DISTINCT FROM "
       "OLD.* THEN DELETE FROM log; END IF; RETURN NULL; END $$"});
  add_trigger(schema, "t",
              "CREATE TRIGGER t AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION f()");
  EXPECT_THAT(texts(script(schema, kS).triggers),
              ElementsAre(HasSubstr("WHERE ((NEW.\"id\" IS NOT OLD.\"id\" OR NEW.\"name\" IS NOT "
                                    "OLD.\"name\" OR NEW.\"qty\" IS NOT OLD.\"qty\"))")));
}

TEST(TriggerScript, ConditionsThatAskTablesStandAtOneChangeOnly) {
  const std::string one =
      "IF EXISTS (SELECT 1 FROM log WHERE id = 1) THEN DELETE FROM log WHERE id = 2; END IF";
  EXPECT_EQ(change(shop(kM), one, kS),
            "DELETE FROM \"log\" WHERE (\"id\" = 2) AND (EXISTS (SELECT 1 FROM \"log\" WHERE "
            "\"id\" = 1))");
  EXPECT_EQ(change(shop(kM),
                   "IF (SELECT count(*) FROM log) > 1 THEN DELETE FROM log; ELSE INSERT INTO log "
                   "VALUES (1, 'x'); END IF",
                   kS),
            "IF with a query around changes has no translation");
}

void add_view_trigger(Schema& schema, const std::string& sql) {
  Trigger trigger;
  trigger.name = "t";
  trigger.table = schema.views[0].name;
  trigger.sql = sql;
  schema.views[0].triggers.push_back(trigger);
}

TEST(TriggerScript, TriggersOfViewsGoBetweenSqliteAndPostgres) {
  Schema schema = shop(kS);
  add_view(schema, "v", "CREATE VIEW v AS SELECT id, name FROM item");
  add_view_trigger(schema,
                   "CREATE TRIGGER t INSTEAD OF DELETE ON v WHEN OLD.id > 1 BEGIN DELETE FROM item "
                   "WHERE id = OLD.id; END");
  EXPECT_THAT(
      texts(script(schema, kP).triggers),
      ElementsAre(
          "CREATE FUNCTION \"v_t\"() RETURNS trigger LANGUAGE plpgsql AS $trigger$\nBEGIN\n  "
          "IF OLD.\"id\" > 1 THEN\n    DELETE FROM \"item\" WHERE \"id\" = OLD.\"id\";\n  "
          "END IF;\n  RETURN OLD;\nEND\n$trigger$",
          "CREATE TRIGGER \"t\" INSTEAD OF DELETE ON \"v\" FOR EACH ROW EXECUTE FUNCTION "
          "\"v_t\"()"));
  EXPECT_THAT(reasons(script(schema, kM)),
              ElementsAre("t: INSTEAD OF, which MySQL has not, has no translation"));
  Schema back = shop(kP);
  add_view(back, "v", "CREATE VIEW v AS SELECT id, name FROM item");
  back.routines.push_back(
      {{"", "f"},
       true,
       "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP "
       "= 'INSERT' THEN INSERT INTO item (id, name) VALUES (NEW.id, NEW.name); "
       "RETURN NEW; END IF; RETURN OLD; END $$"});
  add_view_trigger(back,
                   "CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()");
  EXPECT_THAT(texts(script(back, kS).triggers),
              ElementsAre("CREATE TRIGGER \"t\" INSTEAD OF INSERT ON \"v\"\nBEGIN\n  INSERT INTO "
                          "\"item\" (\"id\", \"name\") VALUES (NEW.\"id\", NEW.\"name\");\nEND"));
}

}  // namespace
}  // namespace crossload::dialect
