// FIDELITY cases 21 to 41, 84, 85: numbers and booleans. One row a case and target.

#include <cstdint>
#include <limits>
#include <ostream>

#include <gtest/gtest.h>

#include "conversion.h"

namespace crossload::convert {
namespace {

using enum TypeKind;

TypeOf pg_int(int bits) {
  return P(kInteger, bits == 16 ? "smallint" : bits == 32 ? "integer" : "bigint").bits(bits);
}
TypeOf my_int(int bits, bool is_unsigned = false) {
  return M(kInteger, "int").bits(bits, is_unsigned);
}
TypeOf numeric(int precision, int scale) {
  return P(kDecimal, "numeric").digits(precision, scale);
}
TypeOf decimal(int precision, int scale) {
  return M(kDecimal, "decimal").digits(precision, scale);
}

const Value kNan = std::numeric_limits<double>::quiet_NaN();
const Value kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t kMaxUnsigned = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

TEST(NumberConversion, Case21UnsignedBigint) {
  const TypeOf from = my_int(64, true);
  check({
      {"to numeric(20,0)", from, numeric(20, 0), kMaxUnsigned, "t:18446744073709551615"},
      {"to numeric", from, P(kDecimal, "numeric"), kMaxUnsigned, "t:18446744073709551615"},
      {"to bigint", from, pg_int(64), kMaxUnsigned, "!int_overflow"},
      {"to bigint, fits", from, pg_int(64), kMax, "i:9223372036854775807"},
      {"to MySQL", from, from, kMaxUnsigned, "u:18446744073709551615"},
      {"to SQLite INTEGER", from, S("BIGINT"), kMaxUnsigned, "!int_overflow"},
      {"to SQLite NUMERIC", from, S("NUMERIC"), kMaxUnsigned, "!int_overflow"},
      {"to SQLite TEXT", from, S("TEXT"), kMaxUnsigned, "t:18446744073709551615"},
      {"to SQLite without affinity", from, S(""), kMaxUnsigned, "t:18446744073709551615"},
      {"to SQLite INTEGER, fits", from, S("BIGINT"), kMax, "i:9223372036854775807"},
      {"to double", from, P(kFloat64, "double precision"), kMaxUnsigned, "!precision"},
      {"to double, exact", from, P(kFloat64, "double precision"),
       std::uint64_t{9223372036854775808U}, "d:9223372036854775808"},
  });
}

TEST(NumberConversion, Case22UnsignedWidths) {
  check({
      {"int to bigint", my_int(32, true), pg_int(64), std::int64_t{4294967295}, "i:4294967295"},
      {"int to integer", my_int(32, true), pg_int(32), std::int64_t{4294967295}, "!int_overflow"},
      {"smallint to integer", my_int(16, true), pg_int(32), std::int64_t{65535}, "i:65535"},
      {"smallint to smallint", my_int(16, true), pg_int(16), std::int64_t{65535}, "!int_overflow"},
      {"tinyint to smallint", my_int(8, true), pg_int(16), std::int64_t{255}, "i:255"},
      {"-1 to unsigned", pg_int(32), my_int(32, true), std::int64_t{-1}, "!int_overflow"},
      {"-1 to unsigned bigint", pg_int(64), my_int(64, true), std::int64_t{-1}, "!int_overflow"},
      {"mediumint", pg_int(32), my_int(24), std::int64_t{8388607}, "i:8388607"},
      {"mediumint and one", pg_int(32), my_int(24), std::int64_t{8388608}, "!int_overflow"},
      {"mediumint below", pg_int(32), my_int(24), std::int64_t{-8388609}, "!int_overflow"},
  });
}

TEST(NumberConversion, Case23And24TinyintAndBoolean) {
  const TypeOf from = M(kInteger, "tinyint(1)").bits(8);
  const TypeOf to = P(kBoolean, "boolean");
  const ColumnRules nonzero = {{"nonzero", "true"}};
  check({
      {"0", from, to, std::int64_t{0}, "i:0"},
      {"1", from, to, std::int64_t{1}, "i:1"},
      {"NULL", from, to, std::monostate{}, "NULL"},
      {"2", from, to, std::int64_t{2}, "!boolean"},
      {"-1", from, to, std::int64_t{-1}, "!boolean"},
      {"2 by rule", from, to, std::int64_t{2}, "i:1", nonzero},
      {"-1 by rule", from, to, std::int64_t{-1}, "i:1", nonzero},
      {"0 by rule", from, to, std::int64_t{0}, "i:0", nonzero},
      {"2 to smallint", from, pg_int(16), std::int64_t{2}, "i:2"},
  });
}

TEST(NumberConversion, Case25Bits) {
  const TypeOf bit1 = M(kBit, "bit(1)").length(1);
  const TypeOf bit8 = M(kBit, "bit(8)").length(8);
  const TypeOf bit64 = M(kBit, "bit(64)").length(64);
  const std::string ones(64, '1');
  const std::string high = "1" + std::string(63, '0');
  check({
      {"bit(1) to boolean", bit1, P(kBoolean, "boolean"), "1", "i:1"},
      {"bit(1) to boolean", bit1, P(kBoolean, "boolean"), "0", "i:0"},
      {"bit(8)", bit8, P(kBit, "bit(8)").length(8), "10101010", "t:10101010"},
      {"bit(8) to bit(9)", bit8, P(kBit, "bit(9)").length(9), "10101010", "!too_short"},
      {"bit(8) to bit(7)", bit8, P(kBit, "bit(7)").length(7), "10101010", "!too_long"},
      {"bit(8) to MySQL's bit(9)", bit8, M(kBit, "bit(9)").length(9), "10101010", "t:010101010"},
      {"bit(64)", bit64, P(kBit, "bit(64)").length(64), ones, "t:" + ones},
      {"bit(8) to bigint", bit8, pg_int(64), "10101010", "i:170"},
      {"bit(64) to bigint", bit64, pg_int(64), ones, "!int_overflow"},
      {"bit(64) to unsigned", bit64, my_int(64, true), ones, "u:18446744073709551615"},
      {"bit(1) to SQLite", bit1, S("BOOLEAN"), "1", "i:1"},
      {"bit(8) to SQLite", bit8, S("INTEGER"), "10101010", "i:170"},
      {"bit(64) to SQLite INTEGER", bit64, S("INTEGER"), high, "!int_overflow"},
      {"bit(64) to SQLite TEXT", bit64, S("BIT_TEXT(64)"), high, "t:" + high},
      {"bit(64) without affinity", bit64, S(""), high, "t:" + high},
      {"SQLite to bit(8)", S("INTEGER"), P(kBit, "bit(8)").length(8), std::int64_t{170},
       "t:10101010"},
      {"SQLite to bit(4)", S("INTEGER"), P(kBit, "bit(4)").length(4), std::int64_t{170},
       "!int_overflow"},
      {"SQLite -1", S("INTEGER"), P(kBit, "bit(4)").length(4), std::int64_t{-1}, "!type"},
  });
}

TEST(NumberConversion, Case26VaryingBits) {
  const TypeOf from = P(kBit, "bit varying");
  check({
      {"to PostgreSQL", from, P(kBit, "bit varying"), "101", "t:101"},
      {"to a shorter one", from, P(kBit, "bit varying(2)").length(2), "101", "!too_long"},
      {"to VARCHAR", from, M(kText, "varchar(70)").length(70), "0101", "t:0101"},
      {"to MySQL's BIT", from, M(kBit, "bit(4)").length(4), "101", "!too_short"},
      {"to SQLite TEXT", from, S("VARBIT_TEXT"), "0101", "t:0101"},
      {"to SQLite INTEGER loses zeros", from, S("INTEGER"), "0101", "!type"},
  });
}

TEST(NumberConversion, Case27To29Decimals) {
  const char* const thirty = "1.000000000000000000000000000001";
  const char* const thirty_one = "0.1234567890123456789012345678901";
  const std::string seventy(70, '9');
  check({
      {"27 to PostgreSQL", decimal(65, 30), numeric(65, 30), thirty,
       "t:1.000000000000000000000000000001"},
      {"27 to MySQL", decimal(65, 30), decimal(65, 30), thirty,
       "t:1.000000000000000000000000000001"},
      {"27 to SQLite TEXT", decimal(65, 30), S("DECIMAL_TEXT(65,30)"), thirty,
       "t:1.000000000000000000000000000001"},
      {"27 to SQLite NUMERIC", decimal(65, 30), S("DECIMAL(65,30)"), thirty, "!precision"},
      {"27 to SQLite REAL", decimal(65, 30), S("REAL"), "12.340", "d:12.34"},
      {"27 to SQLite NUMERIC, short", decimal(10, 3), S("DECIMAL(10,3)"), "12.340", "d:12.34"},
      {"27 to SQLite NUMERIC, whole", decimal(10, 3), S("DECIMAL(10,3)"), "12.000", "i:12"},
      {"27 to SQLite INTEGER", decimal(20, 0), S("BIGINT"), "1234567890123456789",
       "i:1234567890123456789"},
      {"27 to STRICT INTEGER", decimal(20, 1), S("INTEGER").strict(), "1.5", "!scale"},
      {"15 digits to SQLite NUMERIC", decimal(20, 10), S("NUMERIC"), "-99999.9999999990",
       "d:-99999.999999999"},
      {"16 digits to SQLite NUMERIC", decimal(20, 10), S("NUMERIC"), "123456.7890123456",
       "!precision"},
      {"a small one to SQLite NUMERIC", decimal(40, 30), S("NUMERIC"),
       "0.000000000000000000000000012300", "d:1.23e-26"},
      {"many zeros to SQLite REAL", decimal(30, 0), S("REAL"), "12300000000000000000000",
       "d:1.23e+22"},
      {"28 to PostgreSQL", P(kDecimal, "numeric"), P(kDecimal, "numeric"), thirty_one,
       "t:0.1234567890123456789012345678901"},
      {"28 to MySQL", P(kDecimal, "numeric"), decimal(65, 30), thirty_one, "!scale"},
      {"28 zeros may go", P(kDecimal, "numeric"), decimal(65, 30),
       "0.1000000000000000000000000000000000", "t:0.1000000000000000000000000000000000"},
      {"28 narrower, same server", numeric(10, 4), numeric(10, 2), "1.005", "!scale"},
      {"28 narrower MySQL", decimal(10, 3), decimal(10, 2), "1.005", "!scale"},
      {"28 narrower MySQL, fits", decimal(10, 3), decimal(10, 2), "1.010", "t:1.010"},
      {"29 to DECIMAL", P(kDecimal, "numeric"), decimal(65, 0), seventy, "!out_of_range"},
      {"29 to LONGTEXT", P(kDecimal, "numeric"), M(kText, "longtext"), seventy, "t:" + seventy},
      {"29 to SQLite", P(kDecimal, "numeric"), S("DECIMAL_TEXT"), seventy, "t:" + seventy},
      {"whole digits", numeric(10, 2), decimal(5, 2), "1000.00", "!out_of_range"},
      {"whole digits fit", numeric(10, 2), decimal(5, 2), "-999.99", "t:-999.99"},
      {"negative scale", numeric(10, 0), numeric(3, -2), "12300", "t:12300"},
      {"negative scale loses", numeric(10, 0), numeric(3, -2), "12345", "!scale"},
      {"scale above precision", numeric(10, 5), numeric(2, 5), "0.00012", "t:0.00012"},
      {"scale above precision, no room", numeric(10, 5), numeric(2, 5), "0.01000", "!out_of_range"},
      {"to integer", decimal(10, 2), pg_int(32), "7.00", "i:7"},
      {"to integer with a fraction", decimal(10, 2), pg_int(32), "7.50", "!scale"},
      {"to integer too large", decimal(20, 0), pg_int(64), "9223372036854775808", "!int_overflow"},
      {"to double", decimal(10, 2), P(kFloat64, "double precision"), "0.10", "d:0.1"},
      {"to double, inexact", decimal(30, 20), P(kFloat64, "double precision"),
       "0.12345678901234567891", "!precision"},
      {"integer to decimal", my_int(32), numeric(10, 0), std::int64_t{-5}, "t:-5"},
      {"integer to narrow decimal", my_int(32), numeric(3, 1), std::int64_t{100}, "!out_of_range"},
  });
}

TEST(NumberConversion, Case30And31NotFinite) {
  const TypeOf any = P(kDecimal, "numeric");
  const TypeOf real = P(kFloat64, "double precision");
  const TypeOf my_double = M(kFloat64, "double");
  check({
      {"30 NaN to PostgreSQL", any, numeric(10, 2), "NaN", "t:NaN"},
      {"30 Infinity to PostgreSQL", any, any, "Infinity", "t:Infinity"},
      {"30 Infinity to numeric(10,2)", any, numeric(10, 2), "Infinity", "!nan"},
      {"30 to MySQL", any, decimal(65, 30), "NaN", "!nan"},
      {"30 to MySQL, null", any, decimal(65, 30), "NaN", "NULL", {{"nan", "null"}}},
      {"30 to MySQL NOT NULL",
       any,
       decimal(65, 30).not_null(),
       "NaN",
       "!not_null",
       {{"nan", "null"}}},
      {"30 to SQLite", any, S("DECIMAL_TEXT"), "NaN", "!nan"},
      {"30 to SQLite as text",
       any,
       S("DECIMAL_TEXT"),
       "-Infinity",
       "t:-Infinity",
       {{"nan", "text"}}},
      {"31 NaN to PostgreSQL", real, real, kNan, "d:NaN"},
      {"31 NaN to MySQL", real, my_double, kNan, "!nan"},
      {"31 Infinity to MySQL", real, my_double, kInfinity, "!nan"},
      {"31 NaN to SQLite", real, S("REAL"), kNan, "!nan"},
      {"31 NaN to SQLite, null", real, S("REAL"), kNan, "NULL", {{"nan", "null"}}},
      {"31 Infinity to SQLite", real, S("REAL"), kInfinity, "d:Infinity"},
      {"31 Infinity from SQLite", S("REAL"), my_double, kInfinity, "!nan"},
  });
}

TEST(NumberConversion, Case32To34Floats) {
  const TypeOf real = P(kFloat64, "double precision");
  const TypeOf my_double = M(kFloat64, "double");
  const TypeOf float4 = P(kFloat32, "real");
  const TypeOf my_float = M(kFloat32, "float");
  const double third = 0.010516252368688583;
  check({
      {"32 denormal", real, my_double, 5e-324, "d:5e-324"},
      {"32 largest", real, S("REAL"), 1.7976931348623157e308, "d:1.7976931348623157e+308"},
      {"32 minus zero", real, my_double, -0.0, "d:-0"},
      {"33 to real", my_float, float4, third, "d:0.010516252368688583"},
      {"33 to SQLite", my_float, S("REAL"), third, "d:0.010516252368688583"},
      {"33 to text", my_float, P(kText, "text"), third, "t:0.010516252"},
      {"33 to decimal", my_float, numeric(20, 9), third, "t:0.010516252"},
      {"34 largest float", float4, my_float, 3.4028234663852886e38, "d:3.4028234663852886e+38"},
      {"34 to REAL", float4, S("REAL"), 0.10000000149011612, "d:0.10000000149011612"},
      {"34 double to float", real, my_float, 0.1, "!precision"},
      {"34 double to float, exact", real, my_float, 0.5, "d:0.5"},
      {"34 double beyond float", real, my_float, 1e39, "!precision"},
      {"float to SQLite TEXT", real, S("TEXT"), 0.1, "t:0.1"},
      {"double to decimal", real, decimal(10, 2), 1e-3, "!scale"},
      {"double to decimal, exponent", real, decimal(30, 5), 1e22, "t:10000000000000000000000"},
      {"double to integer", real, my_int(32), 3.0, "i:3"},
      {"double to integer, fraction", real, my_int(32), 3.5, "!precision"},
      {"integer to float", pg_int(64), real, kMax, "!precision"},
      {"integer to float, exact", pg_int(64), real, std::int64_t{1} << 60, "d:1152921504606846976"},
      {"integer to real, exact", pg_int(32), float4, std::int64_t{16777216}, "d:16777216"},
      {"integer to real", pg_int(32), float4, std::int64_t{16777217}, "!precision"},
  });
}

TEST(NumberConversion, Case17Years) {
  const TypeOf year = M(kInteger, "year").bits(16, true);
  check({
      {"to smallint", year, pg_int(16), std::int64_t{2155}, "i:2155"},
      {"0000 to smallint", year, pg_int(16), std::int64_t{0}, "i:0"},
      {"back", pg_int(16), year, std::int64_t{1901}, "i:1901"},
      {"1900", pg_int(16), year, std::int64_t{1900}, "!int_overflow"},
      {"99", pg_int(16), year, std::int64_t{99}, "!int_overflow"},
      {"SQLite", S("INTEGER"), year, std::int64_t{2156}, "!int_overflow"},
  });
}

TEST(NumberConversion, Case36To41SqliteByValue) {
  const TypeOf integer = S("INTEGER");
  check({
      {"36 largest", integer, pg_int(64), kMax, "i:9223372036854775807"},
      {"36 smallest", integer, my_int(64), kMin, "i:-9223372036854775808"},
      {"37 beyond int", S("INT"), pg_int(32), std::int64_t{3000000000}, "!int_overflow"},
      {"38 real", S("REAL"), P(kFloat64, "double precision"), 3.141592653589793,
       "d:3.141592653589793"},
      {"38 real in float", S("REAL"), P(kFloat32, "real"), 3.141592653589793, "!precision"},
      {"39 word", integer, pg_int(32), "abc", "!type"},
      {"39 digits", S(""), pg_int(32), "12", "i:12"},
      {"39 padded digits", S("TEXT"), pg_int(32), "007", "!type"},
      {"39 fraction", integer, pg_int(32), 1.5, "!type"},
      {"39 whole real", integer, pg_int(32), 2.0, "i:2"},
      {"39 blob", integer, my_int(32), Bytes{"\x01"}, "!type"},
      {"39 empty text", integer, my_int(32), "", "!type"},
      {"39 text of a fraction", integer, my_int(32), "1.5", "!type"},
      {"40 what is stored", S("DECIMAL(20,10)"), numeric(20, 0), std::int64_t{12345678901234568},
       "t:12345678901234568"},
      {"40 real in decimal", S("DECIMAL(10,2)"), decimal(10, 2), 12.34, "t:12.34"},
      {"40 real with more decimals", S("DECIMAL(10,2)"), decimal(10, 2), 12.345, "!scale"},
      {"40 text in decimal", S("TEXT"), decimal(10, 2), "12.34", "t:12.34"},
      {"40 word in decimal", S("TEXT"), decimal(10, 2), "twelve", "!type"},
      {"41 number in text", S("STRING"), P(kText, "text"), std::int64_t{7}, "t:7"},
      {"41 real in text", S("STRING"), M(kText, "varchar(9)").length(9), 1e100, "t:1e+100"},
      {"text in double", S("REAL"), P(kFloat64, "double precision"), "1.5e3", "d:1500"},
      {"word in double", S("REAL"), P(kFloat64, "double precision"), "abc", "!type"},
  });
}

TEST(NumberConversion, Case42And43MoneyAndOids) {
  check({
      {"42 money to DECIMAL(19,2)", P(kDecimal, "money"), decimal(19, 2), "12.34", "t:12.34"},
      {"43 oid to unsigned bigint", P(kInteger, "oid").bits(32, true), my_int(64, true),
       std::int64_t{4294967295}, "i:4294967295"},
      {"43 xid printed", P(kOther, "xid"), my_int(64, true), "4294967295", "i:4294967295"},
      {"43 pg_lsn", P(kOther, "pg_lsn"), M(kText, "varchar(64)").length(64), "16/B374D848",
       "t:16/B374D848"},
  });
}

TEST(NumberConversion, Case84And85Booleans) {
  const TypeOf boolean = P(kBoolean, "boolean");
  const TypeOf words = S("BOOLEAN");
  const TypeOf flag = M(kInteger, "tinyint(1)").bits(8);
  const ColumnRules nonzero = {{"nonzero", "true"}};
  check({
      {"84 to TINYINT(1)", boolean, M(kInteger, "tinyint(1)").bits(8), std::int64_t{1}, "i:1"},
      {"84 to BIT(1)", boolean, M(kBit, "bit(1)").length(1), std::int64_t{1}, "t:1"},
      {"84 to SQLite", boolean, words, std::int64_t{0}, "i:0"},
      {"84 to text", boolean, M(kText, "varchar(5)").length(5), std::int64_t{0}, "t:false"},
      {"85 t", words, boolean, "t", "i:1"},
      {"85 f", words, boolean, "f", "i:0"},
      {"85 true", words, boolean, "true", "i:1"},
      {"85 FALSE", words, boolean, "FALSE", "i:0"},
      {"85 1", words, boolean, std::int64_t{1}, "i:1"},
      {"85 0.0", words, boolean, 0.0, "i:0"},
      {"85 2", words, boolean, std::int64_t{2}, "!boolean"},
      {"85 yes", words, boolean, "yes", "!boolean"},
      {"85 2 by rule", words, boolean, std::int64_t{2}, "i:1", nonzero},
      {"85 yes by rule", words, boolean, "yes", "i:1", nonzero},
      {"85 no by rule", words, boolean, "no", "i:0", nonzero},
      {"85 word by rule", words, boolean, "maybe", "!boolean", nonzero},
      {"85 blob", words, boolean, Bytes{"t"}, "!type"},
      {"85 t to TINYINT(1)", words, flag, "t", "i:1"},
      {"85 2 to TINYINT(1)", words, flag, std::int64_t{2}, "!boolean"},
      {"85 2 to TINYINT(1) by rule", words, flag, std::int64_t{2}, "i:1", nonzero},
      {"85 2 of no boolean", S("TINYINT"), flag, std::int64_t{2}, "i:2"},
  });
}

TEST(NumberConversion, PairsThatNeedNoLookHaveNoConverter) {
  const auto none = [](const Side& from, const Side& to) {
    return make_converter(from, to, {}) == nullptr;
  };
  EXPECT_TRUE(none(pg_int(32), my_int(32)));
  EXPECT_TRUE(none(my_int(8, true), pg_int(16)));
  EXPECT_FALSE(none(my_int(32, true), pg_int(32)));
  EXPECT_TRUE(none(my_int(24), S("INTEGER")));
  EXPECT_TRUE(none(S("INTEGER"), S("TEXT")));
  EXPECT_TRUE(none(decimal(10, 2), numeric(12, 2)));
  EXPECT_FALSE(none(decimal(10, 2), numeric(11, 3).digits(10, 3)));
  EXPECT_TRUE(none(P(kFloat32, "real"), P(kFloat64, "double precision")));
  EXPECT_FALSE(none(P(kFloat64, "double precision"), M(kFloat64, "double")));
  EXPECT_TRUE(none(M(kFloat64, "double"), P(kFloat64, "double precision")));
}

TEST(NumberConversion, NullsThatMysqlWouldMakeUpAreRefused) {
  TypeOf numbered = my_int(32).not_null();
  numbered.column.identity = IdentityKind::kAutoincrement;
  EXPECT_EQ(converted(S("INT"), numbered, std::monostate{}), "!not_null");
  EXPECT_EQ(converted(pg_int(32), numbered, std::monostate{}), "!not_null");
  EXPECT_EQ(converted(pg_int(32), numbered, std::int64_t{5}), "i:5");
}

}  // namespace
}  // namespace crossload::convert
