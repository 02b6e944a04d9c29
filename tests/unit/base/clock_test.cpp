#include "crossload/base/clock.h"

#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload {
namespace {

using namespace std::chrono_literals;

TimePoint at(std::chrono::year_month_day date, std::chrono::milliseconds of_day) {
  return std::chrono::sys_days(date) + of_day;
}

TEST(FormatTime, WritesUtcWithMilliseconds) {
  using namespace std::chrono;
  EXPECT_EQ(format_time(at(2026y / November / 20d, 9h + 30min + 123ms)),
            "2026-11-20T09:30:00.123Z");
  EXPECT_EQ(format_time(at(2024y / February / 29d, 23h + 59min + 59s + 999ms)),
            "2024-02-29T23:59:59.999Z");
}

TEST(FormatTime, CutsBelowMillisecondsTowardsThePast) {
  EXPECT_EQ(format_time(TimePoint(1'500us)), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(format_time(TimePoint(-1us)), "1969-12-31T23:59:59.999Z");
}

TEST(ParseTime, IsTheInverseOfFormatTime) {
  for (const char* text : {"1970-01-01T00:00:00.000Z", "2026-11-20T09:30:00.123Z",
                           "1969-12-31T23:59:59.999Z", "2024-02-29T00:00:00.001Z"}) {
    EXPECT_EQ(format_time(parse_time(text)), text);
  }
}

TEST(ParseTime, RefusesWhatFormatTimeNeverWrites) {
  for (const char* text :
       {"", "2026-11-20", "2026-11-20T09:30:00Z", "2026-11-20T09:30:00.123+00:00",
        "2026-11-20 09:30:00.123Z", "2026-13-20T09:30:00.123Z", "2026-02-29T09:30:00.123Z",
        "2026-11-20T24:00:00.000Z", "2026-11-20T09:60:00.000Z", "2026-11-20T09:30:60.000Z",
        "2026-11-2xT09:30:00.123Z", " 2026-11-20T09:30:00.123Z", "2026-11-20T09:30:00.123Z "}) {
    try {
      parse_time(text);
      ADD_FAILURE() << "accepted: '" << text << "'";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
      EXPECT_NE(error.message().find(text), std::string::npos);
    }
  }
}

TEST(SystemClock, SteadyTimeDoesNotGoBack) {
  const SystemClock clock;
  const SteadyTime before = clock.steady();
  EXPECT_GE(clock.steady(), before);
  EXPECT_GT(clock.now(), parse_time("2020-01-01T00:00:00.000Z"));
}

}  // namespace
}  // namespace crossload
