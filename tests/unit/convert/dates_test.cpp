// FIDELITY cases 1 to 19: dates and times. One row a case and target.

#include <cstdint>

#include <gtest/gtest.h>

#include "conversion.h"

namespace crossload::convert {
namespace {

using enum TypeKind;

const TypeOf kPgDate = P(kDate, "date");
const TypeOf kMyDate = M(kDate, "date");
const TypeOf kPgTimestamp = P(kTimestamp, "timestamp without time zone");
const TypeOf kPgTimestampTz = P(kTimestampTz, "timestamp with time zone");
const TypeOf kSqliteText = S("DATETIME_TEXT");

TypeOf datetime(int digits) {
  return M(kTimestamp, "datetime").digits(digits);
}
TypeOf timestamp(int digits) {
  return M(kTimestampTz, "timestamp").digits(digits);
}

TEST(DateConversion, Case1And2ZeroDates) {
  const ColumnRules null = {{"zero_date", "null"}};
  const char* const zero = "0000-00-00";
  const char* const zero_time = "0000-00-00 00:00:00";
  check({
      {"1 to PostgreSQL", kMyDate, kPgDate, zero, "!zero_date"},
      {"1 to PostgreSQL, null", kMyDate, kPgDate, zero, "NULL", null},
      {"1 datetime", datetime(0), kPgTimestamp, zero_time, "!zero_date"},
      {"1 datetime, null", datetime(0), kPgTimestamp, zero_time, "NULL", null},
      {"1 timestamp", timestamp(0), kPgTimestampTz, "0000-00-00 00:00:00+00", "!zero_date"},
      {"1 to MySQL", kMyDate, kMyDate, zero, "t:0000-00-00"},
      {"1 to a wider DATETIME", kMyDate, datetime(0), zero, "t:0000-00-00 00:00:00"},
      {"1 to SQLite", kMyDate, S("DATE_TEXT"), zero, "t:0000-00-00"},
      {"2 NOT NULL", kMyDate, P(kDate, "date").not_null(), zero, "!not_null", null},
      {"2 text from SQLite", S("DATE"), kPgDate, zero, "!zero_date"},
      {"2 text from SQLite to MySQL", S("DATE"), kMyDate, zero, "t:0000-00-00"},
  });
}

TEST(DateConversion, Case3PartialDates) {
  check({
      {"day", datetime(0), kPgTimestamp, "2020-02-00 00:00:00", "!partial_date"},
      {"month", kMyDate, kPgDate, "2020-00-00", "!partial_date"},
      {"year 0", kMyDate, kPgDate, "0000-02-00", "!partial_date"},
      {"null", kMyDate, kPgDate, "2020-00-00", "NULL", {{"partial_date", "null"}}},
      {"other rule", kMyDate, kPgDate, "2020-00-00", "!partial_date", {{"zero_date", "null"}}},
      {"to MySQL", datetime(0), datetime(0), "2020-02-00 00:00:00", "t:2020-02-00 00:00:00"},
      {"to SQLite", kMyDate, S("DATE_TEXT"), "2020-00-00", "t:2020-00-00"},
  });
}

TEST(DateConversion, Case4To6EarlyYearsAndGaps) {
  check({
      {"4", kMyDate, kPgDate, "0009-12-04", "t:0009-12-04"},
      {"5 year 0", kMyDate, kPgDate, "0000-01-01", "!year_zero"},
      {"5 year 0 as BC", kMyDate, kPgDate, "0000-01-01", "t:0001-01-01 BC", {{"year_zero", "bc"}}},
      {"5 leap day of year 0",
       kMyDate,
       kPgDate,
       "0000-02-29",
       "t:0001-02-29 BC",
       {{"year_zero", "bc"}}},
      {"5 to SQLite", kMyDate, S("DATE_TEXT"), "0000-01-01", "t:0000-01-01"},
      {"6 a gap of Paris", datetime(0), kPgTimestamp, "2021-03-28 02:30:00",
       "t:2021-03-28 02:30:00"},
  });
}

TEST(DateConversion, Case7And8Instants) {
  check({
      {"7", timestamp(0), kPgTimestampTz, "2021-03-28 00:30:00+00", "t:2021-03-28 00:30:00+00"},
      {"7 to timestamp", timestamp(0), kPgTimestamp, "2021-03-28 00:30:00+00",
       "t:2021-03-28 00:30:00"},
      {"7 to SQLite", timestamp(0), kSqliteText, "2021-03-28 00:30:00+00",
       "t:2021-03-28 00:30:00+00:00"},
      {"7 to DATETIME", kPgTimestampTz, datetime(6), "2021-03-28 00:30:00.5+00",
       "t:2021-03-28 00:30:00.5"},
      {"8 last TIMESTAMP", kPgTimestampTz, timestamp(0), "2038-01-19 03:14:07+00",
       "t:2038-01-19 03:14:07+00"},
      {"8 last TIMESTAMP(6)", kPgTimestampTz, timestamp(6), "2038-01-19 03:14:07.999999+00",
       "t:2038-01-19 03:14:07.999999+00"},
      {"8 beyond it", kPgTimestampTz, timestamp(6), "2038-01-19 03:14:08+00", "!out_of_range"},
      {"8 2040", kPgTimestampTz, timestamp(6), "2040-01-01 00:00:00+00", "!out_of_range"},
      {"8 2040 in DATETIME", kPgTimestampTz, datetime(6), "2040-01-01 00:00:00+00",
       "t:2040-01-01 00:00:00"},
      {"8 first", kPgTimestampTz, timestamp(0), "1970-01-01 00:00:01+00",
       "t:1970-01-01 00:00:01+00"},
      {"8 before it", kPgTimestampTz, timestamp(0), "1970-01-01 00:00:00+00", "!out_of_range"},
      {"8 from DATETIME", datetime(0), timestamp(0), "2040-01-01 00:00:00", "!out_of_range"},
  });
}

TEST(DateConversion, Case9Fractions) {
  const char* const last = "2020-12-31 23:59:59.999999";
  check({
      {"to DATETIME(6)", kPgTimestamp, datetime(6), last, "t:2020-12-31 23:59:59.999999"},
      {"to DATETIME(3)", kPgTimestamp, datetime(3), last, "!precision"},
      {"to DATETIME", kPgTimestamp, datetime(0), last, "!precision"},
      {"zeros may go", kPgTimestamp, datetime(3), "2020-12-31 23:59:59.999000",
       "t:2020-12-31 23:59:59.999"},
      {"MySQL to narrower", datetime(6), datetime(0), last, "!precision"},
      {"PostgreSQL to narrower", kPgTimestamp, P(kTimestamp, "timestamp(3)").digits(3), last,
       "!precision"},
      {"time", P(kTime, "time"), M(kTime, "time").digits(0), "10:59:59.6", "!precision"},
      {"to SQLite", kPgTimestamp, kSqliteText, last, "t:2020-12-31 23:59:59.999999"},
      {"timestamp to date", kPgTimestamp, kMyDate, last, "!precision"},
      {"midnight to date", kPgTimestamp, kMyDate, "2020-12-31 00:00:00", "t:2020-12-31"},
      {"date to timestamp", kMyDate, kPgTimestamp, "2020-12-31", "t:2020-12-31 00:00:00"},
  });
}

TEST(DateConversion, Case10Infinity) {
  check({
      {"PostgreSQL", kPgTimestamp, kPgTimestamp, "infinity", "t:infinity"},
      {"date to timestamp", kPgDate, kPgTimestamp, "-infinity", "t:-infinity"},
      {"MySQL", kPgTimestamp, datetime(6), "infinity", "!infinity"},
      {"MySQL, null", kPgTimestamp, datetime(6), "-infinity", "NULL", {{"infinity", "null"}}},
      {"MySQL, max", kPgDate, kMyDate, "infinity", "t:9999-12-31", {{"infinity", "max"}}},
      {"MySQL, max of the past",
       kPgTimestamp,
       datetime(0),
       "-infinity",
       "t:0001-01-01 00:00:00",
       {{"infinity", "max"}}},
      {"MySQL, text", kPgDate, kMyDate, "infinity", "!infinity", {{"infinity", "text"}}},
      {"SQLite", kPgTimestampTz, kSqliteText, "infinity", "!infinity"},
      {"SQLite, text",
       kPgTimestampTz,
       kSqliteText,
       "infinity",
       "t:infinity",
       {{"infinity", "text"}}},
      {"SQLite, null", kPgDate, S("DATE_TEXT"), "infinity", "NULL", {{"infinity", "null"}}},
  });
}

TEST(DateConversion, Case11And12FarYears) {
  check({
      {"11 PostgreSQL", kPgDate, kPgDate, "4713-01-01 BC", "t:4713-01-01 BC"},
      {"11 MySQL", kPgDate, kMyDate, "4713-01-01 BC", "!out_of_range"},
      {"11 MySQL, 1 BC", kPgTimestamp, datetime(0), "0001-12-31 00:00:00 BC", "!out_of_range"},
      {"11 SQLite", kPgDate, S("DATE_TEXT"), "4713-01-01 BC", "!out_of_range"},
      {"11 SQLite, iso",
       kPgDate,
       S("DATE_TEXT"),
       "4713-01-01 BC",
       "t:-4712-01-01",
       {{"bc", "iso"}}},
      {"11 SQLite, 1 BC",
       kPgTimestampTz,
       kSqliteText,
       "0001-12-31 10:00:00+00 BC",
       "t:0000-12-31 10:00:00+00:00",
       {{"bc", "iso"}}},
      {"12 MySQL", kPgTimestamp, datetime(0), "15000-12-31 00:00:00", "!out_of_range"},
      {"12 MySQL date", kPgDate, kMyDate, "10000-01-01", "!out_of_range"},
      {"12 SQLite", kPgTimestamp, kSqliteText, "15000-12-31 00:00:00", "t:15000-12-31 00:00:00"},
      {"12 PostgreSQL", kPgDate, kPgTimestamp, "15000-12-31", "t:15000-12-31 00:00:00"},
  });
}

TEST(DateConversion, Case13To15Times) {
  const TypeOf my_time = M(kTime, "time(6)").digits(6);
  const TypeOf pg_time = P(kTime, "time without time zone");
  const TypeOf interval = P(kInterval, "interval");
  check({
      {"13 longest as interval", my_time, interval, "838:59:59.999999", "t:PT838H59M59.999999S"},
      {"13 negative as interval", my_time, interval, "-01:30:00.500000", "t:PT-1H-30M-0.5S"},
      {"13 zero as interval", my_time, interval, "00:00:00", "t:PT0S"},
      {"13 longest as time", my_time, pg_time, "838:59:59", "!out_of_range"},
      {"13 negative as time", my_time, pg_time, "-00:00:01", "!out_of_range"},
      {"13 to SQLite", my_time, S("TIME_TEXT"), "-01:30:00.500000", "t:-01:30:00.500000"},
      {"13 beyond", S("TEXT"), my_time, "839:00:00", "!out_of_range"},
      {"13 interval back", interval, my_time, "PT-1H-30M-0.5S", "t:-01:30:00.5"},
      {"13 interval with days", interval, my_time, "P1DT1H", "!out_of_range"},
      {"13 interval of minutes", interval, my_time, "PT90M", "t:01:30:00"},
      {"14 to MySQL", pg_time, M(kTime, "time(6)").digits(6), "24:00:00", "t:24:00:00"},
      {"14 back", my_time, pg_time, "24:00:00", "t:24:00:00"},
      {"14 beyond", my_time, pg_time, "24:00:00.000001", "!out_of_range"},
      {"14 to SQLite", pg_time, S("TIME_TEXT"), "24:00:00", "t:24:00:00"},
      {"15 to VARCHAR", P(kOther, "time with time zone"), M(kText, "varchar(32)").length(32),
       "12:34:56.789+05:30", "t:12:34:56.789+05:30"},
      {"15 to SQLite", P(kOther, "time with time zone"), S("TIMETZ_TEXT"), "12:34:56.789+05:30",
       "t:12:34:56.789+05:30"},
  });
}

TEST(DateConversion, Case16Intervals) {
  const TypeOf interval = P(kInterval, "interval");
  const char* const mixed = "P1M-3DT4H5M6.7S";
  check({
      {"PostgreSQL", interval, interval, mixed, "t:P1M-3DT4H5M6.7S"},
      {"narrower", interval, P(kInterval, "interval(0)").digits(0), mixed, "!precision"},
      {"VARCHAR", interval, M(kText, "varchar(64)").length(64), mixed, "t:P1M-3DT4H5M6.7S"},
      {"SQLite", interval, S("DURATION_TEXT"), mixed, "t:P1M-3DT4H5M6.7S"},
      {"back from text", M(kText, "varchar(64)"), interval, mixed, "t:P1M-3DT4H5M6.7S"},
      {"back from SQLite", S("DURATION_TEXT"), interval, mixed, "t:P1M-3DT4H5M6.7S"},
      {"no duration", S("DURATION_TEXT"), interval, "1 month", "!type"},
      {"nothing in it", S("DURATION_TEXT"), interval, "PT", "!type"},
      {"weeks", S("DURATION_TEXT"), interval, "P1W", "!type"},
      {"number", S("DURATION_TEXT"), interval, std::int64_t{5}, "!type"},
  });
}

TEST(DateConversion, Case18SqliteTimestamps) {
  const TypeOf from = S("DATETIME");
  const Value milliseconds = std::int64_t{1647950409737};
  const Value seconds = std::int64_t{1647950409};
  const ColumnRules by_milliseconds = {{"epoch", "milliseconds"}};
  const ColumnRules by_seconds = {{"epoch", "seconds"}};
  const ColumnRules by_julian = {{"epoch", "julian"}};
  check({
      {"number", from, kPgTimestamp, milliseconds, "!type"},
      {"ms", from, kPgTimestamp, milliseconds, "t:2022-03-22 12:00:09.737", by_milliseconds},
      {"ms to MySQL", from, datetime(3), milliseconds, "t:2022-03-22 12:00:09.737",
       by_milliseconds},
      {"ms to DATETIME", from, datetime(0), milliseconds, "!precision", by_milliseconds},
      {"ms before 1970", from, kPgTimestamp, std::int64_t{-1}, "t:1969-12-31 23:59:59.999",
       by_milliseconds},
      {"s", from, kPgTimestamp, seconds, "t:2022-03-22 12:00:09", by_seconds},
      {"s with zone", from, kPgTimestampTz, seconds, "t:2022-03-22 12:00:09+00", by_seconds},
      {"s with a fraction", from, kPgTimestamp, 0.25, "t:1970-01-01 00:00:00.25", by_seconds},
      {"s of a day", from, kPgDate, std::int64_t{86400}, "t:1970-01-02", by_seconds},
      {"s within a day", from, kPgDate, seconds, "!precision", by_seconds},
      {"julian", from, kPgTimestamp, 2459660.5, "t:2022-03-22 00:00:00", by_julian},
      {"julian half a day", from, kPgTimestamp, std::int64_t{2459660}, "t:2022-03-21 12:00:00",
       by_julian},
      {"huge", from, kPgTimestamp, std::int64_t{9223372036854775807}, "!out_of_range", by_seconds},
      {"word", from, kPgTimestamp, "not a date", "!type"},
      {"empty", from, kPgTimestamp, "", "!type"},
      {"empty to MySQL", from, datetime(6), "", "!type"},
      {"ISO with T and Z", from, kPgTimestamp, "2022-03-22T12:00:09.123Z",
       "t:2022-03-22 12:00:09.123"},
      {"offset", from, kPgTimestampTz, "2022-03-22 01:30:00+05:30", "t:2022-03-21 20:00:00+00"},
      {"offset over the year", from, kPgTimestamp, "2021-12-31T23:00:00-02:00",
       "t:2022-01-01 01:00:00"},
      {"no seconds", from, kPgTimestamp, "2022-03-22 12:00", "t:2022-03-22 12:00:00"},
      {"date only", from, kPgTimestamp, "2022-03-22", "t:2022-03-22 00:00:00"},
      {"too many decimals", from, kPgTimestamp, "2022-03-22 12:00:00.1234567", "!precision"},
      {"blob", from, kPgTimestamp, Bytes{"2022"}, "!type"},
      {"hour 25", from, kPgTimestamp, "2022-03-22 25:00:00", "!out_of_range"},
      {"what SQLite got from elsewhere", kSqliteText, kPgTimestampTz, "2022-03-22 12:00:09.5+00:00",
       "t:2022-03-22 12:00:09.5+00"},
  });
}

TEST(DateConversion, Case19NoDateOfTheCalendar) {
  check({
      {"month 13", S("DATE"), kPgDate, "2022-13-45", "!out_of_range"},
      {"month 13 to MySQL", S("DATE"), kMyDate, "2022-13-45", "!out_of_range"},
      {"February 30", S("DATE"), kPgDate, "2022-02-30", "!out_of_range"},
      {"leap day", S("DATE"), kPgDate, "2020-02-29", "t:2020-02-29"},
      {"no leap day", S("DATE"), kMyDate, "1900-02-29", "!out_of_range"},
      {"times", S("TIME"), P(kTime, "time"), "12:61:00", "!type"},
      {"times", S("TIME"), P(kTime, "time"), "12:59", "t:12:59:00"},
  });
}

TEST(DateConversion, DatesOfEveryDayOfFourCenturiesComeBack) {
  const ColumnRules seconds = {{"epoch", "seconds"}};
  std::string before;
  for (std::int64_t day = -146097; day <= 146097; day += 97) {
    const std::string date = converted(S("DATE"), kPgDate, day * 86400, seconds);
    EXPECT_GT(date, before) << day;
    before = date;
  }
  EXPECT_EQ(converted(S("DATE"), kPgDate, std::int64_t{-146097} * 86400, seconds), "t:1570-01-01");
  EXPECT_EQ(converted(S("DATE"), kPgDate, std::int64_t{11016} * 86400, seconds), "t:2000-02-29");
}

TEST(DateConversion, PairsThatNeedNoLookHaveNoConverter) {
  EXPECT_EQ(make_converter(datetime(3), datetime(6), {}), nullptr);
  EXPECT_EQ(make_converter(kPgTimestamp, kPgTimestamp, {}), nullptr);
  EXPECT_EQ(make_converter(kMyDate, S("DATE_TEXT"), {}), nullptr);
  EXPECT_NE(make_converter(kMyDate, kPgDate, {}), nullptr);
}

}  // namespace
}  // namespace crossload::convert
