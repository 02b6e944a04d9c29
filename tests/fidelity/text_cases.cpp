// Cases 44 to 63: text, bytes, encodings.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

// What each server's shell shows of the bytes of a text, in small letters.
const std::string kHexOfPostgres =
    "SELECT id, encode(convert_to(v, 'UTF8'), 'hex') FROM @t ORDER BY id";
const std::string kHex = "SELECT id, lower(hex(v)) FROM @t ORDER BY id";

/// A table (id, v) of texts whose bytes are given in hex, as each engine makes it.
std::string texts_of(Place place, const std::string& type, const std::vector<std::string>& hex) {
  std::vector<std::string> values;
  for (const std::string& bytes : hex) {
    const std::string literal = "x'" + bytes + "'";
    if (bytes == "NULL") {
      values.push_back(bytes);
    } else if (place == Place::kSqlite) {
      values.push_back("CAST(" + literal + " AS TEXT)");
    } else if (place == Place::kPostgres) {
      values.push_back("convert_from(decode('" + bytes + "', 'hex'), 'UTF8')");
    } else {
      values.push_back(literal);
    }
  }
  return table_of(type, values);
}

void add_nul(std::vector<Case>& cases, Place place) {
  const Places from = {place};
  const std::string setup = texts_of(place, "varchar(10)", {"6f6b", "610062", "656e64"});
  cases.push_back(Case(44, "Nul", from, setup)
                      .to(kP, kHexOfPostgres, "1\t6f6b\n3\t656e64")
                      .rejects("2:nul")
                      .to(kMS, kHex, rows_of({"6f6b", "610062", "656e64"})));
  cases.push_back(Case(44, "NulStripped", from, setup)
                      .to(kP, kHexOfPostgres, rows_of({"6f6b", "6162", "656e64"}))
                      .rule("v", "nul", "strip")
                      .told("rule used 1 times: @t.v: nul=strip"));
  cases.push_back(Case(44, "NulAsBytes", from, setup)
                      .to(kP, kRows, rows_of({"\\x6f6b", "\\x610062", "\\x656e64"}))
                      .prepared("CREATE TABLE @t (id bigint PRIMARY KEY, v bytea)")
                      .rule("v", "bytes", "utf8"));
}

void add_broken_utf8(std::vector<Case>& cases) {
  const std::string setup =
      texts_of(Place::kSqlite, "TEXT", {"6f6b", "fffe", "eda080", "61ff62", "656e64"});
  cases.push_back(Case(45, "BrokenUtf8", kS, setup)
                      .to(kP, kHexOfPostgres, "1\t6f6b\n5\t656e64")
                      .rejects("2:invalid_utf8 3:invalid_utf8 4:invalid_utf8")
                      .to(kM, kHex, "1\t6f6b\n5\t656e64")
                      .rejects("2:invalid_utf8 3:invalid_utf8 4:invalid_utf8")
                      .to(kS, "SELECT id, lower(hex(v)), typeof(v) FROM @t ORDER BY id",
                          rows_of({"6f6b\ttext", "fffe\ttext", "eda080\ttext", "61ff62\ttext",
                                   "656e64\ttext"})));
  cases.push_back(
      Case(45, "BrokenUtf8Replaced", kS, setup)
          .to(kP, kHexOfPostgres,
              rows_of({"6f6b", "efbfbdefbfbd", "efbfbdefbfbdefbfbd", "61efbfbd62", "656e64"}))
          .rule("v", "invalid_utf8", "replace")
          .told("rule used 3 times: @t.v: invalid_utf8=replace"));
}

void add_character_sets(std::vector<Case>& cases) {
  const std::string emoji = texts_of(Place::kMysql, "varchar(10)", {"61f09f988062", "e282ac"});
  cases.push_back(Case(46, "Emoji", kM, emoji)
                      .to(kP, kHexOfPostgres, rows_of({"61f09f988062", "e282ac"}))
                      .to(kMS, kHex, rows_of({"61f09f988062", "e282ac"})));
  cases.push_back(Case(46, "EmojiIntoUtf8mb3", kM, emoji)
                      .to(kM, kHex, "2\te282ac")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v varchar(10)) "
                                "CHARACTER SET utf8mb3")
                      .rejects("1:charset"));
  cases.push_back(Case(47, "Latin1", kM,
                       table_of("varchar(10) CHARACTER SET latin1", {"x'80'", "x'96'", "x'E9'"}))
                      .to(kP, kRows, rows_of({"€", "–", "é"}))
                      .to(kMS, kRows, rows_of({"€", "–", "é"})));
  const std::string twice =
      table_of("varchar(20) CHARACTER SET latin1", {"x'416E6472C3A9'", "'plain'", "x'E9'"});
  cases.push_back(
      Case(48, "Utf8InLatin1", kM, twice)
          .to(kAll, kRows, rows_of({"AndrÃ©", "plain", "é"}))
          .told(R"(@t.v: 1 of the first 1000 texts are UTF-8 that was stored as latin1 )"
                R"(once; they are copied as the server shows them, and rules )"
                R"({"@t.v":{"decode_as":"utf8"}} decodes them)"));
  cases.push_back(Case(48, "Utf8InLatin1Decoded", kM, twice)
                      .to(kPS, kRows, "1\tAndré\n2\tplain")
                      .rule("v", "decode_as", "utf8")
                      .rejects("3:charset")
                      .told("rule used 1 times: @t.v: decode_as=utf8"));
  cases.push_back(Case(49, "OtherCharacterSets", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, a varchar(9) CHARACTER SET latin5, "
                       "b varchar(9) CHARACTER SET cp932, c varchar(9) CHARACTER SET gbk); "
                       "INSERT INTO @t VALUES (1, x'FE', x'82A0', x'C4E3')")
                      .to(kAll, kRows, "1\tş\tあ\t你"));
}

void add_fixed_lengths(std::vector<Case>& cases) {
  cases.push_back(Case(50, "CharOfMysql", kM, table_of("char(5)", {"'ab  '", "' ab'"}))
                      .to(kP,
                          "SELECT id, v = 'ab', octet_length(v), pg_typeof(v) FROM @t "
                          "ORDER BY id",
                          rows_of({"t\t5\tcharacter", "f\t5\tcharacter"}))
                      .to(kMS, kHex, rows_of({"6162", "206162"})));
  const std::string padded = table_of("char(5)", {"'ab'", "'abcde'"});
  cases.push_back(Case(51, "CharOfPostgres", kP, padded)
                      .to(kP, "SELECT id, v = 'ab', octet_length(v) FROM @t ORDER BY id",
                          rows_of({"t\t5", "f\t5"}))
                      .to(kM, kHex, rows_of({"6162", "6162636465"}))
                      .to(kS, kHex, rows_of({"6162202020", "6162636465"})));
  cases.push_back(Case(51, "CharOfPostgresTrimmed", kP, padded)
                      .to(kS, kHex, rows_of({"6162", "6162636465"}))
                      .rule("v", "char_blanks", "trim")
                      .told("rule used 1 times: @t.v: char_blanks=trim"));
  cases.push_back(Case(52, "BinaryOfMysql", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, v binary(4), w varbinary(4)); "
                       "INSERT INTO @t VALUES (1, 'ab', 'ab')")
                      .to(kP, kRows, "1\t\\x61620000\t\\x6162")
                      .to(kM, "SELECT hex(v), hex(w) FROM @t", "61620000\t6162")
                      .to(kS, "SELECT hex(v), hex(w), typeof(v) FROM @t", "61620000\t6162\tblob"));
}

void add_storage_classes(std::vector<Case>& cases) {
  cases.push_back(Case(53, "BytesThatAreText", kS, table_of("BLOB", {"x'68656c6c6f'", "x''"}))
                      .to(kP, kRows, rows_of({"\\x68656c6c6f", "\\x"}))
                      .to(kM, kHex, rows_of({"68656c6c6f", ""}))
                      .to(kS, typed("typeof"), rows_of({"hello\tblob", "\tblob"})));
  const std::string bytes = table_of("BLOB", {"x'00ff'", "x'01'", "'text'"});
  const std::string texts = table_of("TEXT", {"'a'", "'b'", "x'00ff'"});
  cases.push_back(Case(54, "TextAmongBytes", kS, bytes)
                      .to(kP, kRows, "1\t\\x00ff\n2\t\\x01")
                      .rejects("3:type")
                      .to(kM, kHex, "1\t00ff\n2\t01")
                      .rejects("3:type")
                      .to(kS, "SELECT id, quote(v) FROM @t ORDER BY id",
                          rows_of({"X'00FF'", "X'01'", "'text'"})));
  cases.push_back(Case(54, "TextAmongBytesByRule", kS, bytes)
                      .to(kP, kRows, rows_of({"\\x00ff", "\\x01", "\\x74657874"}))
                      .rule("v", "bytes", "utf8")
                      .to(kM, kHex, rows_of({"00ff", "01", "74657874"}))
                      .rule("v", "bytes", "utf8"));
  cases.push_back(
      Case(54, "BytesAmongText", kS, texts)
          .to(kPM, kRows, "1\ta\n2\tb")
          .rejects("3:type")
          .to(kS, "SELECT id, quote(v) FROM @t ORDER BY id", rows_of({"'a'", "'b'", "X'00FF'"})));
  const std::string blanks =
      "CREATE TABLE @t (id INTEGER PRIMARY KEY, v TEXT, n INTEGER, d DATE); INSERT INTO @t VALUES "
      "(1, '', 1, '2020-01-01'), (2, NULL, NULL, NULL), (3, 'x', '', '2020-01-02'), "
      "(4, 'y', 2, ''), (5, 'z', 3, '2020-01-03')";
  const std::string kept = "1\t\t1\t2020-01-01\n2\tNULL\tNULL\tNULL\n5\tz\t3\t2020-01-03";
  cases.push_back(Case(55, "EmptyTextsOfSqlite", kS, blanks)
                      .to(kPM, kRows, kept)
                      .prepared("CREATE TABLE @t (id bigint PRIMARY KEY, v text, n bigint, d date)")
                      .rejects("3:type 4:type")
                      .to(kS, "SELECT id, quote(v), quote(n), quote(d) FROM @t ORDER BY id",
                          "1\t''\t1\t'2020-01-01'\n2\tNULL\tNULL\tNULL\n3\t'x'\t''\t'2020-01-02'\n"
                          "4\t'y'\t2\t''\n5\t'z'\t3\t'2020-01-03'"));
  cases.push_back(Case(55, "EmptyTexts", kPM, table_of("varchar(5)", {"''", "NULL", "' '"}))
                      .to(kP, "SELECT id, v IS NULL, length(v) FROM @t ORDER BY id",
                          rows_of({"f\t0", "t\tNULL", "f\t1"}))
                      .to(kMS, "SELECT id, v IS NULL, length(v) FROM @t ORDER BY id",
                          rows_of({"0\t0", "1\tNULL", "0\t1"})));
}

/// Texts that mean something to one protocol or the other.
void add_special_characters(std::vector<Case>& cases, Place place) {
  const std::vector<std::string> hex = {
      "61096209",      // tabs
      "0a610a",        // newlines
      "610d0a620d",    // carriage returns
      "5c",            // a backslash
      "5c4e",          // \N
      "5c2e",          // \.
      "610a5c2e0a62",  // \. on a line of its own
      "2722602c3b",    // quotes, comma, semicolon
      "NULL",
      "4e554c4c",  // the word NULL
      "",
      "2525735f",  // %%s_
      "c3a9f09f9880e4bda0",
  };
  std::vector<std::string> shown = hex;
  cases.push_back(Case(56, "SpecialCharacters", {place}, texts_of(place, "varchar(40)", hex))
                      .to(kP, kHexOfPostgres, rows_of(shown))
                      .to(kM, kHex, rows_of(shown)));
  // SQLite's hex() of NULL is an empty text.
  cases.back().to(kS, "SELECT id, iif(v IS NULL, 'NULL', lower(hex(v))) FROM @t ORDER BY id",
                  rows_of(shown));
}

void add_lengths(std::vector<Case>& cases) {
  cases.push_back(Case(58, "FourByteCharacters", kM,
                       table_of("varchar(255)", {"repeat('😀', 255)", "repeat('é', 255)"}))
                      .to(kP,
                          "SELECT id, char_length(v), octet_length(v), pg_typeof(v) FROM @t "
                          "ORDER BY id",
                          rows_of({"255\t1020\tcharacter varying", "255\t510\tcharacter varying"}))
                      .to(kM, "SELECT id, char_length(v), octet_length(v) FROM @t ORDER BY id",
                          rows_of({"255\t1020", "255\t510"}))
                      .to(kS, "SELECT id, length(v), length(CAST(v AS BLOB)) FROM @t ORDER BY id",
                          rows_of({"255\t1020", "255\t510"})));
  cases.push_back(Case(59, "TooLong", kPS, table_of("text", {"'abc'", "'abcd'", "'ab  '", "'éé€'"}))
                      .to(kPM, kRows, "1\tabc\n4\téé€")
                      .prepared("CREATE TABLE @t (id bigint PRIMARY KEY, v varchar(3))")
                      .rejects("2:too_long 3:too_long")
                      .to(kS, kRows, rows_of({"abc", "abcd", "ab  ", "éé€"}))
                      .prepared("CREATE TABLE @t (id INTEGER PRIMARY KEY, v VARCHAR(3))"));
}

void add_collations(std::vector<Case>& cases) {
  cases.push_back(
      Case(60, "Citext", kP,
           "CREATE EXTENSION IF NOT EXISTS citext; " + table_of("citext", {"'Abc'", "'déf'"}))
          .to(kP, "SELECT id, v, v = 'ABC', pg_typeof(v) FROM @t ORDER BY id",
              rows_of({"Abc\tt\tcitext", "déf\tf\tcitext"}))
          .to(kMS, kRows, rows_of({"Abc", "déf"})));
  const std::string four =
      "CREATE TABLE @t (id int, v varchar(20) PRIMARY KEY); INSERT INTO @t VALUES "
      "(1, 'abc'), (2, 'ABC'), (3, 'abc '), (4, 'àbc')";
  cases.push_back(Case(61, "NearlyEqualKeys", kPS, four)
                      .to(kM, "SELECT id, v, length(v) FROM @t ORDER BY id",
                          rows_of({"abc\t3", "ABC\t3", "abc \t4", "àbc\t4"}))
                      .to(kPS, "SELECT id, v, length(v) FROM @t ORDER BY id",
                          rows_of({"abc\t3", "ABC\t3", "abc \t4", "àbc\t3"})));
  cases.push_back(Case(61, "NearlyEqualKeysIntoCi", kPS,
                       table_of("varchar(20)", {"'abc'", "'ABC'", "'abc '", "'àbc'"}))
                      .to(kM, kRows, "1\tabc")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v varchar(20) UNIQUE) "
                                "COLLATE utf8mb4_general_ci")
                      .rejects("2:unique 3:unique 4:unique"));
  cases.push_back(
      Case(62, "CaseInsensitiveKey", kM,
           "CREATE TABLE @t (id int, v varchar(20) PRIMARY KEY) "
           "COLLATE utf8mb4_general_ci; INSERT INTO @t VALUES (1, 'straße'), (2, 'abc')")
          .to(kP, kRows, rows_of({"straße", "abc"}))
          .to(kS, kRows, rows_of({"straße", "abc"}))
          .to(kM, kRows, rows_of({"straße", "abc"})));
}

}  // namespace

std::vector<Case> text_cases() {
  std::vector<Case> cases;
  for (const Place place : {Place::kMariadb, Place::kMysql, Place::kSqlite}) add_nul(cases, place);
  add_broken_utf8(cases);
  add_character_sets(cases);
  add_fixed_lengths(cases);
  add_storage_classes(cases);
  for (const Place place : kAll) add_special_characters(cases, place);
  add_lengths(cases);
  add_collations(cases);
  return cases;
}

}  // namespace crossload::testing
