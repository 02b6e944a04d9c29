#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "crossload/base/error.h"

#include "mysql_fixture.h"

// Every type with the values at its edges: read as the servers hold them, written and read again.
namespace crossload::testing {
namespace {

using namespace driver;

struct TypeCase {
  std::string type;                   ///< As declared.
  std::vector<std::string> literals;  ///< What is inserted by SQL.
  std::vector<Value> values;          ///< What is read.
  TypeKind kind;
};

Value text(const char* value) {
  return std::string(value);
}

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

std::string hex_of(const std::string& bytes) {
  std::string hex = "x'";
  for (const char c : bytes) {
    constexpr const char* kDigits = "0123456789abcdef";
    hex += kDigits[static_cast<unsigned char>(c) >> 4U];
    hex += kDigits[static_cast<unsigned char>(c) & 15U];
  }
  return hex + "'";
}

std::vector<TypeCase> number_cases() {
  using Limits = std::numeric_limits<double>;
  const std::string digits30 = "1.000000000000000000000000000001";
  const std::string widest = std::string(35, '9') + "." + std::string(30, '9');
  return {
      {"TINYINT",
       {"-128", "127", "0", "NULL"},
       {std::int64_t{-128}, std::int64_t{127}, std::int64_t{0}, std::monostate{}},
       TypeKind::kInteger},
      {"TINYINT(1)",
       {"2", "-1", "1"},
       {std::int64_t{2}, std::int64_t{-1}, std::int64_t{1}},
       TypeKind::kInteger},
      {"TINYINT UNSIGNED", {"255"}, {std::int64_t{255}}, TypeKind::kInteger},
      {"SMALLINT",
       {"-32768", "32767"},
       {std::int64_t{-32768}, std::int64_t{32767}},
       TypeKind::kInteger},
      {"SMALLINT UNSIGNED", {"65535"}, {std::int64_t{65535}}, TypeKind::kInteger},
      {"MEDIUMINT",
       {"-8388608", "8388607"},
       {std::int64_t{-8388608}, std::int64_t{8388607}},
       TypeKind::kInteger},
      {"MEDIUMINT UNSIGNED", {"16777215"}, {std::int64_t{16777215}}, TypeKind::kInteger},
      {"INT",
       {"-2147483648", "2147483647"},
       {std::int64_t{-2147483648LL}, std::int64_t{2147483647}},
       TypeKind::kInteger},
      {"INT UNSIGNED", {"4294967295"}, {std::int64_t{4294967295}}, TypeKind::kInteger},
      {"INT(5) ZEROFILL", {"42"}, {std::int64_t{42}}, TypeKind::kInteger},
      {"BIGINT",
       {"-9223372036854775808", "9223372036854775807"},
       {std::int64_t{INT64_MIN}, std::int64_t{INT64_MAX}},
       TypeKind::kInteger},
      {"BIGINT UNSIGNED",
       {"0", "9223372036854775807", "9223372036854775808", "18446744073709551615"},
       {std::int64_t{0}, std::int64_t{INT64_MAX}, std::uint64_t{9223372036854775808ULL},
        std::uint64_t{UINT64_MAX}},
       TypeKind::kInteger},
      {"YEAR",
       {"0", "1901", "2155"},
       {std::int64_t{0}, std::int64_t{1901}, std::int64_t{2155}},
       TypeKind::kInteger},
      {"DECIMAL(65,30)",
       {digits30, "-" + widest, "0"},
       {digits30, "-" + widest, text("0.000000000000000000000000000000")},
       TypeKind::kDecimal},
      {"DECIMAL(10,0)", {"-9999999999"}, {text("-9999999999")}, TypeKind::kDecimal},
      {"DECIMAL(5,2) UNSIGNED",
       {"999.99", "0.01"},
       {text("999.99"), text("0.01")},
       TypeKind::kDecimal},
      {"DOUBLE",
       {"5e-324", "1.7976931348623157e308", "-0e0", "0.1", "2.2250738585072014e-308",
        "3.141592653589793"},
       {Limits::denorm_min(), Limits::max(), -0.0, 0.1, Limits::min(), 3.141592653589793},
       TypeKind::kFloat64},
      {"FLOAT",
       {"0.010516252390057362", "3.4028234663852886e38", "0.1", "-1e-45"},
       {0.010516252368688583, 3.4028234663852886e38, static_cast<double>(0.1F),
        static_cast<double>(-std::numeric_limits<float>::denorm_min())},
       TypeKind::kFloat32},
      {"BIT(1)", {"b'0'", "b'1'"}, {text("0"), text("1")}, TypeKind::kBit},
      {"BIT(8)", {"b'10101010'", "0"}, {text("10101010"), text("00000000")}, TypeKind::kBit},
      {"BIT(12)",
       {"b'101010101010'", "1"},
       {text("101010101010"), text("000000000001")},
       TypeKind::kBit},
      {"BIT(64)",
       {"18446744073709551615", "b'1'"},
       {std::string(64, '1'), std::string(63, '0') + "1"},
       TypeKind::kBit},
  };
}

std::vector<TypeCase> time_cases() {
  return {
      {"DATE",
       {"'0000-00-00'", "'0009-12-04'", "'9999-12-31'", "'2020-02-00'", "'2020-02-29'"},
       {text("0000-00-00"), text("0009-12-04"), text("9999-12-31"), text("2020-02-00"),
        text("2020-02-29")},
       TypeKind::kDate},
      {"DATETIME",
       {"'0000-00-00 00:00:00'", "'2020-00-00 00:00:00'", "'2021-03-28 02:30:00'",
        "'9999-12-31 23:59:59'"},
       {text("0000-00-00 00:00:00"), text("2020-00-00 00:00:00"), text("2021-03-28 02:30:00"),
        text("9999-12-31 23:59:59")},
       TypeKind::kTimestamp},
      {"DATETIME(3)",
       {"'2020-12-31 23:59:59.999'", "'0000-00-00 00:00:00.000'"},
       {text("2020-12-31 23:59:59.999"), text("0000-00-00 00:00:00.000")},
       TypeKind::kTimestamp},
      {"DATETIME(6)",
       {"'2020-12-31 23:59:59.999999'", "'2020-01-01 00:00:00.000001'"},
       {text("2020-12-31 23:59:59.999999"), text("2020-01-01 00:00:00.000001")},
       TypeKind::kTimestamp},
      {"TIMESTAMP NULL",
       {"'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "'0000-00-00 00:00:00'", "NULL"},
       {text("1970-01-01 00:00:01+00"), text("2038-01-19 03:14:07+00"),
        text("0000-00-00 00:00:00+00"), std::monostate{}},
       TypeKind::kTimestampTz},
      {"TIMESTAMP(6) NULL",
       {"'2038-01-19 03:14:07.999999'"},
       {text("2038-01-19 03:14:07.999999+00")},
       TypeKind::kTimestampTz},
      {"TIME",
       {"'838:59:59'", "'-838:59:59'", "'00:00:00'", "'24:00:00'", "'-00:00:01'"},
       {text("838:59:59"), text("-838:59:59"), text("00:00:00"), text("24:00:00"),
        text("-00:00:01")},
       TypeKind::kTime},
      {"TIME(6)",
       {"'-01:30:00.5'", "'-00:00:00.000001'", "'837:59:59.999999'"},
       {text("-01:30:00.500000"), text("-00:00:00.000001"), text("837:59:59.999999")},
       TypeKind::kTime},
      {"TIME(1)", {"'100:00:00.5'"}, {text("100:00:00.5")}, TypeKind::kTime},
  };
}

std::vector<TypeCase> text_cases() {
  const std::string emoji = "\xf0\x9f\x98\x80";
  const std::string every = every_byte();
  return {
      {"VARCHAR(255) CHARACTER SET utf8mb4",
       {"''", "'a\\0b'", "'" + emoji + "'", "'tab\\tnl\\ncr\\rbs\\\\ '' \"'", "'  blanks  '"},
       {text(""), std::string("a\0b", 3), emoji, text("tab\tnl\ncr\rbs\\ ' \""),
        text("  blanks  ")},
       TypeKind::kText},
      {"CHAR(5) CHARACTER SET utf8mb4", {"'ab'"}, {text("ab")}, TypeKind::kText},
      {"VARCHAR(20) CHARACTER SET latin1",
       {"x'8096'", "'caf\xc3\xa9'"},
       {text("\xe2\x82\xac\xe2\x80\x93"), text("caf\xc3\xa9")},
       TypeKind::kText},
      {"VARCHAR(20) CHARACTER SET latin5",
       {"'\xc4\xb1\xc5\x9f'"},
       {text("\xc4\xb1\xc5\x9f")},
       TypeKind::kText},
      {"VARCHAR(20) CHARACTER SET cp932",
       {"'\xe6\xbc\xa2\xe5\xad\x97'"},
       {text("\xe6\xbc\xa2\xe5\xad\x97")},
       TypeKind::kText},
      {"VARCHAR(20) CHARACTER SET gbk",
       {"'\xe6\xbc\xa2\xe5\xad\x97'"},
       {text("\xe6\xbc\xa2\xe5\xad\x97")},
       TypeKind::kText},
      {"VARCHAR(20) CHARACTER SET utf16", {"'" + emoji + "x'"}, {emoji + "x"}, TypeKind::kText},
      {"TINYTEXT", {"'t'"}, {text("t")}, TypeKind::kText},
      {"LONGTEXT CHARACTER SET utf8mb4",
       {"REPEAT('ab', 40000)", "''"},
       {[] {
          std::string t;
          for (int i = 0; i < 40000; ++i) t += "ab";
          return t;
        }(),
        text("")},
       TypeKind::kText},
      {"BINARY(4)",
       {"'ab'", "x'00010203'"},
       {Bytes{std::string("ab\0\0", 4)}, Bytes{std::string("\0\1\2\3", 4)}},
       TypeKind::kBytes},
      {"VARBINARY(300)",
       {"'ab'", "''", hex_of(every)},
       {Bytes{"ab"}, Bytes{""}, Bytes{every}},
       TypeKind::kBytes},
      {"BLOB", {hex_of(every), "NULL"}, {Bytes{every}, std::monostate{}}, TypeKind::kBytes},
      {"LONGBLOB",
       {"REPEAT(x'00ff', 40000)"},
       {Bytes{[] {
         std::string t;
         for (int i = 0; i < 40000; ++i) t += std::string("\0\xff", 2);
         return t;
       }()}},
       TypeKind::kBytes},
      {"ENUM('a,b','it''s','back\\\\slash','  8058','')",
       {"'a,b'", "'it''s'", "'back\\\\slash'", "'  8058'", "''"},
       {text("a,b"), text("it's"), text("back\\slash"), text("  8058"), text("")},
       TypeKind::kEnum},
      {"SET('x y','q\"t','z')",
       {"'x y,q\"t'", "''", "'z'", "NULL"},
       {text("x y,q\"t"), text(""), text("z"), std::monostate{}},
       TypeKind::kSet},
      {"JSON",
       {"'{\"a\": 1}'", "'\"\xf0\x9f\x98\x80\"'", "'[]'", "NULL"},
       {text("{\"a\": 1}"), text("\"\xf0\x9f\x98\x80\""), text("[]"), std::monostate{}},
       TypeKind::kJson},
      {"POINT",
       {"ST_GeomFromText('POINT(10 60)')", "NULL"},
       {Bytes{std::string("\0\0\0\0\1\1\0\0\0\0\0\0\0\0\0\x24\x40\0\0\0\0\0\0\x4e\x40", 25)},
        std::monostate{}},
       TypeKind::kSpatial},
      {"GEOMETRY",
       {"ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))')"},
       {},
       TypeKind::kSpatial},
  };
}

class MysqlValues : public MysqlServerTest {
 protected:
  std::vector<Value> column_of(const std::string& table) {
    std::vector<Value> values;
    for (auto& row : read(table)) values.push_back(std::move(row[1]));
    return values;
  }
  Rows read(const std::string& table) {
    const auto connection = open(Access::kReadOnly);
    const auto reader = connection->read_table({{"", table}, {"id", "v"}, {"id"}, {}});
    Rows rows;
    RowBatch batch;
    while (reader->read(batch, {3, 1 << 20})) {
      for (std::size_t i = 0; i < batch.rows(); ++i) {
        rows.push_back({batch.value(i, 0), batch.value(i, 1)});
      }
    }
    return rows;
  }
  void write(const std::string& table, const Rows& rows) {
    RowBatch batch;
    batch.reset(2);
    for (const auto& row : rows) {
      batch.append(0, row[0]);
      batch.append(1, row[1]);
      batch.end_row();
    }
    const auto connection = open();
    WriteRequest request;
    request.table = connection->catalog().describe({"", table});
    request.columns = {"id", "v"};
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const WriteOutcome outcome = connection->write_table(request)->write(batch, 0, batch.rows());
    EXPECT_FALSE(outcome.failure) << table << ": " << outcome.failure->error.message();
    EXPECT_EQ(outcome.rows_done, rows.size());
    transaction->commit();
  }
  // The reject code of each value, empty where it was stored as given.
  std::vector<std::string> refused(const std::string& table, const std::vector<Value>& values) {
    RowBatch batch;
    batch.reset(2);
    for (std::size_t i = 0; i < values.size(); ++i) {
      batch.append(0, static_cast<std::int64_t>(i));
      batch.append(1, values[i]);
      batch.end_row();
    }
    const auto connection = open();
    WriteRequest request;
    request.table = connection->catalog().describe({"", table});
    request.columns = {"id", "v"};
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(request);
    std::vector<std::string> codes(values.size());
    for (std::size_t at = 0; at < values.size();) {
      const WriteOutcome outcome = writer->write(batch, at, values.size());
      at += outcome.rows_done;
      if (!outcome.failure) break;
      EXPECT_EQ(outcome.failure->first, at);
      EXPECT_EQ(outcome.failure->last, at + 1);
      // Not every message names it, and MySQL's of a character names nothing.
      EXPECT_THAT(outcome.failure->column, ::testing::AnyOf("v", ""));
      codes[at++] = outcome.failure->code;
    }
    transaction->commit();
    for (const auto& row : read(table)) {
      const auto at = static_cast<std::size_t>(std::get<std::int64_t>(row[0]));
      EXPECT_EQ(codes[at], "") << at;
      EXPECT_EQ(row[1], values[at]);
    }
    return codes;
  }
  // The server's own word on whether two tables hold the same, to the last bit.
  std::string differences() {
    return ask_text("SELECT COUNT(*) FROM a JOIN b USING (id) WHERE NOT (HEX(a.v) <=> HEX(b.v))");
  }

  void check(const std::vector<TypeCase>& cases) {
    for (const TypeCase& item : cases) {
      SCOPED_TRACE(item.type);
      run("DROP TABLE IF EXISTS a, b");
      run("CREATE TABLE a (id INT PRIMARY KEY, v " + item.type + ")");
      run("CREATE TABLE b LIKE a");
      run("SET sql_mode = 'STRICT_ALL_TABLES'");
      for (std::size_t i = 0; i < item.literals.size(); ++i) {
        run("INSERT INTO a VALUES (" + std::to_string(i) + ", " + item.literals[i] + ")");
      }
      const Table table = admin_->catalog().describe({"", "a"});
      EXPECT_EQ(table.columns[1].type.kind, item.kind);
      const Rows rows = read("a");
      if (!item.values.empty()) {
        EXPECT_EQ(column_of("a"), item.values);
      }
      write("b", rows);
      EXPECT_EQ(read("b"), rows);
      EXPECT_EQ(differences(), "0");
    }
  }
};

TEST_P(MysqlValues, KeepsNumbersAndBits) {
  check(number_cases());
}

TEST_P(MysqlValues, KeepsDatesAndTimes) {
  check(time_cases());
}

TEST_P(MysqlValues, KeepsTextBytesLabelsAndShapes) {
  check(text_cases());
}

TEST_P(MysqlValues, KeepsTheSignOfZeroOrRefusesIt) {
  run("CREATE TABLE b (id INT PRIMARY KEY, v DOUBLE)");
  if (ask_text("SELECT CONCAT(-0e0)") == "0") {
    // MariaDB before 11 stores 0, whichever way it is given.
    EXPECT_EQ(refused("b", {-0.0, 0.0}), (std::vector<std::string>{"data_changed", ""}));
    return;
  }
  write("b", {{std::int64_t{1}, -0.0}});
  const Rows rows = read("b");
  EXPECT_TRUE(std::signbit(std::get<double>(rows[0][1])));
}

TEST_P(MysqlValues, RefusesWhatTheServerWouldChangeInSilenceOrByANote) {
  struct Case {
    std::string type;
    std::vector<Value> values;
    std::vector<std::string> codes;
  };
  const std::vector<Case> cases = {
      {"DECIMAL(10,2)",
       {text("1.005"), text("1.50"), text("123456789.00")},
       {"data_changed", "", "out_of_range"}},
      {"DECIMAL(10,2)", {text("NaN"), text(""), text("abc")}, {"datatype", "datatype", "datatype"}},
      {"VARCHAR(3)", {text("abc  "), text("abcd"), text("abc")}, {"data_changed", "too_long", ""}},
      {"VARBINARY(3)", {Bytes{"abcd"}, Bytes{"abc"}}, {"too_long", ""}},
      {"BINARY(4)", {Bytes{"ab"}, Bytes{"abcd"}, Bytes{"abcde"}}, {"data_changed", "", "too_long"}},
      {"TINYINT", {std::int64_t{128}, std::int64_t{-128}}, {"out_of_range", ""}},
      {"INT UNSIGNED",
       {std::int64_t{-1}, std::int64_t{4294967296}},
       {"out_of_range", "out_of_range"}},
      {"BIGINT", {std::uint64_t{UINT64_MAX}}, {"out_of_range"}},
      {"INT", {text("1.5"), text("12"), 1.5}, {"datatype", "datatype", "datatype"}},
      {"FLOAT", {0.1, static_cast<double>(0.1F), 1e300}, {"data_changed", "", "data_changed"}},
      {"DOUBLE", {std::nan(""), HUGE_VAL}, {"nan", "out_of_range"}},
      {"BIT(4)", {text("10000"), text("1111"), text("x")}, {"too_long", "", "datatype"}},
      {"DATE",
       {text("2020-02-30"), text("2020-13-01"), text("10000-01-01"), text("infinity")},
       {"datetime", "datetime", "datetime", "datetime"}},
      {"TIMESTAMP NULL",
       {text("2106-02-07 06:28:16+00"), text("1969-12-31 23:59:59+00")},
       {"datetime", "datetime"}},
      {"TIME", {text("839:00:00"), text("838:59:59")}, {"datetime", ""}},
      {"ENUM('a','c')", {text("b"), text("a")}, {"truncated", ""}},
      {"SET('a','c')", {text("a,b"), text("a,c")}, {"truncated", ""}},
      {"VARCHAR(20) CHARACTER SET latin1",
       {text("\xf0\x9f\x98\x80"), text("\xc3\xa9")},
       {"datatype", ""}},
      {"VARCHAR(20) CHARACTER SET utf8mb4",
       {text("\xff\xfe"), text("\xed\xa0\x80")},
       {"invalid_utf8", "invalid_utf8"}},
      {"INT NOT NULL", {std::monostate{}, std::int64_t{1}}, {"not_null", ""}},
      {"POINT", {Bytes{"junk"}}, {"spatial"}},
  };
  for (const Case& item : cases) {
    SCOPED_TRACE(item.type);
    run("DROP TABLE IF EXISTS b");
    run("CREATE TABLE b (id INT PRIMARY KEY, v " + item.type + ")");
    EXPECT_EQ(refused("b", item.values), item.codes);
  }
  run("DROP TABLE b");
  run("CREATE TABLE b (id INT PRIMARY KEY, v JSON)");
  const std::string code = is_mariadb() ? "check" : "json";
  EXPECT_EQ(refused("b", {text("{bad"), text(""), text("{}")}),
            (std::vector<std::string>{code, code, ""}));
}

TEST_P(MysqlValues, KeepsWhatOnlyOneServerHas) {
  if (is_mariadb()) {
    check(
        {{"UUID",
          {"'123E4567-e89b-12d3-a456-426655440000'"},
          {text("123e4567-e89b-12d3-a456-426655440000")},
          TypeKind::kUuid},
         {"INET6", {"'2001:db8::1'", "'::'"}, {text("2001:db8::1"), text("::")}, TypeKind::kOther},
         {"TIME(6)", {"'838:59:59.999999'"}, {text("838:59:59.999999")}, TypeKind::kTime}});
    return;
  }
  check(
      {{"POINT SRID 4326",
        {"ST_GeomFromText('POINT(10 60)', 4326)"},
        {Bytes{std::string("\xe6\x10\0\0\1\1\0\0\0\0\0\0\0\0\0\x4e\x40\0\0\0\0\0\0\x24\x40", 25)}},
        TypeKind::kSpatial},
       {"VECTOR(2)",
        {"STRING_TO_VECTOR('[1,0.1]')"},
        {Bytes{std::string("\0\0\x80\x3f\xcd\xcc\xcc\x3d", 8)}},
        TypeKind::kBytes}});
}

INSTANTIATE_TEST_SUITE_P(Servers, MysqlValues, mysql_worlds(), name_of_world);

}  // namespace
}  // namespace crossload::testing
