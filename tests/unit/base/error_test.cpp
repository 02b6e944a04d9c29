#include "crossload/base/error.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload {
namespace {

using ::testing::ElementsAre;

TEST(ErrorCodeNames, AreDistinctUpperCaseWords) {
  std::set<std::string_view> names;
  constexpr int kCodes = static_cast<int>(ErrorCode::kPlanStale) + 1;
  for (int i = 0; i < kCodes; ++i) {
    const std::string_view name = to_string(static_cast<ErrorCode>(i));
    EXPECT_EQ(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), std::string_view::npos);
    names.insert(name);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kCodes));
  EXPECT_EQ(to_string(ErrorCode::kMigrationNotFound), "MIGRATION_NOT_FOUND");
  EXPECT_EQ(to_string(ErrorCode::kPlanStale), "PLAN_STALE");
}

TEST(Error, StartsWithNothingButCodeAndMessage) {
  const Error error(ErrorCode::kSqlError, "no such table: t");
  EXPECT_EQ(error.code(), ErrorCode::kSqlError);
  EXPECT_STREQ(error.what(), "no such table: t");
  EXPECT_EQ(error.sqlstate(), "");
  EXPECT_EQ(error.vendor_code(), 0);
  EXPECT_FALSE(error.retryable());
  EXPECT_TRUE(error.suggestions().empty());
  EXPECT_TRUE(error.candidates().empty());
}

TEST(Error, CarriesWhatWasAddedThroughAThrow) {
  try {
    throw Error(ErrorCode::kTableNotFound, "no table 'order'")
        .sqlstate("42P01")
        .vendor_code(1)
        .retryable(true)
        .suggest("call list-tables {}")
        .suggest("check the name")
        .suggest("call list-tables {}")
        .candidates({"orders"});
  } catch (const Error& error) {
    EXPECT_EQ(error.sqlstate(), "42P01");
    EXPECT_EQ(error.vendor_code(), 1);
    EXPECT_TRUE(error.retryable());
    EXPECT_THAT(error.suggestions(), ElementsAre("call list-tables {}", "check the name"));
    EXPECT_THAT(error.candidates(), ElementsAre("orders"));
  }
}

TEST(Error, PutsTheOuterContextFirst) {
  try {
    try {
      throw Error(ErrorCode::kSqlError, "disk I/O error");
    } catch (Error& error) {
      error.add_context("table 'orders'").add_context("job 7");
      throw;
    }
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "job 7: table 'orders': disk I/O error");
    EXPECT_EQ(error.message(), error.what());
  }
}

}  // namespace
}  // namespace crossload
