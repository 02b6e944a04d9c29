#include "crossload/dialect/table_script.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/identifiers.h"
#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {
namespace {

using enum TypeKind;
using ::testing::HasSubstr;
using ::testing::Not;

Column column(const std::string& name, TypeKind kind, const std::string& declared, int bits = 0) {
  Column made;
  made.name = name;
  made.type.kind = kind;
  made.type.declared = declared;
  made.type.bits = bits;
  return made;
}

Column with_default(Column made, const std::string& sql) {
  made.default_sql = sql;
  return made;
}

Table table(std::vector<Column> columns, std::vector<std::string> key = {}) {
  Table made;
  made.name.name = "t";
  made.columns = std::move(columns);
  made.primary_key = std::move(key);
  return made;
}

TableScript make(Engine from, const Table& source, Engine to, bool mariadb = false) {
  TableScriptOptions options;
  options.target = {to, mariadb};
  options.name = source.name;
  return make_table_sql(from, source, options);
}

std::string sql(Engine from, const Table& source, Engine to) {
  return make(from, source, to).sql;
}

constexpr Engine kP = Engine::kPostgres;
constexpr Engine kM = Engine::kMysql;
constexpr Engine kS = Engine::kSqlite;

TEST(TableScript, KeepsKeysAndNotNull) {
  Column id = column("id", kInteger, "integer", 32);
  Column part = column("part", kText, "character varying(9)");
  part.type.length = 9;
  Column note = column("note", kText, "text");
  note.nullable = false;
  const Table source = table({id, part, note}, {"part", "id"});
  EXPECT_EQ(sql(kP, source, kM),
            "CREATE TABLE `t` (\n  `id` int NOT NULL,\n  `part` varchar(9) NOT NULL,\n"
            "  `note` longtext NOT NULL,\n  PRIMARY KEY (`part`, `id`)\n) ENGINE=InnoDB DEFAULT "
            "CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin");
  EXPECT_EQ(sql(kP, source, kS),
            "CREATE TABLE \"t\" (\n  \"id\" INTEGER NOT NULL,\n  \"part\" VARCHAR(9) NOT NULL,\n"
            "  \"note\" TEXT NOT NULL,\n  PRIMARY KEY (\"part\", \"id\")\n)");
}

TEST(TableScript, BytesOfAnyLengthShareAKey) {
  const Table source =
      table({column("a", kBytes, "bytea"), column("b", kBytes, "bytea")}, {"a", "b"});
  EXPECT_THAT(sql(kP, source, kM),
              HasSubstr("`a` varbinary(1536) NOT NULL,\n  `b` varbinary(1536) NOT NULL"));
  TableScriptOptions options;
  options.target = {kM, false};
  options.name = source.name;
  options.profiles["a"] = {.rows = 2, .blobs = 2, .longest_blob = 16};
  options.profiles["b"] = {.rows = 2, .blobs = 2, .longest_blob = 1'537};
  const TableScript made = make_table_sql(kP, source, options);
  EXPECT_EQ(made.types[0].verdict, MappingVerdict::kWidened);
  EXPECT_EQ(made.types[1].verdict, MappingVerdict::kLossy);
}

TEST(TableScript, UuidsOfAKeyTakeWhatTheyTake) {
  const Table source = table({column("a", kText, "text"), column("b", kUuid, "uuid")}, {"a", "b"});
  EXPECT_THAT(sql(kP, source, kM), HasSubstr("`a` varchar(759) NOT NULL"));
}

TEST(TableScript, UuidsThatMariadbRefusesAreText) {
  const Table source = table({column("a", kUuid, "uuid")});
  TableScriptOptions options;
  options.target = {kM, true};
  options.name = source.name;
  options.profiles["a"] = {.rows = 2, .texts = 2, .uuids = 2};
  EXPECT_THAT(make_table_sql(kP, source, options).sql, HasSubstr("`a` uuid"));
  options.profiles["a"].odd_uuids = 1;
  EXPECT_THAT(make_table_sql(kP, source, options).sql, HasSubstr("`a` char(36)"));
}

TEST(TableScript, MysqlTakesMariadbsDefaultsInBrackets) {
  const auto default_of = [](const Column& made, bool to_mariadb) {
    const std::string text = make(kM, table({made}), kM, to_mariadb).sql;
    const std::size_t at = text.find(" DEFAULT ") + 9;
    return text.substr(at, text.find('\n', at) - at);
  };
  const Column text = column("c", kText, "text");
  const Column code = column("c", kText, "varchar(36)");
  EXPECT_EQ(default_of(with_default(text, "'a'"), false), "('a')");
  EXPECT_EQ(default_of(with_default(text, "'a'"), true), "'a'");
  EXPECT_EQ(default_of(with_default(text, "NULL"), false), "NULL");
  EXPECT_EQ(default_of(with_default(code, "'a'"), false), "'a'");
  EXPECT_EQ(default_of(with_default(code, "uuid()"), false), "(uuid())");
  EXPECT_EQ(default_of(with_default(code, "(uuid())"), false), "(uuid())");
  const Column moment = column("c", kTimestamp, "datetime");
  EXPECT_EQ(default_of(with_default(moment, "current_timestamp()"), false), "current_timestamp()");
}

TEST(TableScript, CommentsThatAreTooLongForMysqlAreCutAndTold) {
  Column a = column("a", kText, "text");
  for (int i = 0; i < 1'025; ++i) a.comment += "é";
  const TableScript made = make(kP, table({a}), kM);
  EXPECT_THAT(made.sql, HasSubstr("COMMENT '" + a.comment.substr(0, 2'048) + "'"));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "comment");
}

TEST(TableScript, APlainTableHasColumnsTypesAndKeysOnly) {
  Column id = column("id", kInteger, "integer", 32);
  id.identity = IdentityKind::kByDefault;
  Column sum = column("sum", kInteger, "integer", 32);
  sum.generated = GeneratedKind::kStored;
  sum.generated_sql = "f(id)";
  Table source = table({id, with_default(column("u", kUuid, "uuid"), "f()"), sum}, {"id"});
  source.checks.push_back({"c", "f(id) > 1", true});
  TableScriptOptions options;
  options.target = {kP, false};
  options.name = source.name;
  options.plain = true;
  EXPECT_EQ(make_table_sql(kP, source, options).sql,
            "CREATE TABLE \"t\" (\n  \"id\" integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,\n"
            "  \"u\" uuid,\n  PRIMARY KEY (\"id\")\n)");
}

TEST(TableScript, AKeyOfSqliteThatHoldsNullBecomesAUniqueOne) {
  const Table source =
      table({column("a", kDynamic, "TEXT"), column("b", kDynamic, "INT")}, {"a", "b"});
  TableScriptOptions options;
  options.target = {kP, false};
  options.name = source.name;
  options.profiles["a"] = {.rows = 2, .nulls = 1, .texts = 1, .longest_text = 3};
  options.profiles["b"] = {.rows = 2, .integers = 2};
  const TableScript made = make_table_sql(kS, source, options);
  EXPECT_THAT(made.sql, HasSubstr("\"a\" text,\n  \"b\" bigint,\n  UNIQUE (\"a\", \"b\")"));
  ASSERT_EQ(made.warnings.size(), 1U);
  options.profiles["a"].nulls = 0;
  EXPECT_THAT(make_table_sql(kS, source, options).sql,
              HasSubstr("\"b\" bigint NOT NULL,\n  PRIMARY KEY"));
}

TEST(TableScript, ATypeThatATableIsCalledIsTheSystems) {
  const Table source = table({column("a", kText, "longtext"), column("b", kInteger, "int", 32)});
  TableScriptOptions options;
  options.target = {kP, false};
  options.name = source.name;
  options.taken_names = {"text", "integer"};
  EXPECT_THAT(make_table_sql(kM, source, options).sql,
              HasSubstr("\"a\" pg_catalog.text,\n  \"b\" integer"));
}

TEST(TableScript, NamesOfChecksThatTheServerGaveAreItsOwn) {
  Table source = table({column("j", kJson, "longtext")});
  source.checks.push_back({"j", "json_valid(`j`)", true});
  source.checks.push_back({"CONSTRAINT_1", "char_length(`j`) > 2", true});
  EXPECT_THAT(
      make(kM, source, kM, true).sql,
      HasSubstr("`j` longtext,\n  CHECK (json_valid(`j`)),\n  CHECK (char_length(`j`) > 2)\n"));
  // MySQL has a type for what MariaDB checks.
  EXPECT_THAT(sql(kM, source, kM), HasSubstr("`j` json,\n  CHECK (char_length(`j`) > 2)\n"));
}

TEST(TableScript, WhatADeclarationSaidAndNoTypeTellsIsTold) {
  Table flags = table({column("a", kInteger, "int(5) unsigned zerofill")});
  const TableScript padded = make(kM, flags, kP);
  ASSERT_EQ(padded.warnings.size(), 1U);
  EXPECT_THAT(padded.warnings[0].message, HasSubstr("ZEROFILL"));
  EXPECT_TRUE(make(kM, flags, kM).warnings.empty());
}

TEST(TableScript, WhatMysqlSaysOfColumnsIsKeptInMariadbAndToldElsewhere) {
  Column id = column("id", kText, "varchar(20)");
  id.type.length = 20;
  Column seen = column("seen", kTimestampTz, "timestamp");
  seen.hidden = true;
  Column sum = column("sum", kInteger, "int", 32);
  sum.generated = GeneratedKind::kVirtual;
  sum.generated_sql = "(1 + 1)";
  sum.nullable = false;
  Table source = table({id, seen, sum}, {"id"});
  Index key;
  key.origin = IndexOrigin::kPrimaryKey;
  IndexPart part;
  part.column = "id";
  part.prefix_length = 4;
  key.parts = {part};
  source.indexes = {key};
  const TableScript mariadb = make(kM, source, kM, true);
  // A nullable timestamp says so: some servers would make it NOT NULL.
  EXPECT_THAT(mariadb.sql, HasSubstr("`seen` timestamp NULL INVISIBLE,"));
  EXPECT_THAT(mariadb.sql, HasSubstr("PRIMARY KEY (`id`(4))"));
  EXPECT_EQ(mariadb.warnings.size(), 1U);  // NOT NULL of `sum`.
  EXPECT_THAT(make(kM, source, kM).sql, HasSubstr("VIRTUAL NOT NULL"));
  const TableScript postgres = make(kM, source, kP);
  EXPECT_THAT(postgres.sql, HasSubstr("STORED NOT NULL"));
  std::string told;
  for (const SchemaWarning& warning : postgres.warnings) told += warning.message + "\n";
  EXPECT_THAT(told, HasSubstr("INVISIBLE"));
  EXPECT_THAT(told, HasSubstr("first 4 characters"));
}

TEST(TableScript, WhatOnlyTheTextOfAMysqlTableSaysIsTold) {
  Schema schema;
  schema.engine = kM;
  Table made = table({column("id", kInteger, "int", 32), column("body", kText, "text")});
  made.storage_engine = "Aria";
  made.sql =
      "CREATE TABLE `t` (\n  `id` int NOT NULL,\n  PERIOD FOR `stay` (`a`, `b`),\n  UNIQUE KEY `u` "
      "(`id`,`stay` WITHOUT OVERLAPS),\n  FULLTEXT KEY `f` (`body`) /*!50100 WITH PARSER `ngram` "
      "*/ "
      ",\n  KEY `k` (`n`) COMMENT 'c' IGNORED\n) ENGINE=Aria DEFAULT CHARSET=latin1 "
      "COMMENT='a=b' ROW_FORMAT=COMPRESSED WITH SYSTEM VERSIONING";
  schema.tables = {made};
  const auto told = [&](bool source_mariadb, Engine to) {
    ScriptOptions options;
    options.source_mariadb = source_mariadb;
    std::vector<std::string> messages;
    const SchemaScript script = make_schema_script(schema, to, options);
    for (const SchemaWarning& warning : script.warnings) {
      messages.push_back(warning.name + ": " + warning.message);
    }
    return messages;
  };
  EXPECT_THAT(told(true, kM),
              ::testing::ElementsAre(
                  HasSubstr("t: the period stay is left out"), HasSubstr("t.u: takes rows whose"),
                  HasSubstr("t.f: words are found otherwise: its parser ngram"),
                  HasSubstr("t.k: the index's comment"), HasSubstr("t.k: is used in the target"),
                  HasSubstr("t: WITH SYSTEM VERSIONING is left out"),
                  "t: how rows are stored is left out: ROW_FORMAT=COMPRESSED",
                  HasSubstr("t: its storage engine becomes InnoDB; it was Aria")));
  EXPECT_THAT(told(true, kP),
              ::testing::Contains(HasSubstr("t: WITH SYSTEM VERSIONING is left out")));
  EXPECT_THAT(told(false, kM), ::testing::IsEmpty());
}

TEST(TableScript, MariadbGetsItsOwnExactCollation) {
  const Table source = table({column("a", kText, "text")});
  EXPECT_THAT(make(kP, source, kM, true).sql, HasSubstr("COLLATE utf8mb4_nopad_bin"));
}

TEST(TableScript, IdentitiesGoOnNumbering) {
  Column id = column("id", kInteger, "bigint", 64);
  id.nullable = false;
  id.identity = IdentityKind::kSerial;
  id.default_sql = "nextval('t_id_seq'::regclass)";
  const Table from_postgres = table({id}, {"id"});
  EXPECT_THAT(sql(kP, from_postgres, kM), HasSubstr("`id` bigint NOT NULL AUTO_INCREMENT,"));
  EXPECT_THAT(sql(kP, from_postgres, kS), HasSubstr("\"id\" INTEGER PRIMARY KEY AUTOINCREMENT"));
  EXPECT_THAT(sql(kP, from_postgres, kP),
              HasSubstr("\"id\" bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,"));
  Column rowid = column("id", kDynamic, "INTEGER");
  rowid.identity = IdentityKind::kRowid;
  EXPECT_THAT(sql(kS, table({rowid}, {"id"}), kP),
              HasSubstr("\"id\" bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,"));
}

TEST(TableScript, AnUnsignedIdentityIsABigintInPostgres) {
  Column id = column("id", kInteger, "bigint unsigned", 64);
  id.type.is_unsigned = true;
  id.identity = IdentityKind::kAutoincrement;
  const TableScript made = make(kM, table({id}, {"id"}), kP);
  EXPECT_THAT(made.sql, HasSubstr("\"id\" bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY"));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "type");
}

TEST(TableScript, AnIdentityOutsideTheKeyGetsAKeyInMysql) {
  Column id = column("n", kInteger, "integer", 32);
  id.identity = IdentityKind::kByDefault;
  const Table source = table({column("a", kInteger, "integer", 32), id}, {"a"});
  EXPECT_THAT(sql(kP, source, kM), HasSubstr("AUTO_INCREMENT,\n  PRIMARY KEY (`a`),\n  KEY (`n`)"));
  const TableScript sqlite = make(kP, source, kS);
  EXPECT_THAT(sqlite.sql, Not(HasSubstr("AUTOINCREMENT")));
  ASSERT_EQ(sqlite.warnings.size(), 1U);
  EXPECT_EQ(sqlite.warnings[0].type, "column");
}

struct DefaultCase {
  Engine from;
  Column column;
  Engine to;
  std::string expected;  ///< Behind DEFAULT; "-" for none.
};

TEST(TableScript, TranslatesSimpleDefaults) {
  const Column pg_int = column("c", kInteger, "integer", 32);
  const Column pg_text = column("c", kText, "text");
  const Column pg_bool = column("c", kBoolean, "boolean");
  const Column pg_array = column("c", kArray, "text[]");
  const Column pg_bytes = column("c", kBytes, "bytea");
  Column pg_bits = column("c", kBit, "bit(3)");
  pg_bits.type.length = 3;
  const Column pg_time = column("c", kTimestamp, "timestamp without time zone");
  const Column my_int = column("c", kInteger, "int(11)", 32);
  Column my_time = column("c", kTimestamp, "datetime");
  my_time.type.precision = 0;
  Column my_bit = column("c", kBit, "bit(1)");
  my_bit.type.length = 1;
  Column my_bits = column("c", kBit, "bit(8)");
  my_bits.type.length = 8;
  Column my_long_bits = column("c", kBit, "bit(64)");
  my_long_bits.type.length = 64;
  const Column my_moment = column("c", kTimestampTz, "timestamp");
  const Column my_decimal = column("c", kDecimal, "decimal(5,2)");
  const std::vector<DefaultCase> cases = {
      {kP, with_default(pg_int, "0"), kM, "0"},
      {kP, with_default(pg_int, "'-1'::integer"), kM, "-1"},
      {kP, with_default(pg_int, "('-1'::integer)"), kS, "-1"},
      {kP, with_default(pg_text, "'it''s'::text"), kM, "('it''s')"},
      {kP, with_default(pg_text, "''::text"), kS, "''"},
      {kP, with_default(pg_text, "NULL::character varying"), kS, "-"},
      {kP, with_default(pg_bool, "true"), kM, "1"},
      {kP, with_default(pg_bool, "false"), kS, "0"},
      {kP, with_default(pg_array, "'{}'::text[]"), kM, "('[]')"},
      {kP, with_default(pg_array, "'{}'::text[]"), kS, "'[]'"},
      {kP, with_default(pg_array, "'{a,b}'::text[]"), kS, "-"},
      {kP, with_default(pg_bytes, "'\\x01ff'::bytea"), kM, "(x'01ff')"},
      {kP, with_default(pg_bytes, "'\\x01ff'::bytea"), kS, "x'01ff'"},
      {kP, with_default(pg_bits, "'101'::\"bit\""), kM, "b'101'"},
      {kP, with_default(pg_time, "now()"), kM, "CURRENT_TIMESTAMP(6)"},
      {kP, with_default(pg_time, "CURRENT_TIMESTAMP"), kS, "CURRENT_TIMESTAMP"},
      {kM, with_default(my_time, "current_timestamp()"), kP, "CURRENT_TIMESTAMP"},
      {kM, with_default(my_time, "'0000-00-00 00:00:00'"), kP, "-"},
      {kM, with_default(my_time, "'2001-02-03 00:00:00'"), kP, "'2001-02-03 00:00:00'"},
      {kM, with_default(my_int, "5"), kP, "5"},
      {kM, with_default(my_int, "'5'"), kP, "5"},
      {kM, with_default(my_decimal, "0.50"), kP, "0.50"},
      {kM, with_default(my_bit, "b'1'"), kP, "TRUE"},
      {kM, with_default(my_bit, "b'1'"), kS, "1"},
      // PostgreSQL refuses rows whose default is shorter than its type.
      {kM, with_default(my_bits, "b'101'"), kP, "b'00000101'"},
      {kM, with_default(my_bits, "b'101'"), kS, "5"},
      {kM, with_default(my_long_bits, "b'1'"), kS, "'" + std::string(63, '0') + "1'"},
      {kM, with_default(my_moment, "'2001-02-03 04:05:06'"), kP, "'2001-02-03 04:05:06+00'"},
      {kS, with_default(column("c", kDynamic, "INTEGER"), "0"), kP, "0"},
      {kS, with_default(column("c", kDynamic, "TEXT"), "\"hello\""), kP, "'hello'"},
      {kS, with_default(column("c", kDynamic, "VARCHAR"), "'a'"), kM, "('a')"},
      {kS, with_default(column("c", kDynamic, "DATETIME"), "CURRENT_TIMESTAMP"), kM,
       "CURRENT_TIMESTAMP(6)"},
      {kS, with_default(column("c", kDynamic, "BOOLEAN"), "1"), kP, "TRUE"},
  };
  for (const DefaultCase& one : cases) {
    const TableScript made = make(one.from, table({one.column}), one.to);
    const std::size_t at = made.sql.find(" DEFAULT ");
    const std::size_t end = made.sql.find('\n', at);
    const bool none = at == std::string::npos || at > made.sql.find("\n)");
    const std::string found = none ? "-" : made.sql.substr(at + 9, end - at - 9);
    EXPECT_EQ(found, one.expected) << *one.column.default_sql << " to " << to_string(one.to);
  }
}

TEST(TableScript, SaysWhichDefaultsItDrops) {
  const Column source = with_default(column("c", kText, "text"), "session_word()");
  const TableScript made = make(kP, table({source}), kM);
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "default");
  EXPECT_EQ(made.warnings[0].name, "t.c");
  EXPECT_THAT(made.warnings[0].message, HasSubstr("session_word()"));
}

TEST(TableScript, DefaultsThatAreCalculatedAreTranslated) {
  const Table source = table({with_default(column("c", kUuid, "uuid"), "gen_random_uuid()"),
                              with_default(column("d", kText, "text"), "upper('a'::text)")});
  EXPECT_THAT(sql(kP, source, kM), HasSubstr("DEFAULT (uuid())"));
  EXPECT_THAT(sql(kP, source, kS), HasSubstr("DEFAULT (upper('a'))"));
}

TEST(TableScript, ChecksAndGeneratedColumnsAreTranslated) {
  Column name = column("name", kText, "varchar(20)");
  name.type.length = 20;
  name.collation = "utf8mb4_bin";
  Column size = column("size", kInteger, "int", 32);
  size.generated = GeneratedKind::kVirtual;
  size.generated_sql = "char_length(`name`)";
  Table source = table({name, size});
  source.checks.push_back({"", "(`name` <> _utf8mb4\\'x\\')", true});
  source.checks.push_back({"odd", "json_valid(`name`)", true});
  const TableScript made = make(kM, source, kP);
  EXPECT_THAT(made.sql,
              HasSubstr("\"size\" integer GENERATED ALWAYS AS (char_length(\"name\")) STORED"));
  EXPECT_THAT(made.sql, HasSubstr("CHECK (\"name\" <> 'x')"));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].name, "odd");
  EXPECT_THAT(made.warnings[0].message, HasSubstr("json_valid() has no translation"));
}

TEST(TableScript, GeneratedColumnsBecomePlainOnes) {
  Column sum = column("sum", kInteger, "integer", 32);
  sum.generated = GeneratedKind::kStored;
  sum.generated_sql = "(a + b)";
  const TableScript made = make(kP, table({sum}), kM);
  EXPECT_THAT(made.sql, HasSubstr("`sum` int\n"));
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].type, "column");
  EXPECT_THAT(sql(kP, table({sum}), kP), HasSubstr("GENERATED ALWAYS AS ((a + b)) STORED"));
}

TEST(TableScript, LabelsBecomeACheckWhereThereIsNoEnum) {
  Column mood = column("mood", kEnum, "enum('a','it''s')");
  mood.type.labels = {"a", "it's"};
  EXPECT_THAT(sql(kM, table({mood}), kP), HasSubstr("CHECK (\"mood\" IN ('a', 'it''s'))"));
  EXPECT_THAT(sql(kM, table({mood}), kS), HasSubstr("CHECK (\"mood\" IN ('a', 'it''s'))"));
}

TEST(TableScript, Case87And88LongNamesAreCutAndStayApart) {
  const std::string name(70, 'n');
  const Table source =
      table({column(name + "1", kText, "text"), column(name + "2", kText, "text")});
  const TableScript made = make(kS, source, kP);
  EXPECT_EQ(made.columns[0].size(), 63U);
  EXPECT_NE(made.columns[0], made.columns[1]);
  EXPECT_EQ(made.warnings.size(), 2U);
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "é";
  EXPECT_EQ(fitting_identifier(umlauts, kM), umlauts);
  EXPECT_LE(fitting_identifier(umlauts, kP).size(), 63U);
  EXPECT_EQ(fitting_identifier(umlauts + "x", kM).size(), 2 * 55U + 9U);
}

TEST(TableScript, Case89And90NamesThatAnEngineWouldConfuse) {
  const Table source = table({column("x", kText, "text"), column("X", kText, "text")});
  EXPECT_EQ(make(kP, source, kM).columns, (std::vector<std::string>{"x", "X_2"}));
  EXPECT_EQ(make(kP, source, kS).columns, (std::vector<std::string>{"x", "X_2"}));
  EXPECT_EQ(make(kP, source, kP).columns, (std::vector<std::string>{"x", "X"}));
  const std::string emoji = fitting_identifier("a😀", kM);
  EXPECT_EQ(emoji.substr(0, 2), "a_");
  EXPECT_NE(emoji, fitting_identifier("a😁", kM));
}

TEST(TableScript, Case101TextKeysGetALengthInMysql) {
  Column name = column("name", kText, "text");
  Column code = column("code", kText, "text");
  const TableScript one = make(kP, table({name}, {"name"}), kM);
  EXPECT_THAT(one.sql, HasSubstr("`name` varchar(768) NOT NULL"));
  ASSERT_EQ(one.warnings.size(), 1U);
  EXPECT_THAT(sql(kP, table({name, code}, {"name", "code"}), kM),
              HasSubstr("`name` varchar(384) NOT NULL,\n  `code` varchar(384) NOT NULL"));
  // An index may take the beginning of a text: its column stays as long as it was.
  Table indexed = table({name});
  indexed.indexes.emplace_back().parts.emplace_back().column = "name";
  EXPECT_THAT(sql(kP, indexed, kM), HasSubstr("`name` longtext"));
}

TEST(TableScript, LengthsThatSqliteDoesNotKeepToShareAKeyToo) {
  Column code = column("code", kDynamic, "char(3)");
  code.type.length = 3;
  Column name = column("name", kDynamic, "char(30)");
  name.type.length = 30;
  const Table source = table({code, name}, {"code", "name"});
  TableScriptOptions options;
  options.target = {kM, false};
  options.name = source.name;
  ColumnProfile values;
  values.rows = values.texts = 500;
  values.longest_text = 3;
  options.profiles = {{"code", values}, {"name", values}};
  EXPECT_THAT(make_table_sql(kS, source, options).sql,
              HasSubstr("`code` varchar(3) NOT NULL,\n  `name` varchar(30) NOT NULL"));
  options.profiles["code"].sampled = options.profiles["name"].sampled = true;
  EXPECT_THAT(make_table_sql(kS, source, options).sql,
              HasSubstr("`code` varchar(384) NOT NULL,\n  `name` varchar(384) NOT NULL"));
}

TEST(TableScript, Case102WideRowsGiveTheirLongestTextsAway) {
  Column wide = column("a", kText, "character varying(10000)");
  wide.type.length = 10000;
  Column other = wide;
  other.name = "b";
  const TableScript made = make(kP, table({wide, other}), kM);
  EXPECT_THAT(made.sql, HasSubstr("`a` longtext,\n  `b` varchar(10000)"));
  EXPECT_EQ(made.warnings.size(), 1U);
}

TEST(TableScript, OneEngineKeepsWhatItsTableSays) {
  Column name = column("name", kText, "varchar(9)");
  name.type.length = 9;
  name.type.charset = "latin1";
  name.collation = "latin1_bin";
  Column changed = column("changed", kTimestampTz, "timestamp(3)");
  changed.default_sql = "current_timestamp(3)";
  changed.on_update = "current_timestamp(3)";
  Table source = table({name, changed});
  source.checks.push_back({"longer", "char_length(`name`) > 2", true});
  source.collation = "utf8mb4_general_ci";
  EXPECT_EQ(
      sql(kM, source, kM),
      "CREATE TABLE `t` (\n  `name` varchar(9) CHARACTER SET latin1 COLLATE latin1_bin,\n"
      "  `changed` timestamp(3) NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),\n"
      "  CONSTRAINT `longer` CHECK (char_length(`name`) > 2)\n) ENGINE=InnoDB DEFAULT "
      "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
}

TEST(TableScript, ANewSchemaIsMadeBeforeItsTables) {
  Schema schema;
  schema.engine = kP;
  schema.tables.push_back(table({column("a", kText, "text")}));
  ScriptOptions options;
  options.rename = [](const TableName& name) { return TableName{"app", name.name}; };
  const SchemaScript made = make_schema_script(schema, kP, options);
  ASSERT_EQ(made.tables.size(), 2U);
  EXPECT_EQ(made.tables[0].sql, "CREATE SCHEMA IF NOT EXISTS \"app\"");
  EXPECT_THAT(made.tables[1].sql, HasSubstr("CREATE TABLE \"app\".\"t\""));
  EXPECT_EQ(made.tables[1].table.name, "t");
}

}  // namespace
}  // namespace crossload::dialect
