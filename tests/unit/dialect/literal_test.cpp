#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

using namespace std::string_literals;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string literal(Engine engine, const Value& value) {
  return dialect_for(engine).literal(value);
}

TEST(Quote, DoublesTheQuoteCharacter) {
  EXPECT_EQ(dialect_for(Engine::kSqlite).quote("a\"b`c]"), "\"a\"\"b`c]\"");
  EXPECT_EQ(dialect_for(Engine::kPostgres).quote("select"), "\"select\"");
  EXPECT_EQ(dialect_for(Engine::kMysql).quote("a`b\"c"), "`a``b\"c`");
  EXPECT_EQ(dialect_for(Engine::kSqlite).quote(""), "\"\"");
}

TEST(Quote, PutsTheSchemaBeforeTheTable) {
  EXPECT_EQ(dialect_for(Engine::kPostgres).quote(TableName{"my.s", "t"}), "\"my.s\".\"t\"");
  EXPECT_EQ(dialect_for(Engine::kMysql).quote(TableName{"", "a.b"}), "`a.b`");
}

TEST(Quote, RefusesNul) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    EXPECT_THROW(dialect_for(engine).quote("a\0b"s), Error);
  }
}

TEST(Placeholder, IsTheEnginesOwn) {
  EXPECT_EQ(dialect_for(Engine::kSqlite).placeholder(3), "?");
  EXPECT_EQ(dialect_for(Engine::kPostgres).placeholder(3), "$3");
  EXPECT_EQ(dialect_for(Engine::kMysql).placeholder(3), "?");
}

TEST(SqliteLiteral, WritesEachKind) {
  EXPECT_EQ(literal(Engine::kSqlite, std::monostate{}), "NULL");
  EXPECT_EQ(literal(Engine::kSqlite, std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808");
  EXPECT_EQ(literal(Engine::kSqlite, std::uint64_t{9223372036854775807U}), "9223372036854775807");
  EXPECT_EQ(literal(Engine::kSqlite, "it's \\ \n"s), "'it''s \\ \n'");
  EXPECT_EQ(literal(Engine::kSqlite, Bytes{"\x00\xff'"s}), "x'00ff27'");
  EXPECT_EQ(literal(Engine::kSqlite, Bytes{}), "x''");
}

TEST(SqliteLiteral, SpellsNulInTextByChar) {
  EXPECT_EQ(literal(Engine::kSqlite, "a\0b"s), "('a'||char(0)||'b')");
  EXPECT_EQ(literal(Engine::kSqlite, "\0\0"s), "(char(0)||char(0)||'')");
}

TEST(SqliteLiteral, WritesDoublesThatNeedNoRounding) {
  EXPECT_EQ(literal(Engine::kSqlite, 0.0), "0.0");
  EXPECT_EQ(literal(Engine::kSqlite, -0.0), "-0.0");
  EXPECT_EQ(literal(Engine::kSqlite, 42.0), "42.0");
  EXPECT_EQ(literal(Engine::kSqlite, -2.5), "(-5.0/2.0)");
  EXPECT_EQ(literal(Engine::kSqlite, 0.1), "(3602879701896397.0/36028797018963968.0)");
  EXPECT_EQ(literal(Engine::kSqlite, kInfinity), "9e999");
  EXPECT_EQ(literal(Engine::kSqlite, -kInfinity), "-9e999");
}

TEST(SqliteLiteral, RefusesWhatSqliteCannotHold) {
  EXPECT_THROW(literal(Engine::kSqlite, kNan), Error);
  EXPECT_THROW(literal(Engine::kSqlite, std::uint64_t{9223372036854775808U}), Error);
}

TEST(PostgresLiteral, WritesEachKind) {
  EXPECT_EQ(literal(Engine::kPostgres, std::monostate{}), "NULL");
  EXPECT_EQ(literal(Engine::kPostgres, std::int64_t{-5}), "-5");
  EXPECT_EQ(literal(Engine::kPostgres, std::numeric_limits<std::int64_t>::min()),
            "'-9223372036854775808'::bigint");
  EXPECT_EQ(literal(Engine::kPostgres, std::numeric_limits<std::uint64_t>::max()),
            "18446744073709551615");
  EXPECT_EQ(literal(Engine::kPostgres, "it's"s), "'it''s'");
  EXPECT_EQ(literal(Engine::kPostgres, "a\\'b"s), "E'a\\\\''b'");
  EXPECT_EQ(literal(Engine::kPostgres, Bytes{"\x00\xff"s}), "E'\\\\x00ff'::bytea");
}

TEST(PostgresLiteral, WritesEveryDouble) {
  EXPECT_EQ(literal(Engine::kPostgres, 0.1), "'0.1'::float8");
  EXPECT_EQ(literal(Engine::kPostgres, -0.0), "'-0'::float8");
  EXPECT_EQ(literal(Engine::kPostgres, kNan), "'NaN'::float8");
  EXPECT_EQ(literal(Engine::kPostgres, -kInfinity), "'-Infinity'::float8");
}

TEST(PostgresLiteral, RefusesNulInText) {
  EXPECT_THROW(literal(Engine::kPostgres, "a\0b"s), Error);
}

TEST(MysqlLiteral, WritesEachKind) {
  EXPECT_EQ(literal(Engine::kMysql, std::monostate{}), "NULL");
  EXPECT_EQ(literal(Engine::kMysql, std::numeric_limits<std::uint64_t>::max()),
            "18446744073709551615");
  EXPECT_EQ(literal(Engine::kMysql, "it's \"x\""s), "'it''s \"x\"'");
  EXPECT_EQ(literal(Engine::kMysql, Bytes{"\x00\xff"s}), "x'00ff'");
}

TEST(MysqlLiteral, WritesBackslashesAndNulAsHexInEverySqlMode) {
  EXPECT_EQ(literal(Engine::kMysql, "a\\'b"s), "_utf8mb4 x'615c2762'");
  EXPECT_EQ(literal(Engine::kMysql, "a\0b"s), "_utf8mb4 x'610062'");
}

TEST(MysqlLiteral, WritesDoublesAsDoublesAndRefusesTheRest) {
  EXPECT_EQ(literal(Engine::kMysql, 0.1), "0.1e0");
  EXPECT_EQ(literal(Engine::kMysql, -0.0), "-0e0");
  EXPECT_THROW(literal(Engine::kMysql, kNan), Error);
  EXPECT_THROW(literal(Engine::kMysql, kInfinity), Error);
}

}  // namespace
}  // namespace crossload::dialect
