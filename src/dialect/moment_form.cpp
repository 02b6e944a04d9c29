#include "crossload/dialect/moment_form.h"

#include <algorithm>

namespace crossload::dialect {
namespace {

struct Forms {
  std::string fixed;
  std::string trimmed;
};

void put(std::string& form, std::string_view next) {
  if (form.empty()) {
    form = next;
  } else if (form != next) {
    form = MomentForm::kSeveral;
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Forms forms_of(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  constexpr std::size_t kTimeLength = 8;
  const bool time_only = text.size() > 2 && text[2] == ':';
  const std::size_t time = time_only ? 0 : std::min(text.size(), kDateLength + 1);
  const std::size_t zone = std::min(text.find_first_of("Zz+-", time), text.size());
  const std::size_t point = std::min(text.find('.', time), zone);
  Forms forms;
  for (const char c : text.substr(0, zone)) forms.fixed += is_digit(c) ? 'd' : c;
  forms.trimmed = forms.fixed.substr(0, point);
  forms.fixed += text.substr(zone);
  const bool whole = point == zone || (text[zone - 1] != '0' && text[zone - 1] != '.');
  // '.' of a fraction comes behind '+' in ASCII, and before 'Z'.
  const bool sorted = zone == text.size() || text[zone] == '+' || text[zone] == '-';
  if (point != time + kTimeLength || !whole || !sorted) {
    forms.trimmed = MomentForm::kSeveral;
  } else {
    forms.trimmed += "*";
    forms.trimmed += text.substr(zone);
  }
  return forms;
}

}  // namespace

void MomentForm::add(std::string_view text) {
  const Forms forms = forms_of(text);
  put(fixed_, forms.fixed);
  put(trimmed_, forms.trimmed);
}

const std::string& MomentForm::one() const {
  return fixed_ == kSeveral ? trimmed_ : fixed_;
}

bool MomentForm::has(std::string_view text, std::string_view form) {
  const Forms forms = forms_of(text);
  return form != kSeveral && (forms.fixed == form || forms.trimmed == form);
}

}  // namespace crossload::dialect
