#include "crossload/convert/converter.h"

namespace crossload::convert {

const std::vector<RejectCode>& all_reject_codes() {
  static const std::vector<RejectCode> codes = {
      {"type",
       "the value is of another kind than the column: text that is no number, bytes in text"},
      {"int_overflow", "an integer outside the target's range"},
      {"out_of_range", "a decimal, date or time outside the target's range or the calendar"},
      {"scale", "digits behind the point that the target would drop"},
      {"precision", "digits, decimals of a second or a time of day that the target would drop"},
      {"nan", "NaN or Infinity where the target has no such number"},
      {"boolean", "neither true nor false"},
      {"too_long", "more characters, bytes or bits than the target takes; nothing is cut"},
      {"too_short", "fewer bytes or bits than a target of fixed length, which would fill them up"},
      {"trailing_blanks", "blanks at the end that MySQL's CHAR drops"},
      {"charset", "characters that the target's character set does not have"},
      {"invalid_utf8", "text that is not UTF-8"},
      {"nul", "the character U+0000 in text for PostgreSQL"},
      {"zero_date", "0000-00-00"},
      {"partial_date", "a date whose month or day is 00"},
      {"year_zero", "a date of the year 0000"},
      {"infinity", "a date of infinity"},
      {"enum", "a label that the target's enum or set does not have"},
      {"enum_empty", "MySQL's empty enum value that stands for an error"},
      {"json", "text that is no JSON, or that the target's JSON type refuses"},
      {"json_number", "a JSON number that the target would round"},
      {"json_duplicate", "a JSON object with a key twice, of which the target keeps one"},
      {"array_bounds", "an array that does not begin at 1, as JSON"},
      {"not_null", "NULL, of the source or by a rule, in a column that takes none"},
  };
  return codes;
}

}  // namespace crossload::convert
