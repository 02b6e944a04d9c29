#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "interval_text.h"
#include "temporal_targets.h"
#include "temporal_text.h"
#include "text_target.h"

namespace crossload::convert {
namespace {

class TimeForm : public TextForm {
 public:
  explicit TimeForm(const Pair& pair)
      : postgres_(pair.target.engine == Engine::kPostgres),
        digits_(static_cast<std::size_t>(second_digits(pair.target.engine, pair.to()))),
        type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    const auto time = parse_time_of_day(in);
    if (!time) return refuse(problem, "type", shown(in) + " is no time");
    if (!in_range(*time)) {
      return refuse(problem, "out_of_range", type_ + " does not reach " + shown(in));
    }
    if (time->fraction.size() > digits_) {
      return refuse(problem, "precision", shown(in) + " has more decimals than " + type_);
    }
    out.clear();
    append_time(out, *time);
    return out == in ? Outcome::kSame : Outcome::kChanged;
  }
  Outcome integer(std::int64_t value, std::string& /*out*/, Problem& problem) override {
    return refuse(problem, "type", "the number " + std::to_string(value) + " in a column of times");
  }
  Outcome real(double value, std::string& /*out*/, Problem& problem) override {
    return refuse(problem, "type", "the number " + format_double(value) + " in a column of times");
  }

 private:
  bool in_range(const TimeParts& time) const {
    constexpr std::int64_t kMysqlHours = 838;
    if (!postgres_) return time.hour <= kMysqlHours;
    if (time.negative && !time.is_midnight()) return false;
    return time.hour < 24 ||
           (time.hour == 24 && time.minute == 0 && time.second == 0 && time.fraction.empty());
  }

  bool postgres_;
  std::size_t digits_;
  std::string type_;
};

// A duration of hours, minutes and seconds only.
class DurationAsTime : public TextForm {
 public:
  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    const auto duration = parse_duration(in);
    if (!duration) return refuse(problem, "type", shown(in) + " is no duration");
    if (duration->months != 0 || duration->days != 0) {
      return refuse(problem, "out_of_range", shown(in) + " has days or months");
    }
    out = time_of(duration->microseconds);
    return Outcome::kChanged;
  }
};

class IntervalForm : public TextForm {
 public:
  explicit IntervalForm(const Pair& pair)
      : from_time_(pair.from().kind == TypeKind::kTime),
        dynamic_(pair.from().kind == TypeKind::kDynamic || pair.from().kind == TypeKind::kText),
        digits_(second_digits(pair.target.engine, pair.to())),
        type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (from_time_ || (dynamic_ && !in.starts_with('P'))) {
      const auto time = parse_time_of_day(in);
      if (!time) return refuse(problem, "type", shown(in) + " is no time");
      out = duration_of(*time);
    } else {
      out = in;
    }
    const auto duration = parse_duration(out);
    if (!duration) return refuse(problem, "type", shown(in) + " is no duration");
    std::int64_t unit = 1'000'000;
    for (int i = 0; i < digits_; ++i) unit /= 10;
    if (unit > 1 && duration->microseconds % unit != 0) {
      return refuse(problem, "precision", shown(in) + " has more decimals than " + type_);
    }
    return out == in ? Outcome::kSame : Outcome::kChanged;
  }
  Outcome integer(std::int64_t value, std::string& /*out*/, Problem& problem) override {
    return refuse(problem, "type", "the number " + std::to_string(value) + " is no duration");
  }
  Outcome real(double value, std::string& /*out*/, Problem& problem) override {
    return refuse(problem, "type", "the number " + format_double(value) + " is no duration");
  }

 private:
  bool from_time_;
  bool dynamic_;
  int digits_;
  std::string type_;
};

bool same_and_wide_enough(const Pair& pair) {
  return pair.from().kind == pair.to().kind && second_digits(pair.source.engine, pair.from()) <=
                                                   second_digits(pair.target.engine, pair.to());
}

}  // namespace

std::unique_ptr<CellConversion> to_time(const Pair& pair) {
  // PostgreSQL's are a part of MySQL's.
  if (same_and_wide_enough(pair) &&
      (pair.source.engine == pair.target.engine || pair.source.engine == Engine::kPostgres)) {
    return nullptr;
  }
  std::unique_ptr<TextForm> before;
  if (pair.from().kind == TypeKind::kInterval) before = std::make_unique<DurationAsTime>();
  return text_conversion(std::move(before), std::make_unique<TimeForm>(pair), {});
}

std::unique_ptr<CellConversion> to_interval(const Pair& pair) {
  if (same_and_wide_enough(pair)) return nullptr;
  return text_conversion(nullptr, std::make_unique<IntervalForm>(pair), {});
}

}  // namespace crossload::convert
