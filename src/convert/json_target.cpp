#include "json_target.h"

#include <cmath>
#include <string>

#include "crossload/base/strings.h"

#include "array_text.h"
#include "column_type.h"
#include "json_scan.h"
#include "text_target.h"

namespace crossload::convert {
namespace {

bool may_repeat_keys(const Pair& pair) {
  return !is_parsed_json(pair.source.engine, pair.from());
}

JsonChecks checks_for(const Pair& pair) {
  const bool parsed = is_parsed_json(pair.target.engine, pair.to());
  JsonChecks checks;
  checks.nul = parsed && pair.target.engine == Engine::kPostgres;
  checks.surrogates = parsed;
  checks.numbers = parsed && pair.target.engine == Engine::kMysql;
  checks.duplicates = parsed && may_repeat_keys(pair);
  return checks;
}

class JsonForm : public TextForm {
 public:
  explicit JsonForm(const Pair& pair)
      : rules_(pair.rules), scanner_(checks_for(pair)), limits_(text_form(pair)) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    // What makes it no UTF-8 or too long is found first; a rule may have changed it.
    const Outcome limited = limits_ ? limits_->text(in, out, problem) : Outcome::kSame;
    if (limited != Outcome::kSame && limited != Outcome::kChanged) return limited;
    const Outcome scanned = scan(limited == Outcome::kSame ? in : out, problem);
    return scanned == Outcome::kSame ? limited : scanned;
  }

  Outcome real(double value, std::string& out, Problem& problem) override {
    if (!std::isfinite(value)) return refuse(problem, "nan", format_double(value));
    return TextForm::real(value, out, problem);
  }

 private:
  Outcome scan(std::string_view json, Problem& problem) {
    switch (scanner_.scan(json)) {
      case JsonFault::kNone:
        return Outcome::kSame;
      case JsonFault::kMalformed:
        return refuse(problem, "json", shown(json) + " is no JSON");
      case JsonFault::kNul:
        return refuse(problem, "json", "the character U+0000 in " + shown(json));
      case JsonFault::kSurrogate:
        return refuse(problem, "json", "half of a surrogate pair in " + shown(json));
      case JsonFault::kNumber:
        return allowed(Rule::kJsonNumber, "double", "json_number",
                       "a number in " + shown(json) + " is no double", problem);
      case JsonFault::kDuplicate:
        return allowed(Rule::kJsonDuplicate, "last", "json_duplicate",
                       "a key stands twice in " + shown(json), problem);
    }
    return Outcome::kSame;
  }

  Outcome allowed(Rule rule, std::string_view value, std::string_view code, std::string message,
                  Problem& problem) {
    if (!rules_.is(rule, value)) return refuse(problem, code, std::move(message));
    rules_.count(rule);
    return Outcome::kSame;
  }

  RuleSet& rules_;
  JsonScanner scanner_;
  std::unique_ptr<TextForm> limits_;
};

// What PostgreSQL or MySQL calls JSON is well-formed already.
bool is_checked(const Pair& pair) {
  if (pair.from().kind != TypeKind::kJson || pair.source.engine == Engine::kSqlite) return false;
  const JsonChecks checks = checks_for(pair);
  if (pair.source.engine == pair.target.engine &&
      is_parsed_json(pair.source.engine, pair.from()) ==
          is_parsed_json(pair.target.engine, pair.to())) {
    return true;
  }
  return !checks.nul && !checks.surrogates && !checks.numbers && !checks.duplicates;
}

}  // namespace

std::unique_ptr<CellConversion> to_json(const Pair& pair) {
  if (is_checked(pair) && !text_form(pair)) return nullptr;
  std::unique_ptr<TextForm> before;
  if (pair.from().kind == TypeKind::kArray) before = array_to_json(pair);
  if (pair.from().kind == TypeKind::kSet) before = set_to_json();
  if (is_hstore(pair.from())) before = hstore_to_json();
  CellText reading;
  reading.boolean = pair.from().kind == TypeKind::kBoolean;
  reading.float32 = pair.from().kind == TypeKind::kFloat32;
  return text_conversion(std::move(before), std::make_unique<JsonForm>(pair), reading);
}

}  // namespace crossload::convert
