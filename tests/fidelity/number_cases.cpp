// Cases 21 to 43: numbers.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

void add_integers(std::vector<Case>& cases) {
  const std::string maxima =
      table_of("bigint unsigned", {"18446744073709551615", "9223372036854775807", "0"});
  const std::string kept = rows_of({"18446744073709551615", "9223372036854775807", "0"});
  cases.push_back(Case(21, "UnsignedMaximum", kM, maxima)
                      .to(kP, typed("pg_typeof"),
                          rows_of({"18446744073709551615\tnumeric", "9223372036854775807\tnumeric",
                                   "0\tnumeric"}))
                      .to(kM, kRows, kept)
                      .to(kS, typed("typeof"), "2\t9223372036854775807\tinteger\n3\t0\tinteger")
                      .rejects("1:int_overflow"));
  cases.push_back(
      Case(21, "UnsignedMaximumAsText", kM, maxima)
          .to(kS, typed("typeof"),
              rows_of({"18446744073709551615\ttext", "9223372036854775807\ttext", "0\ttext"}))
          .prepared("CREATE TABLE @t (id INTEGER PRIMARY KEY, v TEXT)")
          .to(kP, kRows, "2\t9223372036854775807\n3\t0")
          .prepared("CREATE TABLE @t (id bigint PRIMARY KEY, v bigint)")
          .rejects("1:int_overflow"));
  cases.push_back(
      Case(22, "Unsigned", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, a int unsigned, b smallint unsigned, "
           "c tinyint unsigned, d mediumint unsigned); "
           "INSERT INTO @t VALUES (1, 4294967295, 65535, 255, 16777215)")
          .to(kP,
              "SELECT a, b, c, d, pg_typeof(a), pg_typeof(b), pg_typeof(c), pg_typeof(d) FROM @t",
              "4294967295\t65535\t255\t16777215\tbigint\tinteger\tsmallint\tinteger")
          .to(kM, kRows, "1\t4294967295\t65535\t255\t16777215")
          .to(kS, "SELECT a, b, c, d, typeof(a), typeof(c) FROM @t",
              "4294967295\t65535\t255\t16777215\tinteger\tinteger"));
  cases.push_back(
      Case(23, "Flags", kM, table_of("tinyint(1)", {"0", "1", "NULL"}))
          .to(kP, typed("pg_typeof"), rows_of({"f\tboolean", "t\tboolean", "NULL\tboolean"}))
          .to(kMS, kRows, rows_of({"0", "1", "NULL"})));
  const std::string flags = table_of("tinyint(1)", {"0", "1", "2", "-1"});
  cases.push_back(Case(24, "MoreThanFlags", kM, flags)
                      .to(kP, typed("pg_typeof"),
                          rows_of({"0\tsmallint", "1\tsmallint", "2\tsmallint", "-1\tsmallint"}))
                      .to(kMS, kRows, rows_of({"0", "1", "2", "-1"})));
  cases.push_back(Case(24, "MoreThanFlagsIntoBoolean", kM, flags)
                      .to(kP, kRows, "1\tf\n2\tt")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v boolean)")
                      .rejects("3:boolean 4:boolean"));
  cases.push_back(Case(24, "MoreThanFlagsByRule", kM, flags)
                      .to(kP, kRows, "1\tf\n2\tt\n3\tt\n4\tt")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v boolean)")
                      .rule("v", "nonzero", "true")
                      .told("rule used 2 times: @t.v: nonzero=true"));
  cases.push_back(Case(35, "Zerofill", kM, table_of("int(5) zerofill", {"42", "123456"}))
                      .to(kPS, kRows, rows_of({"42", "123456"}))
                      .to(kM, kRows, rows_of({"00042", "123456"})));
}

void add_integers_of_sqlite(std::vector<Case>& cases) {
  const std::string ends = rows_of({"9223372036854775807", "-9223372036854775808"});
  cases.push_back(
      Case(36, "Ends", kS, table_of("INTEGER", {"9223372036854775807", "-9223372036854775808"}))
          .to(kP, typed("pg_typeof"),
              rows_of({"9223372036854775807\tbigint", "-9223372036854775808\tbigint"}))
          .to(kMS, kRows, ends));
  cases.push_back(Case(37, "ThreeBillionInInt", kS, table_of("INT", {"3000000000", "1"}))
                      .to(kP, typed("pg_typeof"), rows_of({"3000000000\tbigint", "1\tbigint"}))
                      .to(kMS, kRows, rows_of({"3000000000", "1"})));
  cases.push_back(
      Case(39, "MixedInteger", kS,
           table_of("INTEGER", {"'abc'", "'12'", "1.5", "x'00ff'", "7", "8", "9"}))
          .to(kP, typed("pg_typeof"), "2\t12\tbigint\n5\t7\tbigint\n6\t8\tbigint\n7\t9\tbigint")
          .rejects("1:type 3:type 4:type")
          .to(kM, kRows, "2\t12\n5\t7\n6\t8\n7\t9")
          .rejects("1:type 3:type 4:type")
          .to(kS, "SELECT id, quote(v), typeof(v) FROM @t ORDER BY id",
              rows_of({"'abc'\ttext", "12\tinteger", "1.5\treal", "X'00FF'\tblob", "7\tinteger",
                       "8\tinteger", "9\tinteger"})));
  // What was lost when SQLite stored the text 12345678901234567.8901234567 cannot come back.
  cases.push_back(
      Case(40, "DecimalAffinity", kS,
           table_of("DECIMAL(30,10)", {"'12345678901234567.8901234567'", "'1.5'"}))
          .to(kP, "SELECT id, trim_scale(v) FROM @t ORDER BY id",
              rows_of({"12345678901234568", "1.5"}))
          .to(kM, "SELECT id, v + 0e0 FROM @t ORDER BY id",
              rows_of({"1.2345678901234568e16", "1.5"}))
          .to(kS, typed("typeof"), rows_of({"12345678901234568\tinteger", "1.5\treal"})));
  cases.push_back(Case(41, "StringAffinity", kS, table_of("STRING", {"'007'", "'12'"}))
                      .to(kPM, kRows, rows_of({"7", "12"}))
                      .to(kS, typed("typeof"), rows_of({"7\tinteger", "12\tinteger"})));
}

void add_bits(std::vector<Case>& cases) {
  const std::string ones(64, '1');
  cases.push_back(
      Case(25, "Bits", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, a bit(1), b bit(8), c bit(64)); INSERT INTO @t "
           "VALUES (1, b'0', b'10101010', 0xFFFFFFFFFFFFFFFF), (2, b'1', b'00000001', b'0')")
          .to(kP, "SELECT a, b, c, pg_typeof(a) FROM @t ORDER BY id",
              "f\t10101010\t" + ones + "\tboolean\nt\t00000001\t" + std::string(64, '0') +
                  "\tboolean")
          .to(kM, "SELECT id, hex(a), hex(b), hex(c) FROM @t ORDER BY id",
              "1\t0\tAA\tFFFFFFFFFFFFFFFF\n2\t1\t1\t0")
          .to(kS, "SELECT a, b, c, typeof(b), typeof(c) FROM @t ORDER BY id",
              "0\t170\t" + ones + "\tinteger\ttext\n1\t1\t" + std::string(64, '0') +
                  "\tinteger\ttext"));
  const std::string seventy = std::string(69, '0') + "1";
  const std::string setup =
      "CREATE TABLE @t (id int PRIMARY KEY, v bit varying, w bit(70)); INSERT INTO @t VALUES "
      "(1, B'101', B'" +
      seventy + "'), (2, B'0011', NULL), (3, B'', NULL)";
  cases.push_back(Case(26, "LongBits", kP, setup)
                      .to(kPM, kRows, "1\t101\t" + seventy + "\n2\t0011\tNULL\n3\t\tNULL")
                      .to(kS, "SELECT id, v, typeof(v), w FROM @t ORDER BY id",
                          "1\t101\ttext\t" + seventy + "\n2\t0011\ttext\tNULL\n3\t\ttext\tNULL"));
}

void add_decimals(std::vector<Case>& cases) {
  const std::string thirty = "1.000000000000000000000000000001";
  const std::string widest = std::string(35, '9') + "." + std::string(30, '9');
  cases.push_back(
      Case(27, "ThirtyDecimals", kM, table_of("decimal(65,30)", {thirty, "-" + widest}))
          .to(kP, typed("pg_typeof"), rows_of({thirty + "\tnumeric", "-" + widest + "\tnumeric"}))
          .to(kM, kRows, rows_of({thirty, "-" + widest}))
          .to(kS, typed("typeof"), rows_of({thirty + "\ttext", "-" + widest + "\ttext"})));
  const std::string thirty_one = "0.1234567890123456789012345678901";
  // MariaDB and MySQL would drop the last digit with a note only.
  cases.push_back(Case(28, "ThirtyOneDecimals", kP, table_of("numeric", {thirty_one, "0.5"}))
                      .to(kPS, kRows, rows_of({thirty_one, "0.5"}))
                      .to(kM, kRows, "2\t0.500000000000000000000000000000")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v decimal(65,30))")
                      .rejects("1:scale"));
  // Made by the job: a numeric without digits becomes decimal(65,30), its widest.
  cases.push_back(Case(28, "ThirtyOneDecimalsMade", kP, table_of("numeric", {thirty_one, "0.5"}))
                      .to(kM, kRows, "2\t0.500000000000000000000000000000")
                      .rejects("1:scale"));
  const std::string seventy(70, '7');
  cases.push_back(Case(29, "SeventyDigits", kP, table_of("numeric", {seventy, "-0.5"}))
                      .to(kPS, kRows, rows_of({seventy, "-0.5"}))
                      .to(kM, kRows, "2\t-0.500000000000000000000000000000")
                      .rejects("1:out_of_range"));
  cases.push_back(Case(29, "SeventyDigitsIntoDecimal", kP, table_of("numeric", {seventy, "1"}))
                      .to(kM, kRows, "2\t1")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v decimal(65))")
                      .rejects("1:out_of_range"));
  cases.push_back(Case(29, "MostDigits", kP, table_of("numeric", {"repeat('9', 131072)::numeric"}))
                      .to(kP, "SELECT v = repeat('9', 131072)::numeric FROM @t", "t")
                      .to(kM, "SELECT count(*) FROM @t", "0")
                      .rejects("1:out_of_range")
                      .to(kS, "SELECT length(v), typeof(v) FROM @t", "131072\ttext"));
  cases.push_back(
      Case(30, "NotANumber", kP, table_of("numeric", {"'NaN'", "'Infinity'", "'-Infinity'", "1.5"}))
          .to(kP, kRows, rows_of({"NaN", "Infinity", "-Infinity", "1.5"}))
          .to(kM, kRows, "4\t1.5")
          .prepared("CREATE TABLE @t (id int PRIMARY KEY, v decimal(3,1))")
          .rejects("1:nan 2:nan 3:nan"));
  cases.push_back(Case(42, "Money", kP, table_of("money", {"'$12.34'", "-92233720368547758.08"}))
                      .to(kP, "SELECT id, v::numeric, pg_typeof(v) FROM @t ORDER BY id",
                          rows_of({"12.34\tmoney", "-92233720368547758.08\tmoney"}))
                      .to(kMS, kRows, rows_of({"12.34", "-92233720368547758.08"})));
}

void add_floats(std::vector<Case>& cases) {
  cases.push_back(Case(31, "NotADouble", kP,
                       table_of("double precision", {"'NaN'", "'Infinity'", "'-Infinity'", "1.5"}))
                      .to(kP, kRows, rows_of({"NaN", "Infinity", "-Infinity", "1.5"}))
                      .to(kM, kRows, "4\t1.5")
                      .rejects("1:nan 2:nan 3:nan")
                      .to(kS, "SELECT id, v = 9e999, v = -9e999, typeof(v) FROM @t ORDER BY id",
                          "2\t1\t0\treal\n3\t0\t1\treal\n4\t0\t0\treal")
                      .rejects("1:nan"));
  cases.push_back(Case(31, "NotADoubleByRule", kP, table_of("double precision", {"'NaN'", "1.5"}))
                      .to(kMS, kRows, rows_of({"NULL", "1.5"}))
                      .rule("v", "nan", "null")
                      .told("rule used 1 times: @t.v: nan=null"));
  cases.push_back(
      Case(32, "Doubles", kP,
           table_of("double precision", {"'5e-324'", "1.7976931348623157e308", "0.1", "'-0.0'",
                                         "2.2250738585072014e-308"}))
          .to(kP, "SELECT id, encode(float8send(v), 'hex') FROM @t ORDER BY id",
              rows_of({"0000000000000001", "7fefffffffffffff", "3fb999999999999a",
                       "8000000000000000", "0010000000000000"}))
          // MariaDB would store -0 as 0: the row is flagged. SQLite's REAL keeps 0 without a sign.
          .to(kMa,
              "SELECT id, v = 5e-324, v = 1.7976931348623157e308, v = 0.1e0, v, "
              "v = 2.2250738585072014e-308 FROM @t ORDER BY id",
              "1\t1\t0\t0\t5e-324\t0\n2\t0\t1\t0\t1.7976931348623157e308\t0\n"
              "3\t0\t0\t1\t0.1\t0\n5\t0\t0\t0\t2.2250738585072014e-308\t1")
          .rejects("4:data_changed")
          .to(kMy, kRows,
              rows_of({"5e-324", "1.7976931348623157e308", "0.1", "-0", "2.2250738585072014e-308"}))
          .to(kS,
              "SELECT id, v = 5e-324, v = 1.7976931348623157e308, v = 0.1, "
              "v = 2.2250738585072014e-308, v = 0, typeof(v) FROM @t ORDER BY id",
              "1\t1\t0\t0\t0\t0\treal\n2\t0\t1\t0\t0\t0\treal\n3\t0\t0\t1\t0\t0\treal\n"
              "4\t0\t0\t0\t0\t1\treal\n5\t0\t0\t0\t1\t0\treal"));
  cases.push_back(
      Case(33, "FloatOfMysql", kM,
           table_of("float", {"0.010516252390057362", "3.4028234e38", "0.1"}))
          .to(kP, "SELECT v, encode(float4send(v), 'hex'), pg_typeof(v) FROM @t ORDER BY id",
              "0.010516252\t3c2c4c5c\treal\n3.4028235e+38\t7f7fffff\treal\n0.1\t3dcccccd\treal")
          .to(kM, "SELECT id, v + 0e0 FROM @t ORDER BY id",
              rows_of({"0.010516252368688583", "3.4028234663852886e38", "0.10000000149011612"}))
          .to(kS,
              "SELECT id, v = 0.010516252368688583, v = 3.4028234663852886e38, "
              "v = 0.10000000149011612, typeof(v) FROM @t ORDER BY id",
              "1\t1\t0\t0\treal\n2\t0\t1\t0\treal\n3\t0\t0\t1\treal"));
  cases.push_back(
      Case(34, "FloatOfPostgres", kP, table_of("real", {"3.4028235e38", "0.1", "'1e-45'"}))
          .to(kP, "SELECT id, encode(float4send(v), 'hex') FROM @t ORDER BY id",
              rows_of({"7f7fffff", "3dcccccd", "00000001"}))
          .to(kM, "SELECT id, v + 0e0 FROM @t ORDER BY id",
              rows_of({"3.4028234663852886e38", "0.10000000149011612", "1.401298464324817e-45"}))
          .to(kS,
              "SELECT id, v = 3.4028234663852886e38, v = 0.10000000149011612, "
              "v = 1.401298464324817e-45 FROM @t ORDER BY id",
              rows_of({"1\t0\t0", "0\t1\t0", "0\t0\t1"})));
  cases.push_back(Case(38, "Reals", kS, table_of("REAL", {"3.141592653589793", "0.1", "1e300"}))
                      .to(kP, typed("pg_typeof"),
                          rows_of({"3.141592653589793\tdouble precision", "0.1\tdouble precision",
                                   "1e+300\tdouble precision"}))
                      .to(kM, kRows, rows_of({"3.141592653589793", "0.1", "1e300"}))
                      .to(kS,
                          "SELECT id, v = 3.141592653589793, v = 0.1, typeof(v) FROM @t "
                          "ORDER BY id",
                          rows_of({"1\t0\treal", "0\t1\treal", "0\t0\treal"})));
}

void add_system_types(std::vector<Case>& cases) {
  cases.push_back(
      Case(43, "SystemTypes", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, a oid, b xid, c pg_lsn, d \"char\"); "
           "INSERT INTO @t VALUES (1, 4294967295, '4294967295', 'FFFFFFFF/FFFFFFFF', 'x')")
          .to(kPS, kRows, "1\t4294967295\t4294967295\tFFFFFFFF/FFFFFFFF\tx")
          .to(kM, kRows, "1\t4294967295\t4294967295\tFFFFFFFF/FFFFFFFF\tx"));
}

}  // namespace

std::vector<Case> number_cases() {
  std::vector<Case> cases;
  add_integers(cases);
  add_integers_of_sqlite(cases);
  add_bits(cases);
  add_decimals(cases);
  add_floats(cases);
  add_system_types(cases);
  return cases;
}

}  // namespace crossload::testing
