// Indexes, foreign keys and names of a schema in another engine: what is made, what is left out.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/identifiers.h"
#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Column column(const std::string& name, TypeKind kind, const std::string& declared) {
  Column made;
  made.name = name;
  made.type.kind = kind;
  made.type.declared = declared;
  if (kind == TypeKind::kInteger) made.type.bits = 32;
  return made;
}

Column sized_text(const std::string& name, std::int64_t length) {
  Column made = column(name, TypeKind::kText, "varchar(" + std::to_string(length) + ")");
  made.type.length = length;
  return made;
}

/// id integer primary key, name varchar(50), body text, n integer.
Table table(const std::string& name) {
  Table made;
  made.name.name = name;
  made.columns = {column("id", TypeKind::kInteger, "integer"), sized_text("name", 50),
                  column("body", TypeKind::kText, "text"),
                  column("n", TypeKind::kInteger, "integer")};
  made.columns[0].nullable = false;
  made.primary_key = {"id"};
  return made;
}

Index index(const std::string& name, const std::vector<std::string>& columns) {
  Index made;
  made.name = name;
  for (const std::string& column_name : columns) {
    IndexPart part;
    part.column = column_name;
    made.parts.push_back(part);
  }
  return made;
}

Schema schema_of(Engine engine, std::vector<Table> tables) {
  Schema schema;
  schema.engine = engine;
  schema.tables = std::move(tables);
  return schema;
}

std::vector<std::string> statements(const std::vector<SchemaItem>& items) {
  std::vector<std::string> texts;
  for (const SchemaItem& item : items) texts.push_back(item.sql);
  return texts;
}

std::vector<std::string> messages(const SchemaScript& made, const std::string& type) {
  std::vector<std::string> texts;
  for (const SchemaWarning& warning : made.warnings) {
    if (warning.type == type) texts.push_back(warning.message);
  }
  return texts;
}

SchemaScript with_index(Engine source, Engine target, const Index& made_of, bool mariadb = false) {
  Table made = table("t");
  made.indexes = {made_of};
  ScriptOptions options;
  options.mariadb = mariadb;
  return make_schema_script(schema_of(source, {made}), target, options);
}

TEST(CrossIndexes, PlainOnesAreTheSameEverywhere) {
  Index plain = index("i", {"name", "n"});
  plain.parts[1].descending = true;
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kPostgres, plain).indexes),
              ElementsAre("CREATE INDEX \"i\" ON \"t\" (\"name\", \"n\" DESC)"));
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kSqlite, plain).indexes),
              ElementsAre("CREATE INDEX \"i\" ON \"t\" (\"name\", \"n\" DESC)"));
  plain.method = "btree";
  EXPECT_THAT(statements(with_index(Engine::kPostgres, Engine::kMysql, plain).indexes),
              ElementsAre("CREATE INDEX `i` ON `t` (`name`, `n` DESC)"));
}

TEST(CrossIndexes, UniqueConstraintsStayConstraintsInPostgres) {
  Index unique = index("u", {"name"});
  unique.unique = true;
  unique.origin = IndexOrigin::kUnique;
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kPostgres, unique).indexes),
              ElementsAre("ALTER TABLE \"t\" ADD CONSTRAINT \"u\" UNIQUE (\"name\")"));
  unique.name = "sqlite_autoindex_t_1";
  EXPECT_THAT(statements(with_index(Engine::kSqlite, Engine::kMysql, unique).indexes),
              ElementsAre("CREATE UNIQUE INDEX `t_name_key` ON `t` (`name`)"));
}

TEST(CrossIndexes, PrefixesBecomeExpressions) {
  Index prefix = index("p", {"name"});
  prefix.parts[0].prefix_length = 10;
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kPostgres, prefix).indexes),
              ElementsAre("CREATE INDEX \"p\" ON \"t\" (\"left\"(\"name\", 10))"));
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kSqlite, prefix).indexes),
              ElementsAre("CREATE INDEX \"p\" ON \"t\" (substr(\"name\", 1, 10))"));
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kMysql, prefix, true).indexes),
              ElementsAre("CREATE INDEX `p` ON `t` (`name`(10))"));
}

TEST(CrossIndexes, LongTextsAreCutForMysqlsKeysButNeverThoseOfUniqueOnes) {
  const SchemaScript plain =
      with_index(Engine::kPostgres, Engine::kMysql, index("i", {"body", "n"}));
  EXPECT_THAT(statements(plain.indexes), ElementsAre("CREATE INDEX `i` ON `t` (`body`(255), `n`)"));
  EXPECT_THAT(messages(plain, "index"), ElementsAre(HasSubstr("the first 255 characters")));
  Index unique = index("u", {"body"});
  unique.unique = true;
  const SchemaScript key = with_index(Engine::kPostgres, Engine::kMysql, unique);
  EXPECT_THAT(key.tables[0].sql, HasSubstr("`body` varchar(768)"));
  EXPECT_THAT(statements(key.indexes), ElementsAre("CREATE UNIQUE INDEX `u` ON `t` (`body`)"));
}

TEST(CrossIndexes, APartialUniqueIndexNeverBecomesAWholeOne) {
  Index partial = index("u", {"name"});
  partial.unique = true;
  partial.where_sql = "some_function_of_its_own(n) > 0";
  for (const Engine target : {Engine::kMysql, Engine::kSqlite}) {
    const SchemaScript made = with_index(Engine::kPostgres, target, partial);
    EXPECT_THAT(made.indexes, IsEmpty());
    ASSERT_THAT(made.skipped, SizeIs(1));
    EXPECT_EQ(made.skipped[0].type, "index");
    EXPECT_THAT(made.skipped[0].sql, HasSubstr("WHERE some_function"));
  }
  EXPECT_THAT(with_index(Engine::kPostgres, Engine::kMysql, partial, true).indexes, IsEmpty());
  partial.unique = false;
  const SchemaScript whole = with_index(Engine::kPostgres, Engine::kMysql, partial);
  EXPECT_THAT(statements(whole.indexes), ElementsAre("CREATE INDEX `u` ON `t` (`name`)"));
  EXPECT_THAT(messages(whole, "index"), ElementsAre(HasSubstr("over all rows")));
}

TEST(CrossIndexes, MysqlHasNoExpressionsOverAColumnThatNumbersItself) {
  Table numbered = table("t");
  numbered.columns[0].identity = IdentityKind::kAlways;
  Index partial = index("u", {"name"});
  partial.unique = true;
  partial.where_sql = "id > 2";
  numbered.indexes = {partial};
  const SchemaScript made =
      make_schema_script(schema_of(Engine::kPostgres, {numbered}), Engine::kMysql, {});
  EXPECT_THAT(made.indexes, IsEmpty());
  ASSERT_THAT(made.skipped, SizeIs(1));
  EXPECT_THAT(made.skipped[0].reason, HasSubstr("id, which numbers itself"));
}

TEST(CrossIndexes, WhatOnlyMysqlHasStandsInACommentWhereTheServerIsNotKnown) {
  Table one = table("t");
  Index partial = index("u", {"name"});
  partial.unique = true;
  partial.where_sql = "n > 2";
  one.indexes = {partial};
  ScriptOptions options;
  options.any_mysql = true;
  const SchemaScript made =
      make_schema_script(schema_of(Engine::kPostgres, {one}), Engine::kMysql, options);
  EXPECT_THAT(made.tables[0].sql, HasSubstr("/*!80017 COLLATE utf8mb4_0900_bin */ /*M!100202 "
                                            "COLLATE utf8mb4_nopad_bin */"));
  EXPECT_THAT(statements(made.indexes),
              ElementsAre("/*!80013 CREATE UNIQUE INDEX `u` ON `t` ((CASE WHEN `n` > 2 THEN `name` "
                          "END)) */"));
  EXPECT_THAT(messages(made, "index"), ::testing::Contains(HasSubstr("MariaDB passes over it")));
}

TEST(CrossIndexes, FullTextGoesByTheTargetsOwnWay) {
  Index full = index("f", {"name", "body"});
  full.method = "FULLTEXT";
  EXPECT_THAT(statements(with_index(Engine::kMysql, Engine::kPostgres, full).indexes),
              ElementsAre("CREATE INDEX \"f\" ON \"t\" USING gin (to_tsvector('simple', "
                          "coalesce(\"name\", '') || ' ' || coalesce(\"body\", '')))"));
  EXPECT_THAT(with_index(Engine::kMysql, Engine::kSqlite, full).skipped, SizeIs(1));
  Index vector;
  vector.name = "g";
  vector.method = "gin";
  vector.parts.resize(1);
  vector.parts[0].expression = "to_tsvector('english'::regconfig, body)";
  EXPECT_THAT(statements(with_index(Engine::kPostgres, Engine::kMysql, vector).indexes),
              ElementsAre("CREATE FULLTEXT INDEX `g` ON `t` (`body`)"));
  vector.parts[0] = {};
  vector.parts[0].column = "body";
  EXPECT_THAT(with_index(Engine::kPostgres, Engine::kMysql, vector).skipped, SizeIs(1));
}

TEST(CrossIndexes, NamesAreOneListASchemaOrFile) {
  Table a = table("a");
  Table b = table("b");
  a.indexes = {index("by_name", {"name"})};
  b.indexes = {index("by_name", {"name"}), index("BY_NAME", {"n"})};
  for (const Engine target : {Engine::kPostgres, Engine::kSqlite}) {
    const SchemaScript made = make_schema_script(schema_of(Engine::kMysql, {a, b}), target, {});
    ASSERT_THAT(made.indexes, SizeIs(3));
    EXPECT_EQ(made.indexes[0].name, "by_name");
    EXPECT_EQ(made.indexes[1].name, "b_by_name");
    EXPECT_EQ(made.indexes[2].name, target == Engine::kPostgres ? "BY_NAME" : "b_BY_NAME_2");
    EXPECT_THAT(messages(made, "identifier"), Not(IsEmpty()));
  }
}

TEST(CrossIndexes, KeysThatFoldCaseAreToldApart) {
  Table made = table("t");
  made.columns[1].collation = "utf8mb4_general_ci";
  Index unique = index("u", {"name"});
  unique.unique = true;
  made.indexes = {unique};
  EXPECT_THAT(messages(make_schema_script(schema_of(Engine::kMysql, {made}), Engine::kPostgres, {}),
                       "index"),
              ElementsAre(HasSubstr("differ in case only")));
}

ForeignKey foreign_key(const std::string& column_name, const std::string& parent) {
  ForeignKey key;
  key.name = "fk_" + column_name;
  key.columns = {column_name};
  key.referenced_table.name = parent;
  return key;
}

TEST(CrossForeignKeys, FollowTheTablesAndStandInThoseOfSqlite) {
  Table child = table("child");
  child.foreign_keys = {foreign_key("n", "parent"), foreign_key("id", "child")};
  child.foreign_keys[0].on_delete = "CASCADE";
  child.foreign_keys[0].deferrable = true;
  child.foreign_keys[0].initially_deferred = true;
  const Schema schema = schema_of(Engine::kPostgres, {child, table("parent")});
  const SchemaScript mysql = make_schema_script(schema, Engine::kMysql, {});
  EXPECT_THAT(statements(mysql.foreign_keys),
              ElementsAre("ALTER TABLE `child` ADD CONSTRAINT `fk_n` FOREIGN KEY (`n`) REFERENCES "
                          "`parent` (`id`) ON DELETE CASCADE",
                          "ALTER TABLE `child` ADD CONSTRAINT `fk_id` FOREIGN KEY (`id`) "
                          "REFERENCES `child` (`id`)"));
  EXPECT_THAT(messages(mysql, "foreign_key"), ElementsAre(HasSubstr("checked at once")));
  const SchemaScript sqlite = make_schema_script(schema, Engine::kSqlite, {});
  EXPECT_THAT(sqlite.foreign_keys, IsEmpty());
  EXPECT_THAT(sqlite.tables[0].sql,
              HasSubstr(",\n  CONSTRAINT \"fk_n\" FOREIGN KEY (\"n\") REFERENCES \"parent\" "
                        "(\"id\") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,\n"));
}

TEST(CrossForeignKeys, ThatTheTargetCouldNotHaveAreNamed) {
  struct Case {
    ForeignKey key;
    const char* says;
  };
  ForeignKey not_unique = foreign_key("n", "parent");
  not_unique.referenced_columns = {"n"};
  ForeignKey differs = foreign_key("body", "parent");
  const std::vector<Case> cases = {{foreign_key("n", "nowhere"), "no table of the source"},
                                   {foreign_key("n", "other"), "not among the chosen"},
                                   {not_unique, "no unique key"},
                                   {differs, "and what it refers to is"}};
  for (const Case& one : cases) {
    Table child = table("child");
    child.foreign_keys = {one.key};
    ScriptOptions options;
    options.tables = {{"", "child"}, {"", "parent"}};
    const SchemaScript made =
        make_schema_script(schema_of(Engine::kMysql, {child, table("parent"), table("other")}),
                           Engine::kPostgres, options);
    EXPECT_THAT(made.foreign_keys, IsEmpty()) << one.says;
    ASSERT_THAT(made.skipped, SizeIs(1)) << one.says;
    EXPECT_THAT(made.skipped[0].reason, HasSubstr(one.says));
    EXPECT_THAT(messages(made, "foreign_key"), SizeIs(1));
  }
}

TEST(CrossForeignKeys, TellThatMysqlSetsNoNullWhereThereIsNone) {
  Table child = table("child");
  child.foreign_keys = {foreign_key("n", "parent"), foreign_key("id", "parent")};
  for (ForeignKey& key : child.foreign_keys) key.on_delete = "SET NULL";
  const Schema schema = schema_of(Engine::kPostgres, {child, table("parent")});
  const SchemaScript made = make_schema_script(schema, Engine::kMysql, {});
  EXPECT_THAT(statements(made.foreign_keys),
              ElementsAre(HasSubstr(" ON DELETE SET NULL"), Not(HasSubstr(" ON DELETE"))));
  EXPECT_THAT(messages(made, "foreign_key"),
              ElementsAre(HasSubstr("ON DELETE SET NULL is not kept")));
}

TEST(CrossForeignKeys, FollowTheOrderOfTheKeyInMysql) {
  Table child = table("child");
  child.foreign_keys = {foreign_key("id", "parent")};
  child.foreign_keys[0].columns = {"id", "n"};
  child.foreign_keys[0].referenced_columns = {"n", "id"};
  Table parent = table("parent");
  parent.primary_key = {"id", "n"};
  const Schema schema = schema_of(Engine::kPostgres, {child, parent});
  EXPECT_THAT(statements(make_schema_script(schema, Engine::kMysql, {}).foreign_keys),
              ElementsAre(HasSubstr("(`n`, `id`) REFERENCES `parent` (`id`, `n`)")));
  EXPECT_THAT(statements(make_schema_script(schema, Engine::kPostgres, {}).foreign_keys),
              ElementsAre(HasSubstr(R"(("id", "n") REFERENCES "parent" ("n", "id"))")));
}

TEST(CrossTables, InheritInPostgresWhatTheirParentsSay) {
  Table parent = table("z_parent");
  parent.checks = {{"positive", "n > 0", true}};
  Table child = table("child");
  child.checks = {{"positive", "n > 0", true}, {"own", "n < 9", true}};
  child.primary_key.clear();
  child.inherits = {parent.name};
  for (Column& each : child.columns) each.inherited = each.name != "body";
  child.columns[3].default_sql = "5";
  const Schema schema = schema_of(Engine::kPostgres, {child, parent});
  const SchemaScript same = make_schema_script(schema, Engine::kPostgres, {});
  ASSERT_THAT(same.tables, SizeIs(2));
  EXPECT_EQ(same.tables[0].name, "z_parent");
  // The default of n is its own.
  EXPECT_EQ(same.tables[1].sql,
            "CREATE TABLE \"child\" (\n  \"body\" text,\n  \"n\" integer DEFAULT 5,\n  "
            "CONSTRAINT \"own\" CHECK (n < 9)\n)\nINHERITS (\"z_parent\")");
  EXPECT_THAT(messages(same, "table"), IsEmpty());
  ScriptOptions alone;
  alone.tables = {child.name};
  const SchemaScript without = make_schema_script(schema, Engine::kPostgres, alone);
  const SchemaScript other = make_schema_script(schema, Engine::kMysql, {});
  for (const SchemaScript* made : {&without, &other}) {
    EXPECT_THAT(made->tables[0].sql, Not(HasSubstr("INHERITS")));
    EXPECT_THAT(made->tables[0].sql, HasSubstr("name"));
    EXPECT_THAT(messages(*made, "table"), ElementsAre(HasSubstr("inherits from no table")));
  }
}

TEST(CrossForeignKeys, KeepMatchFullInPostgres) {
  Table child = table("child");
  ForeignKey key = foreign_key("n", "parent");
  key.match_full = true;
  key.on_delete = "CASCADE";
  ForeignKey pair = key;
  pair.name = "fk_pair";
  pair.columns = {"id", "n"};
  pair.referenced_columns = {"id", "n"};
  child.foreign_keys = {key, pair};
  Table parent = table("parent");
  Index unique = index("both", {"id", "n"});
  unique.unique = true;
  unique.method = "btree";
  parent.indexes = {unique};
  const Schema schema = schema_of(Engine::kPostgres, {child, parent});
  const SchemaScript same = make_schema_script(schema, Engine::kPostgres, {});
  EXPECT_THAT(statements(same.foreign_keys),
              ElementsAre(HasSubstr("(\"id\") MATCH FULL ON DELETE CASCADE"),
                          HasSubstr("(\"id\", \"n\") MATCH FULL ON DELETE CASCADE")));
  EXPECT_THAT(messages(same, "foreign_key"), IsEmpty());
  for (const Engine to : {Engine::kMysql, Engine::kSqlite}) {
    const SchemaScript made = make_schema_script(schema, to, {});
    for (const std::string& sql : statements(made.foreign_keys)) {
      EXPECT_THAT(sql, Not(HasSubstr("MATCH")));
    }
    EXPECT_THAT(made.tables[0].sql, Not(HasSubstr("MATCH")));
    // Over one column it is what there is without the words.
    EXPECT_THAT(messages(made, "foreign_key"), ElementsAre(HasSubstr("only PostgreSQL has MATCH")));
  }
}

TEST(CrossForeignKeys, KeepTheWordsOfMariadb) {
  Table child = table("child");
  child.foreign_keys = {foreign_key("n", "parent")};
  child.foreign_keys[0].on_delete = "NO ACTION";
  const auto keys = [&](Engine from, Engine to) {
    return statements(
        make_schema_script(schema_of(from, {child, table("parent")}), to, {}).foreign_keys);
  };
  EXPECT_THAT(keys(Engine::kMysql, Engine::kMysql), ElementsAre(HasSubstr(" ON DELETE NO ACTION")));
  EXPECT_THAT(keys(Engine::kMysql, Engine::kPostgres), ElementsAre(Not(HasSubstr("NO ACTION"))));
}

TEST(CrossForeignKeys, AColumnFollowsTheNumberThatItRefersTo) {
  Table parent = table("parent");
  parent.columns[0].type.bits = 64;
  Table child = table("child");
  child.foreign_keys = {foreign_key("n", "parent")};
  const SchemaScript made =
      make_schema_script(schema_of(Engine::kPostgres, {child, parent}), Engine::kMysql, {});
  EXPECT_THAT(made.foreign_keys, SizeIs(1));
  EXPECT_THAT(made.tables[0].sql, HasSubstr("`n` bigint"));
  ASSERT_THAT(made.reports, SizeIs(2));
  EXPECT_EQ(made.reports[0].columns[3].verdict, MappingVerdict::kWidened);
}

TEST(CrossForeignKeys, TwoKeysOverBytesOfAnyLengthHaveRoomInOnePrimaryKey) {
  Table parent = table("parent");
  parent.columns[0] = column("id", TypeKind::kBytes, "bytea");
  parent.columns[0].nullable = false;
  Table both = table("both");
  both.columns = {column("one", TypeKind::kBytes, "bytea"),
                  column("other", TypeKind::kBytes, "bytea")};
  both.primary_key = {"one", "other"};
  both.foreign_keys = {foreign_key("one", "parent"), foreign_key("other", "parent")};
  ScriptOptions options;
  options.profiles["both.one"] = options.profiles["both.other"] = ColumnProfile{};
  const SchemaScript mysql =
      make_schema_script(schema_of(Engine::kPostgres, {parent, both}), Engine::kMysql, options);
  EXPECT_THAT(mysql.tables[0].sql, HasSubstr("`id` varbinary(3072)"));
  EXPECT_THAT(mysql.tables[1].sql, Not(HasSubstr("3072")));
  EXPECT_THAT(mysql.foreign_keys, SizeIs(2));
}

TEST(CrossScript, OfOneKindOfServerIsItsOwnText) {
  Table made = table("t");
  made.sql =
      "CREATE TABLE `t` (\n  `id` int NOT NULL,\n  `a,)` enum('x)','y') DEFAULT 'x)' COMMENT "
      "'(, `',\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `u` (`a,)`),\n  FULLTEXT KEY `f` (`a,)`) "
      "/*!50100 WITH PARSER `ngram` */ ,\n  CONSTRAINT `k` FOREIGN KEY (`id`) REFERENCES `t` "
      "(`id`),\n  CONSTRAINT `c` CHECK ((`id` > 0))\n) ENGINE=InnoDB COMMENT='x'";
  made.foreign_keys = {foreign_key("id", "t")};
  const SchemaScript copied =
      make_schema_script(schema_of(Engine::kMysql, {made}), Engine::kMysql, {});
  EXPECT_THAT(statements(copied.tables),
              ElementsAre("CREATE TABLE `t` (\n  `id` int NOT NULL,\n  `a,)` enum('x)','y') "
                          "DEFAULT 'x)' COMMENT '(, `',\n  PRIMARY KEY (`id`),\n  CONSTRAINT `c` "
                          "CHECK ((`id` > 0))\n) ENGINE=InnoDB COMMENT='x'"));
  EXPECT_THAT(statements(copied.indexes),
              ElementsAre("ALTER TABLE `t` ADD UNIQUE KEY `u` (`a,)`)",
                          "ALTER TABLE `t` ADD FULLTEXT KEY `f` (`a,)`) /*!50100 WITH PARSER "
                          "`ngram` */"));
  EXPECT_THAT(copied.foreign_keys, SizeIs(1));
}

TEST(CrossScript, PostgresTypesSequencesAndPartitionsAreMadeAgain) {
  Table made = table("t");
  made.partition_sql = "PARTITION BY RANGE (id)";
  made.comment = "it's";
  made.columns[0].identity = IdentityKind::kSerial;
  made.columns[2].type.kind = TypeKind::kEnum;
  made.columns[2].type.declared = "mood";
  made.columns[2].type.named = "public.mood";
  Table part = table("a_part");
  part.partition_of = made.name;
  part.partition_sql = "FOR VALUES FROM (0) TO (10)";
  Schema schema = schema_of(Engine::kPostgres, {part, made});
  schema.types = {
      {{"", "mood"}, UserTypeKind::kEnum, {"a"}, "CREATE TYPE \"public\".\"mood\" AS ENUM ('a')"}};
  Sequence sequence;
  sequence.name.name = "t_id_seq";
  sequence.owner = made.name;
  sequence.owner_column = "id";
  sequence.sql = "CREATE SEQUENCE \"public\".\"t_id_seq\" AS integer INCREMENT BY 1";
  schema.sequences = {sequence};
  EXPECT_THAT(
      statements(make_schema_script(schema, Engine::kPostgres, {}).tables),
      ElementsAre("CREATE TYPE \"mood\" AS ENUM ('a')",
                  "CREATE SEQUENCE \"t_id_seq\" AS integer INCREMENT BY 1",
                  HasSubstr("\"id\" integer NOT NULL DEFAULT nextval('\"t_id_seq\"'::regclass)"),
                  "ALTER SEQUENCE \"t_id_seq\" OWNED BY \"t\".\"id\"",
                  "COMMENT ON TABLE \"t\" IS 'it''s'",
                  "CREATE TABLE \"a_part\" PARTITION OF \"t\" FOR VALUES FROM (0) TO (10)"));
}

TEST(CrossScript, ASequenceThatNumbersSeveralTablesIsMadeAgain) {
  Table first = table("a");
  first.columns[0].default_sql = "nextval('shared'::regclass)";
  Table second = table("b");
  second.columns[0].default_sql = first.columns[0].default_sql;
  Schema schema = schema_of(Engine::kPostgres, {first, second});
  Sequence shared;
  shared.name.name = "shared";
  shared.sql = "CREATE SEQUENCE \"public\".\"shared\" AS bigint INCREMENT BY 1";
  Sequence unused = shared;
  unused.name.name = "a_id_seq";
  unused.owner = first.name;
  unused.owner_column = "id";
  unused.sql = "CREATE SEQUENCE \"public\".\"a_id_seq\" AS bigint INCREMENT BY 1";
  schema.sequences = {shared, unused};
  const auto numbered =
      HasSubstr("\"id\" integer NOT NULL DEFAULT nextval('\"shared\"'::regclass)");
  const auto made_shared = "CREATE SEQUENCE \"shared\" AS bigint INCREMENT BY 1";
  EXPECT_THAT(statements(make_schema_script(schema, Engine::kPostgres, {}).tables),
              ElementsAre(made_shared, "CREATE SEQUENCE \"a_id_seq\" AS bigint INCREMENT BY 1",
                          numbered, "ALTER SEQUENCE \"a_id_seq\" OWNED BY \"a\".\"id\"", numbered));
  ScriptOptions options;
  options.tables = {second.name};
  EXPECT_THAT(statements(make_schema_script(schema, Engine::kPostgres, options).tables),
              ElementsAre(made_shared, numbered));
}

TEST(CrossScript, WhatADomainSaysIsSaidByTheColumn) {
  Schema source = schema_of(Engine::kPostgres, {table("t")});
  source.types = {{{"", "whole"},
                   UserTypeKind::kDomain,
                   {},
                   "CREATE DOMAIN \"public\".\"whole\" AS integer "
                   "DEFAULT 7 NOT NULL CONSTRAINT whole_check CHECK (VALUE > 0 AND (VALUE < 9))"},
                  {{"", "small"},
                   UserTypeKind::kDomain,
                   {},
                   "CREATE DOMAIN \"public\".\"small\" AS whole "
                   "CONSTRAINT a CHECK (VALUE <> 4) CONSTRAINT b CHECK (VALUE <> 5) NOT VALID"}};
  source.tables[0].columns[3].type.named = "public.small";
  const SchemaScript made = make_schema_script(source, Engine::kMysql, {});
  ASSERT_THAT(made.tables, SizeIs(1));
  EXPECT_THAT(made.tables[0].sql, HasSubstr("`n` int NOT NULL DEFAULT 7"));
  EXPECT_THAT(made.tables[0].sql, HasSubstr("CHECK (`n` <> 4),\n  CHECK (`n` <> 5),\n  "
                                            "CHECK (`n` > 0 AND `n` < 9)"));
  EXPECT_THAT(messages(made, "check"),
              ElementsAre("the check of the domain small becomes one of the table",
                          "the check of the domain small becomes one of the table",
                          "the check of the domain whole becomes one of the table"));
  EXPECT_THAT(make_schema_script(source, Engine::kPostgres, {}).tables.back().sql,
              Not(HasSubstr("CHECK")));
}

TEST(CrossScript, TellsOnceWhichTextsFoldedCase) {
  Table blind = table("t");
  blind.columns[1].collation = "utf8mb4_0900_ai_ci";
  blind.columns[2].collation = "utf8mb4_bin";
  Table other = table("u");
  other.columns[1].collation = blind.columns[1].collation;
  const Schema source = schema_of(Engine::kMysql, {blind, other});
  EXPECT_THAT(messages(make_schema_script(source, Engine::kPostgres, {}), "collation"),
              ElementsAre("texts that differ in case only are equal for the source and not for the "
                          "target: t.name, u.name"));
  EXPECT_THAT(messages(make_schema_script(source, Engine::kMysql, {}), "collation"), IsEmpty());
}

TEST(CrossScript, TellsWhatSqliteDoesWithRowsThatBreakAConstraint) {
  Table source = table("t");
  source.sql =
      "CREATE TABLE t (id integer PRIMARY KEY, name varchar(50) UNIQUE ON CONFLICT REPLACE, "
      "body text NOT NULL ON CONFLICT abort, n integer DEFAULT 'ON CONFLICT FAIL')";
  const Schema schema = schema_of(Engine::kSqlite, {source});
  EXPECT_THAT(messages(make_schema_script(schema, Engine::kPostgres, {}), "table"),
              ElementsAre("ON CONFLICT REPLACE of a constraint is left out: rows that break it are "
                          "refused"));
}

TEST(CrossScript, TellsThatASequenceCountsByMoreThanOne) {
  Table source = table("t");
  source.columns[0].identity = IdentityKind::kAlways;
  Schema schema = schema_of(Engine::kPostgres, {source});
  Sequence sequence;
  sequence.owner.name = "t";
  sequence.owner_column = "id";
  sequence.increment = 5;
  schema.sequences = {sequence};
  EXPECT_THAT(messages(make_schema_script(schema, Engine::kMysql, {}), "column"),
              ElementsAre("counts by one, where the source's sequence counts by 5"));
}

TEST(FittingTableNames, AreNeverTwoAlike) {
  const std::string long_name(70, 'x');
  const Schema schema =
      schema_of(Engine::kPostgres,
                {table("MiXed"), table("mixed"), table(long_name + "1"), table(long_name + "2")});
  const auto sqlite = fitting_table_names(schema, Engine::kSqlite, {});
  EXPECT_EQ(sqlite.at({"", "MiXed"}).name, "MiXed");
  EXPECT_EQ(sqlite.at({"", "mixed"}).name, "mixed_2");
  const auto postgres = fitting_table_names(schema, Engine::kPostgres, {});
  EXPECT_EQ(postgres.at({"", "mixed"}).name, "mixed");
  EXPECT_NE(postgres.at({"", long_name + "1"}).name, postgres.at({"", long_name + "2"}).name);
}

}  // namespace
}  // namespace crossload::dialect
