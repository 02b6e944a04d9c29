#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crossload::convert {

struct DateParts {
  std::int64_t year = 0;  ///< Of the era: 1 and up before Christ too.
  int month = 0;
  int day = 0;
  bool bc = false;

  bool is_zero() const { return year == 0 && month == 0 && day == 0; }
  bool is_partial() const { return !is_zero() && (month == 0 || day == 0); }
  bool operator==(const DateParts&) const = default;
};

struct TimeParts {
  bool negative = false;
  std::int64_t hour = 0;
  int minute = 0;
  int second = 0;
  std::string_view fraction;  ///< Digits, no zeros at the end.

  bool is_midnight() const { return hour == 0 && minute == 0 && second == 0 && fraction.empty(); }
};

/// A point of time as text gives it.
struct MomentText {
  DateParts date;
  TimeParts time;
  bool has_time = false;
  std::optional<int> offset_seconds;  ///< East of Greenwich.
};

/// Reads "2020-12-31", "2020-12-31[ T]23:59[:59[.999]][Z|+hh[[:]mm[[:]ss]]]", with " BC" behind.
/// The fields' sizes are looked at, the calendar is not. Lifetime: the fraction is in `text`.
std::optional<MomentText> parse_moment(std::string_view text);
/// Reads "[-]hh:mm[:ss[.fff]]".
std::optional<TimeParts> parse_time_of_day(std::string_view text);

/// The day exists, and so does the time: hour to 23 and second to 59.
bool is_in_calendar(const DateParts& date);
bool is_on_clock(const TimeParts& time);

/// Days since 1970-01-01, by the Gregorian calendar before its time too.
std::int64_t days_from_civil(const DateParts& date);
DateParts civil_from_days(std::int64_t days);

/// The same instant in UTC.
void to_utc(MomentText& moment);

void append_date(std::string& out, const DateParts& date);
void append_time(std::string& out, const TimeParts& time);

/// True for "yyyy-mm-dd" at the start with year, month and day above zero, and nothing of an era
/// behind: all that servers agree upon.
bool begins_with_common_date(std::string_view text);

}  // namespace crossload::convert
