#include <cmath>
#include <limits>

#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;

class ValueContract : public DriverContract {
 protected:
  // Writes values, one a row, and reads them back.
  std::vector<Value> through(TypeKind kind, const std::vector<Value>& values) {
    const Table table =
        table_with({column_of("id", TypeKind::kInteger, false), column_of("v", kind)}, 1);
    std::vector<Row> rows;
    for (const Value& value : values) {
      rows.push_back({static_cast<std::int64_t>(rows.size()), value});
    }
    make(table, rows);
    std::vector<Value> result;
    for (Row& row : rows_of(*open(Access::kReadOnly), table)) result.push_back(std::move(row[1]));
    return result;
  }

  // How many of the values, one a row, the writer refuses as their rows' fault; none is stored
  // otherwise than it was given.
  std::size_t refused(TypeKind kind, const std::vector<Value>& values) {
    const Table table =
        table_with({column_of("id", TypeKind::kInteger, false), column_of("v", kind)}, 1);
    make(table);
    std::vector<Row> rows;
    for (const Value& value : values) {
      rows.push_back({static_cast<std::int64_t>(rows.size()), value});
    }
    const auto connection = open();
    const auto transaction = connection->begin(TransactionMode::kWrite);
    const auto writer = connection->write_table(write_request(table));
    const std::size_t failures = write_all(*writer, batch_of(rows)).size();
    transaction->commit();
    for (const Row& row : rows_of(*connection, table)) {
      EXPECT_EQ(row, rows[static_cast<std::size_t>(std::get<std::int64_t>(row[0]))]);
    }
    return failures;
  }
};

TEST_P(ValueContract, KeepsIntegersFromTheSmallestToTheLargest) {
  const std::vector<Value> values = {std::int64_t{0},
                                     std::int64_t{-1},
                                     std::int64_t{INT64_MAX},
                                     std::int64_t{INT64_MIN},
                                     std::int64_t{9007199254740993},
                                     std::monostate{}};
  EXPECT_EQ(through(TypeKind::kInteger, values), values);
}

TEST_P(ValueContract, KeepsDoublesToTheLastBit) {
  using Limits = std::numeric_limits<double>;
  const std::vector<Value> values = {0.1,
                                     3.141592653589793,
                                     1e308,
                                     Limits::max(),
                                     Limits::min(),
                                     Limits::denorm_min(),
                                     -Limits::epsilon(),
                                     1e22,
                                     5.0,
                                     std::monostate{}};
  EXPECT_EQ(through(TypeKind::kFloat64, values), values);
}

TEST_P(ValueContract, KeepsInfinitiesWhereTheEngineHasThem) {
  const double infinity = std::numeric_limits<double>::infinity();
  if (!world_->traits().has_infinities) {
    EXPECT_EQ(refused(TypeKind::kFloat64, {infinity, -infinity}), 2U);
    return;
  }
  const std::vector<Value> values = {infinity, -infinity};
  EXPECT_EQ(through(TypeKind::kFloat64, values), values);
}

TEST_P(ValueContract, KeepsTextAndTellsEmptyFromNull) {
  const std::vector<Value> values = {std::string(),
                                     std::monostate{},
                                     std::string("tab\tnewline\ncr\rbackslash\\ \\N \\. ' \" , ;"),
                                     std::string("\xc3\xa9 \xf0\x9f\x98\x80"),
                                     std::string("  blanks  "),
                                     std::string("007"),
                                     std::string(70'000, 'x')};
  EXPECT_EQ(through(TypeKind::kText, values), values);
}

TEST_P(ValueContract, KeepsNulAndIllFormedTextWhereTheEngineDoes) {
  const std::vector<Value> ill_formed = {std::string("\xff\xfe"), std::string("\xed\xa0\x80"),
                                         std::string("cut \xe2\x82")};
  std::vector<Value> values = ill_formed;
  values.insert(values.end(), {std::string("a\0b", 3), std::string("\0", 1)});
  if (!world_->traits().text_may_hold_any_byte) {
    EXPECT_GE(refused(TypeKind::kText, values), ill_formed.size());
    return;
  }
  EXPECT_EQ(through(TypeKind::kText, values), values);
}

TEST_P(ValueContract, KeepsEveryByteAndTellsNoBytesFromNull) {
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  const std::vector<Value> values = {Bytes{}, std::monostate{}, Bytes{every}, Bytes{"text"},
                                     Bytes{std::string(1, '\0')}};
  EXPECT_EQ(through(TypeKind::kBytes, values), values);
}

TEST_P(ValueContract, KeepsValuesOfSixteenMegabytes) {
  std::string large(std::size_t{16} << 20, 'a');
  large[large.size() / 2] = 'b';
  const std::uint64_t limit = open()->server().max_value_bytes;
  if (limit != 0 && limit <= large.size()) {
    EXPECT_EQ(refused(TypeKind::kBytes, {Bytes{large}, Bytes{"small"}}), 1U);
    return;
  }
  EXPECT_EQ(through(TypeKind::kBytes, {Bytes{large}, Bytes{"small"}}),
            (std::vector<Value>{Bytes{large}, Bytes{"small"}}));
}

INSTANTIATE_TEST_SUITE_P(Drivers, ValueContract,
                         ::testing::Values(WorldParam{"fake", make_fake_world},
                                           WorldParam{"sqlite", make_sqlite_world},
                                           WorldParam{"sqlite_wal", make_sqlite_wal_world},
                                           WorldParam{"postgres", make_postgres_world},
                                           WorldParam{"mariadb", make_mariadb_world},
                                           WorldParam{"mysql", make_mysql_world}),
                         name_of_world);

}  // namespace
}  // namespace crossload::testing
