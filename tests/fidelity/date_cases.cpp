// Cases 1 to 20: dates and times.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

/// The server's own switch for dates with zeros; MySQL refuses them by default.
const std::string kZeros = "SET sql_mode = 'STRICT_ALL_TABLES'; ";
const std::string kUtc = "SET time_zone = '+00:00'; ";

Case zero_date(const std::string& title) {
  return Case(1, title, kM,
              kZeros +
                  "CREATE TABLE @t (id int PRIMARY KEY, v date, w datetime); "
                  "INSERT INTO @t VALUES (1, '0000-00-00', NULL), (2, '2020-01-02', NULL), "
                  "(3, NULL, '0000-00-00 00:00:00')");
}

Case partial_date(const std::string& title) {
  return Case(3, title, kM,
              kZeros +
                  "CREATE TABLE @t (id int PRIMARY KEY, v datetime, w date); "
                  "INSERT INTO @t VALUES (1, '2020-00-00 00:00:00', '2020-02-03'), "
                  "(2, '2020-01-01 00:00:00', '2020-02-00'), "
                  "(3, '2020-01-01 00:00:00', '2020-02-03')");
}

void add_zeros(std::vector<Case>& cases) {
  const std::string kept = "1\t0000-00-00\tNULL\n2\t2020-01-02\tNULL\n3\tNULL\t0000-00-00 00:00:00";
  cases.push_back(zero_date("Zero")
                      .to(kP, kRows, "2\t2020-01-02\tNULL")
                      .rejects("1:zero_date 3:zero_date")
                      .to(kMS, kRows, kept));
  cases.push_back(zero_date("ZeroToNull")
                      .to(kP, kRows, "1\tNULL\tNULL\n2\t2020-01-02\tNULL")
                      .rule("v", "zero_date", "null")
                      .rejects("3:zero_date")
                      .told("rule used 1 times: @t.v: zero_date=null"));
  const std::string not_null =
      kZeros +
      "CREATE TABLE @t (id int PRIMARY KEY, v date NOT NULL); "
      "INSERT INTO @t VALUES (1, '2020-01-02'), (2, '0000-00-00'), (3, '2020-01-04')";
  cases.push_back(Case(2, "ZeroNotNull", kM, not_null)
                      .to(kP, kRows, "1\t2020-01-02\n3\t2020-01-04")
                      .rule("v", "zero_date", "null")
                      .rejects("2:not_null")
                      .to(kMS, kRows, "1\t2020-01-02\n2\t0000-00-00\n3\t2020-01-04"));
  cases.push_back(partial_date("Partial")
                      .to(kP, kRows, "3\t2020-01-01 00:00:00\t2020-02-03")
                      .rejects("1:partial_date 2:partial_date")
                      .to(kMS, kRows,
                          "1\t2020-00-00 00:00:00\t2020-02-03\n2\t2020-01-01 00:00:00\t2020-02-00\n"
                          "3\t2020-01-01 00:00:00\t2020-02-03"));
  cases.push_back(partial_date("PartialToNull")
                      .to(kP, kRows,
                          "1\tNULL\t2020-02-03\n2\t2020-01-01 00:00:00\tNULL\n"
                          "3\t2020-01-01 00:00:00\t2020-02-03")
                      .rule("v", "partial_date", "null")
                      .rule("w", "partial_date", "null"));
}

void add_early_years(std::vector<Case>& cases) {
  cases.push_back(Case(4, "YearNine", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, v date); "
                       "INSERT INTO @t VALUES (1, '0009-12-04')")
                      .to(kAll, kRows, "1\t0009-12-04"));
  // MySQL takes a date of the year 0 whatever its sql_mode; so does MariaDB.
  const std::string year_zero =
      "CREATE TABLE @t (id int PRIMARY KEY, v date); "
      "INSERT INTO @t VALUES (1, '0000-01-01'), (2, '0001-01-01')";
  cases.push_back(Case(5, "YearZero", kM, year_zero)
                      .to(kP, kRows, "2\t0001-01-01")
                      .rejects("1:year_zero")
                      .to(kMS, kRows, "1\t0000-01-01\n2\t0001-01-01"));
  cases.push_back(Case(5, "YearZeroAsBc", kM, year_zero)
                      .to(kP, kRows, "1\t0001-01-01 BC\n2\t0001-01-01")
                      .rule("v", "year_zero", "bc")
                      .told("rule used 1 times: @t.v: year_zero=bc"));
  cases.push_back(Case(6, "GapOfParis", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, v datetime); "
                       "INSERT INTO @t VALUES (1, '2021-03-28 02:30:00')")
                      .to(kP, "SET timezone = 'Europe/Paris'; SELECT v, pg_typeof(v) FROM @t",
                          "2021-03-28 02:30:00\ttimestamp without time zone")
                      .to(kMS, "SELECT v FROM @t", "2021-03-28 02:30:00"));
}

void add_instants(std::vector<Case>& cases) {
  cases.push_back(
      Case(7, "SameInstant", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v timestamp NULL); SET time_zone = '+02:00'; "
           "INSERT INTO @t VALUES (1, '2021-03-28 02:30:00'); SET time_zone = '+00:00'; "
           "INSERT INTO @t VALUES (2, '2021-03-28 00:30:00'); SET time_zone = '-07:00'; "
           "INSERT INTO @t VALUES (3, '2021-03-27 17:30:00')")
          .to(kP, "SET timezone = 'UTC'; SELECT count(*), v, pg_typeof(v) FROM @t GROUP BY v",
              "3\t2021-03-28 00:30:00+00\ttimestamp with time zone")
          .to(kM, kUtc + "SELECT count(*), v FROM @t GROUP BY v", "3\t2021-03-28 00:30:00")
          .to(kS, "SELECT count(*), v, datetime(v) FROM @t GROUP BY v",
              "3\t2021-03-28 00:30:00+00:00\t2021-03-28 00:30:00"));
  cases.push_back(
      Case(8, "LastTimestamp", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v timestamp NULL); SET time_zone = '+00:00'; "
           "INSERT INTO @t VALUES (1, '2038-01-19 03:14:07'), (2, '1970-01-01 00:00:01')")
          .to(kP, "SET timezone = 'UTC'; SELECT v FROM @t ORDER BY id",
              "2038-01-19 03:14:07+00\n1970-01-01 00:00:01+00")
          .to(kM, kUtc + "SELECT v FROM @t ORDER BY id", "2038-01-19 03:14:07\n1970-01-01 00:00:01")
          .to(kS, "SELECT v FROM @t ORDER BY id",
              "2038-01-19 03:14:07+00:00\n1970-01-01 00:00:01+00:00"));
  const std::string beyond =
      "CREATE TABLE @t (id int PRIMARY KEY, v timestamptz); "
      "INSERT INTO @t VALUES (1, '2040-01-01 00:00:00+00'), (2, '2020-01-01 02:00:00.5+02')";
  cases.push_back(Case(8, "BeyondTimestamp", kP, beyond)
                      .to(kP, "SET timezone = 'UTC'; SELECT v FROM @t ORDER BY id",
                          "2040-01-01 00:00:00+00\n2020-01-01 00:00:00.5+00")
                      .to(kM, "SELECT v FROM @t ORDER BY id",
                          "2040-01-01 00:00:00.000000\n2020-01-01 00:00:00.500000")
                      .to(kS, "SELECT v FROM @t ORDER BY id",
                          "2040-01-01 00:00:00+00:00\n2020-01-01 00:00:00.5+00:00"));
  cases.push_back(Case(8, "ForcedTimestamp", kP, beyond)
                      .to(kM, kUtc + "SELECT v FROM @t", "2020-01-01 00:00:00.5")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v timestamp(1) NULL)")
                      .rejects("1:out_of_range"));
}

void add_fractions(std::vector<Case>& cases) {
  const std::string last =
      "CREATE TABLE @t (id int PRIMARY KEY, v timestamp); INSERT INTO @t VALUES "
      "(1, '2020-12-31 23:59:59.999999'), (2, '2020-12-31 23:59:59.999'), "
      "(3, '2020-12-31 23:59:59')";
  cases.push_back(Case(9, "Microseconds", kP, last)
                      .to(kPS, "SELECT v FROM @t WHERE id = 1", "2020-12-31 23:59:59.999999")
                      .to(kM, "SELECT v FROM @t WHERE id = 1", "2020-12-31 23:59:59.999999"));
  // MariaDB would cut the decimals, MySQL round to the next year, both without a word.
  cases.push_back(Case(9, "IntoMilliseconds", kP, last)
                      .to(kM, kRows, "2\t2020-12-31 23:59:59.999\n3\t2020-12-31 23:59:59.000")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v datetime(3))")
                      .rejects("1:precision"));
  cases.push_back(Case(9, "IntoSeconds", kP, last)
                      .to(kM, kRows, "3\t2020-12-31 23:59:59")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v datetime)")
                      .rejects("1:precision 2:precision")
                      .to(kP, kRows, "3\t2020-12-31 23:59:59")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v timestamp(0))")
                      .rejects("1:precision 2:precision"));
}

std::string infinities() {
  return "CREATE TABLE @t (id int PRIMARY KEY, v timestamp, w date); INSERT INTO @t VALUES "
         "(1, 'infinity', NULL), (2, '-infinity', NULL), (3, NULL, 'infinity'), "
         "(4, NULL, '2020-01-01')";
}

void add_far_dates(std::vector<Case>& cases) {
  cases.push_back(Case(10, "Infinity", kP, infinities())
                      .to(kP, kRows,
                          "1\tinfinity\tNULL\n2\t-infinity\tNULL\n3\tNULL\tinfinity\n"
                          "4\tNULL\t2020-01-01")
                      .to(kMS, kRows, "4\tNULL\t2020-01-01")
                      .rejects("1:infinity 2:infinity 3:infinity"));
  cases.push_back(
      Case(10, "InfinityByRule", kP, infinities())
          .to(kM, kRows, "1\tNULL\tNULL\n2\tNULL\tNULL\n3\tNULL\t9999-12-31\n4\tNULL\t2020-01-01")
          .rule("v", "infinity", "null")
          .rule("w", "infinity", "max")
          .told("rule used 2 times: @t.v: infinity=null")
          .told("rule used 1 times: @t.w: infinity=max")
          .to(kS, kRows,
              "1\tinfinity\tNULL\n2\t-infinity\tNULL\n3\tNULL\tinfinity\n"
              "4\tNULL\t2020-01-01")
          .rule("v", "infinity", "text")
          .rule("w", "infinity", "text"));
  const std::string bc =
      "CREATE TABLE @t (id int PRIMARY KEY, v date); INSERT INTO @t VALUES "
      "(1, '4713-01-01 BC'), (2, '0001-12-31 BC'), (3, '0001-01-01')";
  cases.push_back(Case(11, "BeforeChrist", kP, bc)
                      .to(kP, kRows, "1\t4713-01-01 BC\n2\t0001-12-31 BC\n3\t0001-01-01")
                      .to(kMS, kRows, "3\t0001-01-01")
                      .rejects("1:out_of_range 2:out_of_range"));
  cases.push_back(Case(11, "BeforeChristByRule", kP, bc)
                      .to(kS, kRows, "1\t-4712-01-01\n2\t0000-12-31\n3\t0001-01-01")
                      .rule("v", "bc", "iso"));
  cases.push_back(Case(12, "YearFifteenThousand", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v timestamp); INSERT INTO @t VALUES "
                       "(1, '15000-12-31'), (2, '9999-12-31 23:59:59.999999'), (3, '10000-01-01')")
                      .to(kPS, kRows,
                          "1\t15000-12-31 00:00:00\n2\t9999-12-31 23:59:59.999999\n"
                          "3\t10000-01-01 00:00:00")
                      .to(kM, kRows, "2\t9999-12-31 23:59:59.999999")
                      .rejects("1:out_of_range 3:out_of_range"));
}

void add_times(std::vector<Case>& cases) {
  const std::string make =
      "CREATE TABLE @t (id int PRIMARY KEY, v time(6)); INSERT INTO @t VALUES ";
  // MySQL's TIME ends at 838:59:59.000000 and the server says so; MariaDB's a microsecond before
  // the next second.
  const std::string wide = make + "(1, '838:59:59.999999'), (2, '-838:59:59'), (3, '-01:30:00.5')";
  cases.push_back(
      Case(13, "LongTimeOfMariadb", kMa, wide)
          .to(kP, "SET intervalstyle = 'postgres'; SELECT v, pg_typeof(v) FROM @t ORDER BY id",
              "838:59:59.999999\tinterval\n-838:59:59\tinterval\n-01:30:00.5\tinterval")
          .to(kMa, kRows, "1\t838:59:59.999999\n2\t-838:59:59.000000\n3\t-01:30:00.500000")
          .to(kMy, kRows, "2\t-838:59:59.000000\n3\t-01:30:00.500000")
          .rejects("1:datetime")
          .to(kS, kRows, "1\t838:59:59.999999\n2\t-838:59:59.000000\n3\t-01:30:00.500000"));
  cases.push_back(
      Case(13, "LongTime", kM, make + "(1, '838:59:59'), (2, '-838:59:59'), (3, '-01:30:00.5')")
          .to(kP, "SET intervalstyle = 'postgres'; SELECT v FROM @t ORDER BY id",
              "838:59:59\n-838:59:59\n-01:30:00.5")
          .to(kMS, kRows, "1\t838:59:59.000000\n2\t-838:59:59.000000\n3\t-01:30:00.500000"));
  cases.push_back(Case(13, "LongTimeIntoTime", kM,
                       make + "(1, '838:59:59'), (2, '-01:30:00.5'), (3, '23:59:59')")
                      .to(kP, kRows, "3\t23:59:59")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v time)")
                      .rejects("1:out_of_range 2:out_of_range"));
  const std::string day_end =
      "CREATE TABLE @t (id int PRIMARY KEY, v time); INSERT INTO @t VALUES (1, '24:00:00'), "
      "(2, '00:00:00'), (3, '12:34:56.789')";
  cases.push_back(Case(14, "EndOfDay", kP, day_end)
                      .to(kPS, kRows, "1\t24:00:00\n2\t00:00:00\n3\t12:34:56.789")
                      .to(kM, kRows, "1\t24:00:00.000000\n2\t00:00:00.000000\n3\t12:34:56.789000"));
  cases.push_back(Case(15, "TimeWithZone", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v timetz); "
                       "INSERT INTO @t VALUES (1, '12:34:56.789+05:30')")
                      .to(kAll, kRows, "1\t12:34:56.789+05:30"));
  cases.push_back(
      Case(16, "Interval", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v interval); INSERT INTO @t VALUES "
           "(1, '1 mon -3 days 04:05:06.7'), (2, '-1 year'), (3, '0'), (4, '1 day "
           "-00:00:00.000001')")
          .to(kP, "SET intervalstyle = 'postgres'; " + kRows,
              "1\t1 mon -3 days +04:05:06.7\n2\t-1 years\n3\t00:00:00\n4\t1 day -00:00:00.000001")
          .to(kM, kRows, "1\tP1M-3DT4H5M6.7S\n2\tP-1Y\n3\tPT0S\n4\tP1DT-0.000001S")
          .to(kS, "SELECT id, v, typeof(v) FROM @t ORDER BY id",
              "1\tP1M-3DT4H5M6.7S\ttext\n2\tP-1Y\ttext\n3\tPT0S\ttext\n4\tP1DT-0.000001S\ttext"));
  cases.push_back(Case(17, "Years", kM,
                       "CREATE TABLE @t (id int PRIMARY KEY, v year); INSERT INTO @t VALUES "
                       "(1, '0000'), (2, 1901), (3, 2155), (4, '99')")
                      .to(kPS, kRows, "1\t0\n2\t1901\n3\t2155\n4\t1999")
                      .to(kM, kRows, "1\t0000\n2\t1901\n3\t2155\n4\t1999"));
}

/// Case 18: a column of SQLite that says DATETIME and holds what its writers thought that is.
std::string sqlite_dates() {
  return "CREATE TABLE @t (id INTEGER PRIMARY KEY, v DATETIME); INSERT INTO @t VALUES "
         "(1, 1647950409737), (2, 1647950409), (3, 2459660.5), (4, 'not a date'), "
         "(5, '2022-03-22T12:00:09.123Z'), (6, '')";
}

void add_dates_of_sqlite(std::vector<Case>& cases) {
  cases.push_back(
      Case(18, "MixedDates", kS, sqlite_dates())
          .to(kPM, kRows,
              "1\t1647950409737\n2\t1647950409\n3\t2459660.5\n4\tnot a date\n"
              "5\t2022-03-22T12:00:09.123Z\n6\t")
          .to(kS, "SELECT id, quote(v), typeof(v) FROM @t ORDER BY id",
              "1\t1647950409737\tinteger\n2\t1647950409\tinteger\n3\t2459660.5\treal\n"
              "4\t'not a date'\ttext\n5\t'2022-03-22T12:00:09.123Z'\ttext\n6\t''\ttext"));
  // Under the rule every number is milliseconds; those that were meant otherwise are the caller's.
  const std::string prepared = "CREATE TABLE @t (id bigint PRIMARY KEY, v ";
  cases.push_back(
      Case(18, "MixedDatesByRule", kS,
           "CREATE TABLE @t (id INTEGER PRIMARY KEY, v DATETIME); INSERT INTO @t VALUES "
           "(1, 1647950409737), (2, 'not a date'), (3, '2022-03-22T12:00:09.123Z'), (4, '')")
          .to(kP, kRows, "1\t2022-03-22 12:00:09.737\n3\t2022-03-22 12:00:09.123")
          .prepared(prepared + "timestamp)")
          .rule("v", "epoch", "milliseconds")
          .rejects("2:type 4:type")
          .to(kM, kRows, "1\t2022-03-22 12:00:09.737000\n3\t2022-03-22 12:00:09.123000")
          .prepared(prepared + "datetime(6))")
          .rule("v", "epoch", "milliseconds")
          .rejects("2:type 4:type"));
  cases.push_back(Case(18, "JulianDays", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY, v DATETIME); "
                       "INSERT INTO @t VALUES (1, 2459660.5), (2, 2459661.0)")
                      .to(kP, kRows, "1\t2022-03-22 00:00:00\n2\t2022-03-22 12:00:00")
                      .prepared(prepared + "timestamp)")
                      .rule("v", "epoch", "julian")
                      .to(kM, kRows, "1\t2022-03-22 00:00:00\n2\t2022-03-22 12:00:00")
                      .prepared(prepared + "datetime)")
                      .rule("v", "epoch", "julian"));
  cases.push_back(Case(18, "SecondsWithoutRule", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY, v DATETIME); "
                       "INSERT INTO @t VALUES (1, 1647950409), (2, '2022-03-22 12:00:09')")
                      .to(kPM, kRows, "2\t2022-03-22 12:00:09")
                      .prepared(prepared + "timestamp NULL)")
                      .rejects("1:type"));
  cases.push_back(Case(19, "ThirteenthMonth", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY, v DATE); INSERT INTO @t VALUES "
                       "(1, '2022-12-31'), (2, '2022-13-45'), (3, '2022-12-30'), (4, '2022-02-30')")
                      .to(kPM, kRows, "1\t2022-12-31\n3\t2022-12-30")
                      .rejects("2:out_of_range 4:out_of_range")
                      .to(kS, kRows, "1\t2022-12-31\n2\t2022-13-45\n3\t2022-12-30\n4\t2022-02-30"));
}

void add_on_update(std::vector<Case>& cases) {
  cases.push_back(
      Case(20, "OnUpdate", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v datetime DEFAULT CURRENT_TIMESTAMP "
           "ON UPDATE CURRENT_TIMESTAMP); INSERT INTO @t VALUES (1, '2001-01-01 00:00:00')")
          .to(kPS, kRows, "1\t2001-01-01 00:00:00")
          .to(kM, "SELECT v FROM @t; UPDATE @t SET id = 2; SELECT v > '2020-01-01' FROM @t",
              "2001-01-01 00:00:00\n1"));
}

}  // namespace

std::vector<Case> date_cases() {
  std::vector<Case> cases;
  add_zeros(cases);
  add_early_years(cases);
  add_instants(cases);
  add_fractions(cases);
  add_far_dates(cases);
  add_times(cases);
  add_dates_of_sqlite(cases);
  add_on_update(cases);
  return cases;
}

}  // namespace crossload::testing
