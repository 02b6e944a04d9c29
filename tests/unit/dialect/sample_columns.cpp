#include "sample_columns.h"

#include <utility>

namespace crossload::dialect {
namespace {

using enum TypeKind;

SampleColumn sample(TypeKind kind, const std::string& declared) {
  SampleColumn made;
  made.column.type.kind = kind;
  made.column.type.declared = declared;
  return made;
}

SampleColumn integer(const std::string& declared, int bits, bool is_unsigned = false) {
  SampleColumn made = sample(kInteger, declared);
  made.column.type.bits = bits;
  made.column.type.is_unsigned = is_unsigned;
  return made;
}

SampleColumn digits(TypeKind kind, const std::string& declared, int precision,
                    std::optional<int> scale = std::nullopt) {
  SampleColumn made = sample(kind, declared);
  made.column.type.precision = precision;
  made.column.type.scale = scale;
  return made;
}

SampleColumn length(TypeKind kind, const std::string& declared, std::int64_t value) {
  SampleColumn made = sample(kind, declared);
  made.column.type.length = value;
  return made;
}

SampleColumn labels(TypeKind kind, const std::string& declared) {
  SampleColumn made = sample(kind, declared);
  made.column.type.labels = {"a", "it's"};
  return made;
}

SampleColumn array(const std::string& declared, TypeKind element) {
  SampleColumn made = sample(kArray, declared);
  made.column.type.element = element;
  return made;
}

SampleColumn in_key(SampleColumn column, const std::string& words = "in a key") {
  column.use.in_key = true;
  column.values = words;
  return column;
}

SampleColumn holding(const std::string& declared, const std::string& words,
                     const ColumnProfile& profile) {
  SampleColumn made = sample(kDynamic, declared);
  if (declared == "VARCHAR(20)") made.column.type.length = 20;
  if (declared == "DECIMAL(10,2)") {
    made.column.type.precision = 10;
    made.column.type.scale = 2;
  }
  made.use.profile = profile;
  made.values = words;
  return made;
}

std::vector<SampleColumn> postgres_columns() {
  SampleColumn mood = labels(kEnum, "mood");
  mood.column.type.named = "public.mood";
  SampleColumn domain = integer("posint", 32);
  domain.column.type.named = "public.posint";
  return {
      sample(kBoolean, "boolean"),
      integer("smallint", 16),
      integer("integer", 32),
      integer("bigint", 64),
      digits(kDecimal, "numeric(10,2)", 10, 2),
      digits(kDecimal, "numeric(3,-2)", 3, -2),
      digits(kDecimal, "numeric(80,40)", 80, 40),
      sample(kDecimal, "numeric"),
      digits(kDecimal, "money", 19, 2),
      sample(kFloat32, "real"),
      sample(kFloat64, "double precision"),
      length(kText, "character varying(20)", 20),
      length(kText, "character varying(20000)", 20000),
      sample(kText, "text"),
      in_key(sample(kText, "text")),
      length(kText, "character(5)", 5),
      sample(kText, "name"),
      sample(kBytes, "bytea"),
      in_key(sample(kBytes, "bytea")),
      sample(kDate, "date"),
      sample(kTime, "time without time zone"),
      digits(kTime, "time(3) without time zone", 3),
      sample(kOther, "time with time zone"),
      sample(kTimestamp, "timestamp without time zone"),
      digits(kTimestamp, "timestamp(0) without time zone", 0),
      sample(kTimestampTz, "timestamp with time zone"),
      sample(kInterval, "interval"),
      sample(kUuid, "uuid"),
      sample(kJson, "json"),
      sample(kJson, "jsonb"),
      mood,
      domain,
      length(kBit, "bit(1)", 1),
      length(kBit, "bit(8)", 8),
      length(kBit, "bit(70)", 70),
      sample(kBit, "bit varying"),
      array("text[]", kText),
      array("integer[]", kInteger),
      sample(kOther, "inet"),
      sample(kOther, "cidr"),
      sample(kOther, "macaddr"),
      sample(kOther, "oid"),
      sample(kOther, "pg_lsn"),
      sample(kOther, "xml"),
      sample(kOther, "tsvector"),
      sample(kOther, "int4range"),
      sample(kOther, "hstore"),
      sample(kOther, "point"),
      sample(kOther, "polygon"),
      sample(kOther, "box"),
  };
}

std::vector<SampleColumn> mysql_columns() {
  SampleColumn flags = integer("tinyint(1)", 8);
  flags.values = "0, 1 and NULL only";
  flags.use.profile = {.rows = 9, .integers = 9, .largest_integer = 1};
  return {
      integer("tinyint(1)", 8),
      flags,
      integer("tinyint(4)", 8),
      integer("tinyint(3) unsigned", 8, true),
      integer("smallint(6)", 16),
      integer("smallint(5) unsigned", 16, true),
      integer("mediumint(9)", 24),
      integer("int(11)", 32),
      integer("int(10) unsigned", 32, true),
      integer("bigint(20)", 64),
      integer("bigint(20) unsigned", 64, true),
      integer("year(4)", 16, true),
      digits(kDecimal, "decimal(10,2)", 10, 2),
      digits(kDecimal, "decimal(65,30)", 65, 30),
      sample(kFloat32, "float"),
      sample(kFloat64, "double"),
      length(kText, "char(5)", 5),
      length(kText, "varchar(255)", 255),
      length(kText, "tinytext", 255),
      length(kText, "text", 65535),
      length(kText, "mediumtext", 16777215),
      length(kText, "longtext", 4294967295),
      length(kBytes, "binary(4)", 4),
      length(kBytes, "varbinary(20)", 20),
      length(kBytes, "tinyblob", 255),
      length(kBytes, "blob", 65535),
      length(kBytes, "longblob", 4294967295),
      sample(kDate, "date"),
      digits(kTime, "time", 0),
      digits(kTime, "time(6)", 6),
      digits(kTimestamp, "datetime", 0),
      digits(kTimestamp, "datetime(6)", 6),
      digits(kTimestampTz, "timestamp", 0),
      digits(kTimestampTz, "timestamp(3)", 3),
      labels(kEnum, "enum('a','it''s')"),
      labels(kSet, "set('a','it''s')"),
      sample(kJson, "json"),
      sample(kJson, "longtext"),
      length(kBit, "bit(1)", 1),
      length(kBit, "bit(8)", 8),
      length(kBit, "bit(64)", 64),
      sample(kUuid, "uuid"),
      sample(kOther, "inet6"),
      sample(kSpatial, "point"),
      sample(kSpatial, "geometry"),
  };
}

ColumnProfile of_texts(std::uint64_t longest = 10) {
  return {.rows = 9, .texts = 9, .longest_text = longest};
}

ColumnProfile with(ColumnProfile profile, std::uint64_t ColumnProfile::*count) {
  profile.*count = 9;
  return profile;
}

std::vector<SampleColumn> sqlite_columns() {
  const ColumnProfile integers = {
      .rows = 9, .integers = 9, .smallest_integer = -5, .largest_integer = 3000000000};
  const ColumnProfile flags = {.rows = 9, .integers = 9, .largest_integer = 1};
  const ColumnProfile reals = {.rows = 9, .integers = 4, .reals = 5};
  ColumnProfile prices = reals;
  count_digits(prices, 19.99);
  ColumnProfile ratios = prices;
  count_digits(ratios, 0.125);
  const ColumnProfile blobs = {.rows = 9, .blobs = 9};
  const ColumnProfile some_words = {.rows = 9, .integers = 8, .texts = 1, .longest_text = 3};
  const ColumnProfile fractions = {.rows = 9, .integers = 7, .reals = 2};
  const ColumnProfile mixed = {.rows = 9, .integers = 3, .reals = 2, .texts = 4};
  return {
      holding("INT", "integers", integers),
      holding("INT", "integers, few texts", some_words),
      holding("INT", "integers, few fractions", fractions),
      holding("INT", "fractions, few integers", reals),
      holding("", "integers", integers),
      holding("BOOLEAN", "0 and 1", flags),
      holding("BOOLEAN", "0, 1 and texts", some_words),
      holding("REAL", "numbers", reals),
      holding("DECIMAL(10,2)", "numbers of two decimals", prices),
      holding("DECIMAL(10,2)", "numbers of three decimals", ratios),
      holding("TEXT", "texts", of_texts()),
      in_key(holding("TEXT", "texts", of_texts()), "texts, in a key"),
      holding("VARCHAR(20)", "texts", of_texts()),
      holding("VARCHAR(20)", "longer texts", of_texts(21)),
      holding("BLOB", "bytes", blobs),
      holding("", "numbers and texts", mixed),
      holding("DATE", "dates", with(of_texts(), &ColumnProfile::dates)),
      holding("DATETIME", "timestamps", with(of_texts(), &ColumnProfile::timestamps)),
      holding("DATETIME", "with offsets", with(of_texts(), &ColumnProfile::zoned)),
      holding("DATETIME", "integers", integers),
      holding("DATETIME", "numbers and texts", mixed),
      holding("TIME", "times", with(of_texts(), &ColumnProfile::times)),
      holding("UUID", "UUIDs", with(of_texts(36), &ColumnProfile::uuids)),
      holding("JSON", "texts", of_texts()),
      sample(kDynamic, "INTEGER"),
      length(kDynamic, "VARCHAR(20)", 20),
      sample(kDynamic, "NUMERIC"),
      sample(kDynamic, ""),
      sample(kDynamic, "DECIMAL_TEXT(65,30)"),
      sample(kDynamic, "DATETIME_TEXT(3)"),
      sample(kDynamic, "TIMESTAMPTZ_TEXT"),
      sample(kDynamic, "DURATION_TEXT"),
      sample(kDynamic, "JSONB_TEXT"),
      sample(kDynamic, "BIT_TEXT(8)"),
      sample(kDynamic, "ARRAY_I4_TEXT"),
      sample(kDynamic, "I4RANGE_TEXT"),
  };
}

}  // namespace

const std::vector<SampleColumn>& sample_columns(Engine engine) {
  static const std::vector<SampleColumn> postgres = postgres_columns();
  static const std::vector<SampleColumn> mysql = mysql_columns();
  static const std::vector<SampleColumn> sqlite = sqlite_columns();
  switch (engine) {
    case Engine::kPostgres:
      return postgres;
    case Engine::kMysql:
      return mysql;
    case Engine::kSqlite:
      break;
  }
  return sqlite;
}

}  // namespace crossload::dialect
