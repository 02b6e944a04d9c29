#include "crossload/rpc/worker_pool.h"

#include <atomic>
#include <chrono>
#include <future>
#include <latch>

#include <gtest/gtest.h>

namespace crossload::rpc {
namespace {

std::chrono::steady_clock::time_point soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

TEST(WorkerPool, RunsTasksAtOnceUpToItsThreads) {
  WorkerPool pool(3, 10);
  std::latch together(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(pool.post([&] { together.arrive_and_wait(); }));
  }
  EXPECT_TRUE(pool.wait_idle(soon()));
}

TEST(WorkerPool, RefusesWhatItsQueueDoesNotHold) {
  WorkerPool pool(1, 1);
  std::promise<void> started;
  std::promise<void> go;
  ASSERT_TRUE(pool.post([&] {
    started.set_value();
    go.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.post([] {}));
  EXPECT_FALSE(pool.post([] {}));
  EXPECT_FALSE(pool.wait_idle(std::chrono::steady_clock::now()));
  go.set_value();
  EXPECT_TRUE(pool.wait_idle(soon()));
}

TEST(WorkerPool, JoiningDropsTheQueueAndWaitsForWhatRuns) {
  WorkerPool pool(1, 10);
  std::promise<void> started;
  std::promise<void> go;
  std::atomic<int> ran = 0;
  ASSERT_TRUE(pool.post([&] {
    started.set_value();
    go.get_future().wait();
    ++ran;
  }));
  started.get_future().wait();
  ASSERT_TRUE(pool.post([&] { ran += 100; }));
  pool.close();
  go.set_value();
  pool.join();
  EXPECT_EQ(ran, 1);
  EXPECT_FALSE(pool.post([] {}));
}

}  // namespace
}  // namespace crossload::rpc
