#include "column_default.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/sqlite_affinity.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

bool is_number(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '-' || text.front() == '+') text.remove_prefix(1);
  const bool digits_only = text.find_first_not_of("0123456789.") == std::string_view::npos;
  const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
  return digits_only && has_digit && std::count(text.begin(), text.end(), '.') <= 1;
}

bool is_integer(std::string_view text) {
  return is_number(text) && text.find('.') == std::string_view::npos;
}

// The end of a literal that begins at 0 with a quote; npos where it has none.
std::size_t literal_end(std::string_view sql, char quote) {
  for (std::size_t at = 1; at < sql.size(); ++at) {
    if (sql[at] != quote) continue;
    if (at + 1 < sql.size() && sql[at + 1] == quote) {
      ++at;
      continue;
    }
    return at;
  }
  return std::string_view::npos;
}

std::string undoubled(std::string_view inside, char quote) {
  std::string text;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    text += inside[at];
    if (inside[at] == quote) ++at;
  }
  return text;
}

// Outer brackets go where they belong to each other.
std::string_view without_brackets(std::string_view sql) {
  for (;;) {
    sql = trim(sql);
    if (sql.size() < 2 || sql.front() != '(' || sql.back() != ')') return sql;
    if (sql.substr(1, sql.size() - 2).find_first_of("()") != std::string_view::npos) return sql;
    sql = sql.substr(1, sql.size() - 2);
  }
}

// PostgreSQL prints a constant with its type: '-1'::integer, 'a'::character varying.
std::string_view without_cast(std::string_view sql) {
  const std::size_t cast = sql.rfind("::");
  if (cast == std::string_view::npos) return sql;
  const std::string_view type = sql.substr(cast + 2);
  if (type.find('\'') != std::string_view::npos) return sql;
  return without_brackets(sql.substr(0, cast));
}

std::optional<SimpleDefault> parse_word(std::string_view sql) {
  const std::string word = ascii_lower(sql);
  constexpr std::array<std::string_view, 6> kNow = {"current_timestamp",       "now()",
                                                    "current_timestamp()",     "localtimestamp",
                                                    "transaction_timestamp()", "localtimestamp()"};
  constexpr std::array<std::string_view, 3> kToday = {"current_date", "curdate()",
                                                      "current_date()"};
  if (word == "null") return SimpleDefault{DefaultKind::kNull, ""};
  if (word == "true" || word == "false") return SimpleDefault{DefaultKind::kBoolean, word};
  const bool sized_now = word.starts_with("current_timestamp(") && word.ends_with(")");
  if (sized_now || std::find(kNow.begin(), kNow.end(), word) != kNow.end()) {
    return SimpleDefault{DefaultKind::kNow, ""};
  }
  if (std::find(kToday.begin(), kToday.end(), word) != kToday.end()) {
    return SimpleDefault{DefaultKind::kToday, ""};
  }
  if (is_number(word)) return SimpleDefault{DefaultKind::kNumber, word};
  return std::nullopt;
}

std::optional<SimpleDefault> parse_string(Engine source, std::string_view sql) {
  const char quote = sql.front();
  // SQLite takes "text" for a string where there is no such column; a default has none.
  const bool is_string = quote == '\'' || (quote == '"' && source == Engine::kSqlite);
  if (!is_string || literal_end(sql, quote) != sql.size() - 1) return std::nullopt;
  const std::string_view inside = sql.substr(1, sql.size() - 2);
  // MySQL may have written an escape; what it means depends on the mode.
  if (source == Engine::kMysql && inside.find('\\') != std::string_view::npos) return std::nullopt;
  return SimpleDefault{DefaultKind::kString, undoubled(inside, quote)};
}

std::optional<std::string> number_for(const std::string& text, TypeKind kind) {
  const bool whole = kind == TypeKind::kInteger;
  if (whole ? !is_integer(text) : !is_number(text)) return std::nullopt;
  return text;
}

std::optional<std::string> boolean_for(const SimpleDefault& value) {
  const std::string word = ascii_lower(value.text);
  if (word == "1" || word == "true" || word == "t") return "TRUE";
  if (word == "0" || word == "false" || word == "f") return "FALSE";
  return std::nullopt;
}

// MySQL takes an expression, not a constant, for its long types.
bool is_long_mysql_type(const MappedType& type) {
  const std::string name = bare_name(type.type);
  return name.ends_with("text") || name.ends_with("blob") || name == "json" ||
         type.type.kind == TypeKind::kSpatial;
}

std::string bracketed_for(const std::string& literal, const MappedType& type,
                          const TargetTraits& target) {
  const bool bracketed = target.engine == Engine::kMysql && is_long_mysql_type(type);
  return bracketed ? "(" + literal + ")" : literal;
}

std::string quoted_for(const std::string& text, const MappedType& type,
                       const TargetTraits& target) {
  return bracketed_for(dialect_for(target.engine).literal(text), type, target);
}

std::optional<std::string> bytes_for(const std::string& digits, const MappedType& type,
                                     const TargetTraits& target) {
  if (type.type.kind != TypeKind::kBytes || target.engine != Engine::kMysql) return std::nullopt;
  return bracketed_for("x'" + digits + "'", type, target);
}

std::optional<std::string> now_for(const MappedType& type, const TargetTraits& target) {
  const bool is_moment =
      type.type.kind == TypeKind::kTimestamp || type.type.kind == TypeKind::kTimestampTz;
  if (target.engine == Engine::kSqlite) return "CURRENT_TIMESTAMP";
  if (!is_moment) return std::nullopt;
  const int digits = type.type.precision.value_or(0);
  if (target.engine == Engine::kMysql && digits > 0) return sized("CURRENT_TIMESTAMP", digits);
  return "CURRENT_TIMESTAMP";
}

std::optional<std::string> today_for(const MappedType& type, const TargetTraits& target) {
  if (target.engine == Engine::kSqlite) return "CURRENT_DATE";
  if (type.type.kind != TypeKind::kDate) return std::nullopt;
  return target.engine == Engine::kMysql ? "(CURRENT_DATE)" : "CURRENT_DATE";
}

/// MySQL's are numbers and lose their zeros in front; others take as many digits as the type says.
std::string padded_bits(const std::string& bits, const MappedType& type) {
  const std::string name = ascii_lower(type.sql);
  const std::size_t open = name.find('(');
  if (open == std::string::npos || (!name.starts_with("bit(") && !name.starts_with("bit_text("))) {
    return bits;
  }
  const std::size_t length = std::strtoul(name.c_str() + open + 1, nullptr, 10);
  return bits.size() < length ? std::string(length - bits.size(), '0') + bits : bits;
}

std::optional<std::string> bits_for(const std::string& bits, const MappedType& type) {
  const SimpleDefault word{DefaultKind::kString, bits};
  if (type.type.kind == TypeKind::kBoolean) return boolean_for(word);
  if (type.type.kind == TypeKind::kBit) return "b'" + padded_bits(bits, type) + "'";
  return std::nullopt;
}

std::optional<std::string> sqlite_default(const SimpleDefault& value, const MappedType& type) {
  const auto affinity = sqlite_affinity(type.type.declared, false);
  switch (value.kind) {
    case DefaultKind::kNumber:
      if (affinity == SqliteAffinity::kText) return "'" + value.text + "'";
      return value.text;
    case DefaultKind::kBoolean:
      return value.text == "true" ? "1" : "0";
    case DefaultKind::kBytes:
      return "x'" + value.text + "'";
    case DefaultKind::kBits: {
      if (affinity == SqliteAffinity::kText) return "'" + padded_bits(value.text, type) + "'";
      constexpr std::size_t kMostBits = 62;
      if (value.text.size() > kMostBits) return std::nullopt;
      return std::to_string(std::stoull(value.text, nullptr, 2));
    }
    default:
      if (affinity != SqliteAffinity::kText && is_number(value.text)) return value.text;
      return dialect_for(Engine::kSqlite).literal(value.text);
  }
}

// MySQL's moments have no zone: what is in UTC loses its mark, anything else is no constant there.
std::optional<std::string> without_utc(std::string_view text) {
  for (const std::string_view mark : {"+00:00", "+00", "Z"}) {
    if (text.ends_with(mark)) {
      text.remove_suffix(mark.size());
      break;
    }
  }
  if (text.find_first_not_of("0123456789-:. T") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

// A moment of time without a zone means UTC here, and the session's own zone where a file is run.
std::string in_utc(const std::string& text, const MappedType& type) {
  const std::size_t time = text.find(':');
  const bool has_zone = text.find_first_of("+Z") != std::string::npos ||
                        (time != std::string::npos && text.find('-', time) != std::string::npos);
  return type.type.kind == TypeKind::kTimestampTz && time != std::string::npos && !has_zone
             ? text + "+00"
             : text;
}

// Digits and the marks between them; what else a SQLite default may say of a date is no date.
bool is_moment(std::string_view text) {
  constexpr std::string_view kShortestTime = "00:00";
  return text.size() >= kShortestTime.size() && text.front() >= '0' && text.front() <= '9' &&
         text.find_first_not_of("0123456789-+:. TZ") == std::string_view::npos;
}

// Dates that MySQL has and PostgreSQL has not.
bool is_zero_date(std::string_view text) {
  return text.starts_with("0000-") || text.find("-00") != std::string_view::npos;
}

// What the words of a constant mean is said by its type. Arrays are JSON elsewhere.
std::optional<SimpleDefault> constant_of_postgres(TypeKind column, SimpleDefault value) {
  constexpr std::string_view kHexadecimal = "\\x";
  if (column == TypeKind::kBit) {
    if (value.text.find_first_not_of("01") != std::string::npos) return std::nullopt;
    return SimpleDefault{DefaultKind::kBits, value.text};
  }
  if (column == TypeKind::kBytes) {
    if (!value.text.empty() && !value.text.starts_with(kHexadecimal)) return std::nullopt;
    value.text.erase(0, kHexadecimal.size());
    return SimpleDefault{DefaultKind::kBytes, value.text};
  }
  if (column != TypeKind::kArray) return value;
  if (value.text != "{}") return std::nullopt;
  return SimpleDefault{DefaultKind::kString, "[]"};
}

}  // namespace

std::optional<SimpleDefault> parse_default(Engine source, TypeKind column, std::string_view sql) {
  sql = without_brackets(sql);
  if (source == Engine::kPostgres) sql = without_cast(sql);
  if (sql.empty()) return std::nullopt;
  if (sql.size() > 3 && (sql.front() == 'b' || sql.front() == 'B') && sql[1] == '\'') {
    const std::string_view bits = sql.substr(2, sql.size() - 3);
    if (sql.back() != '\'' || bits.find_first_not_of("01") != std::string_view::npos) {
      return std::nullopt;
    }
    return SimpleDefault{DefaultKind::kBits, std::string(bits)};
  }
  if (sql.front() != '\'' && sql.front() != '"') return parse_word(sql);
  std::optional<SimpleDefault> text = parse_string(source, sql);
  if (!text || source != Engine::kPostgres) return text;
  return constant_of_postgres(column, std::move(*text));
}

std::optional<std::string> default_sql(const SimpleDefault& value, const MappedType& type,
                                       const TargetTraits& target) {
  if (value.kind == DefaultKind::kNull) return "";
  if (value.kind == DefaultKind::kNow) return now_for(type, target);
  if (value.kind == DefaultKind::kToday) return today_for(type, target);
  if (target.engine == Engine::kSqlite) return sqlite_default(value, type);
  if (value.kind == DefaultKind::kBits) return bits_for(value.text, type);
  if (value.kind == DefaultKind::kBytes) return bytes_for(value.text, type, target);
  switch (type.type.kind) {
    case TypeKind::kBoolean:
      return boolean_for(value);
    case TypeKind::kInteger:
      if (value.kind == DefaultKind::kBoolean) return value.text == "true" ? "1" : "0";
      return number_for(value.text, type.type.kind);
    case TypeKind::kDecimal:
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
      return number_for(value.text, type.type.kind);
    case TypeKind::kText:
    case TypeKind::kEnum:
    case TypeKind::kOther:
      return quoted_for(value.text, type, target);
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      if (value.kind != DefaultKind::kString || is_zero_date(value.text) ||
          !is_moment(value.text)) {
        return std::nullopt;
      }
      if (target.engine == Engine::kMysql) {
        const auto plain = without_utc(value.text);
        return plain ? std::optional(quoted_for(*plain, type, target)) : std::nullopt;
      }
      return quoted_for(in_utc(value.text, type), type, target);
    case TypeKind::kJson:
    case TypeKind::kUuid:
      if (value.kind != DefaultKind::kString) return std::nullopt;
      return quoted_for(value.text, type, target);
    default:
      return std::nullopt;
  }
}

std::string own_default_sql(const std::string& sql, const MappedType& type,
                            const TargetTraits& target) {
  if (target.engine != Engine::kMysql || target.mariadb) return sql;
  const std::string word = ascii_lower(trim(sql));
  if (word == "null" || word.starts_with('(')) return sql;
  const bool constant = word.starts_with('\'') || word.starts_with("b'") ||
                        word.starts_with("x'") || word.starts_with("_") || is_number(word) ||
                        word.starts_with("current_timestamp");
  return constant && !is_long_mysql_type(type) ? sql : "(" + sql + ")";
}

}  // namespace crossload::dialect
