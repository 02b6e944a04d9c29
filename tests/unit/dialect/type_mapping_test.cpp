#include "crossload/dialect/type_mapping.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "crossload/dialect/sqlite_affinity.h"

#include "sample_columns.h"

namespace crossload::dialect {
namespace {

using enum TypeKind;

constexpr Engine kEngines[] = {Engine::kSqlite, Engine::kPostgres, Engine::kMysql};

MappedType map(Engine from, const SampleColumn& sample, Engine to, bool mariadb = false) {
  return map_type(from, sample.column, {to, mariadb}, sample.use);
}

Column sqlite_column(const std::string& declared) {
  Column column;
  column.name = "c";
  column.type.declared = declared;
  return column;
}

std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string code(const std::string& text) {
  return text.empty() ? "(none)" : "`" + cell(text) + "`";
}

std::string table_of(Engine from, Engine to) {
  std::string text = "| " + std::string(to_string(from)) + " | holds | " +
                     std::string(to_string(to)) + " | verdict | note |\n|---|---|---|---|---|\n";
  for (const SampleColumn& sample : sample_columns(from)) {
    const MappedType type = map(from, sample, to);
    std::string target = code(type.sql);
    if (to == Engine::kMysql) {
      const std::string mariadb = map(from, sample, to, true).sql;
      if (mariadb != type.sql) target += "; MariaDB " + code(mariadb);
    }
    text += "| " + code(sample.column.type.declared) + " | " + sample.values + " | " + target +
            " | " + std::string(to_string(type.verdict)) + " | " + cell(type.note) + " |\n";
  }
  return text;
}

std::string begin_mark(Engine from, Engine to) {
  return "<!-- types: " + std::string(to_string(from)) + " " + std::string(to_string(to)) +
         " -->\n";
}

constexpr const char* kEndMark = "<!-- end -->";

TEST(TypeMapping, ADeclarationOfNumbersOrTextsIsText) {
  ColumnUse use;
  use.profile = ColumnProfile{.rows = 3, .integers = 3};
  const Column column = sqlite_column("INTEGER_OR_TEXT");
  EXPECT_EQ(map_type(Engine::kSqlite, column, {Engine::kPostgres}, use).sql, "text");
  EXPECT_EQ(map_type(Engine::kSqlite, column, {Engine::kPostgres}, {}).sql, "text");
}

TEST(TypeMapping, TheDocumentSaysWhatItDoes) {
  const std::string path = CROSSLOAD_SOURCE_DIR "/docs/type-mapping.md";
  std::ifstream file(path, std::ios::binary);
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  std::string made = document;
  for (const Engine from : kEngines) {
    for (const Engine to : kEngines) {
      if (from == to) continue;
      const std::size_t mark = made.find(begin_mark(from, to));
      ASSERT_NE(mark, std::string::npos) << begin_mark(from, to);
      const std::size_t begin = mark + begin_mark(from, to).size();
      made.replace(begin, made.find(kEndMark, begin) - begin, table_of(from, to));
    }
  }
  if (std::getenv("CROSSLOAD_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << made;
    GTEST_SKIP() << "written anew";
  }
  EXPECT_EQ(document, made) << "CROSSLOAD_UPDATE_GOLDEN=1 writes it anew";
}

TEST(TypeMapping, AVerdictComesWithAReason) {
  for (const Engine from : kEngines) {
    for (const Engine to : kEngines) {
      for (const SampleColumn& sample : sample_columns(from)) {
        const MappedType type = map(from, sample, to);
        EXPECT_EQ(type.verdict == MappingVerdict::kSame, type.note.empty())
            << sample.column.type.declared << " to " << to_string(to);
      }
    }
  }
}

TEST(TypeMapping, NamesInSqliteHaveTheAffinityThatKeepsTheValues) {
  for (const Engine from : {Engine::kPostgres, Engine::kMysql}) {
    for (const SampleColumn& sample : sample_columns(from)) {
      const MappedType type = map(from, sample, Engine::kSqlite);
      const SqliteAffinity affinity = sqlite_affinity(type.sql, false);
      switch (sample.column.type.kind) {
        case kInteger:
          EXPECT_TRUE(affinity == SqliteAffinity::kInteger || type.sql == "YEAR") << type.sql;
          break;
        case kBoolean:
          EXPECT_EQ(affinity, SqliteAffinity::kNumeric) << type.sql;
          break;
        case kFloat32:
        case kFloat64:
          EXPECT_EQ(affinity, SqliteAffinity::kReal) << type.sql;
          break;
        case kBytes:
        case kSpatial:
          EXPECT_EQ(affinity, SqliteAffinity::kNone) << type.sql;
          break;
        case kBit:
          EXPECT_TRUE(affinity == SqliteAffinity::kText || from == Engine::kMysql) << type.sql;
          break;
        default:
          EXPECT_EQ(affinity, SqliteAffinity::kText) << type.sql;
      }
    }
  }
}

// What cannot come back: a type that SQLite's own users also write, or that has no name of its own.
bool comes_back(const LogicalType& type) {
  if (!type.named.empty() || type.kind == kInteger || type.kind == kEnum || type.kind == kSet) {
    return false;
  }
  return type.declared != "money" && type.declared != "name" && type.kind != kBoolean;
}

TEST(TypeMapping, PostgresTypesComeBackFromSqlite) {
  for (const SampleColumn& sample : sample_columns(Engine::kPostgres)) {
    const LogicalType& type = sample.column.type;
    if (!comes_back(type) || type.declared == "character(5)") continue;
    const MappedType there = map(Engine::kPostgres, sample, Engine::kSqlite);
    Column between = sqlite_column(there.sql);
    if (type.kind == kText) between.type.length = type.length;
    const MappedType back = map_type(Engine::kSqlite, between, {Engine::kPostgres}, {});
    EXPECT_EQ(back.type.kind, type.kind) << type.declared << " by way of " << there.sql;
    if (type.kind != kText) {
      EXPECT_EQ(back.type.declared, type.declared) << "by way of " << there.sql;
    }
  }
}

TEST(TypeMapping, Case16And83NoTextTypeIsAnInteger) {
  for (const char* declared : {"interval", "point", "int4range", "int8multirange"}) {
    Column column = sqlite_column(declared);
    column.type.kind = column.type.declared == "interval" ? kInterval : kOther;
    const MappedType type = map_type(Engine::kPostgres, column, {Engine::kSqlite}, {});
    EXPECT_EQ(sqlite_affinity(type.sql, false), SqliteAffinity::kText) << type.sql;
  }
}

TEST(TypeMapping, Case37IntegersOfSqliteHave64Bits) {
  ColumnUse use;
  use.profile = {.rows = 1, .integers = 1, .largest_integer = 3000000000};
  const Column column = sqlite_column("INT");
  EXPECT_EQ(map_type(Engine::kSqlite, column, {Engine::kPostgres}, use).sql, "bigint");
  EXPECT_EQ(map_type(Engine::kSqlite, column, {Engine::kMysql}, use).sql, "bigint");
}

TEST(TypeMapping, DigitsOfRealsAreCounted) {
  struct Case {
    double value;
    int decimals;
    int whole;
  };
  const Case cases[] = {{19.99, 2, 2},  {0.5, 1, 0},       {-1e-7, 7, 0},   {1e22, 0, 23},
                        {1.5e-7, 8, 0}, {1234567.0, 0, 7}, {1.25e20, 0, 21}};
  for (const Case& one : cases) {
    ColumnProfile profile;
    count_digits(profile, one.value);
    EXPECT_EQ(profile.most_decimals, one.decimals) << one.value;
    EXPECT_EQ(profile.most_whole_digits, one.whole) << one.value;
  }
  ColumnProfile profile;
  count_digits(profile, std::numeric_limits<double>::infinity());
  EXPECT_GT(profile.most_decimals.value_or(0), 100);
}

}  // namespace
}  // namespace crossload::dialect
