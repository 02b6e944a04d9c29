#include "request_state.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace crossload::mcp {
namespace {

class HandClock : public Clock {
 public:
  TimePoint now() const override { return TimePoint(); }
  SteadyTime steady() const override { return time; }
  SteadyTime time{std::chrono::hours(1)};
};

class RequestStatesTest : public ::testing::Test {
 protected:
  const std::string call_ = call_digest("tools/call", {{"name", "t"}, {"arguments", {{"a", 1}}}});
  HandClock clock_;
  RequestStates states_{clock_};
  RoundState round_{{"k"}, {{"earlier", {{"action", "accept"}}}}};
};

TEST_F(RequestStatesTest, GivesBackOnceWhatItIssued) {
  const std::string text = states_.issue(call_, round_);
  const auto round = states_.redeem(text, call_);
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->asked, round_.asked);
  EXPECT_EQ(round->answers, round_.answers);
  EXPECT_FALSE(states_.redeem(text, call_).has_value());
}

TEST_F(RequestStatesTest, RefusesEveryChangedByte) {
  const std::string text = states_.issue(call_, round_);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(states_.redeem(changed, call_).has_value()) << i;
  }
  for (const std::string& odd : {std::string(), std::string("."), text + "x", text.substr(1),
                                 text.substr(0, 64), "." + text}) {
    EXPECT_FALSE(states_.redeem(odd, call_).has_value()) << odd;
  }
  // None of the attempts used the real one up.
  EXPECT_TRUE(states_.redeem(text, call_).has_value());
}

TEST_F(RequestStatesTest, RefusesAStateOfAnotherCall) {
  const std::string text = states_.issue(call_, round_);
  const Json other = {{"name", "t"}, {"arguments", {{"a", 2}}}};
  EXPECT_FALSE(states_.redeem(text, call_digest("tools/call", other)).has_value());
  EXPECT_TRUE(states_.redeem(text, call_).has_value());
}

TEST_F(RequestStatesTest, RefusesAStateOfAnotherProcess) {
  RequestStates other(clock_);
  EXPECT_FALSE(states_.redeem(other.issue(call_, round_), call_).has_value());
}

TEST_F(RequestStatesTest, RefusesAStateAfterTenMinutes) {
  const std::string early = states_.issue(call_, round_);
  clock_.time += std::chrono::minutes(10) - std::chrono::seconds(1);
  EXPECT_TRUE(states_.redeem(early, call_).has_value());
  const std::string late = states_.issue(call_, round_);
  clock_.time += std::chrono::minutes(10);
  EXPECT_FALSE(states_.redeem(late, call_).has_value());
}

TEST_F(RequestStatesTest, StaysSingleUseWhenOldOnesAreForgotten) {
  const std::string first = states_.issue(call_, round_);
  clock_.time += std::chrono::minutes(9);
  const std::string second = states_.issue(call_, round_);
  EXPECT_TRUE(states_.redeem(first, call_).has_value());
  EXPECT_TRUE(states_.redeem(second, call_).has_value());
  clock_.time += std::chrono::minutes(2);
  EXPECT_FALSE(states_.redeem(first, call_).has_value());
  EXPECT_FALSE(states_.redeem(second, call_).has_value());
}

TEST(CallDigest, DoesNotDependOnTheOrderOfMembersOrOnMeta) {
  const Json one = Json::parse(R"({"name":"t","arguments":{"a":1,"b":{"c":2,"d":3}}})");
  const Json two = Json::parse(
      R"({"_meta":{"x":1},"arguments":{"b":{"d":3,"c":2},"a":1},"requestState":"s","name":"t"})");
  EXPECT_EQ(call_digest("tools/call", one), call_digest("tools/call", two));
  EXPECT_NE(call_digest("tools/call", one), call_digest("prompts/get", one));
  const Json three = Json::parse(R"({"name":"t","arguments":{"a":"1","b":{"c":2,"d":3}}})");
  EXPECT_NE(call_digest("tools/call", one), call_digest("tools/call", three));
}

}  // namespace
}  // namespace crossload::mcp
