#include "result_rows.h"

#include <gmock/gmock.h>

namespace crossload::driver::postgres {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PostgresArrays, ReadsWhatTheServerPrints) {
  EXPECT_THAT(parse_array("{}"), IsEmpty());
  EXPECT_THAT(parse_array("{a,\"b c\",\"\",NULL,\"NULL\",\"q\\\"\\\\\",\"x,y\"}"),
              ElementsAre("a", "b c", "", "NULL", "q\"\\", "x,y"));
}

TEST(PostgresArrays, WritesWhatTheServerReads) {
  const std::vector<std::string> texts = {"a", "", "NULL", "q\"\\", "x,y", "{}", " "};
  EXPECT_EQ(parse_array(array_literal(texts)), texts);
  EXPECT_EQ(array_literal({}), "{}");
}

}  // namespace
}  // namespace crossload::driver::postgres
