#include <string>

#include <gmock/gmock.h>

#include "open.h"
#include "row_writer.h"
#include "sqlite_file.h"
#include "transaction.h"

namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::HasSubstr;

/// A session whose limit is lower than the library's.
class SqliteLimits : public SqliteFile {
 protected:
  static constexpr int kMostBytes = 2'000;

  void SetUp() override {
    script("CREATE TABLE t (a INTEGER PRIMARY KEY, b, c)");
    session_ = sqlite::open_session(endpoint(), path(), {Access::kReadWrite, true, {}});
    request_ = into(*open(), "t");
    sqlite3_limit(session_->handle(), SQLITE_LIMIT_LENGTH, kMostBytes);
  }

  /// Writes one row between two small ones; what became of the three.
  WriteOutcome write(const Value& b, const Value& c) {
    RowBatch batch;
    batch.reset(3);
    const std::vector<Row> rows = {
        {std::int64_t{1}, std::string("x"), std::string("y")},
        {std::int64_t{2}, b, c},
        {std::int64_t{3}, std::string("x"), std::string("y")},
    };
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) batch.append(i, row[i]);
      batch.end_row();
    }
    sqlite::SqliteTransaction transaction(*session_, TransactionMode::kWrite);
    sqlite::SqliteRowWriter writer(*session_, request_);
    WriteOutcome outcome = writer.write(batch, 0, 3);
    EXPECT_EQ(writer.write(batch, 2, 3).written, 1U) << "the row behind it lands";
    transaction.commit();
    return outcome;
  }

  std::unique_ptr<sqlite::Session> session_;
  WriteRequest request_;
};

TEST_F(SqliteLimits, RejectAValueAndNameTheLimit) {
  const WriteOutcome outcome = write(std::string(10, 'a'), Bytes{std::string(2'001, 'b')});
  EXPECT_EQ(outcome.rows_done, 1U);
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, "too_big");
  EXPECT_EQ(outcome.failure->column, "c");
  EXPECT_THAT(outcome.failure->error.message(), HasSubstr("2000 bytes"));
  EXPECT_THAT(outcome.failure->error.message(), HasSubstr("SQLITE_MAX_LENGTH"));
}

TEST_F(SqliteLimits, RejectARowWhoseValuesAreTooLargeTogether) {
  const WriteOutcome outcome = write(std::string(1'500, 'a'), Bytes{std::string(1'500, 'b')});
  ASSERT_TRUE(outcome.failure);
  EXPECT_EQ(outcome.failure->code, "too_big");
  EXPECT_EQ(outcome.failure->first, 1U);
  EXPECT_THAT(outcome.failure->error.message(), HasSubstr("2000 bytes"));
}

}  // namespace
}  // namespace crossload::testing
