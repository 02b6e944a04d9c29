#pragma once

#include <string>
#include <string_view>

namespace crossload::dialect {

/// How texts spell dates and times, as SQLite compares them: by their characters. Texts of one form
/// are in the order of the moments they name. A form is a text with 'd' for each digit
/// ("dddd-dd-dd dd:dd:dd.ddd", zones as they are); '*' behind the seconds stands for a fraction
/// that does not end in zeros, or none.
class MomentForm {
 public:
  /// A date, a time or both, well-formed.
  void add(std::string_view text);
  /// The form that all of them have; empty before the first; kSeveral.
  const std::string& one() const;
  /// Whether a text has the form, which may be one with '*'.
  static bool has(std::string_view text, std::string_view form);

  static constexpr std::string_view kSeveral = "?";
  static constexpr std::string_view kDate = "dddd-dd-dd";
  static constexpr std::string_view kSeconds = "dddd-dd-dd dd:dd:dd";

 private:
  std::string fixed_;
  std::string trimmed_;
};

}  // namespace crossload::dialect
