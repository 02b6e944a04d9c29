#include "sqlite_moment.h"

#include <string>

#include "temporal_text.h"

namespace crossload::convert {
namespace {

class SqliteMoment : public TextForm {
 public:
  explicit SqliteMoment(const Pair& pair)
      : rules_(pair.rules), zoned_(pair.from().kind == TypeKind::kTimestampTz) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (in.ends_with("infinity")) return infinite(in, out, problem);
    if (in.ends_with(" BC")) return before_christ(in, out, problem);
    if (!zoned_) return Outcome::kSame;
    // The date functions take an offset with minutes only.
    out = in;
    if (in.ends_with("+00")) out += ":00";
    return Outcome::kChanged;
  }

 private:
  Outcome infinite(std::string_view in, std::string& out, Problem& problem) {
    if (!rules_.chosen(Rule::kInfinity)) {
      return refuse(problem, "infinity", "SQLite has no date " + std::string(in));
    }
    rules_.count(Rule::kInfinity);
    if (rules_.is(Rule::kInfinity, "null")) return Outcome::kNull;
    if (rules_.is(Rule::kInfinity, "text")) return Outcome::kSame;
    out = in.front() == '-' ? "0001-01-01" : "9999-12-31";
    return Outcome::kChanged;
  }

  Outcome before_christ(std::string_view in, std::string& out, Problem& problem) {
    auto moment = parse_moment(in);
    if (!moment || !rules_.is(Rule::kBc, "iso")) {
      return refuse(problem, "out_of_range", "SQLite has no date " + shown(in));
    }
    rules_.count(Rule::kBc);
    moment->date.year -= 1;
    out = moment->date.year == 0 ? "" : "-";
    append_date(out, moment->date);
    if (moment->has_time) {
      out += ' ';
      append_time(out, moment->time);
    }
    if (zoned_) out += "+00:00";
    return Outcome::kChanged;
  }

  RuleSet& rules_;
  bool zoned_;
};

}  // namespace

std::unique_ptr<CellConversion> moment_to_sqlite(const Pair& pair) {
  // MySQL has neither infinity nor years before the first.
  if (pair.source.engine == Engine::kMysql && pair.from().kind != TypeKind::kTimestampTz) {
    return nullptr;
  }
  return text_conversion(nullptr, std::make_unique<SqliteMoment>(pair), {});
}

}  // namespace crossload::convert
