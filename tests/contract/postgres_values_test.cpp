#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "postgres_fixture.h"

// Every type of PostgreSQL with the values at its edges: read in the form its kind has, and written
// back so that the server sees no difference.
namespace crossload::testing {
namespace {

using namespace driver;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct TypeCase {
  const char* type;
  TypeKind kind;
  std::vector<const char*> literals;  ///< SQL expressions.
  std::vector<Value> cells;           ///< What they are read as.
};

std::string text(const char* value) {
  return value;
}

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

const std::vector<TypeCase>& cases() {
  static const std::vector<TypeCase> all = {
      {"boolean", TypeKind::kBoolean, {"true", "false"}, {std::int64_t{1}, std::int64_t{0}}},
      {"smallint",
       TypeKind::kInteger,
       {"-32768", "32767"},
       {std::int64_t{-32768}, std::int64_t{32767}}},
      {"integer",
       TypeKind::kInteger,
       {"'-2147483648'", "2147483647"},
       {std::int64_t{INT32_MIN}, std::int64_t{INT32_MAX}}},
      {"bigint",
       TypeKind::kInteger,
       {"'-9223372036854775808'", "9223372036854775807"},
       {std::int64_t{INT64_MIN}, std::int64_t{INT64_MAX}}},
      {"numeric",
       TypeKind::kDecimal,
       {"'0.1234567890123456789012345678901'", "'1.10'", "'-0.000'", "'NaN'", "'1e30'",
        "'12345678901234567890123456789012345678901234567890.5'"},
       {text("0.1234567890123456789012345678901"), text("1.10"), text("0.000"), text("NaN"),
        text("1000000000000000000000000000000"),
        text("12345678901234567890123456789012345678901234567890.5")}},
      {"numeric(12,3)",
       TypeKind::kDecimal,
       {"1.5", "-999999999.999"},
       {text("1.500"), text("-999999999.999")}},
      {"money",
       TypeKind::kDecimal,
       {"'12.34'", "'-92233720368547758.08'", "'92233720368547758.07'"},
       {text("12.34"), text("-92233720368547758.08"), text("92233720368547758.07")}},
      {"real",
       TypeKind::kFloat32,
       {"'0.1'", "'3.4028235e38'", "'1e-45'", "'-0'", "'NaN'", "'Infinity'",
        "'0.010516252390057362'"},
       {static_cast<double>(0.1F), static_cast<double>(3.4028235e38F), static_cast<double>(1e-45F),
        -0.0, std::nan(""), kInfinity, static_cast<double>(0.010516252390057362F)}},
      {"double precision",
       TypeKind::kFloat64,
       {"'0.1'", "'1.7976931348623157e308'", "'5e-324'", "'-0'", "'NaN'", "'-Infinity'",
        "'3.141592653589793'"},
       {0.1, 1.7976931348623157e308, 5e-324, -0.0, std::nan(""), -kInfinity, 3.141592653589793}},
      {"text",
       TypeKind::kText,
       {"''", R"(E'tab\tnl\ncr\rbs\\ \\N \\. \b\f\x0b quote'' "')", R"('\.')", R"('\N')", "'é😀'",
        "'  x  '", R"(E'\x01\x1f\x7f')", "repeat('x', 100000)"},
       {text(""), text("tab\tnl\ncr\rbs\\ \\N \\. \b\f\v quote' \""), text("\\."), text("\\N"),
        text("\xc3\xa9\xf0\x9f\x98\x80"), text("  x  "), text("\x01\x1f\x7f"),
        std::string(100'000, 'x')}},
      {"varchar(5)",
       TypeKind::kText,
       {"'abc'", "'ééééé'"},
       {text("abc"), text("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9")}},
      {"char(4)", TypeKind::kText, {"'ab'", "''"}, {text("ab  "), text("    ")}},
      {"name", TypeKind::kText, {"'a name'"}, {text("a name")}},
      {"\"char\"", TypeKind::kOther, {"'x'"}, {text("x")}},
      {"bytea",
       TypeKind::kBytes,
       {"''", "decode(string_agg_all(), 'hex')", R"('\x00')", R"('\x5c4e')"},
       {Bytes{""}, Bytes{every_byte()}, Bytes{std::string(1, '\0')}, Bytes{"\\N"}}},
      {"date",
       TypeKind::kDate,
       {"'2020-12-31'", "'0001-12-31 BC'", "'4713-01-01 BC'", "'infinity'", "'-infinity'",
        "'15000-12-31'", "'0009-12-04'", "'5874897-12-31'"},
       {text("2020-12-31"), text("0001-12-31 BC"), text("4713-01-01 BC"), text("infinity"),
        text("-infinity"), text("15000-12-31"), text("0009-12-04"), text("5874897-12-31")}},
      {"time",
       TypeKind::kTime,
       {"'00:00'", "'24:00:00'", "'23:59:59.999999'", "'12:00:00.5'"},
       {text("00:00:00"), text("24:00:00"), text("23:59:59.999999"), text("12:00:00.5")}},
      {"time(3)", TypeKind::kTime, {"'23:59:59.123'"}, {text("23:59:59.123")}},
      {"time with time zone",
       TypeKind::kOther,
       {"'12:34:56.789+05:30'"},
       {text("12:34:56.789+05:30")}},
      {"timestamp",
       TypeKind::kTimestamp,
       {"'2021-03-28 02:30:00'", "'2020-12-31 23:59:59.999999'", "'infinity'",
        "'4713-01-01 00:00:00 BC'", "'294276-12-31 23:59:59.999999'"},
       {text("2021-03-28 02:30:00"), text("2020-12-31 23:59:59.999999"), text("infinity"),
        text("4713-01-01 00:00:00 BC"), text("294276-12-31 23:59:59.999999")}},
      {"timestamp with time zone",
       TypeKind::kTimestampTz,
       {"'2020-12-31 23:59:59.5+02:30'", "'-infinity'", "'0001-06-01 00:00:00+00 BC'"},
       {text("2020-12-31 21:29:59.5+00"), text("-infinity"), text("0001-06-01 00:00:00+00 BC")}},
      {"interval",
       TypeKind::kInterval,
       {"'1 mon -3 days 04:05:06.7'", "'0'", "'-178000000 years'", "'1 year 2 mons'",
        "'-00:00:00.000001'"},
       {text("P1M-3DT4H5M6.7S"), text("PT0S"), text("P-178000000Y"), text("P1Y2M"),
        text("PT-0.000001S")}},
      {"uuid",
       TypeKind::kUuid,
       {"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"},
       {text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")}},
      {"json",
       TypeKind::kJson,
       {R"('{"a": 1.10,  "a":"\u0000"}')", "'null'"},
       {text(R"({"a": 1.10,  "a":"\u0000"})"), text("null")}},
      {"jsonb",
       TypeKind::kJson,
       {R"('{"b":1e400,"a":[1.10,"x\ty"]}')"},
       {std::string(R"({"a": [1.10, "x\ty"], "b": 1)") + std::string(400, '0') + "}"}},
      {"xml", TypeKind::kOther, {"'<a b=\"c\">x</a>'"}, {text("<a b=\"c\">x</a>")}},
      {"bit(8)", TypeKind::kBit, {"B'10101010'"}, {text("10101010")}},
      {"bit varying", TypeKind::kBit, {"B''", "B'101'"}, {text(""), text("101")}},
      {"mood", TypeKind::kEnum, {"'so, so'", "'it''s'"}, {text("so, so"), text("it's")}},
      {"mood[]", TypeKind::kArray, {"'{\"so, so\",NULL}'"}, {text("{\"so, so\",NULL}")}},
      {"small", TypeKind::kInteger, {"7"}, {std::int64_t{7}}},
      {"pair", TypeKind::kOther, {"ROW(1, 'x,\"y')"}, {text("(1,\"x,\"\"y\")")}},
      {"text[]",
       TypeKind::kArray,
       {R"(ARRAY['a,b', 'c"d', NULL, '', 'NULL', E'\\'])", "'{}'"},
       {text(R"({"a,b","c\"d",NULL,"","NULL","\\"})"), text("{}")}},
      {"integer[]",
       TypeKind::kArray,
       {"'{{1,2},{3,4}}'", "'[2:4]={1,2,3}'"},
       {text("{{1,2},{3,4}}"), text("[2:4]={1,2,3}")}},
      {"bytea[]", TypeKind::kArray, {R"(ARRAY['\x00ff'::bytea])"}, {text(R"({"\\x00ff"})")}},
      {"int4range",
       TypeKind::kOther,
       {"'[1,5)'", "'empty'", "'(,)'"},
       {text("[1,5)"), text("empty"), text("(,)")}},
      {"int4multirange", TypeKind::kOther, {"'{[1,2),[5,9)}'"}, {text("{[1,2),[5,9)}")}},
      {"inet",
       TypeKind::kOther,
       {"'192.168.1.0/24'", "'::1'"},
       {text("192.168.1.0/24"), text("::1")}},
      {"cidr", TypeKind::kOther, {"'2001:db8::/32'"}, {text("2001:db8::/32")}},
      {"macaddr", TypeKind::kOther, {"'08:00:2b:01:02:03'"}, {text("08:00:2b:01:02:03")}},
      {"point", TypeKind::kOther, {"'(0.1,-2)'"}, {text("(0.1,-2)")}},
      {"tsvector", TypeKind::kOther, {"'a:1 b:2'"}, {text("'a':1 'b':2")}},
      {"oid", TypeKind::kOther, {"4294967295"}, {text("4294967295")}},
      {"pg_lsn", TypeKind::kOther, {"'16/B374D848'"}, {text("16/B374D848")}},
  };
  return all;
}

// NaN is itself here, and zero has a sign.
bool same(const Value& a, const Value& b) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  if (x == nullptr || y == nullptr) return a == b;
  if (std::isnan(*x) || std::isnan(*y)) return std::isnan(*x) && std::isnan(*y);
  return *x == *y && std::signbit(*x) == std::signbit(*y);
}

class PostgresValues : public ::testing::Test {
 protected:
  void SetUp() override {
    world_ = make_postgres_world();
    if (!world_) GTEST_SKIP() << "no such server: run scripts/servers start FOLDER";
    const Database database =
        world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
    connection_ =
        world_->driver().connect(world_->endpoint(), database, {Access::kReadWrite, false});
    run("CREATE TYPE mood AS ENUM ('so, so', 'it''s')");
    run("CREATE DOMAIN small AS integer CHECK (VALUE < 10)");
    run("CREATE TYPE pair AS (a integer, b text)");
    run("CREATE FUNCTION string_agg_all() RETURNS text LANGUAGE sql AS "
        "$$ SELECT string_agg(lpad(to_hex(i), 2, '0'), '' ORDER BY i) FROM generate_series(0, 255) "
        "i $$");
  }
  void run(const std::string& sql) { execute(*connection_, sql); }
  std::vector<Row> ask_all(const std::string& sql) { return fetch_all(*connection_, sql); }
  std::vector<Row> read(const std::string& table) {
    return drain(*connection_->read_table({{"", table}, {"id", "v"}, {"id"}, {}}));
  }
  void write(const std::string& table, const std::vector<Row>& rows, ConflictMode mode) {
    WriteRequest request = write_request(connection_->catalog().describe({"", table}));
    request.on_conflict = mode;
    if (mode != ConflictMode::kError) request.conflict_key = {"id"};
    const auto transaction = connection_->begin(TransactionMode::kWrite);
    const auto writer = connection_->write_table(request);
    for (const WriteFailure& failure : write_all(*writer, batch_of(rows))) {
      ADD_FAILURE() << failure.error.message();
    }
    transaction->commit();
  }
  // The server's own comparison of two tables, by the bytes that it would print.
  void expect_same_in_server(const char* type, const std::string& copy) {
    const auto rows =
        fetch_all(*connection_,
                  "SELECT count(*), count(*) FILTER (WHERE a.v::text IS NOT DISTINCT FROM "
                  "b.v::text) FROM a FULL JOIN " +
                      copy + " b USING (id)");
    EXPECT_EQ(rows[0][0], rows[0][1]) << type << " by " << copy;
  }

  std::unique_ptr<DriverWorld> world_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(PostgresValues, ReadsAndWritesEveryTypeExactly) {
  const bool multiranges = postgres_version(*connection_) >= kHasMultiranges;
  for (const TypeCase& one : cases()) {
    if (!multiranges && std::string_view(one.type).ends_with("multirange")) continue;
    for (const char* table : {"a", "copied", "inserted"}) {
      run(std::string("CREATE TABLE ") + table + " (id integer PRIMARY KEY, v " + one.type + ")");
    }
    run("INSERT INTO a VALUES (0, NULL)");
    for (std::size_t i = 0; i < one.literals.size(); ++i) {
      run("INSERT INTO a VALUES (" + std::to_string(i + 1) + ", " + one.literals[i] + ")");
    }
    EXPECT_EQ(connection_->catalog().describe({"", "a"}).columns[1].type.kind, one.kind)
        << one.type;
    const std::vector<Row> rows = read("a");
    ASSERT_EQ(rows.size(), one.cells.size() + 1) << one.type;
    EXPECT_EQ(rows[0][1], Value(std::monostate{})) << one.type;
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      EXPECT_TRUE(same(rows[i + 1][1], one.cells[i])) << one.type << ": " << one.literals[i];
    }
    write("copied", rows, ConflictMode::kError);
    write("inserted", rows, ConflictMode::kSkip);
    expect_same_in_server(one.type, "copied");
    expect_same_in_server(one.type, "inserted");
    run("DROP TABLE a, copied, inserted");
  }
}

struct RefusedCase {
  const char* type;
  Value value;
  const char* code;
};

TEST_F(PostgresValues, RefusesWhatATypeCannotHoldWithACode) {
  const std::vector<RefusedCase> refused = {
      {"smallint", std::int64_t{32768}, "out_of_range"},
      {"integer", text("abc"), "datatype"},
      {"bigint", std::uint64_t{18446744073709551615U}, "out_of_range"},
      {"numeric(5,2)", text("1000"), "out_of_range"},
      {"varchar(3)", text("abcd"), "too_long"},
      {"char(3)", text("abcd"), "too_long"},
      {"text", std::string("a\0b", 3), "nul"},
      {"text", text("\xff"), "invalid_utf8"},
      {"date", text("2021-02-29"), "datetime"},
      {"date", text("2022-13-45"), "datetime"},
      {"timestamp", text("not a date"), "datetime"},
      {"time", text("25:00"), "datetime"},
      {"uuid", text("x"), "datatype"},
      {"json", text("{"), "json"},
      {"jsonb", text("\"\\u0000\""), "json"},
      {"bit(3)", text("1010"), "too_long"},
      {"mood", text("unknown"), "datatype"},
      {"small", std::int64_t{11}, "check"},
      {"inet", text("1.2.3"), "datatype"},
      {"xml", text("<a>"), "xml"},
      {"integer[]", text("{1,x}"), "datatype"},
  };
  for (const RefusedCase& one : refused) {
    for (const ConflictMode mode : {ConflictMode::kError, ConflictMode::kSkip}) {
      run(std::string("CREATE TABLE a (id integer PRIMARY KEY, v ") + one.type + ")");
      WriteRequest request = write_request(connection_->catalog().describe({"", "a"}));
      request.on_conflict = mode;
      if (mode != ConflictMode::kError) request.conflict_key = {"id"};
      const auto transaction = connection_->begin(TransactionMode::kWrite);
      const auto writer = connection_->write_table(request);
      const std::vector<Row> rows = {{std::int64_t{1}, std::monostate{}},
                                     {std::int64_t{2}, one.value},
                                     {std::int64_t{3}, std::monostate{}}};
      const std::vector<WriteFailure> failures = write_all(*writer, batch_of(rows));
      ASSERT_EQ(failures.size(), 1U) << one.type;
      EXPECT_EQ(failures[0].first, 1U) << one.type;
      EXPECT_EQ(failures[0].code, one.code) << one.type << ": " << failures[0].error.message();
      EXPECT_TRUE(failures[0].error.statements_fault()) << one.type;
      // The server looks at a line's encoding before it looks for columns.
      if (mode == ConflictMode::kError && failures[0].code != "invalid_utf8") {
        EXPECT_EQ(failures[0].column, "v") << one.type;
      }
      EXPECT_EQ(connection_->catalog().count_rows({"", "a"}), 2U) << one.type;
      transaction->commit();
      run("DROP TABLE a");
    }
  }
}

// The binary wire against what the server itself prints, over whole ranges.
TEST_F(PostgresValues, ReadsAndWritesRandomValuesAsTheServerPrintsThem) {
  run("CREATE TABLE a (id integer PRIMARY KEY, n numeric, d date, t time, s timestamp, z "
      "timestamptz, "
      "u uuid, j jsonb, r real, f float8, b bytea)");
  run("INSERT INTO a SELECT i, "
      "  ((random() - 0.5) * power(10, (random() * 40)::int - 20))::numeric(60, 20) * (i % 3), "
      "  date '4713-01-01 BC' + (random() * 5000000)::int, "
      "  time '00:00' + random() * interval '24 hours', "
      "  timestamp '4713-01-01 BC' + random() * interval '12000 years', "
      "  timestamptz '2000-01-01+00' + (random() - 0.5) * interval '100 years', "
      "  gen_random_uuid(), jsonb_build_object('k', random(), 's', md5(i::text)), "
      "  (random() - 0.5) * power(10, (random() * 60)::int - 30), "
      "  (random() - 0.5) * power(10, (random() * 600)::int - 300), "
      "  decode(repeat(md5(i::text), i % 4), 'hex') "
      "FROM generate_series(1, 3000) i");
  const std::vector<std::string> columns = {"id", "n", "d", "t", "s", "z", "u", "j", "r", "f", "b"};
  const std::vector<Row> rows = drain(*connection_->read_table({{"", "a"}, columns, {"id"}, {}}));
  const auto printed = ask_all(
      "SELECT id, n::text, d::text, t::text, s::text, z::text, u::text, j::text, r, f, b "
      "FROM a ORDER BY id");
  ASSERT_EQ(rows.size(), printed.size());
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(rows[i], printed[i]) << "row " << i;

  run("CREATE TABLE b (LIKE a INCLUDING ALL)");
  const auto transaction = connection_->begin(TransactionMode::kWrite);
  const auto writer =
      connection_->write_table(write_request(connection_->catalog().describe({"", "b"})));
  EXPECT_TRUE(write_all(*writer, batch_of(rows)).empty());
  transaction->commit();
  EXPECT_TRUE(ask_all("(TABLE a EXCEPT TABLE b) UNION ALL (TABLE b EXCEPT TABLE a)").empty());
}

TEST_F(PostgresValues, ReadsTheSameUnderEverySettingOfTheServer) {
  run("CREATE TABLE a (id integer PRIMARY KEY, v timestamptz, b bytea, i interval, f float8, d "
      "date, m money)");
  run("INSERT INTO a VALUES (1, '2020-12-31 23:00+00', '\\x00ff', '1 day 2 hours', 0.1, "
      "'2020-12-31', 12.5)");
  const auto read_all = [&] {
    const Database database =
        world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
    const auto fresh = world_->driver().connect(world_->endpoint(), database, {});
    return drain(*fresh->read_table({{"", "a"}, {"v", "b", "i", "f", "d", "m"}, {"id"}, {}}));
  };
  const std::vector<Row> before = read_all();
  const std::string name = "\"" + world_->database_name() + "\"";
  for (const char* setting :
       {"TimeZone = 'Asia/Tokyo'", "DateStyle = 'German, DMY'", "IntervalStyle = 'sql_standard'",
        "bytea_output = 'escape'", "extra_float_digits = -3", "standard_conforming_strings = off",
        "client_encoding = 'LATIN1'", "search_path = ''", "lc_monetary = 'C'",
        "default_transaction_isolation = 'serializable'", "statement_timeout = '1ms'"}) {
    run("ALTER DATABASE " + name + " SET " + setting);
    if (std::string(setting).starts_with("search_path")) {
      EXPECT_THROW(read_all(), Error) << "without a schema in the path a bare name means nothing";
    } else {
      EXPECT_EQ(read_all(), before) << setting;
    }
    run("ALTER DATABASE " + name + " RESET ALL");
  }
}

}  // namespace
}  // namespace crossload::testing
