#include "result_form.h"

#include <array>
#include <charconv>

namespace crossload::driver::mysql {
namespace {

constexpr unsigned int kBinaryCharset = 63;
// What `decimals` says where the number of digits is not fixed.
constexpr unsigned int kNotFixed = 31;
constexpr unsigned int kMicrosecondDigits = 6;
// Not in MariaDB's headers. Source: MySQL 9 field_types.h.
constexpr int kVectorType = 242;

bool is_binary(const MYSQL_FIELD& field) {
  return field.charsetnr == kBinaryCharset;
}

void append_number(std::string& text, unsigned long value, std::size_t width) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto size = static_cast<std::size_t>(end - digits.data());
  if (size < width) text.append(width - size, '0');
  text.append(digits.data(), size);
}

void append_fraction(std::string& text, unsigned long microseconds, unsigned int digits) {
  if (digits > kMicrosecondDigits) {
    // An expression: as many digits as it needs.
    if (microseconds == 0) return;
    digits = kMicrosecondDigits;
  }
  if (digits == 0) return;
  const std::size_t start = text.size() + 1;
  text += '.';
  append_number(text, microseconds, kMicrosecondDigits);
  text.resize(start + digits);
}

void append_date(std::string& text, const MYSQL_TIME& time) {
  append_number(text, time.year, 4);
  text += '-';
  append_number(text, time.month, 2);
  text += '-';
  append_number(text, time.day, 2);
}

void append_clock(std::string& text, const MYSQL_TIME& time, unsigned long hours,
                  unsigned int digits) {
  append_number(text, hours, 2);
  text += ':';
  append_number(text, time.minute, 2);
  text += ':';
  append_number(text, time.second, 2);
  append_fraction(text, time.second_part, digits);
}

std::string sized(const char* name, unsigned long size) {
  return std::string(name) + "(" + std::to_string(size) + ")";
}

std::string text_type(const MYSQL_FIELD& field) {
  if ((field.flags & ENUM_FLAG) != 0) return "enum";
  if ((field.flags & SET_FLAG) != 0) return "set";
  // Lengths come in bytes of utf8mb4.
  constexpr unsigned long kMostBytes = 4;
  const bool binary = is_binary(field);
  switch (field.type) {
    case MYSQL_TYPE_STRING:
      return binary ? sized("binary", field.length) : sized("char", field.length / kMostBytes);
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_VARCHAR:
      return binary ? sized("varbinary", field.length)
                    : sized("varchar", field.length / kMostBytes);
    default:
      return binary ? "blob" : "text";
  }
}

}  // namespace

bool is_fetchable(const MYSQL_FIELD& field) {
  return static_cast<int>(field.type) != kVectorType;
}

ResultForm form_of(const MYSQL_FIELD& field) {
  const unsigned int digits = field.decimals >= kNotFixed ? kNotFixed : field.decimals;
  switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_YEAR:
      return {(field.flags & UNSIGNED_FLAG) != 0 ? Form::kUnsigned : Form::kSigned};
    case MYSQL_TYPE_FLOAT:
      return {Form::kFloat};
    case MYSQL_TYPE_DOUBLE:
      return {Form::kDouble};
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return {Form::kDate};
    case MYSQL_TYPE_TIME:
      return {Form::kTime, digits};
    case MYSQL_TYPE_DATETIME:
      return {Form::kTimestamp, digits};
    case MYSQL_TYPE_TIMESTAMP:
      return {Form::kTimestampTz, digits};
    case MYSQL_TYPE_BIT:
      return {Form::kBit, 0, field.length};
    case MYSQL_TYPE_GEOMETRY:
      return {Form::kBytes};
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_STRING:
      return {is_binary(field) && (field.flags & (ENUM_FLAG | SET_FLAG)) == 0 ? Form::kBytes
                                                                              : Form::kText};
    default:
      return {static_cast<int>(field.type) == kVectorType ? Form::kBytes : Form::kText};
  }
}

std::string declared_type(const MYSQL_FIELD& field) {
  if (field.org_table_length == 0) return {};
  const std::string sign = (field.flags & UNSIGNED_FLAG) != 0 ? " unsigned" : "";
  const auto fraction = [&](const char* name) {
    return field.decimals == 0 || field.decimals >= kNotFixed ? std::string(name)
                                                              : sized(name, field.decimals);
  };
  switch (field.type) {
    case MYSQL_TYPE_TINY:
      return "tinyint" + sign;
    case MYSQL_TYPE_SHORT:
      return "smallint" + sign;
    case MYSQL_TYPE_INT24:
      return "mediumint" + sign;
    case MYSQL_TYPE_LONG:
      return "int" + sign;
    case MYSQL_TYPE_LONGLONG:
      return "bigint" + sign;
    case MYSQL_TYPE_YEAR:
      return "year";
    case MYSQL_TYPE_FLOAT:
      return "float" + sign;
    case MYSQL_TYPE_DOUBLE:
      return "double" + sign;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: {
      // The length counts the sign and the point.
      const bool has_sign = sign.empty();
      const unsigned long digits = field.length - (has_sign ? 1 : 0) - (field.decimals > 0 ? 1 : 0);
      return "decimal(" + std::to_string(digits) + "," + std::to_string(field.decimals) + ")" +
             sign;
    }
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return "date";
    case MYSQL_TYPE_TIME:
      return fraction("time");
    case MYSQL_TYPE_DATETIME:
      return fraction("datetime");
    case MYSQL_TYPE_TIMESTAMP:
      return fraction("timestamp");
    case MYSQL_TYPE_BIT:
      return sized("bit", field.length);
    case MYSQL_TYPE_GEOMETRY:
      return "geometry";
    case MYSQL_TYPE_JSON:
      return "json";
    default:
      return static_cast<int>(field.type) == kVectorType ? "vector" : text_type(field);
  }
}

void format_temporal(const MYSQL_TIME& time, const ResultForm& form, std::string& text) {
  constexpr unsigned long kHoursOfDay = 24;
  if (form.form == Form::kTime) {
    if (time.neg) text += '-';
    append_clock(text, time, time.day * kHoursOfDay + time.hour, form.digits);
    return;
  }
  append_date(text, time);
  if (form.form == Form::kDate) return;
  text += ' ';
  append_clock(text, time, time.hour, form.digits);
  if (form.form == Form::kTimestampTz) text += "+00";
}

void format_bits(const unsigned char* bytes, std::size_t size, std::size_t bits,
                 std::string& text) {
  constexpr std::size_t kByte = 8;
  for (std::size_t bit = bits; bit-- > 0;) {
    const std::size_t byte = bit / kByte;
    const bool set = byte < size && ((bytes[size - 1 - byte] >> (bit % kByte)) & 1U) != 0;
    text += set ? '1' : '0';
  }
}

}  // namespace crossload::driver::mysql
