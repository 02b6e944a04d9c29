// FIDELITY cases 44 to 60: text, bytes, character sets. One row a case and target.

#include <string>

#include <gtest/gtest.h>

#include "crossload/base/error.h"

#include "conversion.h"

namespace crossload::convert {
namespace {

using enum TypeKind;
using namespace std::string_literals;

const TypeOf kPgText = P(kText, "text");
const TypeOf kMyText = M(kText, "longtext");

TypeOf varchar(int length) {
  return M(kText, "varchar").length(length);
}
TypeOf pg_varchar(int length) {
  return P(kText, "character varying").length(length);
}

TEST(TextConversion, Case44NulCharacters) {
  const Value nul = "a\0b"s;
  check({
      {"MySQL to PostgreSQL", kMyText, kPgText, nul, "!nul"},
      {"SQLite to PostgreSQL", S("TEXT"), kPgText, nul, "!nul"},
      {"strip", S("TEXT"), kPgText, nul, "t:ab", {{"nul", "strip"}}},
      {"SQLite to MySQL", S("TEXT"), kMyText, nul, "t:a\0b"s},
      {"MySQL to SQLite", kMyText, S("TEXT"), nul, "t:a\0b"s},
  });
}

TEST(TextConversion, Case45TextThatIsNoUtf8) {
  const Value bad = "\xFF\xFE"s;
  const Value surrogate = "a\xED\xA0\x80"s;
  check({
      {"to PostgreSQL", S("TEXT"), kPgText, bad, "!invalid_utf8"},
      {"to MySQL", S("TEXT"), kMyText, bad, "!invalid_utf8"},
      {"surrogate to PostgreSQL", S("TEXT"), kPgText, surrogate, "!invalid_utf8"},
      {"surrogate to MySQL", S("TEXT"), varchar(10), surrogate, "!invalid_utf8"},
      {"replace",
       S("TEXT"),
       kPgText,
       surrogate,
       "t:a\uFFFD\uFFFD\uFFFD",
       {{"invalid_utf8", "replace"}}},
      {"overlong", S("TEXT"), kPgText, "\xC0\x80"s, "!invalid_utf8"},
      {"cut at the end, behind eight letters", S("TEXT"), kPgText, "abcdefgh\xE2\x82"s,
       "!invalid_utf8"},
      {"to SQLite", S("TEXT"), S("TEXT"), bad, "t:\xFF\xFE"s},
      {"in JSON", S("TEXT"), P(kJson, "json"), "\"\xFF\""s, "!invalid_utf8"},
  });
}

TEST(TextConversion, Case46CharacterSets) {
  const char* const emoji = "a😀b";
  const TypeOf utf8mb3 = varchar(10).charset("utf8mb3");
  const TypeOf latin1 = varchar(10).charset("latin1");
  check({
      {"emoji to utf8mb3", kPgText, utf8mb3, emoji, "!charset"},
      {"euro to utf8mb3", kPgText, utf8mb3, "€", "t:€"},
      {"emoji to utf8mb4", kPgText, varchar(10).charset("utf8mb4"), emoji, "t:a😀b"},
      {"emoji to latin1", S("TEXT"), latin1, emoji, "!charset"},
      {"euro to latin1", S("TEXT"), latin1, "€ – ÿ", "t:€ – ÿ"},
      {"Greek to latin1", S("TEXT"), latin1, "α", "!charset"},
      {"ä to ascii", S("TEXT"), varchar(10).charset("ascii"), "ä", "!charset"},
      {"utf8mb4 to latin1", varchar(10).charset("utf8mb4"), latin1, "α", "!charset"},
      {"latin1 to latin1", latin1, latin1, "€", "t:€"},
  });
}

TEST(TextConversion, Case47To49WhatTheServerSays) {
  const TypeOf latin1 = varchar(20).charset("latin1");
  const ColumnRules utf8 = {{"decode_as", "utf8"}};
  check({
      {"47", latin1, kPgText, "€–", "t:€–"},
      {"48", latin1, kPgText, "AndrÃ©", "t:AndrÃ©"},
      {"48 decoded", latin1, kPgText, "AndrÃ©", "t:André", utf8},
      {"48 decoded to SQLite", latin1, S("TEXT"), "â‚¬", "t:€", utf8},
      {"48 ASCII", latin1, kPgText, "Andre", "t:Andre", utf8},
      {"48 was right before", latin1, kPgText, "André", "!charset", utf8},
      {"48 beyond latin1", kMyText, kPgText, "α", "!charset", utf8},
      {"49", varchar(20).charset("latin5"), kPgText, "ğış", "t:ğış"},
  });
}

TEST(TextConversion, Case50And51PaddedText) {
  const TypeOf pg_char = P(kText, "character(5)").length(5);
  const TypeOf my_char = M(kText, "char(5)").length(5);
  check({
      {"50 to char", my_char, pg_char, "ab", "t:ab"},
      {"50 to varchar", my_char, pg_varchar(5), "ab", "t:ab"},
      {"51 to CHAR", pg_char, my_char, "ab   ", "t:ab   "},
      {"51 to shorter CHAR", pg_char, M(kText, "char(3)").length(3), "ab   ", "t:ab"},
      {"51 too long", pg_char, M(kText, "char(1)").length(1), "ab   ", "!too_long"},
      {"51 to TEXT", pg_char, S("TEXT"), "ab   ", "t:ab   "},
      {"51 to TEXT, trim", pg_char, S("TEXT"), "ab   ", "t:ab", {{"char_blanks", "trim"}}},
      {"51 to VARCHAR, trim", pg_char, varchar(5), "     ", "t:", {{"char_blanks", "trim"}}},
      {"blanks that CHAR drops", kPgText, my_char, "ab ", "!trailing_blanks"},
      {"blanks that VARCHAR keeps", kPgText, varchar(5), "ab ", "t:ab "},
      {"text to PostgreSQL's char", kMyText, pg_char, "ab ", "t:ab "},
  });
}

TEST(TextConversion, Case52And53Bytes) {
  const TypeOf binary4 = M(kBytes, "binary(4)").length(4);
  const TypeOf varbinary4 = M(kBytes, "varbinary(4)").length(4);
  const TypeOf bytea = P(kBytes, "bytea");
  const Value padded = Bytes{"ab\0\0"s};
  check({
      {"52 binary to bytea", binary4, bytea, padded, "b:61620000"},
      {"52 varbinary to bytea", varbinary4, bytea, Bytes{"ab"}, "b:6162"},
      {"52 bytea to binary", bytea, binary4, Bytes{"ab"}, "!too_short"},
      {"52 bytea to binary, full", bytea, binary4, padded, "b:61620000"},
      {"52 bytea to varbinary", bytea, varbinary4, Bytes{"abcde"}, "!too_long"},
      {"52 varbinary to binary", varbinary4, binary4, Bytes{"ab"}, "!too_short"},
      {"52 bytea to TINYBLOB", bytea, M(kBytes, "tinyblob"), Bytes{std::string(256, 'x')},
       "!too_long"},
      {"53 letters stay bytes", S("BLOB"), bytea, Bytes{"hello"}, "b:68656c6c6f"},
      {"53 to LONGBLOB", S("BLOB"), M(kBytes, "longblob"), Bytes{"hello"}, "b:68656c6c6f"},
      {"80 empty", bytea, M(kBytes, "longblob"), Bytes{""}, "b:"},
      {"80 every byte", S("BLOB"), bytea, Bytes{"\0\xFF\x80"s}, "b:00ff80"},
  });
}

TEST(TextConversion, Case54TextAndBytesMixed) {
  const TypeOf bytea = P(kBytes, "bytea");
  const ColumnRules utf8 = {{"bytes", "utf8"}};
  check({
      {"text in bytes", S("BLOB"), bytea, "hello", "!type"},
      {"text in bytes by rule", S("BLOB"), bytea, "hé", "b:68c3a9", utf8},
      {"bytes in text", S("TEXT"), kPgText, Bytes{"hello"}, "!type"},
      {"bytes in text by rule", S("TEXT"), kPgText, Bytes{"hello"}, "t:hello", utf8},
      {"bytes that are no text", S("TEXT"), kMyText, Bytes{"\xFF"}, "!invalid_utf8", utf8},
      {"NUL in bytes", S("TEXT"), kPgText, Bytes{"a\0"s}, "!nul", utf8},
      {"column of bytes to text", M(kBytes, "blob"), kPgText, Bytes{"a"}, "!type"},
      {"number in bytes", S("BLOB"), bytea, std::int64_t{1}, "!type"},
  });
}

TEST(TextConversion, Case55EmptyIsNotNull) {
  check({
      {"text", S("TEXT"), kPgText, "", "t:"},
      {"MySQL", S("TEXT"), varchar(1), "", "t:"},
      {"to SQLite", kMyText, S("TEXT"), "", "t:"},
      {"NULL", S("TEXT"), kPgText, std::monostate{}, "NULL"},
      {"in integers", S("TEXT"), P(kInteger, "integer").bits(32), "", "!type"},
      {"in decimals", S("TEXT"), M(kDecimal, "decimal").digits(5, 2), "", "!type"},
  });
}

TEST(TextConversion, Case56SignsOfWires) {
  const std::string odd = "tab\tline\ncr\r\\N\\.\\'\",;";
  check({
      {"to PostgreSQL", S("TEXT"), kPgText, odd, "t:" + odd},
      {"to MySQL", kPgText, varchar(50), odd, "t:" + odd},
  });
}

TEST(TextConversion, Case58And59Lengths) {
  std::string wide;
  for (int i = 0; i < 255; ++i) wide += "😀";
  check({
      {"58", varchar(255), pg_varchar(255), wide, "t:" + wide},
      {"58 one more", varchar(256), pg_varchar(255), wide + "x", "!too_long"},
      {"59", kPgText, varchar(3), "abcd", "!too_long"},
      {"59 characters, not bytes", kPgText, varchar(3), "äöü", "t:äöü"},
      {"59 blanks count too", kPgText, varchar(3), "abc ", "!too_long"},
      {"59 blanks in PostgreSQL", S("TEXT"), pg_varchar(3), "abc ", "!too_long"},
      {"59 TINYTEXT bytes", kPgText, M(kText, "tinytext").length(255), wide, "!too_long"},
      {"59 TINYTEXT", kPgText, M(kText, "tinytext").length(255), std::string(255, 'x'),
       "t:" + std::string(255, 'x')},
      {"59 to SQLite", kPgText, S("VARCHAR(3)"), "abcd", "t:abcd"},
      {"59 name", kMyText, P(kText, "name"), std::string(64, 'x'), "!too_long"},
      {"numbers", P(kInteger, "integer").bits(32), varchar(3), std::int64_t{-100}, "!too_long"},
  });
}

TEST(TextConversion, PairsThatNeedNoLookHaveNoConverter) {
  EXPECT_EQ(make_converter(kPgText, kMyText, {}), nullptr);
  EXPECT_EQ(make_converter(pg_varchar(10), varchar(10), {}), nullptr);
  EXPECT_NE(make_converter(pg_varchar(11), varchar(10), {}), nullptr);
  EXPECT_EQ(make_converter(kMyText, S("TEXT"), {}), nullptr);
  EXPECT_NE(make_converter(kMyText, kPgText, {}), nullptr);
  EXPECT_EQ(make_converter(M(kBytes, "blob"), P(kBytes, "bytea"), {}), nullptr);
}

TEST(TextConversion, EveryUseOfARuleIsCounted) {
  const auto converter =
      make_converter(S("TEXT"), kPgText, {{"nul", "strip"}, {"invalid_utf8", "replace"}});
  RowBatch batch;
  batch.reset(1);
  for (const std::string& text : {"a\0"s, "b"s, "\0\0"s, "\xFF"s}) {
    batch.append_text(0, text);
    batch.end_row();
  }
  std::vector<Fault> faults;
  converter->convert(batch, 0, batch.add_column(), faults);
  EXPECT_TRUE(faults.empty());
  const std::map<std::string, std::uint64_t> uses = {{"invalid_utf8=replace", 1}, {"nul=strip", 2}};
  EXPECT_EQ(converter->take_rule_uses(), uses);
  EXPECT_TRUE(converter->take_rule_uses().empty());
}

TEST(TextConversion, RulesWithOtherNamesOrValuesAreRefused) {
  EXPECT_THROW(make_converter(S("TEXT"), kPgText, {{"zero_dates", "null"}}), Error);
  EXPECT_THROW(make_converter(S("TEXT"), kPgText, {{"nul", "null"}}), Error);
  EXPECT_NO_THROW(make_converter(S("TEXT"), kPgText, {{"nul", "reject"}}));
}

TEST(TextConversion, PairsWithoutACommonValueAreRefused) {
  const auto pair = [](const Side& from, const Side& to) { return converted(from, to, ""); };
  EXPECT_EQ(pair(P(kDate, "date"), M(kInteger, "int").bits(32)), "!COLUMN_MISMATCH");
  EXPECT_EQ(pair(M(kSpatial, "point"), P(kText, "text")), "!COLUMN_MISMATCH");
  EXPECT_EQ(pair(P(kBoolean, "boolean"), M(kDate, "date")), "!COLUMN_MISMATCH");
}

}  // namespace
}  // namespace crossload::convert
