#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/table_script.h"

#include "translate.h"

namespace crossload::dialect {
namespace {

using enum TypeKind;
using ::testing::HasSubstr;

constexpr Engine kP = Engine::kPostgres;
constexpr Engine kM = Engine::kMysql;
constexpr Engine kS = Engine::kSqlite;

Column column(const std::string& name, TypeKind kind, const std::string& declared) {
  Column made;
  made.name = name;
  made.type.kind = kind;
  made.type.declared = declared;
  return made;
}

/// One table with a column of each kind, as its engine declares them.
Table sample_table(Engine engine) {
  Table table;
  table.name.name = "t";
  const bool lite = engine == kS;
  const bool my = engine == kM;
  const auto kind = [&](TypeKind of_others) { return lite ? kDynamic : of_others; };
  table.columns.push_back(column("id", kind(kInteger), lite ? "INTEGER" : my ? "int" : "integer"));
  table.columns.push_back(column("n", kind(kInteger), lite ? "INTEGER" : my ? "int" : "integer"));
  table.columns.push_back(column("price", kind(kDecimal),
                                 my     ? "decimal(10,2)"
                                 : lite ? "REAL"
                                        : "numeric(10,2)"));
  table.columns.push_back(column("ratio", kind(kFloat64),
                                 lite ? "REAL"
                                 : my ? "double"
                                      : "double precision"));
  table.columns.push_back(column("name", kind(kText), my ? "varchar(50)" : "text"));
  table.columns.push_back(column("Code", kind(kText), my ? "varchar(50)" : "text"));
  table.columns.push_back(column("day", kind(kDate), lite ? "DATE" : "date"));
  table.columns.push_back(column("at", kind(kTimestamp),
                                 lite ? "DATETIME"
                                 : my ? "datetime"
                                      : "timestamp"));
  if (lite) table.columns.push_back(column("mixed", kDynamic, "DATETIME"));
  table.columns.push_back(
      column("live", my ? kBoolean : kind(kBoolean), my ? "tinyint(1)" : "boolean"));
  if (!lite) table.columns.push_back(column("doc", kJson, my ? "json" : "jsonb"));
  for (Column& each : table.columns) {
    if (each.type.kind == kInteger) each.type.bits = 32;
    if (each.type.kind == kDecimal) {
      each.type.precision = 10;
      each.type.scale = 2;
    }
    if (each.type.kind == kText && my) each.collation = "utf8mb4_bin";
    if (each.type.kind == kTimestamp) each.type.precision = 0;
  }
  table.columns[0].nullable = false;
  table.columns[1].nullable = false;
  table.primary_key = {"id"};
  return table;
}

ColumnProfile of_dates() {
  ColumnProfile profile;
  profile.rows = profile.texts = profile.dates = 10;
  profile.longest_text = 10;
  profile.moment_form.add("2020-12-31");
  return profile;
}

ColumnProfile of_moments() {
  ColumnProfile profile;
  profile.rows = profile.texts = profile.timestamps = 10;
  profile.longest_text = 19;
  profile.moment_form.add("2020-12-31 23:59:59");
  return profile;
}

ColumnProfile of_mixed_moments() {
  ColumnProfile profile = of_moments();
  profile.moment_form.add("2020-12-31T23:59:59");
  return profile;
}

ColumnProfile of_flags() {
  ColumnProfile profile;
  profile.rows = profile.integers = 10;
  profile.largest_integer = 1;
  return profile;
}

Translation translate(Engine from, Engine to, const std::string& sql,
                      ExpressionUse use = ExpressionUse::kValue) {
  const Table table = sample_table(from);
  TableScriptOptions options;
  options.target = {to, false};
  options.name = table.name;
  if (from == kS) {
    options.profiles = {{"day", of_dates()},
                        {"at", of_moments()},
                        {"mixed", of_mixed_moments()},
                        {"live", of_flags()}};
  }
  const TableScript made = make_table_sql(from, table, options);
  const KnownTable known = known_table(from, table, table.name, made.columns, made.types);
  TranslationContext context;
  context.source = from;
  context.target = {to, false};
  context.table = &known;
  return translate_expression(sql, context, use);
}

std::string value(Engine from, Engine to, const std::string& sql) {
  const Translation made = translate(from, to, sql);
  return made.sql ? *made.sql : "- " + made.reason;
}

std::string condition(Engine from, Engine to, const std::string& sql) {
  const Translation made = translate(from, to, sql, ExpressionUse::kCondition);
  return made.sql ? *made.sql : "- " + made.reason;
}

struct Case {
  Engine from;
  Engine to;
  const char* sql;
  const char* made;  ///< "- reason" where it is refused.
};

void check(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    EXPECT_EQ(value(each.from, each.to, each.sql), each.made)
        << to_string(each.from) << " to " << to_string(each.to) << ": " << each.sql;
  }
}

void check_conditions(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    EXPECT_EQ(condition(each.from, each.to, each.sql), each.made)
        << to_string(each.from) << " to " << to_string(each.to) << ": " << each.sql;
  }
}

TEST(TranslateExpression, TextsArePutTogether) {
  check({{kS, kP, "name || '-' || \"Code\"", "\"name\" || '-' || \"Code\""},
         {kS, kM, "name || '-' || \"Code\"", "CONCAT(`name`, '-', `Code`)"},
         {kP, kM, "name || n", "CONCAT(`name`, CAST(`n` AS CHAR))"},
         {kP, kS, "concat(name, 'x', n)", "COALESCE(\"name\", '') || 'x' || CAST(\"n\" AS TEXT)"},
         {kP, kM, "concat(name, 'x')", "CONCAT(COALESCE(`name`, ''), 'x')"},
         {kM, kP, "concat(name, ' ', n)", "\"name\" || ' ' || CAST(\"n\" AS text)"},
         {kM, kS, "concat(name, _utf8mb4' ', n)", "\"name\" || ' ' || CAST(\"n\" AS TEXT)"},
         {kM, kP, "concat_ws(', ', name, Code)", "CONCAT_WS(', ', \"name\", \"Code\")"},
         {kS, kP, "ratio || 'x'", "- the text of float has no translation"}});
}

TEST(TranslateExpression, WholeNumbersDivideAsInTheSource) {
  check({{kS, kP, "n / 2", "\"n\" / 2"},
         {kS, kM, "n / 2", "`n` DIV 2"},
         {kP, kM, "n / 2", "`n` DIV 2"},
         {kS, kP, "n / id", "\"n\" / NULLIF(\"id\", 0)"},
         {kM, kP, "n / 2", "ROUND(CAST(\"n\" AS numeric) / 2, 4)"},
         {kM, kS, "n / 2", "ROUND(CAST(\"n\" AS REAL) / 2, 4)"},
         {kM, kP, "price / n", "ROUND(CAST(\"price\" AS numeric) / NULLIF(\"n\", 0), 6)"},
         {kM, kP, "n DIV 2", "\"n\" / 2"},
         {kM, kS, "n MOD 3", "\"n\" % 3"},
         {kS, kP, "ratio / n * 2", "(\"ratio\" / NULLIF(\"n\", 0)) * 2"},
         {kM, kP, "ratio / n", "\"ratio\" / NULLIF(\"n\", 0)"}});
}

TEST(TranslateExpression, TruthIsANumberWhereItWasOne) {
  check({{kM, kP, "n > 1", "CAST(\"n\" > 1 AS integer)"},
         {kP, kM, "n > 1", "`n` > 1"},
         {kM, kP, "IF(live, 'yes', 'no')", "CASE WHEN \"live\" THEN 'yes' ELSE 'no' END"},
         {kM, kP, "IF(n, 'yes', 'no')", "CASE WHEN \"n\" <> 0 THEN 'yes' ELSE 'no' END"},
         {kM, kP, "live + 1", "CAST(\"live\" AS integer) + 1"},
         {kP, kS, "live AND n = 1", "\"live\" AND \"n\" = 1"},
         {kP, kS, "live IS NOT TRUE", "\"live\" IS NOT TRUE"},
         {kP, kM, "live = 't'", "`live` = TRUE"}});
  EXPECT_EQ(condition(kM, kP, "n > 1 AND NOT (live OR n)"),
            "\"n\" > 1 AND NOT (\"live\" OR \"n\" <> 0)");
  EXPECT_EQ(condition(kM, kP, "live = 1"), "\"live\" = TRUE");
  EXPECT_EQ(condition(kM, kP, "live = 2"), "CAST(\"live\" AS integer) = 2");
}

TEST(TranslateExpression, PatternsFoldLettersAsInTheSource) {
  check({{kP, kS, "name LIKE 'a%_'", "\"name\" GLOB 'a*?'"},
         {kP, kS, "name LIKE '1*[%'", "\"name\" GLOB '1[*][[]*'"},
         {kP, kM, "name ~~ 'a\\%%'", "`name` LIKE _utf8mb4 x'615c2525'"},
         {kP, kS, "name ILIKE 'a%'", "\"name\" LIKE 'a%'"},
         {kP, kM, "name NOT ILIKE 'a%'", "LOWER(`name`) NOT LIKE LOWER('a%')"},
         {kS, kM, "name LIKE '%1%'", "`name` LIKE '%1%'"},
         {kS, kP, "name GLOB 'A*'", "CAST(\"name\" LIKE 'A%' AS integer)"},
         {kS, kP, "name GLOB '[a-z]*'", "- GLOB '[a-z]*' has no translation"},
         {kP, kM, "name ~ '^[a-z]+$'", "`name` REGEXP '^[a-z]+$'"},
         {kM, kP, "name REGEXP '^[a-z]+$'", "CAST(\"name\" ~ '^[a-z]+$' AS integer)"},
         {kP, kS, "name ~ '^a'", "- a regular expression has no translation"}});
  EXPECT_EQ(condition(kS, kP, "name LIKE 'a%'"), "\"name\" COLLATE \"C\" ILIKE 'a%'");
  EXPECT_EQ(condition(kS, kP, "name NOT LIKE 'a%'"), "\"name\" COLLATE \"C\" NOT ILIKE 'a%'");
}

TEST(TranslateExpression, PostgresPrintsCastsThatOthersDoNotNeed) {
  check({{kP, kM, "(name)::text = 'a'::text", "`name` = 'a'"},
         {kP, kS, "(name)::text = ANY (ARRAY['a'::text, ('b'::character varying)::text])",
          "\"name\" IN ('a', 'b')"},
         {kP, kM, "name <> ALL ((ARRAY['a'::character varying, 'b'])::text[])",
          "`name` NOT IN ('a', 'b')"},
         {kP, kM, "price::integer", "CAST(`price` AS SIGNED)"},
         {kS, kP, "CAST(ratio AS INTEGER)", "CAST(TRUNC(\"ratio\") AS bigint)"},
         {kP, kM, "price >= (0)::numeric", "`price` >= 0"},
         {kP, kM, "'2020-01-02'::date", "DATE '2020-01-02'"},
         {kP, kS, "at::date", "DATE(\"at\")"}});
}

TEST(TranslateExpression, FunctionsHaveOtherNames) {
  check({{kM, kP, "char_length(name)", "char_length(\"name\")"},
         {kM, kS, "length(name)", "length(CAST(\"name\" AS BLOB))"},
         {kS, kM, "length(name)", "CHAR_LENGTH(`name`)"},
         {kM, kP, "locate('a', name)", "strpos(\"name\", 'a')"},
         {kS, kM, "instr(name, 'a')", "LOCATE('a', `name`)"},
         {kM, kS, "ifnull(name, '')", "COALESCE(\"name\", '')"},
         {kP, kM, "substring(name FROM 2 FOR 3)", "substr(`name`, 2, 3)"},
         {kM, kP, "substr(name, -1)",
          "- substr() from a place before the first character has no translation"},
         {kS, kP, "max(n, id)", "GREATEST(\"n\", \"id\")"},
         {kS, kP, "max(price, n)",
          "CASE WHEN \"price\" IS NULL THEN NULL ELSE GREATEST(\"price\", \"n\") END"},
         {kP, kS, "left(name, 2)", "substr(\"name\", 1, 2)"},
         {kM, kP, "isnull(name)", "CAST(\"name\" IS NULL AS integer)"},
         {kP, kM, "btrim(name, '-')", "TRIM(BOTH '-' FROM `name`)"},
         {kM, kS, "nullif(n, 0)", "NULLIF(\"n\", 0)"},
         {kS, kP, "hello(n)", "- the function hello() has no translation"},
         {kP, kM, "nextval('s'::regclass)", "- the function nextval() has no translation"}});
}

TEST(TranslateExpression, TheFirstOfOneValueIsTheValue) {
  check({{kM, kS, "COALESCE(n) + 1", "\"n\" + 1"},
         {kP, kS, "coalesce(n + 1) * 2", "(\"n\" + 1) * 2"}});
}

TEST(TranslateExpression, TextsOutOfJson) {
  check(
      {{kP, kM, "doc #>> '{payee,id}'::text[]",
        "IF(JSON_TYPE(JSON_EXTRACT(`doc`, '$.payee.id')) = 'NULL', NULL, "
        "JSON_UNQUOTE(JSON_EXTRACT(`doc`, '$.payee.id')))"},
       {kP, kS, "(doc -> 'a'::text) ->> 'b c'",
        "CASE json_type(\"doc\", '$.a.\"b c\"') WHEN 'null' THEN NULL WHEN 'text' THEN \"doc\" ->> "
        "'$.a.\"b c\"' ELSE \"doc\" -> '$.a.\"b c\"' END"},
       {kM, kS, "doc->>'$.a'",
        "CASE json_type(\"doc\", '$.a') WHEN 'text' THEN \"doc\" ->> '$.a' ELSE \"doc\" -> '$.a' "
        "END"},
       {kM, kP, "json_unquote(json_extract(doc, '$.a.b'))",
        "CASE jsonb_typeof(CAST(\"doc\" AS jsonb) #> '{a,b}') WHEN 'null' THEN 'null' ELSE \"doc\" "
        "#>> '{a,b}' END"},
       {kP, kM, "doc #>> '{null}'", "- the operator #>> has no translation"},
       {kP, kM, "doc #>> '{list,0}'", "- the operator #>> has no translation"},
       {kP, kM, "doc ->> 0", "- the operator ->> has no translation"},
       {kP, kM, "doc -> 'a'", "- the operator -> has no translation"},
       {kM, kP, "doc->>'$.a[0]'", "- the operator ->> has no translation"},
       {kM, kP, "doc->>'$.\"0\"'", "- the operator ->> has no translation"},
       {kP, kM, "name ->> 'a'", "- the operator ->> has no translation"}});
}

TEST(TranslateExpression, DatesAndTheirParts) {
  check({{kM, kP, "year(day)", "CAST(EXTRACT(YEAR FROM \"day\") AS integer)"},
         {kM, kS, "year(day)", "CAST(strftime('%Y', \"day\") AS INTEGER)"},
         {kP, kM, "extract(month from at)", "MONTH(`at`)"},
         {kP, kS, "date_part('dow', at)", "CAST(strftime('%w', \"at\") AS INTEGER)"},
         {kM, kP, "date_format(at, '%Y-%m-%dT%H:%i')", "to_char(\"at\", 'YYYY-MM-DD\"T\"HH24:MI')"},
         {kP, kS, "to_char(at, 'YYYY-MM')", "strftime('%Y-%m', \"at\")"},
         {kS, kM, "strftime('%Y', at)", "DATE_FORMAT(`at`, '%Y')"},
         {kS, kP, "strftime('%s', at)",
          "CAST(CAST(FLOOR(EXTRACT(EPOCH FROM \"at\")) AS bigint) AS text)"},
         {kS, kP, "strftime('%s', day) * 2",
          "CAST(FLOOR(EXTRACT(EPOCH FROM \"day\")) AS bigint) * 2"},
         {kS, kP, "CAST(strftime('%s', at) AS INTEGER)",
          "CAST(FLOOR(EXTRACT(EPOCH FROM \"at\")) AS bigint)"},
         {kS, kM, "strftime('%s', at)",
          "CAST(TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', `at`) AS CHAR)"},
         {kS, kM, "strftime('%s', 'now') * 1000",
          "TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP()) * 1000"},
         {kS, kP, "strftime('%s', at) > 5",
          "- the comparison of a text with a number has no "
          "translation"},
         {kS, kP, "unixepoch('now')",
          "CAST(FLOOR(EXTRACT(EPOCH FROM (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'))) AS bigint)"},
         {kM, kS, "UNIX_TIMESTAMP()", "CAST(strftime('%s', 'now') AS INTEGER)"},
         {kM, kS, "UNIX_TIMESTAMP(at)", "- the function unix_timestamp() has no translation"},
         {kP, kM, "date_trunc('month', at)",
          "CAST(DATE_FORMAT(`at`, '%Y-%m-01 00:00:00') AS DATETIME)"},
         {kS, kP, "datetime('now')", "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')"},
         {kS, kM, "CURRENT_TIMESTAMP", "UTC_TIMESTAMP()"},
         {kP, kS, "day >= '2020-01-02'", "\"day\" >= '2020-01-02'"},
         {kP, kS, "at >= '2020-01-02'", "\"at\" >= '2020-01-02 00:00:00'"},
         {kP, kS, "at > day", "\"at\" > \"day\" || ' 00:00:00'"},
         {kS, kP, "at BETWEEN '2020-01-02 00:00:00' AND '2020-02-01 00:00:00'",
          "CAST(\"at\" BETWEEN '2020-01-02 00:00:00' AND '2020-02-01 00:00:00' AS integer)"}});
}

TEST(TranslateExpression, MomentsBeforeAndAfterOthers) {
  check(
      {{kP, kM, "at - '1 year 2 days'::interval", "`at` - INTERVAL 12 MONTH - INTERVAL 2 DAY"},
       {kP, kM, "day - interval '1 week'", "CAST(`day` AS DATETIME) - INTERVAL 7 DAY"},
       {kP, kS, "day - '7 days'::interval", "datetime(\"day\", '-7 days')"},
       {kP, kS, "at + '01:30:00'::interval", "datetime(\"at\", '+90 minutes')"},
       {kP, kS, "now() - interval '1 day'",
        "strftime('%Y-%m-%d %H:%M:%f+00:00', strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'), '-1 "
        "days')"},
       {kP, kS, "at + interval '1 mon'",
        "- an interval of months, which SQLite counts past the end of a month, has no translation"},
       {kP, kM, "at + 'P1M-3DT4H5M'::interval",
        "`at` + INTERVAL 1 MONTH - INTERVAL 3 DAY + INTERVAL 245 MINUTE"},
       {kP, kM, "at + 'PT1.5S'::interval", "- INTERVAL 'PT1.5S' has no translation"},
       {kP, kM, "at + interval '1.5 days'", "- INTERVAL '1.5 days' has no translation"},
       {kP, kM, "day + n", "`day` + INTERVAL `n` DAY"},
       {kP, kS, "day - n", "date(\"day\", (-(\"n\")) || ' days')"},
       {kP, kM, "day - '2020-01-01'::date", "DATEDIFF(`day`, DATE '2020-01-01')"},
       {kM, kP, "day + INTERVAL 1 MONTH", "CAST(\"day\" + INTERVAL '1 months' AS date)"},
       {kM, kP, "date_sub(at, INTERVAL 90 SECOND)", "\"at\" + INTERVAL '-90 seconds'"},
       {kM, kS, "day - INTERVAL 1 WEEK", "date(\"day\", '-7 days')"},
       {kM, kS, "day + INTERVAL 1 HOUR", "datetime(\"day\", '+1 hours')"},
       {kM, kP, "at + INTERVAL n DAY",
        "- INTERVAL of what is no whole constant has no translation"},
       {kM, kP, "to_days(at)", "(CAST(\"at\" AS date) - DATE '0001-01-01' + 366)"},
       {kM, kS, "to_days(day)", "CAST(julianday(\"day\") - 1721059.5 AS INTEGER)"},
       {kS, kP, "date('now', '-7 days')",
        "CAST(CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS date) + INTERVAL '-7 days' AS date)"},
       {kS, kM, "datetime(at, '+1 hour')", "`at` + INTERVAL 1 HOUR"},
       {kS, kM, "date(at, '+1 month')", "- date() with '+1 month' has no translation"},
       {kS, kM, "datetime(mixed, '+1 hour')", "- the function datetime() has no translation"},
       {kS, kP, "strftime('%Y', 'now')", "to_char((CURRENT_TIMESTAMP AT TIME ZONE 'UTC'), 'YYYY')"},
       {kS, kM, "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
        "CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')"},
       {kP, kM, "timezone('UTC'::text, now())", "UTC_TIMESTAMP(6)"},
       {kP, kM, "now() AT TIME ZONE 'CET'", "- another time zone than UTC has no translation"}});
}

TEST(TranslateExpression, TextsAreFilledAndCut) {
  check({{kP, kM, "lpad(name, 5)", "LPAD(`name`, 5, ' ')"},
         {kP, kS, "rpad(name, 3, 'é')", "substr(\"name\" || 'ééé', 1, 3)"},
         {kM, kS, "lpad(name, 3, 'ab')",
          "CASE WHEN length(\"name\") >= 3 THEN substr(\"name\", 1, 3) ELSE substr('abab', 1, 3 - "
          "length(\"name\")) || \"name\" END"},
         {kM, kS, "lpad(name, n, 'a')", "- the function lpad() has no translation"},
         {kP, kS, "repeat(name, n)",
          "CASE WHEN \"n\" IS NOT NULL THEN replace(hex(zeroblob(\"n\")), '00', \"name\") END"},
         {kM, kS, "concat_ws(', ', name, n)",
          "substr(COALESCE(', ' || \"name\", '') || ', ' || CAST(\"n\" AS TEXT), 3)"},
         {kP, kM, "split_part(name, '-', 1)", "SUBSTRING_INDEX(`name`, '-', 1)"},
         {kM, kS, "substring_index(name, '-', 1)",
          "CASE WHEN instr(\"name\", '-') > 0 THEN substr(\"name\", 1, instr(\"name\", '-') - 1) "
          "ELSE \"name\" END"},
         {kM, kP, "substring_index(name, '-', -1)",
          "- substring_index() of another part than the first has no translation"}});
}

// What SQLite compares as texts of different forms is compared as texts elsewhere too.
TEST(TranslateExpression, SpellsMomentsAsSqliteDoes) {
  check_conditions(
      {{kS, kP, "day > '2020-01-02 00:00:00'",
        "to_char(CAST(\"day\" AS timestamp), 'YYYY-MM-DD') COLLATE \"C\" > '2020-01-02 00:00:00'"},
       {kS, kM, "at <= '2020-01-02'",
        "CAST(DATE_FORMAT(`at`, '%Y-%m-%d %H:%i:%s') AS BINARY) <= '2020-01-02'"},
       {kS, kP, "at BETWEEN '2020-01-02 00:00:00' AND '2020-02-01'",
        "\"at\" >= '2020-01-02 00:00:00' AND to_char(CAST(\"at\" AS timestamp), "
        "'YYYY-MM-DD HH24:MI:SS') COLLATE \"C\" <= '2020-02-01'"},
       {kS, kM, "at > day",
        "CAST(DATE_FORMAT(`at`, '%Y-%m-%d %H:%i:%s') AS BINARY) > CAST(DATE_FORMAT(`day`, "
        "'%Y-%m-%d') AS BINARY)"},
       {kS, kP, "CASE WHEN \"n\" > 1 THEN at ELSE at END > '2020-01-02 00:00:00'",
        "CASE WHEN \"n\" > 1 THEN \"at\" ELSE \"at\" END > '2020-01-02 00:00:00'"},
       {kS, kM, "at > CURRENT_TIMESTAMP", "`at` > UTC_TIMESTAMP()"}});
}

TEST(TranslateExpression, RefusesMomentsOfSeveralForms) {
  constexpr const char* kComparison =
      "- the comparison of dates or times, which SQLite takes for texts and which are not known to "
      "be of one form, has no translation";
  check_conditions({{kS, kP, "mixed > '2020-01-02 00:00:00'", kComparison},
                    {kS, kM, "mixed = at", kComparison},
                    {kS, kM, "nullif(mixed, at)", kComparison},
                    {kS, kP, "mixed IS NULL", "\"mixed\" IS NULL"}});
}

TEST(TranslateExpression, RefusesWhatItDoesNotKnow) {
  check_conditions(
      {{kS, kP, "n = name", "- the comparison of integer with text has no translation"},
       {kM, kP, "name = 5", "- the comparison of a text with a number has no translation"},
       {kM, kP, "a1 + 1", "- the name a1, which is not known, has no translation"},
       {kM, kP, "n XOR 1", "- XOR has no translation"},
       {kM, kP, "@x + 1", "- a session variable has no translation"},
       {kP, kM, "name SIMILAR TO 'a'", "- SIMILAR has no translation"},
       {kP, kM, "n[1]", "- an element of an array has no translation"},
       {kS, kP, "name + ' '", "- + of text has no translation"},
       {kP, kM, "n +", "- the end of the text where more was expected has no translation"},
       {kP, kM, "n IN (1", "- the end of the text where more was expected has no translation"},
       {kS, kP, "'a' 'b'", "- \"b\" has no translation"}});
}

TEST(TranslateExpression, NotesWhereMeaningsDifferAtAnEdge) {
  EXPECT_THAT(translate(kP, kS, "lower(name)").notes,
              ::testing::ElementsAre(HasSubstr("ASCII letters only")));
  EXPECT_THAT(translate(kP, kM, "lower(name)").notes, ::testing::IsEmpty());
}

TEST(TranslateExpression, TextsAreSpelledAsTheTargetReadsThem) {
  check({{kM, kP, "'it\\'s \\\\ \\n'", "E'it''s \\\\ \n'"},
         {kP, kM, "E'a\\tb'", "'a\tb'"},
         {kP, kM, "$$it's$$", "'it''s'"},
         {kM, kS, "x'41'", "x'41'"},
         {kM, kP, "b'101'", "5"}});
}

}  // namespace
}  // namespace crossload::dialect
