#include "crossload/model/row_batch.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace crossload {
namespace {

void append_row(RowBatch& batch, const std::vector<Value>& row) {
  for (std::size_t column = 0; column < row.size(); ++column) batch.append(column, row[column]);
  batch.end_row();
}

const std::vector<Value> kOneOfEach = {
    std::monostate{},
    std::numeric_limits<std::int64_t>::min(),
    std::numeric_limits<std::uint64_t>::max(),
    -0.5,
    std::string("t\0xt\xFF", 5),
    Bytes{std::string("\0\x01", 2)},
};

TEST(RowBatch, GivesBackEveryKindOfValue) {
  RowBatch batch;
  batch.reset(kOneOfEach.size());
  append_row(batch, kOneOfEach);
  append_row(batch, {kOneOfEach.rbegin(), kOneOfEach.rend()});
  ASSERT_EQ(batch.rows(), 2U);
  for (std::size_t column = 0; column < kOneOfEach.size(); ++column) {
    EXPECT_EQ(batch.value(0, column), kOneOfEach[column]) << column;
    EXPECT_EQ(batch.value(1, column), kOneOfEach[kOneOfEach.size() - 1 - column]) << column;
    EXPECT_EQ(batch.kind(0, column), static_cast<CellKind>(column));
  }
}

TEST(RowBatch, KeepsEmptyTextEmptyBytesAndNullApart) {
  RowBatch batch;
  batch.reset(3);
  append_row(batch, {std::string(), Bytes{}, std::monostate{}});
  EXPECT_EQ(batch.value(0, 0), Value(std::string()));
  EXPECT_EQ(batch.value(0, 1), Value(Bytes{}));
  EXPECT_EQ(batch.value(0, 2), Value());
}

TEST(RowBatch, GivesTypedCellsWithoutACopy) {
  RowBatch batch;
  batch.reset(4);
  batch.append_int64(0, -7);
  batch.append_uint64(1, 7);
  batch.append_double(2, 0.1);
  batch.append_text(3, "seven");
  batch.end_row();
  EXPECT_EQ(batch.int64(0, 0), -7);
  EXPECT_EQ(batch.uint64(0, 1), 7U);
  EXPECT_EQ(batch.float64(0, 2), 0.1);
  EXPECT_EQ(batch.bytes(0, 3), "seven");
}

TEST(RowBatch, IsEmptyAfterAReset) {
  RowBatch batch;
  batch.reset(2);
  append_row(batch, {std::string(1000, 'x'), std::int64_t{1}});
  EXPECT_FALSE(batch.empty());
  batch.reset(1);
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.columns(), 1U);
  EXPECT_EQ(batch.bytes(), 0U);
  append_row(batch, {std::string("again")});
  EXPECT_EQ(batch.bytes(0, 0), "again");
}

TEST(RowBatch, CountsAtLeastTheBytesItCarries) {
  RowBatch batch;
  batch.reset(2);
  for (int i = 0; i < 100; ++i) append_row(batch, {std::string(50, 'x'), std::int64_t{i}});
  EXPECT_GE(batch.bytes(), 100U * (50 + sizeof(std::int64_t)));
  EXPECT_LE(batch.bytes(), 100U * (50 + 32));
}

TEST(RowBatch, KeepsItsValuesWhenItGrows) {
  RowBatch batch;
  batch.reset(1);
  const std::string large(3 << 20U, 'L');
  append_row(batch, {std::string("first")});
  append_row(batch, {large});
  for (int i = 0; i < 10'000; ++i) append_row(batch, {std::to_string(i)});
  EXPECT_EQ(batch.bytes(0, 0), "first");
  EXPECT_EQ(batch.bytes(1, 0), large);
  EXPECT_EQ(batch.bytes(10'001, 0), "9999");
}

TEST(RowBatch, ShrinksOnlyAboveTheGivenSize) {
  RowBatch batch;
  batch.reset(1);
  append_row(batch, {std::string(1000, 'x')});
  batch.shrink_above(1 << 20U);
  EXPECT_EQ(batch.bytes(0, 0), std::string(1000, 'x'));
  batch.reset(1);
  batch.shrink_above(10);
  append_row(batch, {std::string("y")});
  EXPECT_EQ(batch.bytes(0, 0), "y");
}

}  // namespace
}  // namespace crossload
