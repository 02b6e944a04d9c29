#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "epoch.h"
#include "temporal_targets.h"
#include "temporal_text.h"

namespace crossload::convert {
namespace {

bool is_infinite(std::string_view text) {
  return text == "infinity" || text == "-infinity";
}

// First and last moment of MySQL's TIMESTAMP.
// Source: dev.mysql.com "The DATE, DATETIME, and TIMESTAMP Types".
constexpr std::string_view kFirstTimestamp = "1970-01-01 00:00:01";
constexpr std::string_view kLastTimestamp = "2038-01-19 03:14:07.999999";

class MomentForm : public TextForm {
 public:
  explicit MomentForm(const Pair& pair)
      : rules_(pair.rules),
        kind_(pair.to().kind),
        mysql_(pair.target.engine == Engine::kMysql),
        bounded_(is_mysql_timestamp(pair.target.engine, pair.to())),
        same_kind_(pair.from().kind == kind_),
        digits_(static_cast<std::size_t>(second_digits(pair.target.engine, pair.to()))),
        type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (same_kind_ && !bounded_ && is_common(in)) return Outcome::kSame;
    if (is_infinite(in)) return infinite(in, out, problem);
    auto moment = parse_moment(in);
    if (!moment) return refuse(problem, "type", shown(in) + " is no date");
    return finish(*moment, in, out, problem);
  }

  Outcome integer(std::int64_t value, std::string& out, Problem& problem) override {
    return number(std::to_string(value), out, problem);
  }
  Outcome real(double value, std::string& out, Problem& problem) override {
    return number(format_double(value), out, problem);
  }

 private:
  // What every server takes as it stands.
  bool is_common(std::string_view in) const {
    constexpr std::size_t kDateSize = 10;
    constexpr std::size_t kSecondsSize = 19;
    if (!begins_with_common_date(in)) return false;
    if (kind_ == TypeKind::kDate) return in.size() == kDateSize;
    const std::size_t zone = kind_ == TypeKind::kTimestampTz ? 3 : 0;
    if (in.size() == kSecondsSize + zone) return true;
    return in.size() > kSecondsSize + zone && in.size() <= kSecondsSize + 1 + digits_ + zone &&
           in[kSecondsSize] == '.';
  }

  Outcome number(const std::string& value, std::string& out, Problem& problem) {
    for (const std::string_view unit : {"seconds", "milliseconds", "microseconds", "julian"}) {
      if (!rules_.is(Rule::kEpoch, unit)) continue;
      std::string fraction;
      auto moment = moment_of_number(value, unit, fraction);
      if (!moment)
        return refuse(problem, "out_of_range", value + " is no number of " + std::string(unit));
      const Outcome outcome = finish(*moment, value, out, problem);
      if (outcome != Outcome::kRefused) rules_.count(Rule::kEpoch);
      return outcome;
    }
    return refuse(problem, "type", "the number " + value + " in a column of dates");
  }

  Outcome infinite(std::string_view in, std::string& out, Problem& problem) {
    if (!mysql_) return Outcome::kSame;
    if (rules_.is(Rule::kInfinity, "null")) {
      rules_.count(Rule::kInfinity);
      return Outcome::kNull;
    }
    if (!rules_.is(Rule::kInfinity, "max") || bounded_) {
      return refuse(problem, "infinity", type_ + " has no " + std::string(in));
    }
    rules_.count(Rule::kInfinity);
    MomentText end;
    end.date = in.front() == '-' ? DateParts{1, 1, 1} : DateParts{9999, 12, 31};
    write(end, out);
    return Outcome::kChanged;
  }

  Outcome finish(MomentText& moment, std::string_view in, std::string& out, Problem& problem) {
    const Outcome dated = check_date(moment.date, in, problem);
    if (dated != Outcome::kSame) return dated;
    if (!is_on_clock(moment.time)) {
      return refuse(problem, "out_of_range", shown(in) + " has no such time of day");
    }
    if (!moment.date.is_zero() && !moment.date.is_partial()) to_utc(moment);
    if (kind_ == TypeKind::kDate && !moment.time.is_midnight()) {
      return refuse(problem, "precision", type_ + " would lose the time of " + shown(in));
    }
    if (moment.time.fraction.size() > digits_) {
      return refuse(problem, "precision", shown(in) + " has more decimals than " + type_);
    }
    write(moment, out);
    if (bounded_ && !moment.date.is_zero()) {
      const std::string_view local = std::string_view(out).substr(0, out.size() - zone_size());
      if (moment.date.year > 9999 || local < kFirstTimestamp || local > kLastTimestamp) {
        return refuse(problem, "out_of_range", type_ + " does not reach " + shown(in));
      }
    }
    return out == in ? Outcome::kSame : Outcome::kChanged;
  }

  Outcome check_date(DateParts& date, std::string_view in, Problem& problem) {
    if (date.is_zero() || date.is_partial()) {
      if (mysql_) return Outcome::kSame;
      const Rule rule = date.is_zero() ? Rule::kZeroDate : Rule::kPartialDate;
      if (!rules_.is(rule, "null")) {
        return refuse(problem, date.is_zero() ? "zero_date" : "partial_date",
                      shown(in) + " is no date of the calendar");
      }
      rules_.count(rule);
      return Outcome::kNull;
    }
    if (date.year == 0 && !mysql_) {
      if (!rules_.is(Rule::kYearZero, "bc")) {
        return refuse(problem, "year_zero", "there is no year 0 for " + shown(in));
      }
      rules_.count(Rule::kYearZero);
      date.year = 1;
      date.bc = true;
    }
    if (mysql_ && (date.bc || date.year > 9999)) {
      return refuse(problem, "out_of_range", type_ + " does not reach " + shown(in));
    }
    if (!is_in_calendar(date)) {
      return refuse(problem, "out_of_range", shown(in) + " is no date of the calendar");
    }
    return Outcome::kSame;
  }

  std::size_t zone_size() const { return kind_ == TypeKind::kTimestampTz ? 3 : 0; }

  void write(const MomentText& moment, std::string& out) const {
    out.clear();
    append_date(out, moment.date);
    if (kind_ != TypeKind::kDate) {
      out += ' ';
      append_time(out, moment.time);
    }
    if (kind_ == TypeKind::kTimestampTz) out += "+00";
    if (moment.date.bc) out += " BC";
  }

  RuleSet& rules_;
  TypeKind kind_;
  bool mysql_;
  bool bounded_;
  bool same_kind_;
  std::size_t digits_;
  std::string type_;
};

}  // namespace

std::unique_ptr<CellConversion> to_moment(const Pair& pair) {
  const bool same_kind = pair.from().kind == pair.to().kind;
  const bool digits_fit =
      pair.to().kind == TypeKind::kDate || second_digits(pair.source.engine, pair.from()) <=
                                               second_digits(pair.target.engine, pair.to());
  const bool timestamp_fits = !is_mysql_timestamp(pair.target.engine, pair.to()) ||
                              is_mysql_timestamp(pair.source.engine, pair.from());
  if (same_kind && pair.source.engine == pair.target.engine && digits_fit && timestamp_fits) {
    return nullptr;
  }
  return text_conversion(nullptr, std::make_unique<MomentForm>(pair), {});
}

}  // namespace crossload::convert
