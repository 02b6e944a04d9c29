#include "crossload/base/narrow.h"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace crossload {
namespace {

TEST(Narrow, KeepsWhatFits) {
  EXPECT_EQ(narrow<int>(std::int64_t{-5}), -5);
  EXPECT_EQ(narrow<std::uint8_t>(255), 255);
  EXPECT_EQ(narrow<std::int64_t>(std::uint64_t{1} << 62U), std::int64_t{1} << 62U);
}

TEST(Narrow, RefusesWhatWouldChange) {
  EXPECT_THROW(narrow<std::uint8_t>(256), Error);
  EXPECT_THROW(narrow<std::size_t>(-1), Error);
  EXPECT_THROW(narrow<std::int64_t>(std::numeric_limits<std::uint64_t>::max()), Error);
  try {
    narrow<int>(std::int64_t{1} << 40U);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    EXPECT_NE(error.message().find("1099511627776"), std::string::npos);
  }
}

}  // namespace
}  // namespace crossload
