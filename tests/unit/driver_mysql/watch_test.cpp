#include "watch.h"

#include <thread>

#include <gtest/gtest.h>

namespace crossload::driver::mysql {
namespace {

TEST(MysqlWatch, KeepsARequestThatFindsNothingRunningForTheNextCall) {
  Watch watch;
  EXPECT_FALSE(watch.request()) << "nothing to kill";
  EXPECT_FALSE(watch.begin());
  EXPECT_TRUE(watch.take());
  EXPECT_FALSE(watch.take());
  EXPECT_TRUE(watch.begin());
  EXPECT_FALSE(watch.end());
}

TEST(MysqlWatch, HasARunningStatementKilledOnce) {
  Watch watch;
  ASSERT_TRUE(watch.begin());
  EXPECT_TRUE(watch.request());
  EXPECT_FALSE(watch.request()) << "one kill is under way";
  watch.kill_sent();
  EXPECT_TRUE(watch.end());
  EXPECT_TRUE(watch.take());
}

TEST(MysqlWatch, DoesNotLetACallEndBeforeTheKillThatIsUnderWay) {
  Watch watch;
  ASSERT_TRUE(watch.begin());
  ASSERT_TRUE(watch.request());
  bool sent = false;
  std::jthread killer([&] {
    sent = true;
    watch.kill_sent();
  });
  EXPECT_TRUE(watch.end());
  EXPECT_TRUE(sent);
}

}  // namespace
}  // namespace crossload::driver::mysql
