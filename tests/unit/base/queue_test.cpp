#include "crossload/base/queue.h"

#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace crossload {
namespace {

TEST(BoundedQueue, HandsItemsOverInOrderThenEnds) {
  BoundedQueue<int> queue(100);
  EXPECT_TRUE(queue.push(1, 10));
  EXPECT_TRUE(queue.push(2, 10));
  queue.finish();
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, ThrowsTheProducersErrorAfterTheItemsBeforeIt) {
  BoundedQueue<int> queue(100);
  queue.push(1, 10);
  queue.fail(std::make_exception_ptr(std::runtime_error("first")));
  queue.fail(std::make_exception_ptr(std::runtime_error("second")));
  EXPECT_EQ(queue.pop(), 1);
  try {
    queue.pop();
    ADD_FAILURE() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
}

TEST(BoundedQueue, CloseRefusesItemsAndDropsWhatIsLeft) {
  BoundedQueue<int> queue(100);
  queue.push(1, 10);
  queue.close();
  EXPECT_FALSE(queue.push(2, 10));
  EXPECT_FALSE(queue.wait_for_room(1));
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, LetsAnItemLargerThanTheBoundInAlone) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(queue.wait_for_room(1000));
  queue.push(1, 1000);
  std::jthread consumer([&] {
    queue.pop();
    queue.release(1000);
  });
  EXPECT_TRUE(queue.wait_for_room(1000));
}

TEST(BoundedQueue, CloseWakesAWaitingProducerAndConsumer) {
  BoundedQueue<int> full(10);
  full.push(1, 10);
  BoundedQueue<int> empty(10);
  bool room = true;
  std::optional<int> item = 1;
  {
    std::jthread producer([&] { room = full.wait_for_room(1); });
    std::jthread consumer([&] { item = empty.pop(); });
    full.close();
    empty.close();
  }
  EXPECT_FALSE(room);
  EXPECT_EQ(item, std::nullopt);
}

TEST(BoundedQueue, NeverHoldsMoreThanItsBoundAcrossThreads) {
  constexpr int kItems = 2000;
  constexpr std::size_t kItemBytes = 7;
  constexpr std::size_t kBound = 40;
  BoundedQueue<int> queue(kBound);
  std::mutex mutex;
  std::size_t held = 0;
  std::size_t most = 0;
  std::jthread producer([&] {
    for (int i = 0; i < kItems; ++i) {
      if (!queue.wait_for_room(kItemBytes)) return;
      {
        std::lock_guard lock(mutex);
        held += kItemBytes;
        most = std::max(most, held);
      }
      queue.push(i, kItemBytes);
    }
    queue.finish();
  });
  int expected = 0;
  while (const auto item = queue.pop()) {
    EXPECT_EQ(*item, expected++);
    {
      std::lock_guard lock(mutex);
      held -= kItemBytes;
    }
    queue.release(kItemBytes);
  }
  EXPECT_EQ(expected, kItems);
  EXPECT_LE(most, kBound);
  EXPECT_GT(most, 0U);
}

}  // namespace
}  // namespace crossload
