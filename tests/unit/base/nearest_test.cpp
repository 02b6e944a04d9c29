#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/base/strings.h"

namespace crossload {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NearestNames, FindsASlipOfThePen) {
  const std::vector<std::string> names = {"orders", "customers", "order_items", "invoice"};
  EXPECT_THAT(nearest_names("oders", names), ElementsAre("orders"));
  EXPECT_THAT(nearest_names("ordesr", names), ElementsAre("orders"));
  EXPECT_THAT(nearest_names("custmers", names), ElementsAre("customers"));
}

TEST(NearestNames, IgnoresCase) {
  EXPECT_THAT(nearest_names("ORDERS", {"orders"}), ElementsAre("orders"));
}

TEST(NearestNames, PutsSlipsBeforeNamesThatContainTheWord) {
  EXPECT_THAT(nearest_names("order", {"order_items", "orders", "reorder_queue"}),
              ElementsAre("orders", "order_items", "reorder_queue"));
}

TEST(NearestNames, LeavesOutWhatNobodyMeant) {
  EXPECT_THAT(nearest_names("orders", {"people", "zip_codes", "x"}), IsEmpty());
  EXPECT_THAT(nearest_names("ab", {"xy"}), IsEmpty());
  EXPECT_THAT(nearest_names("", {"orders"}), IsEmpty());
}

TEST(NearestNames, CountsCharactersNotBytes) {
  EXPECT_THAT(nearest_names("strase", {"stra\xC3\x9F"
                                       "e"}),
              ElementsAre("stra\xC3\x9F"
                          "e"));
  EXPECT_THAT(nearest_names("\xC3\xA4", {"\xC3\xB6"}), ElementsAre("\xC3\xB6"));
}

TEST(NearestNames, KeepsToTheLimitAndAStableOrder) {
  const std::vector<std::string> names = {"t5", "t4", "t3", "t2", "t1"};
  EXPECT_THAT(nearest_names("t0", names, 3), ElementsAre("t1", "t2", "t3"));
}

TEST(NearestNames, SurvivesHugeAndIllFormedNames) {
  EXPECT_THAT(nearest_names(std::string(1'000'000, 'a'), {"a", "\xFF\xFE"}), IsEmpty());
}

}  // namespace
}  // namespace crossload
