// FIDELITY cases 64 to 86: enums, sets, JSON, arrays and other types with a form of their own.

#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "conversion.h"

namespace crossload::convert {
namespace {

using enum TypeKind;
using namespace std::string_literals;

const TypeOf kPgText = P(kText, "text");
const TypeOf kJsonb = P(kJson, "jsonb");
const TypeOf kPgJson = P(kJson, "json");
const TypeOf kMysqlJson = M(kJson, "json");
const TypeOf kMariadbJson = M(kJson, "longtext");

TEST(LabelConversion, Case64EmptyEnum) {
  const TypeOf from = M(kEnum, "enum('a','c')").labels({"a", "c"});
  const TypeOf with_empty = M(kEnum, "enum('','a')").labels({"", "a"});
  const ColumnRules null = {{"enum_empty", "null"}};
  check({
      {"to text", from, kPgText, "", "!enum_empty"},
      {"to text, null", from, kPgText, "", "NULL", null},
      {"to MySQL", from, from, "", "!enum_empty"},
      {"to MySQL, null", from, from, "", "NULL", null},
      {"to SQLite", from, S("ENUM_TEXT"), "", "!enum_empty"},
      {"to PostgreSQL's enum", from, P(kEnum, "mood").labels({"a", "c"}), "", "!enum_empty"},
      {"label", from, kPgText, "a", "t:a"},
      {"a label that is empty", with_empty, kPgText, "", "t:"},
      {"a label that is empty, to SQLite", with_empty, S("ENUM_TEXT"), "", "t:"},
  });
}

TEST(LabelConversion, Case65And66LabelsAreExact) {
  const std::vector<std::string> odd = {"  8058", "ASCII(TAR)", "ASCII,EXCE", "it's",
                                        "back\\slash"};
  const TypeOf from = M(kEnum, "enum(...)").labels(odd);
  const TypeOf to = P(kEnum, "odd").labels(odd);
  for (const std::string& label : odd) {
    EXPECT_EQ(converted(from, to, label), "t:" + label);
    EXPECT_EQ(converted(from, S("ENUM_TEXT"), label), "t:" + label);
  }
  check({
      {"no such label", kPgText, M(kEnum, "enum('a')").labels({"a"}), "b", "!enum"},
      {"case matters", kPgText, M(kEnum, "enum('a')").labels({"a"}), "A", "!enum"},
      {"blanks matter", S("TEXT"), M(kEnum, "enum('a')").labels({"a"}), "a ", "!enum"},
      {"fewer labels", from, P(kEnum, "odd").labels({"it's"}), "  8058", "!enum"},
      {"number from SQLite", S("TEXT"), M(kEnum, "enum('1')").labels({"1"}), std::int64_t{1},
       "t:1"},
  });
}

TEST(LabelConversion, Case67Sets) {
  const TypeOf from = M(kSet, "set('x y','q\"t','')").labels({"x y", "q\"t", ""});
  const TypeOf array = P(kArray, "text[]").element(kText);
  check({
      {"to text[]", from, array, "x y,q\"t", "t:{\"x y\",\"q\\\"t\"}"},
      {"none to text[]", from, array, "", "t:{}"},
      {"NULL", from, array, std::monostate{}, "NULL"},
      {"word NULL", M(kSet, "set('null')"), array, "null", "t:{\"null\"}"},
      {"to text", from, kPgText, "x y,q\"t", "t:x y,q\"t"},
      {"to SQLite", from, S("SET_TEXT"), "x y,q\"t", "t:x y,q\"t"},
      {"to JSON", from, kJsonb, "x y,q\"t", "t:[\"x y\", \"q\\\"t\"]"},
      {"to MySQL", from, from, "x y", "t:x y"},
      {"no such label", kPgText, from, "x y,z", "!enum"},
      {"array to set", array, from, "{\"x y\",\"q\\\"t\"}", "t:x y,q\"t"},
      {"array with a comma to set", array, from, "{\"x,y\"}", "!enum"},
      {"array with NULL to set", array, from, "{NULL}", "!type"},
  });
}

TEST(JsonConversion, Case68RepeatedKeys) {
  const char* const twice = "{\"a\":1.10,\"a\":2}";
  const ColumnRules last = {{"json_duplicate", "last"}};
  check({
      {"MariaDB to json", kMariadbJson, kPgJson, twice, "t:{\"a\":1.10,\"a\":2}"},
      {"MariaDB to jsonb", kMariadbJson, kJsonb, twice, "!json_duplicate"},
      {"MariaDB to jsonb, last", kMariadbJson, kJsonb, twice, "t:{\"a\":1.10,\"a\":2}", last},
      {"MariaDB to MySQL", kMariadbJson, kMysqlJson, twice, "!json_duplicate"},
      {"escaped key", S("TEXT"), kJsonb, R"({"a":1,"\u0061":2})", "!json_duplicate"},
      {"in another object", S("TEXT"), kJsonb, R"({"a":{"a":1},"b":{"a":1}})",
       R"(t:{"a":{"a":1},"b":{"a":1}})"},
      {"within an array", S("TEXT"), kJsonb, R"([{"b":[{"c":1,"c":2}]}])", "!json_duplicate"},
      {"PostgreSQL's json to MariaDB", kPgJson, kMariadbJson, twice, "t:{\"a\":1.10,\"a\":2}"},
      {"to SQLite", kMariadbJson, S("JSON_TEXT"), twice, "t:{\"a\":1.10,\"a\":2}"},
  });
}

TEST(JsonConversion, Case69EscapedCharacters) {
  check({
      {"U+0000 to json", kMysqlJson, kPgJson, "\"\\u0000\"", "t:\"\\u0000\""},
      {"U+0000 to jsonb", kMysqlJson, kJsonb, "\"\\u0000\"", "!json"},
      {"U+0000 to MySQL", S("TEXT"), kMysqlJson, "\"\\u0000\"", "t:\"\\u0000\""},
      {"lone surrogate to jsonb", S("TEXT"), kJsonb, "\"\\ud800\"", "!json"},
      {"lone surrogate to MySQL", S("TEXT"), kMysqlJson, "\"\\ud800x\"", "!json"},
      {"second half first", S("TEXT"), kJsonb, "\"\\udc00\\ud800\"", "!json"},
      {"pair", S("TEXT"), kJsonb, "\"\\ud83d\\ude00\"", "t:\"\\ud83d\\ude00\""},
      {"to SQLite", kPgJson, S("JSON_TEXT"), "\"\\u0000\"", "t:\"\\u0000\""},
  });
}

TEST(JsonConversion, Case70Numbers) {
  const ColumnRules as_double = {{"json_number", "double"}};
  check({
      {"big to jsonb", kMariadbJson, kJsonb, "12345678901234567890123",
       "t:12345678901234567890123"},
      {"big to MySQL", kJsonb, kMysqlJson, "12345678901234567890123", "!json_number"},
      {"big to MySQL, double", kJsonb, kMysqlJson, "[12345678901234567890123]",
       "t:[12345678901234567890123]", as_double},
      {"unsigned", kJsonb, kMysqlJson, "18446744073709551615", "t:18446744073709551615"},
      {"one more", kJsonb, kMysqlJson, "18446744073709551616", "t:18446744073709551616"},
      {"two more", kJsonb, kMysqlJson, "18446744073709551617", "!json_number"},
      {"huge", kJsonb, kMysqlJson, "1e400", "!json_number"},
      {"digits of pi", kJsonb, kMysqlJson, "3.14159265358979323846", "!json_number"},
      {"fraction", kJsonb, kMysqlJson, "0.1", "t:0.1"},
      {"zeros behind", kJsonb, kMysqlJson, "1.10", "t:1.10"},
      {"to MariaDB", kJsonb, kMariadbJson, "12345678901234567890123", "t:12345678901234567890123"},
      {"to SQLite", kJsonb, S("JSONB_TEXT"), "1e400", "t:1e400"},
  });
}

TEST(JsonConversion, Case71And72TextThatIsNoJson) {
  const TypeOf text = S("TEXT");
  check({{"72 MariaDB to jsonb", kMariadbJson, kJsonb, "{\"a\": [1, true, null]}",
          "t:{\"a\": [1, true, null]}"},
         {"integer of SQLite", text, kPgJson, std::int64_t{5}, "t:5"},
         {"blob of SQLite", text, kPgJson, Bytes{"{}"}, "!type"}});
  for (const char* bad : {"",           " ",
                          "{",          "{a:1}",
                          "{\"a\":1,}", "[1,]",
                          "[,1]",       "01",
                          "+1",         "1.",
                          ".5",         "1e",
                          "'a'",        "\"a",
                          "\"\t\"",     "\"\\x\"",
                          "\"\\u12\"",  "nul",
                          "truex",      "[1]]",
                          "{\"a\" 1}",  "{\"a\":1 \"b\":2}",
                          "[1 2]",      "NaN",
                          "--1",        "{1:2}"}) {
    EXPECT_EQ(converted(text, kPgJson, bad), "!json") << bad;
    EXPECT_EQ(converted(text, kMysqlJson, bad), "!json") << bad;
  }
  for (const char* good :
       {"0", "-0", "-1.5e+10", "1E5", "\"\"", "[]", "{}", "[[[]]]", " {\"a\" : [ 1 , 2 ] } ",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "null", "\"é😀\""}) {
    EXPECT_EQ(converted(text, kPgJson, good), "t:"s + good);
  }
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_EQ(converted(text, kPgJson, deep), "t:" + deep);
}

TEST(ArrayConversion, Case73And74Arrays) {
  const TypeOf texts = P(kArray, "text[]").element(kText);
  const TypeOf integers = P(kArray, "integer[]").element(kInteger);
  const char* const odd = "{\"a,b\",\"c\\\"d\",NULL,\"\",\"NULL\",plain}";
  const char* const odd_json = R"(t:["a,b", "c\"d", null, "", "NULL", "plain"])";
  check({
      {"73 to JSON", texts, kMysqlJson, odd, odd_json},
      {"73 to SQLite", texts, S("ARRAY_TEXT"), odd, odd_json},
      {"73 to PostgreSQL", texts, texts, odd, "t:"s + odd},
      {"73 and back", kMysqlJson, texts, R"(["a,b", "c\"d", null, "", "NULL", "plain"])",
       "t:{\"a,b\",\"c\\\"d\",NULL,\"\",\"NULL\",plain}"},
      {"73 empty", texts, kMysqlJson, "{}", "t:[]"},
      {"73 empty back", S("ARRAY_TEXT"), texts, "[]", "t:{}"},
      {"73 newline", texts, kMysqlJson, "{\"a\nb\"}", "t:[\"a\\u000ab\"]"},
      {"74 nested", integers, kMysqlJson, "{{1,2},{3,4}}", "t:[[1, 2], [3, 4]]"},
      {"74 nested back", kMysqlJson, integers, "[[1, 2], [3, 4]]", "t:{{1,2},{3,4}}"},
      {"74 bounds", integers, kMysqlJson, "[2:4]={1,2,3}", "!array_bounds"},
      {"74 bounds to SQLite", integers, S("ARRAY_I4_TEXT"), "[2:4]={1,2,3}", "!array_bounds"},
      {"74 bounds dropped",
       integers,
       kMysqlJson,
       "[2:4]={1,2,3}",
       "t:[1, 2, 3]",
       {{"array_bounds", "drop"}}},
      {"74 bounds of two", integers, kMysqlJson, "[1:1][-2:-1]={{1,2}}", "!array_bounds"},
      {"numbers with zeros", P(kArray, "numeric[]").element(kDecimal), kMysqlJson, "{1.50,-0.1}",
       "t:[1.50, -0.1]"},
      {"NaN", P(kArray, "real[]").element(kFloat32), kMysqlJson, "{1,NaN}", "!nan"},
      {"booleans", P(kArray, "boolean[]").element(kBoolean), kMysqlJson, "{t,f,NULL}",
       "t:[true, false, null]"},
      {"JSON", P(kArray, "jsonb[]").element(kJson), kMysqlJson, "{\"{\\\"a\\\": 1}\"}",
       "t:[{\"a\": 1}]"},
      {"JSON back", kMysqlJson, P(kArray, "jsonb[]").element(kJson), "[{\"a\": 1}]",
       "t:{\"{\\\"a\\\": 1}\"}"},
      {"boxes", P(kArray, "box[]").element(kOther), kMysqlJson, "{(3,4),(1,2);(7,8),(5,6)}",
       "t:[\"(3,4),(1,2)\", \"(7,8),(5,6)\"]"},
      {"boxes back", kMysqlJson, P(kArray, "box[]").element(kOther),
       "[\"(3,4),(1,2)\", \"(7,8),(5,6)\"]", "t:{\"(3,4),(1,2)\";\"(7,8),(5,6)\"}"},
      {"literal as it stands", S("TEXT"), integers, "{1,2}", "t:{1,2}"},
      {"no array", S("TEXT"), integers, "{1,2", "!type"},
      {"object", kMysqlJson, integers, "3", "!type"},
  });
}

TEST(OtherConversion, Case75To77And81PrintedTypes) {
  const TypeOf varchar = M(kText, "varchar(49)").length(49);
  check({
      {"75 range", P(kOther, "int4range"), varchar, "[1,5)", "t:[1,5)"},
      {"75 range to SQLite", P(kOther, "int4range"), S("I4RANGE_TEXT"), "empty", "t:empty"},
      {"75 back", S("I4RANGE_TEXT"), P(kOther, "int4range"), "[1,5)", "t:[1,5)"},
      {"76 hstore", P(kOther, "hstore"), kMysqlJson, R"("a"=>"1", "b"=>NULL)",
       R"(t:{"a": "1", "b": null})"},
      {"76 hstore to SQLite", P(kOther, "hstore"), S("HSTORE_TEXT"), R"("q\"\\"=>"x, y")",
       R"(t:{"q\"\\": "x, y"})"},
      {"76 empty hstore", P(kOther, "hstore"), kMysqlJson, "", "t:{}"},
      {"76 back", kMysqlJson, P(kOther, "hstore"), R"({"a": "1", "b": null})",
       R"(t:"a"=>"1", "b"=>NULL)"},
      {"76 back with a number", kMysqlJson, P(kOther, "hstore"), "{\"a\": 1}", "!type"},
      {"77 inet", P(kOther, "inet"), varchar, "192.168.1.0/24", "t:192.168.1.0/24"},
      {"77 back", varchar, P(kOther, "inet"), "192.168.1.0/24", "t:192.168.1.0/24"},
      {"81 xml", P(kOther, "xml"), M(kText, "longtext"), "<a/>", "t:<a/>"},
      {"81 NUL in printed text", S("TEXT"), P(kOther, "xml"), "a\0"s, "!nul"},
  });
}

TEST(UuidConversion, Case78And79Uuids) {
  const TypeOf uuid = P(kUuid, "uuid");
  const TypeOf char36 = M(kText, "char(36)").length(36).charset("ascii");
  const TypeOf binary16 = M(kBytes, "binary(16)").length(16);
  const char* const text = "6ccd780c-baba-1026-9564-5b8c656024db";
  const Value plain = Bytes{"\x6c\xcd\x78\x0c\xba\xba\x10\x26\x95\x64\x5b\x8c\x65\x60\x24\xdb"};
  const Value swapped = Bytes{"\x10\x26\xba\xba\x6c\xcd\x78\x0c\x95\x64\x5b\x8c\x65\x60\x24\xdb"};
  const ColumnRules by_plain = {{"binary_to_uuid", "plain"}};
  const ColumnRules by_swapped = {{"binary_to_uuid", "swapped"}};
  const std::string same = "t:"s + text;
  check({
      {"78 to CHAR(36)", uuid, char36, text, same},
      {"78 to MariaDB's UUID", uuid, M(kUuid, "uuid"), text, same},
      {"78 to SQLite", uuid, S("UUID_TEXT"), text, same},
      {"78 capital letters", S("TEXT"), uuid, "6CCD780C-BABA-1026-9564-5B8C656024DB", same},
      {"78 no UUID", S("TEXT"), uuid, "6ccd780c", "!type"},
      {"78 to BINARY(16)", uuid, binary16, text, "!type"},
      {"78 to BINARY(16) by rule", uuid, binary16, text, spelled(plain), by_plain},
      {"78 to BINARY(16) swapped", uuid, binary16, text, spelled(swapped), by_swapped},
      {"79 to bytea", binary16, P(kBytes, "bytea"), plain, spelled(plain)},
      {"79 to uuid", binary16, uuid, plain, "!type"},
      {"79 plain", binary16, uuid, plain, same, by_plain},
      {"79 swapped", binary16, uuid, swapped, same, by_swapped},
      {"79 other size", P(kBytes, "bytea"), uuid, Bytes{"abc"}, "!type", by_plain},
      {"79 from SQLite", S("BLOB"), uuid, plain, same, by_plain},
  });
}

TEST(SpatialConversion, Case82And83Geometries) {
  const TypeOf geometry = M(kSpatial, "point");
  const Value stored = Bytes{"\xE6\x10\0\0\1\1\0\0\0\0\0\0\0\0\0N@\0\0\0\0\0\0$@"s};
  check({
      {"82 to MySQL", geometry, geometry, stored, spelled(stored)},
      {"82 to bytea", geometry, P(kBytes, "bytea"), stored, spelled(stored)},
      {"82 to SQLite", geometry, S("SPATIAL_BLOB"), stored, spelled(stored)},
      {"82 and back", P(kBytes, "bytea"), geometry, stored, spelled(stored)},
      {"82 too short", S("BLOB"), geometry, Bytes{"\0\0\0\0"s}, "!type"},
      {"83 point", P(kOther, "point"), geometry, "(60,10)",
       "b:00000000"
       "0101000000"
       "0000000000004e40"
       "0000000000002440"},
      {"83 lseg", P(kOther, "lseg"), M(kSpatial, "linestring"), "[(0,0),(1,2)]",
       "b:00000000"
       "0102000000"
       "02000000"
       "0000000000000000"
       "0000000000000000"
       "000000000000f03f"
       "0000000000000040"},
      {"83 polygon", P(kOther, "polygon"), M(kSpatial, "polygon"), "((0,0),(1,0),(0,1))",
       "b:00000000"
       "0103000000"
       "01000000"
       "04000000"
       "0000000000000000"
       "0000000000000000"
       "000000000000f03f"
       "0000000000000000"
       "0000000000000000"
       "000000000000f03f"
       "0000000000000000"
       "0000000000000000"},
      {"83 point back", geometry, P(kOther, "point"),
       Bytes{"\0\0\0\0\1\1\0\0\0\0\0\0\0\0\0N@\0\0\0\0\0\0$@"s}, "t:(60,10)"},
      {"83 point with SRID", geometry, P(kOther, "point"), stored, "!type"},
      {"83 point as polygon", geometry, P(kOther, "polygon"),
       Bytes{"\0\0\0\0\1\1\0\0\0\0\0\0\0\0\0N@\0\0\0\0\0\0$@"s}, "!type"},
      {"83 cut short", geometry, P(kOther, "point"), Bytes{"\0\0\0\0\1\1\0\0\0"s}, "!type"},
      {"83 to SQLite", P(kOther, "point"), S("PT_TEXT"), "(60,10)", "t:(60,10)"},
      {"83 back", S("PT_TEXT"), P(kOther, "point"), "(60,10)", "t:(60,10)"},
  });
}

TEST(SpatialConversion, Case83GeometricTypesComeBack) {
  for (const auto& [type, spatial, text] : {std::tuple{"point", "point", "(-1.5,1e+300)"},
                                            {"lseg", "linestring", "[(0,0),(1,2)]"},
                                            {"polygon", "polygon", "((0,0),(1,0),(0,1))"},
                                            {"polygon", "polygon", "((0,0))"}}) {
    const std::string there = converted(P(kOther, type), M(kSpatial, spatial), text);
    ASSERT_TRUE(there.starts_with("b:")) << there;
    std::string bytes;
    for (std::size_t i = 2; i < there.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(there.substr(i, 2), nullptr, 16));
    }
    EXPECT_EQ(converted(M(kSpatial, spatial), P(kOther, type), Bytes{bytes}), "t:"s + text);
  }
}

TEST(KeyConversion, Case98NullsOfKeysThatMysqlWouldNumber) {
  TypeOf key = M(kInteger, "int").bits(32).not_null();
  key.column.identity = IdentityKind::kAutoincrement;
  EXPECT_EQ(converted(S("INT"), key, std::monostate{}), "!not_null");
}

}  // namespace
}  // namespace crossload::convert
