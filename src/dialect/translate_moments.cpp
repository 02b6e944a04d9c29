// SQLite compares dates and times as the texts they are. Elsewhere they are moments: the same only
// where every text is spelled in one way.

#include <algorithm>
#include <utility>

#include "translator.h"

namespace crossload::dialect {
namespace {

constexpr int kMicrosecondDigits = 6;

bool is_moment(const Written& written) {
  return is_moment_kind(written.target.kind) || written.target.kind == TypeKind::kTime;
}

/// A form of a date, with or without a time, without a zone.
struct Spelling {
  char separator = 0;  ///< 0: a date only.
  bool seconds = false;
  int digits = 0;  ///< -1: as many as the fraction needs.
};

std::optional<Spelling> read_form(std::string_view form) {
  Spelling spelling;
  if (!form.starts_with(MomentForm::kDate)) return std::nullopt;
  form.remove_prefix(MomentForm::kDate.size());
  if (form.empty()) return spelling;
  spelling.separator = form.front();
  form.remove_prefix(1);
  if (form == "dd:dd") return spelling;
  if (!form.starts_with("dd:dd:dd")) return std::nullopt;
  spelling.seconds = true;
  form.remove_prefix(8);
  if (form.empty()) return spelling;
  if (form == "*") {
    spelling.digits = -1;
    return spelling;
  }
  if (form.front() != '.' || form.find_first_not_of('d', 1) != std::string_view::npos) {
    return std::nullopt;
  }
  spelling.digits = static_cast<int>(form.size()) - 1;
  if (spelling.digits > kMicrosecondDigits) return std::nullopt;
  return spelling;
}

/// Of PostgreSQL's to_char() and MySQL's date_format().
std::string format_of(const Spelling& spelling, bool postgres) {
  std::string format = postgres ? "YYYY-MM-DD" : "%Y-%m-%d";
  if (spelling.separator == 0) return format;
  format += postgres && spelling.separator == 'T' ? "\"T\"" : std::string(1, spelling.separator);
  format += postgres ? "HH24:MI" : "%H:%i";
  if (spelling.seconds) format += postgres ? ":SS" : ":%s";
  if (spelling.digits != 0) format += postgres ? ".US" : ".%f";
  return format;
}

}  // namespace

std::string Translator::form_of(const Written& written) {
  if (!written.moment_form.empty() || !is_moment(written)) return written.moment_form;
  if (written.column != nullptr || written.null_literal) return "";
  const bool date = written.target.kind == TypeKind::kDate;
  return std::string(date ? MomentForm::kDate : MomentForm::kSeveral);
}

std::string Translator::common_form(const std::vector<const Written*>& values) {
  std::string form;
  for (const Written* each : values) {
    const std::string next = form_of(*each);
    if (form.empty() || next.empty()) {
      form += next;
    } else if (form != next) {
      form = MomentForm::kSeveral;
    }
  }
  return form;
}

void Translator::expect_one_form(const Written& written, const char* place) const {
  if (from() != Engine::kSqlite || to() == Engine::kSqlite || !is_moment(written)) return;
  if (form_of(written) != MomentForm::kSeveral) return;
  refuse(std::string(place) +
         " of dates or times, which SQLite takes for texts and which are not known to be of one "
         "form,");
}

Written Translator::spelled_out(Written written, const std::string& form) const {
  const auto spelling = read_form(form);
  const bool zoned = written.target.kind == TypeKind::kTimestampTz;
  if (!spelling || zoned || written.target.kind == TypeKind::kTime) {
    refuse("the comparison of dates or times of different forms, which are texts in SQLite,");
  }
  changes("a moment's text");
  const bool postgres = to() == Engine::kPostgres;
  const std::string format = literal(format_of(*spelling, postgres));
  std::string text = postgres ? "to_char(CAST(" + written.sql + " AS timestamp), " + format + ")"
                              : "DATE_FORMAT(" + written.sql + ", " + format + ")";
  if (spelling->digits < 0) {
    text = postgres ? "rtrim(rtrim(" + text + ", '0'), '.')"
                    : "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM " + text + "))";
  } else if (spelling->digits > 0 && spelling->digits < kMicrosecondDigits) {
    constexpr int kBeforeFraction = 20;
    text = "left(" + text + ", " + std::to_string(kBeforeFraction + spelling->digits) + ")";
  }
  written.sql = postgres ? text + " COLLATE \"C\"" : "CAST(" + text + " AS BINARY)";
  written.rank = postgres ? Rank::kOperator : Rank::kPrimary;
  written.target = of_kind(TypeKind::kText);
  written.moment_form.clear();
  return written;
}

bool Translator::match_spelling(Written& left, Written& right) {
  if (from() != Engine::kSqlite || to() == Engine::kSqlite) return false;
  if (!is_moment(left) && !is_moment(right)) return false;
  const Written& other = is_moment(left) ? right : left;
  if (!is_moment(other) && !other.text) return false;
  for (const Written* each : {&left, &right}) expect_one_form(*each, "the comparison");
  if (other.text) {
    Written& moment = is_moment(left) ? left : right;
    const std::string form = form_of(moment);
    if (form.empty() || MomentForm::has(*other.text, form)) return false;
    moment = spelled_out(std::move(moment), form);
    return true;
  }
  const std::string a = form_of(left);
  const std::string b = form_of(right);
  if (a.empty() || b.empty()) return false;
  if (a == b && left.target.kind == right.target.kind) return false;
  left = spelled_out(std::move(left), a);
  right = spelled_out(std::move(right), b);
  return true;
}

}  // namespace crossload::dialect
