#include "fault_driver.h"

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

class FaultDriverTest : public SqliteFile {
 protected:
  FaultDriverTest() {
    script("CREATE TABLE t (a)");
    driver_ = std::make_unique<FaultDriver>(*inner_, plan_);
  }
  void insert_one() {
    const auto connection = open_to_write();
    write(*connection, into(*connection, "t"), {{std::int64_t{1}}});
  }
  std::string rows() { return query_text(path(), "SELECT count(*) FROM t"); }

  std::unique_ptr<Driver> inner_ = make_sqlite_driver();
  std::shared_ptr<FaultPlan> plan_ = std::make_shared<FaultPlan>();
};

TEST_F(FaultDriverTest, PassesEverythingOnWithoutAPlan) {
  insert_one();
  EXPECT_EQ(rows(), "1");
  EXPECT_EQ(plan_->calls(DriverCall::kConnect), 1U);
  EXPECT_EQ(plan_->calls(DriverCall::kCommit), 1U);
  EXPECT_FALSE(plan_->fired());
}

TEST_F(FaultDriverTest, FailsAtEveryCallInTurnAndLeavesNoHalfTransaction) {
  insert_one();
  const std::size_t calls = plan_->calls();
  for (std::size_t n = 1; n <= calls; ++n) {
    plan_->fail_call(n);
    EXPECT_EQ(error_of([&] { insert_one(); }).code(), ErrorCode::kConnectionFailed) << n;
    EXPECT_TRUE(plan_->fired());
    EXPECT_EQ(rows(), "1") << n;
  }
  plan_->fail_call(calls + 1);
  EXPECT_NO_THROW(insert_one());
  EXPECT_FALSE(plan_->fired());
}

TEST_F(FaultDriverTest, LosesTheAnswerOfACommitThatHappened) {
  plan_->fail_call(1, FaultMode::kAfter, DriverCall::kCommit);
  EXPECT_THROW(insert_one(), Error);
  EXPECT_EQ(rows(), "1");
}

TEST_F(FaultDriverTest, StaysDeadOnceItDied) {
  plan_->fail_call(1, FaultMode::kDead, DriverCall::kWrite);
  EXPECT_THROW(insert_one(), Error);
  EXPECT_THROW(insert_one(), Error);
  EXPECT_EQ(rows(), "0");
  plan_->clear();
  EXPECT_NO_THROW(insert_one());
}

}  // namespace
}  // namespace crossload::testing
