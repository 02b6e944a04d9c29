#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

using namespace std::string_literals;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class SqliteReadsBack : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    sqlite3* opened = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
    database_.reset(opened);
    const std::string encoding = "PRAGMA encoding = '"s + GetParam() + "'";
    ASSERT_EQ(sqlite3_exec(opened, encoding.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  }

  /// The value that `SELECT literal` gives, its statement still open.
  StatementHandle read(const Value& value) {
    const std::string sql = "SELECT " + dialect_for(Engine::kSqlite).literal(value);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql;
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    return StatementHandle(statement);
  }

  void expect_double(double value) {
    const StatementHandle statement = read(value);
    EXPECT_EQ(sqlite3_column_type(statement.get(), 0), SQLITE_FLOAT);
    const double back = sqlite3_column_double(statement.get(), 0);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value))
        << value << " as " << dialect_for(Engine::kSqlite).literal(value);
  }

  void expect_text(const std::string& text) {
    const StatementHandle statement = read(text);
    EXPECT_EQ(sqlite3_column_type(statement.get(), 0), SQLITE_TEXT);
    const void* data = sqlite3_column_text(statement.get(), 0);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), 0));
    EXPECT_EQ(std::string(static_cast<const char*>(data), size), text);
  }

 private:
  std::unique_ptr<sqlite3, CloseDatabase> database_;
};

TEST_P(SqliteReadsBack, DoublesBitForBit) {
  using Limits = std::numeric_limits<double>;
  for (const double value :
       {0.1, -2.5, 596305e-14, 670274e-8, 1e22, 1e23, 1e300, Limits::max(), Limits::lowest(),
        Limits::min(), Limits::denorm_min(), -Limits::denorm_min(), 0.0, -0.0, 9007199254740993.0,
        9223372036854775808.0, 18446744073709551616.0, Limits::infinity(), -Limits::infinity()}) {
    expect_double(value);
  }
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 20000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (std::isfinite(value)) expect_double(value);
  }
}

TEST_P(SqliteReadsBack, TextWithAnything) {
  for (const std::string& text : {""s, "it's"s, "a\0b"s, "\0"s, "\0\0x"s, "x\0"s, "\\n\r\n\t"s,
                                  "\xf0\x9f\x98\x80 \xc3\xa9"s}) {
    expect_text(text);
  }
}

TEST_P(SqliteReadsBack, IntegersAndBytes) {
  for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                   std::numeric_limits<std::int64_t>::max()}) {
    const StatementHandle statement = read(value);
    EXPECT_EQ(sqlite3_column_type(statement.get(), 0), SQLITE_INTEGER);
    EXPECT_EQ(sqlite3_column_int64(statement.get(), 0), value);
  }
  const StatementHandle statement = read(Bytes{"\x00\xff'"s});
  EXPECT_EQ(sqlite3_column_type(statement.get(), 0), SQLITE_BLOB);
  EXPECT_EQ(sqlite3_column_bytes(statement.get(), 0), 3);
}

INSTANTIATE_TEST_SUITE_P(Encodings, SqliteReadsBack,
                         ::testing::Values("UTF-8", "UTF-16le", "UTF-16be"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace crossload::dialect
