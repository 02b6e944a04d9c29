#include "row_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload::driver::postgres {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kOverhead = 64 + 3 * 16;

WriteRequest request() {
  WriteRequest request;
  request.columns = {"id", "t", "b"};
  request.cells = {2, 0, 1};
  return request;
}

RowBatch rows(std::size_t text_bytes, std::size_t bytes) {
  RowBatch batch;
  batch.reset(3);
  for (const std::size_t part : {std::size_t{2}, std::size_t{1}}) {
    batch.append_text(0, std::string(text_bytes / part, 't'));
    batch.append_bytes(1, std::string(bytes / part, 'b'));
    batch.append_int64(2, 1);
    batch.end_row();
  }
  return batch;
}

TEST(PostgresRowLimit, TakesRowsUpToItAndRefusesOneByteMore) {
  const RowBatch batch = rows(400, 600);
  EXPECT_EQ(row_bytes(batch, 0, request()), 500U);
  EXPECT_EQ(row_bytes(batch, 1, request()), 1'000U);
  EXPECT_FALSE(too_big(batch, 0, request(), 999 + kOverhead));
  EXPECT_FALSE(too_big(batch, 1, request(), 1'000 + kOverhead));
  const auto found = too_big(batch, 1, request(), 999 + kOverhead);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->column, 2U) << "the largest value's";
  EXPECT_THAT(found->message, HasSubstr(std::to_string(1'000 + kOverhead)));
  EXPECT_THAT(found->message, HasSubstr(std::to_string(999 + kOverhead)));
}

TEST(PostgresRowLimit, IsWhatTheServerCanAllocate) {
  EXPECT_EQ(kMostAllocatedBytes, 1'073'741'823U);
  EXPECT_FALSE(too_big(rows(400, 600), 1, request()));
}

TEST(PostgresRowLimit, CountsOnlyTheColumnsThatAreWritten) {
  WriteRequest few = request();
  few.columns = {"id"};
  few.cells = {2};
  EXPECT_FALSE(too_big(rows(400, 600), 1, few, 100));
}

}  // namespace
}  // namespace crossload::driver::postgres
