// Cases 64 to 86: enums, sets, JSON, arrays and types of one engine only.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

void add_enums(std::vector<Case>& cases) {
  const std::string broken =
      "CREATE TABLE @t (id int PRIMARY KEY, v enum('a','c')); SET sql_mode = ''; "
      "INSERT INTO @t VALUES (1, 'a'), (2, 'none of them'), (3, NULL), (4, 'c')";
  const std::string whole = "1\ta\n3\tNULL\n4\tc";
  cases.push_back(Case(64, "EmptyEnum", kM, broken).to(kAll, kRows, whole).rejects("2:enum_empty"));
  cases.push_back(Case(64, "EmptyEnumToNull", kM, broken)
                      .to(kAll, kRows, "1\ta\n2\tNULL\n3\tNULL\n4\tc")
                      .rule("v", "enum_empty", "null")
                      .told("rule used 1 times: @t.v: enum_empty=null"));
  const std::string longest(70, 'x');
  cases.push_back(
      Case(65, "EnumLabels", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v enum('  8058','ASCII(TAR)','ASCII,EXCE','it''s',"
           "'back\\\\slash','" +
               longest +
               "')); INSERT INTO @t VALUES (1, 1), (2, 2), (3, 3), "
               "(4, 4), (5, 5), (6, 6)")
          .to(kAll, kRows,
              rows_of({"  8058", "ASCII(TAR)", "ASCII,EXCE", "it's", "back\\slash", longest})));
  cases.push_back(
      Case(66, "SharedEnum", kP,
           "CREATE TYPE mood66 AS ENUM ('sad', 'it''s ok'); CREATE TABLE @t (id int PRIMARY KEY, "
           "v mood66, w mood66 NOT NULL); INSERT INTO @t VALUES (1, 'sad', 'it''s ok')")
          .to(kAll, kRows, "1\tsad\tit's ok"));
  cases.push_back(
      Case(66, "ArrayOfEnum", kP,
           "CREATE TYPE mood66a AS ENUM ('sad', 'it''s ok'); CREATE TABLE @t (id int PRIMARY KEY, "
           "v mood66a[]); INSERT INTO @t VALUES (1, '{sad,NULL,\"it''s ok\"}')")
          .to(kP, kRows, "1\t{sad,NULL,\"it's ok\"}")
          .to(kMS, kRows, "1\t[\"sad\", null, \"it's ok\"]"));
  cases.push_back(Case(66, "SameEnumTwice", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, v enum('a','b'), w enum('b','a')); "
                       "INSERT INTO @t VALUES (1, 'a', 'a')")
                      .to(kPS, kRows, "1\ta\ta")
                      .to(kM, "SELECT v, v + 0, w, w + 0 FROM @t", "a\t1\ta\t2"));
  cases.push_back(
      Case(67, "Sets", kM, table_of("set('x y','q\"t','it''s')", {"'x y,q\"t'", "''", "NULL", "7"}))
          .to(kP, kRows,
              rows_of({"{\"x y\",\"q\\\"t\"}", "{}", "NULL", "{\"x y\",\"q\\\"t\",it's}"}))
          .to(kMS, kRows, rows_of({"x y,q\"t", "", "NULL", "x y,q\"t,it's"})));
  // No label (0) and the empty label alone (4) read the same: see docs/rough-edges.md.
  cases.push_back(
      Case(67, "SetsWithAnEmptyLabel", kM,
           table_of("set('x y','q\"t','')", {"'x y,q\"t'", "''", "NULL", "5", "7", "0"}))
          .to(kP, kRows,
              rows_of({"{\"x y\",\"q\\\"t\"}", "{}", "NULL", "{\"x y\",\"\"}",
                       "{\"x y\",\"q\\\"t\",\"\"}", "{}"}))
          .to(kM, "SELECT id, v, v + 0 FROM @t ORDER BY id",
              rows_of({"x y,q\"t\t3", "\t0", "NULL\tNULL", "x y,\t5", "x y,q\"t,\t7", "\t0"}))
          .to(kS, kRows, rows_of({"x y,q\"t", "", "NULL", "x y,", "x y,q\"t,", ""})));
}

void add_json(std::vector<Case>& cases) {
  const std::string twice = table_of("json", {R"('{"a":1.10,"a":2}')", R"('[1, "x"]')"});
  const std::string kept = rows_of({R"({"a":1.10,"a":2})", R"([1, "x"])"});
  // MySQL keeps the last of a key when it stores the value; MariaDB's JSON is a text, and so is
  // PostgreSQL's json, which keeps it whole where jsonb would not.
  cases.push_back(Case(68, "KeyTwice", kMa, twice)
                      .to(kP, typed("pg_typeof"),
                          rows_of({R"({"a":1.10,"a":2})"
                                   "\tjson",
                                   R"([1, "x"])"
                                   "\tjson"}))
                      .to(kMa, kRows, kept)
                      .to(kS, kRows, kept)
                      .to(kMy, kRows, "2\t[1, \"x\"]")
                      .rejects("1:json_duplicate"));
  cases.push_back(Case(68, "KeyTwiceByRule", kMa, twice)
                      .to(kMy, kRows, rows_of({R"({"a": 2})", R"([1, "x"])"}))
                      .rule("v", "json_duplicate", "last")
                      .told("rule used 1 times: @t.v: json_duplicate=last"));
  cases.push_back(Case(68, "KeyTwiceOfMysql", kMy, twice)
                      .to(kP, typed("pg_typeof"),
                          rows_of({R"({"a": 2})"
                                   "\tjsonb",
                                   R"([1, "x"])"
                                   "\tjsonb"}))
                      .to(kMS, kRows, rows_of({R"({"a": 2})", R"([1, "x"])"})));
  const std::string escapes = table_of("json", {R"('"\u0000"')", R"('"\ud800"')", R"('"\u00e9"')"});
  const std::string shown = rows_of({R"("\u0000")", R"("\ud800")", R"("\u00e9")"});
  cases.push_back(Case(69, "EscapesOfPostgres", kP, escapes)
                      .to(kPS, kRows, shown)
                      .to(kMa, kRows, "1\t\"\\u0000\"\n3\t\"\\u00e9\"")
                      .rejects("2:check")
                      .to(kMy, kRows, "1\t\"\\u0000\"\n3\t\"é\"")
                      .rejects("2:json"));
  cases.push_back(
      Case(69, "EscapesOfMysql", kMy, table_of("json", {R"('"\\u0000"')", R"('"\\u00e9"')"}))
          .to(kP, kRows, "2\t\"é\"")
          .rejects("1:json")
          .to(kMS, kRows, rows_of({R"("\u0000")", "\"é\""})));
  const std::string numbers =
      table_of("jsonb", {"'12345678901234567890123'", "'1e400'", "'0.1'", "'1.10'"});
  const std::string huge = "1" + std::string(400, '0');
  cases.push_back(Case(70, "JsonNumbers", kP, numbers)
                      .to({Place::kPostgres, Place::kMariadb, Place::kSqlite}, kRows,
                          rows_of({"12345678901234567890123", huge, "0.1", "1.10"}))
                      .to(kMy, kRows, "3\t0.1\n4\t1.1")
                      .rejects("1:json_number 2:json_number"));
  cases.push_back(
      Case(70, "JsonNumbersByRule", kP, table_of("jsonb", {"'12345678901234567890123'", "'0.1'"}))
          .to(kMy, kRows, rows_of({"1.2345678901234568e22", "0.1"}))
          .rule("v", "json_number", "double")
          .told("rule used 1 times: @t.v: json_number=double"));
  cases.push_back(
      Case(71, "JsonOfPostgres", kP,
           table_of("jsonb", {R"('{"bb": [1, {"x": null}], "a": "\"q\\"}')"}))
          .to(kP, R"(SELECT v = '{"a":"\"q\\","bb":[1,{"x":null}]}'::jsonb FROM @t)", "t")
          .to(kM,
              R"(SELECT json_type(json_extract(v, '$.bb[1].x')), json_unquote(json_extract(v, '$.a')) FROM @t)",
              "NULL\t\"q\\")
          .to(kS, R"(SELECT json_type(v, '$.bb[1].x'), v ->> '$.a' FROM @t)", "null\t\"q\\"));
  cases.push_back(
      Case(71, "JsonOfMysql", kM, table_of("json", {R"('{"bb": [1, {"x": null}], "a": "\\"q"}')"}))
          .to(kP, R"(SELECT v::jsonb = '{"a":"\"q","bb":[1,{"x":null}]}'::jsonb FROM @t)", "t")
          .to(kM, R"(SELECT json_unquote(json_extract(v, '$.a')) FROM @t)", "\"q")
          .to(kS, R"(SELECT json_type(v, '$.bb[1].x'), v ->> '$.a' FROM @t)", "null\t\"q"));
  cases.push_back(
      Case(72, "JsonOfMariadb", kMa,
           "CREATE TABLE @t (id int PRIMARY KEY, v json, w longtext CHECK (json_valid(w))); "
           R"(INSERT INTO @t VALUES (1, '{"a": 1}', '[1]'))")
          .to(kP, "SELECT v, w, pg_typeof(v), pg_typeof(w) FROM @t", "{\"a\": 1}\t[1]\tjson\tjson")
          .to(kMa, kRows, "1\t{\"a\": 1}\t[1]")
          .to(kMy, "SELECT v, w, json_type(v) FROM @t", "{\"a\": 1}\t[1]\tOBJECT")
          .to(kS, kRows, "1\t{\"a\": 1}\t[1]"));
}

void add_arrays(std::vector<Case>& cases) {
  cases.push_back(
      Case(73, "TextArrays", kP,
           table_of("text[]", {R"('{"a,b","c\"d",NULL,"","NULL",x}')", "'{}'", "NULL"}))
          .to(kP, kRows, rows_of({R"({"a,b","c\"d",NULL,"","NULL",x})", "{}", "NULL"}))
          .to(kMS, kRows, rows_of({R"(["a,b", "c\"d", null, "", "NULL", "x"])", "[]", "NULL"})));
  const std::string bounds = table_of("int[]", {"'{{1,2},{3,4}}'", "'[2:4]={1,2,3}'", "'{5}'"});
  cases.push_back(Case(74, "ArrayBounds", kP, bounds)
                      .to(kP, kRows, rows_of({"{{1,2},{3,4}}", "[2:4]={1,2,3}", "{5}"}))
                      .to(kMS, kRows, "1\t[[1, 2], [3, 4]]\n3\t[5]")
                      .rejects("2:array_bounds"));
  cases.push_back(Case(74, "ArrayBoundsDropped", kP, bounds)
                      .to(kMS, kRows, rows_of({"[[1, 2], [3, 4]]", "[1, 2, 3]", "[5]"}))
                      .rule("v", "array_bounds", "drop")
                      .told("rule used 1 times: @t.v: array_bounds=drop"));
  cases.push_back(
      Case(75, "Ranges", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int4range, w tstzrange, z int4multirange); "
           "INSERT INTO @t VALUES (1, '[1,5)', '[2020-01-01 00:00+00,)', '{[1,3),[5,6)}'), "
           "(2, 'empty', '(,)', '{}'), (3, '(,)', NULL, NULL)")
          .to(kAll, kRows,
              "1\t[1,5)\t[\"2020-01-01 00:00:00+00\",)\t{[1,3),[5,6)}\n2\tempty\t(,)\t{}\n"
              "3\t(,)\tNULL\tNULL"));
  cases.push_back(
      Case(76, "Hstore", kP,
           "CREATE EXTENSION IF NOT EXISTS hstore; " +
               table_of("hstore", {"'a=>1,b=>NULL,\"c d\"=>\"q\\\"\"'", "''"}))
          .to(kP, typed("pg_typeof"),
              rows_of({"\"a\"=>\"1\", \"b\"=>NULL, \"c d\"=>\"q\\\"\"\thstore", "\thstore"}))
          .to(kM,
              "SELECT id, json_unquote(json_extract(v, '$.a')), "
              "json_type(json_extract(v, '$.b')), json_length(v) FROM @t ORDER BY id",
              "1\t1\tNULL\t3\n2\tNULL\tNULL\t0")
          .to(kS,
              "SELECT id, v ->> '$.a', json_type(v, '$.b'), v ->> '$.\"c d\"' FROM @t "
              "ORDER BY id",
              "1\t1\tnull\tq\"\n2\tNULL\tNULL\tNULL"));
}

void add_addresses_and_uuids(std::vector<Case>& cases) {
  cases.push_back(
      Case(77, "Addresses", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, a inet, b macaddr, c cidr, d macaddr8, e inet); "
           "INSERT INTO @t VALUES (1, '192.168.1.0/24', '08:00:2b:01:02:03', '2001:4f8:3:ba::/64', "
           "'08:00:2b:01:02:03:04:05', '::ffff:1.2.3.4')")
          .to(kAll, kRows,
              "1\t192.168.1.0/24\t08:00:2b:01:02:03\t2001:4f8:3:ba::/64\t08:00:2b:01:02:03:04:05\t"
              "::ffff:1.2.3.4"));
  const std::string uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
  const std::string hex = "A0EEBC999C0B4EF8BB6D6BB9BD380A11";
  cases.push_back(Case(78, "Uuid", kP, table_of("uuid", {"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"}))
                      .to(kAll, kRows, "1\t" + uuid));
  cases.push_back(Case(78, "UuidIntoBinary", kP, table_of("uuid", {"'" + uuid + "'"}))
                      .to(kM, "SELECT hex(v) FROM @t", hex)
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v binary(16))")
                      .rule("v", "binary_to_uuid", "plain"));
  cases.push_back(Case(78, "UuidIntoSwappedBinary", kP, table_of("uuid", {"'" + uuid + "'"}))
                      .to(kMy, "SELECT bin_to_uuid(v, 1) FROM @t", uuid)
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v binary(16))")
                      .rule("v", "binary_to_uuid", "swapped"));
  cases.push_back(Case(78, "TextIntoUuid", kPS, table_of("varchar(40)", {"'" + uuid + "'", "'x'"}))
                      .to(kMa, kRows, "1\t" + uuid)
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v uuid)")
                      .rejects("2:type")
                      .to(kP, kRows, "1\t" + uuid)
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v uuid)")
                      .rejects("2:type"));
  const std::string binary = table_of("binary(16)", {"x'" + hex + "'", "x'00'"});
  cases.push_back(Case(79, "BinaryUuid", kM, binary)
                      .to(kP, "SELECT upper(encode(v, 'hex')) FROM @t WHERE id = 1", hex)
                      .to(kMS, "SELECT hex(v) FROM @t WHERE id = 1", hex));
  cases.push_back(Case(79, "BinaryUuidByRule", kM, binary)
                      .to(kP, "SELECT v, pg_typeof(v) FROM @t WHERE id = 1", uuid + "\tuuid")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v uuid)")
                      .rule("v", "binary_to_uuid", "plain"));
  cases.push_back(
      Case(79, "SwappedUuidByRule", kMy, table_of("binary(16)", {"uuid_to_bin('" + uuid + "', 1)"}))
          .to(kP, kRows, "1\t" + uuid)
          .prepared("CREATE TABLE @t (id int PRIMARY KEY, v uuid)")
          .rule("v", "binary_to_uuid", "swapped"));
}

std::string all_bytes() {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned byte = 0; byte < 256; ++byte) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

void add_other_types(std::vector<Case>& cases) {
  const std::string bytes = all_bytes();
  cases.push_back(
      Case(80, "AllBytes", kP, table_of("bytea", {"decode('" + bytes + "', 'hex')", "''", "NULL"}))
          .to(kP, "SELECT id, encode(v, 'hex'), v IS NULL FROM @t ORDER BY id",
              rows_of({bytes + "\tf", "\tf", "NULL\tt"}))
          .to(kM, "SELECT id, lower(hex(v)), v IS NULL FROM @t ORDER BY id",
              rows_of({bytes + "\t0", "\t0", "NULL\t1"}))
          .to(kS, "SELECT id, lower(hex(v)), typeof(v) FROM @t ORDER BY id",
              rows_of({bytes + "\tblob", "\tblob", "\tnull"})));
  cases.push_back(
      Case(81, "ComplexTypes", kP,
           "CREATE TYPE pair81 AS (a int, b text); CREATE DOMAIN even81 AS int CHECK (value % 2 = "
           "0); "
           "CREATE TYPE mood81 AS ENUM ('sad', 'ok'); CREATE TABLE @t (id int PRIMARY KEY, a xml, "
           "b tsvector, c pair81, d even81, e mood81); INSERT INTO @t VALUES "
           "(1, '<r a=\"1\">x</r>', 'fat:2 cat:1A', ROW(1, 'x, y'), 4, 'ok')")
          .to(kAll, kRows, "1\t<r a=\"1\">x</r>\t'cat':1A 'fat':2\t(1,\"x, y\")\t4\tok"));
  cases.push_back(Case(84, "Booleans", kP, table_of("boolean", {"true", "false", "NULL"}))
                      .to(kP, kRows, rows_of({"t", "f", "NULL"}))
                      .to(kMS, kRows, rows_of({"1", "0", "NULL"})));
  const std::string words =
      table_of("BOOLEAN", {"'t'", "'f'", "'true'", "1", "0", "2", "'yes'", "NULL"});
  cases.push_back(
      Case(85, "BooleanWords", kS, words)
          .to(kP, typed("pg_typeof"),
              "1\tt\tboolean\n2\tf\tboolean\n3\tt\tboolean\n4\tt\tboolean\n5\tf\tboolean\n"
              "8\tNULL\tboolean")
          .rejects("6:boolean 7:boolean")
          .to(kM, kRows, "1\t1\n2\t0\n3\t1\n4\t1\n5\t0\n8\tNULL")
          .rejects("6:boolean 7:boolean")
          .to(kS, "SELECT id, quote(v) FROM @t ORDER BY id",
              rows_of({"'t'", "'f'", "'true'", "1", "0", "2", "'yes'", "NULL"})));
  cases.push_back(Case(85, "BooleanWordsByRule", kS, words)
                      .to(kM, kRows, rows_of({"1", "0", "1", "1", "0", "1", "1", "NULL"}))
                      .rule("v", "nonzero", "true")
                      .told("rule used 2 times: @t.v: nonzero=true"));
}

void add_spatial(std::vector<Case>& cases) {
  // Longitude 10 and latitude 60: x is the longitude in the bytes, whatever the server's texts say.
  const std::string swapped_bytes =
      "e61000000101000000"
      "0000000000002440"
      "0000000000004e40";
  const std::string plain_bytes =
      "000000000101000000"
      "000000000000f03f"
      "0000000000000040";
  const std::string table =
      "CREATE TABLE @t (id int PRIMARY KEY, v geometry); INSERT INTO @t VALUES ";
  const std::string rest =
      ", (2, ST_GeomFromText('POINT(1 2)')), (3, NULL), "
      "(4, ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))'))";
  const std::string of_postgres = "SELECT id, encode(v, 'hex') FROM @t WHERE id < 4 ORDER BY id";
  const std::string of_sqlite = "SELECT id, lower(hex(v)) FROM @t WHERE id < 3 ORDER BY id";
  const std::string in_postgres = rows_of({swapped_bytes, plain_bytes, "NULL"});
  const std::string of_mariadb =
      "SELECT id, ST_X(v), ST_Y(v), ST_SRID(v) FROM @t WHERE id < 3 ORDER BY id";
  const std::string of_mysql =
      "SELECT ST_Longitude(v), ST_Latitude(v) FROM @t WHERE id = 1; "
      "SELECT ST_X(v), ST_Y(v), ST_SRID(v) FROM @t WHERE id = 2; "
      "SELECT ST_AsText(v) FROM @t WHERE id = 4";
  const std::string in_mysql =
      "10\t60\n1\t2\t0\nGEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))";
  const auto add = [&](const Places& from, const std::string& first) {
    cases.push_back(Case(82, "Geometry", from, table + first + rest)
                        .to(kP, of_postgres, in_postgres)
                        .to(kMa, of_mariadb, "1\t10\t60\t4326\n2\t1\t2\t0")
                        .to(kMy, of_mysql, in_mysql)
                        .to(kS, of_sqlite, rows_of({swapped_bytes, plain_bytes})));
  };
  add(kMa, "(1, ST_GeomFromText('POINT(10 60)', 4326))");
  add(kMy, "(1, ST_GeomFromText('POINT(60 10)', 4326))");
  cases.push_back(
      Case(83, "NativeGeometry", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, a point, b path, c polygon, d lseg); INSERT INTO "
           "@t "
           "VALUES (1, '(1.5,-2)', '[(0,0),(1,1)]', '((0,0),(1,0),(1,1))', '[(0,0),(1,1)]')")
          .to(kPS, kRows, "1\t(1.5,-2)\t[(0,0),(1,1)]\t((0,0),(1,0),(1,1))\t[(0,0),(1,1)]")
          .to(kM, "SELECT ST_AsText(a), ST_AsText(c), ST_AsText(d) FROM @t",
              "POINT(1.5 -2)\tPOLYGON((0 0,1 0,1 1,0 0))\tLINESTRING(0 0,1 1)"));
}

}  // namespace

std::vector<Case> special_cases() {
  std::vector<Case> cases;
  add_enums(cases);
  add_json(cases);
  add_arrays(cases);
  add_addresses_and_uuids(cases);
  add_other_types(cases);
  add_spatial(cases);
  return cases;
}

}  // namespace crossload::testing
