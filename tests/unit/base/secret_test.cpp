#include "crossload/base/secret.h"

#include <sstream>

#include <gtest/gtest.h>

namespace crossload {
namespace {

TEST(Secret, StreamsAsStars) {
  std::ostringstream out;
  out << Secret("hunter2");
  EXPECT_EQ(out.str(), "***");
}

TEST(Secret, GivesItsTextOnlyWhenAsked) {
  EXPECT_EQ(Secret("hunter2").reveal(), "hunter2");
  EXPECT_TRUE(Secret().empty());
  EXPECT_FALSE(Secret("x").empty());
}

}  // namespace
}  // namespace crossload
