#include "batch_writer.h"

#include <cstddef>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload::copy {
namespace {

using testing::ElementsAre;

/// Refuses the rows whose first cell is in `bad`. A vague writer says only that something in the
/// range was wrong and undoes all of it; a precise one keeps the rows before the bad one.
class PickyWriter : public driver::RowWriter {
 public:
  PickyWriter(std::set<std::int64_t> bad, bool precise) : bad_(std::move(bad)), precise_(precise) {}

  driver::WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override {
    ++calls;
    driver::WriteOutcome outcome;
    for (std::size_t row = first; row < last; ++row) {
      if (!bad_.contains(batch.int64(row, 0))) continue;
      outcome.rows_done = precise_ ? row - first : 0;
      keep(batch, first, first + outcome.rows_done, outcome);
      outcome.failure = driver::WriteFailure{precise_ ? row : first,
                                             precise_ ? row + 1 : last,
                                             "check",
                                             "",
                                             Error(ErrorCode::kSqlError, "bad row"),
                                             transaction_lost};
      return outcome;
    }
    outcome.rows_done = last - first;
    keep(batch, first, last, outcome);
    return outcome;
  }

  std::vector<std::int64_t> written;
  int calls = 0;
  bool transaction_lost = false;

 private:
  void keep(const RowBatch& batch, std::size_t first, std::size_t last,
            driver::WriteOutcome& outcome) {
    for (std::size_t row = first; row < last; ++row) written.push_back(batch.int64(row, 0));
    outcome.written = last - first;
  }

  std::set<std::int64_t> bad_;
  bool precise_;
};

RowBatch numbers(std::int64_t count) {
  RowBatch batch;
  batch.reset(1);
  for (std::int64_t i = 0; i < count; ++i) {
    batch.append_int64(0, i);
    batch.end_row();
  }
  return batch;
}

class BatchWriter : public testing::TestWithParam<bool> {};

TEST_P(BatchWriter, LandsEveryGoodRowInOrderAndRejectsExactlyTheBadOnes) {
  for (const std::set<std::int64_t>& bad :
       {std::set<std::int64_t>{}, {0}, {99}, {50}, {0, 1, 2}, {3, 50, 51, 98, 99}}) {
    PickyWriter writer(bad, GetParam());
    std::set<std::int64_t> rejected;
    const RowBatch batch = numbers(100);
    const BatchCounts counts = write_rows(writer, batch, {0, batch.rows()},
                                          [&](std::size_t row, const driver::WriteFailure&) {
                                            rejected.insert(batch.int64(row, 0));
                                          });
    std::vector<std::int64_t> expected;
    for (std::int64_t i = 0; i < 100; ++i) {
      if (!bad.contains(i)) expected.push_back(i);
    }
    EXPECT_EQ(rejected, bad);
    EXPECT_EQ(writer.written, expected);
    EXPECT_EQ(counts.failed, bad.size());
    EXPECT_EQ(counts.migrated, expected.size());
  }
}

TEST_P(BatchWriter, RejectsAWholeBatchOfBadRows) {
  PickyWriter writer({0, 1, 2, 3, 4}, GetParam());
  std::vector<std::size_t> rejected;
  write_rows(writer, numbers(5), {0, 5},
             [&](std::size_t row, const driver::WriteFailure&) { rejected.push_back(row); });
  EXPECT_THAT(rejected, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_TRUE(writer.written.empty());
}

INSTANTIATE_TEST_SUITE_P(PreciseAndVague, BatchWriter, testing::Bool());

TEST(BatchWriterCost, FindsOneBadRowInTheLogarithmOfTheBatch) {
  PickyWriter writer({123'456}, false);
  write_rows(writer, numbers(1 << 18), {0, 1 << 18},
             [](std::size_t, const driver::WriteFailure&) {});
  EXPECT_LE(writer.calls, 2 * 18 + 2);
}

TEST(BatchWriterTransaction, GivesTheBatchUpWhenTheServerUndidIt) {
  PickyWriter writer({1}, true);
  writer.transaction_lost = true;
  try {
    write_rows(writer, numbers(3), {0, 3}, [](std::size_t, const driver::WriteFailure&) {
      FAIL() << "a lost transaction is no reject";
    });
    FAIL() << "went on";
  } catch (const Error& error) {
    EXPECT_TRUE(error.retryable());
  }
}

}  // namespace
}  // namespace crossload::copy
