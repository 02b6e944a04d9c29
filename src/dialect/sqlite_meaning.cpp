// What a SQLite column means to engines whose columns have types.

#include <algorithm>
#include <cmath>
#include <string>

#include "crossload/base/strings.h"
#include "crossload/dialect/sqlite_affinity.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

// Every integer up to here is a double.
constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;

struct Hints {
  std::string name;
  SqliteAffinity affinity;

  bool has(const char* part) const { return name.find(part) != std::string::npos; }
  bool boolean() const { return has("bool"); }
  bool uuid() const { return has("uuid") || has("guid") || has("uniqueidentifier"); }
  bool json() const { return has("json"); }
  bool timestamp() const { return has("datetime") || has("timestamp"); }
  bool date() const { return has("date") && !timestamp(); }
  bool time() const { return has("time") && !timestamp(); }
  bool temporal() const { return timestamp() || date() || time(); }
  /// INTEGER_OR_TEXT: keys of several tables, some of which hold numbers only.
  bool number_or_text() const { return has("int") && has("text"); }
  bool decimal() const { return has("decimal") || has("numeric") || has("number") || has("money"); }
};

MappedType integer() {
  MappedType type = mapped(TypeKind::kInteger, "bigint");
  type.type.bits = 64;
  return type;
}

MappedType text_like(const Column& column, const ColumnProfile* profile) {
  MappedType text = mapped(TypeKind::kText, "text");
  const LogicalType& declared = column.type;
  const bool sized_name = declared.length && bare_name(declared).find("char") != std::string::npos;
  if (!sized_name) return text;
  if (profile != nullptr && !keeps_length(declared, *profile)) return text;
  text.type.length = declared.length;
  text.type.declared = sized("varchar", declared.length);
  return text;
}

// SQLite does not hold values to the declared digits: they count only where the values keep them.
bool keep_declared_digits(const LogicalType& declared, const ColumnProfile& profile) {
  if (profile.sampled || profile.texts > 0) return false;
  const int scale = declared.scale.value_or(0);
  const int whole = *declared.precision - scale;
  const auto digits = [](std::int64_t value) {
    return static_cast<int>(std::to_string(value).size()) - (value < 0 ? 1 : 0);
  };
  if (digits(profile.smallest_integer) > std::max(whole, 1)) return false;
  if (digits(profile.largest_integer) > std::max(whole, 1)) return false;
  if (profile.reals == 0) return true;
  return profile.most_decimals.value_or(scale + 1) <= scale &&
         profile.most_whole_digits.value_or(whole + 1) <= whole;
}

MappedType decimal(const Column& column, const ColumnProfile* profile) {
  MappedType type = mapped(TypeKind::kDecimal, "numeric");
  if (!column.type.precision || *column.type.precision < 1) return type;
  if (profile != nullptr && !keep_declared_digits(column.type, *profile)) {
    return widened(type, "SQLite does not hold numbers to " + column.type.declared);
  }
  type.type.precision = column.type.precision;
  type.type.scale = column.type.scale.value_or(0);
  return type;
}

MappedType of_kind(TypeKind kind, const char* name) {
  return mapped(kind, name);
}

std::string count_note(std::uint64_t count, const char* what, const char* target) {
  return std::to_string(count) + " " + what + " do not fit " + target + " and are rejected";
}

// Nothing is known of the values.
MappedType by_declaration(const Column& column, const Hints& hints) {
  if (column.type.kind != TypeKind::kDynamic) {
    MappedType strict = mapped(column.type.kind, column.type.declared);
    strict.type = column.type;
    if (column.type.kind == TypeKind::kText) strict.type.length = std::nullopt;
    return strict;
  }
  if (hints.boolean()) return of_kind(TypeKind::kBoolean, "boolean");
  if (hints.number_or_text()) return of_kind(TypeKind::kText, "text");
  if (hints.affinity == SqliteAffinity::kInteger) return integer();
  if (hints.timestamp()) return of_kind(TypeKind::kTimestamp, "timestamp");
  if (hints.date()) return of_kind(TypeKind::kDate, "date");
  if (hints.time()) return of_kind(TypeKind::kTime, "time");
  if (hints.uuid()) return of_kind(TypeKind::kUuid, "uuid");
  if (hints.json()) return of_kind(TypeKind::kJson, "json text");
  if (hints.decimal()) return decimal(column, nullptr);
  switch (hints.affinity) {
    case SqliteAffinity::kText:
      return text_like(column, nullptr);
    case SqliteAffinity::kReal:
      return of_kind(TypeKind::kFloat64, "double");
    case SqliteAffinity::kNone:
      return hints.name.empty() ? of_kind(TypeKind::kText, "text")
                                : of_kind(TypeKind::kBytes, "blob");
    case SqliteAffinity::kInteger:
    case SqliteAffinity::kNumeric:
      break;
  }
  return of_kind(TypeKind::kText, "text");
}

MappedType of_numbers(const Column& column, const Hints& hints, const ColumnProfile& profile) {
  const bool flags = profile.smallest_integer >= 0 && profile.largest_integer <= 1;
  if (hints.boolean() && flags && profile.reals == 0) {
    MappedType type = of_kind(TypeKind::kBoolean, "boolean");
    return profile.sampled ? lossy(type, "other numbers than 0 and 1 are rejected") : type;
  }
  if (profile.reals == 0 && !hints.decimal() && hints.affinity != SqliteAffinity::kReal) {
    return integer();
  }
  // INTEGER keeps whole numbers as integers: what is left real has a fraction.
  if (hints.affinity == SqliteAffinity::kInteger && profile.integers >= profile.reals) {
    MappedType type = integer();
    return lossy(type, count_note(profile.reals, "numbers with fractions", "integers"));
  }
  if (hints.decimal()) return decimal(column, &profile);
  const bool exact =
      profile.smallest_integer >= -kExactInDouble && profile.largest_integer <= kExactInDouble;
  return exact ? of_kind(TypeKind::kFloat64, "double") : of_kind(TypeKind::kDecimal, "numeric");
}

MappedType of_texts(const Column& column, const Hints& hints, const ColumnProfile& profile) {
  const std::uint64_t all = profile.texts;
  if (hints.boolean()) {
    MappedType type = of_kind(TypeKind::kBoolean, "boolean");
    return lossy(type, "what is not 0, 1, t, f, true or false is rejected");
  }
  if (hints.temporal()) {
    if (profile.dates == all && !hints.timestamp()) return of_kind(TypeKind::kDate, "date");
    if (profile.zoned == all) return of_kind(TypeKind::kTimestampTz, "timestamptz");
    if (profile.dates + profile.timestamps == all) {
      return of_kind(TypeKind::kTimestamp, "timestamp");
    }
    if (profile.times == all) return of_kind(TypeKind::kTime, "time");
    return text_like(column, &profile);
  }
  if (hints.uuid() && profile.uuids == all) return of_kind(TypeKind::kUuid, "uuid");
  if (hints.json()) return of_kind(TypeKind::kJson, "json text");
  if (hints.decimal() && profile.decimals == all) return decimal(column, &profile);
  return text_like(column, &profile);
}

// Values of several storage classes: what most are, or what takes them all.
MappedType of_mixture(const Column& column, const Hints& hints, const ColumnProfile& profile) {
  const std::uint64_t numbers = profile.integers + profile.reals;
  if (profile.blobs > profile.texts + numbers) {
    MappedType bytes = of_kind(TypeKind::kBytes, "blob");
    return lossy(bytes, count_note(profile.texts + numbers, "values that are no bytes", "bytes"));
  }
  const bool numeric_column = hints.affinity != SqliteAffinity::kText &&
                              hints.affinity != SqliteAffinity::kNone && !hints.temporal();
  if (hints.boolean() || (numeric_column && numbers > profile.texts)) {
    if (hints.boolean()) return of_texts(column, hints, profile);
    ColumnProfile only_numbers = profile;
    only_numbers.texts = only_numbers.blobs = 0;
    MappedType type = of_numbers(column, hints, only_numbers);
    const std::string earlier = type.verdict == MappingVerdict::kLossy ? type.note + "; " : "";
    return lossy(type,
                 earlier + count_note(profile.texts + profile.blobs, "other values", "numbers"));
  }
  MappedType text = text_like(column, &profile);
  if (profile.blobs == 0) return widened(text, "numbers and texts, all as text");
  return lossy(text, count_note(profile.blobs, "values of bytes", "text"));
}

}  // namespace

void count_digits(ColumnProfile& profile, double value) {
  constexpr int kTooMany = 400;
  int decimals = kTooMany;
  int whole = kTooMany;
  if (std::isfinite(value)) {
    const std::string text = format_double(std::abs(value));
    const std::size_t letter = std::min(text.find('e'), text.size());
    const std::size_t point = std::min(text.find('.'), letter);
    const int power = letter == text.size() ? 0 : std::stoi(text.substr(letter + 1));
    const int behind = point < letter ? static_cast<int>(letter - point) - 1 : 0;
    decimals = std::max(behind - power, 0);
    whole = text.front() == '0' ? 0 : std::max(static_cast<int>(point) + power, 0);
  }
  profile.most_decimals = std::max(profile.most_decimals.value_or(0), decimals);
  profile.most_whole_digits = std::max(profile.most_whole_digits.value_or(0), whole);
}

bool keeps_length(const LogicalType& declared, const ColumnProfile& profile) {
  const auto length = static_cast<std::uint64_t>(std::max<std::int64_t>(*declared.length, 0));
  return profile.longest_text <= length && !profile.sampled;
}

MappedType meaning_of_sqlite(const Column& column, const ColumnUse& use) {
  if (const auto known = meaning_of_sqlite_name(column.type)) {
    MappedType type = mapped(known->kind, known->declared);
    type.type = *known;
    return type;
  }
  const std::string name = ascii_lower(column.type.declared);
  const Hints hints{name, sqlite_affinity(name, false)};
  if (column.type.kind != TypeKind::kDynamic || !use.profile) return by_declaration(column, hints);
  const ColumnProfile& profile = *use.profile;
  const std::uint64_t numbers = profile.integers + profile.reals;
  if (numbers + profile.texts + profile.blobs == 0) return by_declaration(column, hints);
  if (hints.number_or_text() && profile.blobs == 0) {
    MappedType text = of_kind(TypeKind::kText, "text");
    return widened(text, "numbers and texts, all as text");
  }
  if (profile.texts + profile.blobs == 0) return of_numbers(column, hints, profile);
  if (numbers + profile.blobs == 0) return of_texts(column, hints, profile);
  if (numbers + profile.texts == 0) return of_kind(TypeKind::kBytes, "blob");
  return of_mixture(column, hints, profile);
}

}  // namespace crossload::dialect
