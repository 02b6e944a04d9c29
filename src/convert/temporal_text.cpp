#include "temporal_text.h"

#include <cstddef>

namespace crossload::convert {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

/// Reads forward through a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  std::string_view digits() {
    const std::size_t start = at_;
    while (!at_end() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return text_.substr(start, at_ - start);
  }
  // Exactly two digits.
  bool two_digits(int& number) {
    if (text_.size() - at_ < 2) return false;
    const int tens = text_[at_] - '0';
    const int ones = text_[at_ + 1] - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return false;
    number = tens * 10 + ones;
    at_ += 2;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

bool read_date(Cursor& cursor, DateParts& date) {
  const std::string_view year = cursor.digits();
  if (year.size() < 4 || year.size() > 9) return false;
  date.year = number_of(year);
  return cursor.take('-') && cursor.two_digits(date.month) && cursor.take('-') &&
         cursor.two_digits(date.day);
}

bool read_time(Cursor& cursor, TimeParts& time) {
  const std::string_view hour = cursor.digits();
  if (hour.size() < 2 || hour.size() > 9) return false;
  time.hour = number_of(hour);
  if (!cursor.take(':') || !cursor.two_digits(time.minute)) return false;
  if (!cursor.take(':')) return true;
  if (!cursor.two_digits(time.second)) return false;
  if (!cursor.take('.')) return true;
  time.fraction = cursor.digits();
  if (time.fraction.empty()) return false;
  while (!time.fraction.empty() && time.fraction.back() == '0') time.fraction.remove_suffix(1);
  return true;
}

bool read_offset(Cursor& cursor, std::optional<int>& offset) {
  if (cursor.take('Z') || cursor.take('z')) {
    offset = 0;
    return true;
  }
  if (cursor.peek() != '+' && cursor.peek() != '-') return true;
  const int sign = cursor.take('-') ? -1 : 1;
  if (sign == 1) cursor.take('+');
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!cursor.two_digits(hours)) return false;
  const bool colon = cursor.take(':');
  if (cursor.two_digits(minutes)) {
    if (cursor.take(':') && !cursor.two_digits(seconds)) return false;
  } else if (colon) {
    return false;
  }
  if (hours > 15 || minutes > 59 || seconds > 59) return false;
  offset = sign * (hours * 3600 + minutes * 60 + seconds);
  return true;
}

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

// The year as astronomers count: 1 BC is 0.
std::int64_t astronomical(const DateParts& date) {
  return date.bc ? 1 - date.year : date.year;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

std::optional<MomentText> parse_moment(std::string_view text) {
  constexpr std::string_view kEra = " BC";
  MomentText moment;
  moment.date.bc = text.ends_with(kEra);
  if (moment.date.bc) text.remove_suffix(kEra.size());
  Cursor cursor(text);
  if (!read_date(cursor, moment.date)) return std::nullopt;
  if (cursor.at_end()) return moment;
  if (!cursor.take(' ') && !cursor.take('T') && !cursor.take('t')) return std::nullopt;
  moment.has_time = true;
  if (!read_time(cursor, moment.time)) return std::nullopt;
  if (!read_offset(cursor, moment.offset_seconds) || !cursor.at_end()) return std::nullopt;
  return moment;
}

std::optional<TimeParts> parse_time_of_day(std::string_view text) {
  TimeParts time;
  Cursor cursor(text);
  time.negative = cursor.take('-');
  if (!read_time(cursor, time) || !cursor.at_end()) return std::nullopt;
  if (time.minute > 59 || time.second > 59) return std::nullopt;
  return time;
}

bool is_in_calendar(const DateParts& date) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  const int leap_day = date.month == 2 && is_leap(astronomical(date)) ? 1 : 0;
  return date.day <= kDays[date.month - 1] + leap_day;
}

bool is_on_clock(const TimeParts& time) {
  return !time.negative && time.hour <= 23 && time.minute <= 59 && time.second <= 59;
}

// Counted in years that begin in March, so that the leap day is a year's last; eras of 400 years.
std::int64_t days_from_civil(const DateParts& date) {
  const std::int64_t year = astronomical(date) - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = date.month + (date.month > 2 ? -3 : 9);
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

DateParts civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  DateParts date;
  date.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  const std::int64_t year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  date.bc = year <= 0;
  date.year = date.bc ? 1 - year : year;
  return date;
}

void to_utc(MomentText& moment) {
  if (!moment.offset_seconds || *moment.offset_seconds == 0) return;
  TimeParts& time = moment.time;
  std::int64_t seconds = time.hour * 3600 + time.minute * 60 + time.second - *moment.offset_seconds;
  std::int64_t days = days_from_civil(moment.date);
  for (; seconds < 0; seconds += kDaySeconds) --days;
  for (; seconds >= kDaySeconds; seconds -= kDaySeconds) ++days;
  moment.date = civil_from_days(days);
  time.hour = seconds / 3600;
  time.minute = static_cast<int>(seconds / 60 % 60);
  time.second = static_cast<int>(seconds % 60);
  moment.offset_seconds = 0;
}

void append_date(std::string& out, const DateParts& date) {
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
}

void append_time(std::string& out, const TimeParts& time) {
  if (time.negative) out += '-';
  append_padded(out, time.hour, 2);
  out += ':';
  append_padded(out, time.minute, 2);
  out += ':';
  append_padded(out, time.second, 2);
  if (!time.fraction.empty()) {
    out += '.';
    out += time.fraction;
  }
}

bool begins_with_common_date(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && text[0] >= '0' && text[0] <= '9' &&
         text.substr(0, 4) != "0000" && text.substr(5, 2) != "00" && text.substr(8, 2) != "00" &&
         text.back() != 'C';
}

}  // namespace crossload::convert
