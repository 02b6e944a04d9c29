#include "moment_text.h"

namespace crossload::dialect {
namespace {

/// "dddd-dd-dd" where d is any digit.
bool has_form(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<MomentText> read_moment(std::string_view text) {
  constexpr std::size_t kDate = 10;
  MomentText moment;
  for (const std::string_view mark : {"+00:00", "+00", "Z"}) {
    if (text.size() > kDate && text.ends_with(mark)) {
      text.remove_suffix(mark.size());
      moment.utc = true;
      break;
    }
  }
  if (!has_form(text.substr(0, kDate), "dddd-dd-dd")) return std::nullopt;
  moment.date = std::string(text.substr(0, kDate));
  if (moment.date.starts_with("0000") || moment.date.find("-00") != std::string::npos) {
    return std::nullopt;
  }
  if (text.size() == kDate) return moment;
  if (text[kDate] != ' ' && text[kDate] != 'T') return std::nullopt;
  std::string time(text.substr(kDate + 1));
  const std::size_t point = time.find('.');
  std::string fraction = point == std::string::npos ? "" : time.substr(point + 1);
  time = time.substr(0, point);
  if (has_form(time, "dd:dd")) time += ":00";
  if (!has_form(time, "dd:dd:dd")) return std::nullopt;
  if (fraction.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  while (fraction.ends_with('0')) fraction.pop_back();
  moment.time = time + (fraction.empty() ? "" : "." + fraction);
  return moment;
}

std::string moment_text(const MomentText& moment, TypeKind kind, Engine target) {
  if (kind == TypeKind::kDate) return moment.date;
  std::string text = moment.date + " " + moment.time.value_or("00:00:00");
  const bool zoned = kind == TypeKind::kTimestampTz;
  if (zoned && target == Engine::kSqlite) text += "+00:00";
  if (zoned && moment.utc && target == Engine::kPostgres) text += "+00";
  return text;
}

}  // namespace crossload::dialect
