#include "crossload/rpc/dispatcher.h"

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload::rpc {
namespace {

constexpr const char* kCancelled = "notifications/cancelled";

class DispatcherTest : public ::testing::Test {
 protected:
  std::vector<std::string> sent() {
    std::lock_guard lock(mutex_);
    return std::exchange(sent_, {});
  }

  std::mutex mutex_;
  std::vector<std::string> sent_;
  std::vector<std::string> notified_;
  std::vector<std::shared_ptr<Responder>> open_;
  bool batches_ = true;
  std::promise<void> asked_;
  Dispatcher dispatcher_{
      [this](std::string line) {
        std::lock_guard lock(mutex_);
        sent_.push_back(std::move(line));
      },
      {[this](const Request&, std::shared_ptr<Responder> responder) {
         open_.push_back(std::move(responder));
       },
       [this](const Notification& notification) { notified_.push_back(notification.method); },
       [this] { return batches_; }}};
};

TEST_F(DispatcherTest, AnswersWithTheIdAsItCame) {
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":0,"method":"m"})");
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":"0","method":"m"})");
  open_[1]->result(true);
  open_[0]->error({kInvalidParams, "no", nullptr});
  EXPECT_EQ(sent(), (std::vector<std::string>{
                        R"({"jsonrpc":"2.0","id":"0","result":true})",
                        R"({"jsonrpc":"2.0","id":0,"error":{"code":-32602,"message":"no"}})"}));
}

TEST_F(DispatcherTest, RefusesAnIdThatIsInFlightAndFreesItWithItsAnswer) {
  const char* request = R"({"jsonrpc":"2.0","id":1,"method":"m"})";
  dispatcher_.on_line(request);
  dispatcher_.on_line(request);
  EXPECT_EQ(open_.size(), 1U);
  EXPECT_EQ(sent().size(), 1U);
  open_[0]->result(1);
  dispatcher_.on_line(request);
  EXPECT_EQ(open_.size(), 2U);
  open_[1]->abandon();
}

TEST_F(DispatcherTest, TheFirstAnswerWins) {
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":1,"method":"m"})");
  open_[0]->abandon();
  open_[0]->result(1);
  open_[0]->error({1, "late", nullptr});
  EXPECT_TRUE(open_[0]->answered());
  EXPECT_TRUE(sent().empty());
}

TEST_F(DispatcherTest, NothingFollowsAnAnswer) {
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":1,"method":"m"})");
  open_[0]->notify("progress", nullptr);
  open_[0]->result(1);
  open_[0]->notify("progress", nullptr);
  EXPECT_EQ(sent().size(), 2U);
}

TEST_F(DispatcherTest, ADroppedRequestIsAnsweredWithAnError) {
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":1,"method":"m"})");
  open_.clear();
  const auto lines = sent();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(Json::parse(lines[0]).at("error").at("code"), kInternalError);
}

TEST_F(DispatcherTest, ABatchIsAnsweredTogetherOnceItsLastMemberIs) {
  dispatcher_.on_line(
      R"([{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"n"},{"jsonrpc":"2.0","id":2,"method":"b"},{"jsonrpc":"2.0","id":3,"method":"c"}])");
  EXPECT_EQ(notified_, std::vector<std::string>{"n"});
  open_[2]->result(3);
  open_[1]->abandon();
  EXPECT_TRUE(sent().empty());
  open_[0]->result(1);
  EXPECT_EQ(sent(),
            std::vector<std::string>{
                R"([{"jsonrpc":"2.0","id":3,"result":3},{"jsonrpc":"2.0","id":1,"result":1}])"});
}

TEST_F(DispatcherTest, ABatchWithNothingToAnswerIsNotAnswered) {
  dispatcher_.on_line(R"([{"jsonrpc":"2.0","method":"n"},{"jsonrpc":"2.0","id":1,"result":0}])");
  EXPECT_TRUE(sent().empty());
}

TEST_F(DispatcherTest, TheSameIdTwiceInABatchIsRefusedOnce) {
  dispatcher_.on_line(
      R"([{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","id":1,"method":"b"}])");
  ASSERT_EQ(open_.size(), 1U);
  open_[0]->result(1);
  const auto lines = sent();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(Json::parse(lines[0]).size(), 2U);
}

TEST_F(DispatcherTest, ABatchIsRefusedWholeWhereBatchesAreNotSpoken) {
  batches_ = false;
  dispatcher_.on_line(
      R"([{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","id":2,"method":"b"}])");
  EXPECT_TRUE(open_.empty());
  EXPECT_EQ(sent().size(), 1U);
}

TEST_F(DispatcherTest, ARequestToThePeerWaitsForItsAnswer) {
  auto answer = std::async(std::launch::async, [this] {
    return dispatcher_.request("ask", {{"a", 1}}, std::stop_token(), kCancelled);
  });
  std::vector<std::string> lines;
  while (lines.empty()) {
    lines = sent();
    std::this_thread::yield();
  }
  const Json question = Json::parse(lines.front());
  EXPECT_EQ(question.at("method"), "ask");
  dispatcher_.on_line(R"({"jsonrpc":"2.0","id":"somebody-else","result":1})");
  dispatcher_.on_line(to_line(make_result(question.at("id"), "yes")));
  EXPECT_EQ(answer.get().result, "yes");
}

TEST_F(DispatcherTest, StoppingARequestToThePeerWithdrawsIt) {
  std::stop_source stop;
  auto answer = std::async(std::launch::async, [&] {
    return dispatcher_.request("ask", nullptr, stop.get_token(), kCancelled);
  });
  std::vector<std::string> lines;
  while (lines.empty()) {
    lines = sent();
    std::this_thread::yield();
  }
  stop.request_stop();
  EXPECT_THROW(answer.get(), Error);
  EXPECT_EQ(
      sent(),
      std::vector<std::string>{
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"s1"}})"});
}

TEST_F(DispatcherTest, NoRequestWaitsForAPeerThatHasGone) {
  auto answer = std::async(std::launch::async, [&] {
    return dispatcher_.request("ask", nullptr, std::stop_token(), kCancelled);
  });
  dispatcher_.end_requests();
  EXPECT_THROW(answer.get(), Error);
  EXPECT_THROW(dispatcher_.request("ask", nullptr, std::stop_token(), kCancelled), Error);
}

}  // namespace
}  // namespace crossload::rpc
