#include <algorithm>
#include <array>

#include "crossload/base/strings.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

// Source: postgresql.org/docs/15 "8.1 Numeric Types", "8.3 Character Types".
constexpr int kMostDecimalDigits = 1000;
constexpr std::int64_t kMostCharacters = 10'485'760;

MappedType integer(const char* sql, int bits) {
  MappedType type = mapped(TypeKind::kInteger, sql);
  type.type.bits = bits;
  return type;
}

MappedType decimal(std::optional<int> precision, std::optional<int> scale) {
  if (!precision || *precision > kMostDecimalDigits) return mapped(TypeKind::kDecimal, "numeric");
  MappedType type = mapped(TypeKind::kDecimal, sized("numeric", precision, scale.value_or(0)));
  type.type.precision = precision;
  type.type.scale = scale.value_or(0);
  return type;
}

// Whether all that is in the column is 0, 1 or NULL.
bool holds_flags(const ColumnUse& use) {
  if (!use.profile || use.profile->sampled || use.profile->integers == 0) return false;
  return use.profile->smallest_integer >= 0 && use.profile->largest_integer <= 1;
}

MappedType integer_type(Engine source, const LogicalType& type, const ColumnUse& use) {
  if (source == Engine::kMysql && is_tinyint1(type)) {
    if (holds_flags(use)) return mapped(TypeKind::kBoolean, "boolean");
    MappedType small = integer("smallint", 16);
    return widened(small, "tinyint(1) is a boolean only where the data is known to be 0 and 1");
  }
  const int bits = type.bits == 0 ? 64 : type.bits;
  if (type.is_unsigned && bits >= 64) {
    MappedType wide = decimal(20, 0);
    return widened(wide, "bigint has no room for unsigned integers of 64 bits");
  }
  const int needed = type.is_unsigned ? bits + 1 : bits;
  if (needed <= 16) return integer("smallint", 16);
  if (needed <= 32) return integer("integer", 32);
  return integer("bigint", 64);
}

MappedType text_type(const LogicalType& type) {
  const bool family = bare_name(type).ends_with("text");
  if (!type.length || family || *type.length > kMostCharacters || *type.length < 1) {
    return mapped(TypeKind::kText, "text");
  }
  MappedType sized_type =
      is_padded_text(type)
          ? mapped(TypeKind::kText, sized("char", type.length), sized("character", type.length))
          : mapped(TypeKind::kText, sized("varchar", type.length),
                   sized("character varying", type.length));
  sized_type.type.length = type.length;
  return sized_type;
}

MappedType with_fraction(TypeKind kind, Engine source, const LogicalType& type, const char* name,
                         const char* described) {
  // SQLite's texts and PostgreSQL's own defaults have up to six digits.
  std::optional<int> digits = type.precision;
  if (source == Engine::kMysql && !digits) digits = 0;
  if (digits && *digits >= 6) digits = std::nullopt;
  std::string catalog(described);
  if (digits) {
    const std::size_t word = std::min(catalog.find(' '), catalog.size());
    catalog.insert(word, "(" + std::to_string(*digits) + ")");
  }
  MappedType result = mapped(kind, sized(name, digits), catalog);
  result.type.precision = digits;
  return result;
}

MappedType time_type(Engine source, const LogicalType& type) {
  if (source != Engine::kMysql) {
    return with_fraction(TypeKind::kTime, source, type, "time", "time without time zone");
  }
  MappedType interval = mapped(TypeKind::kInterval, "interval");
  return widened(interval, "MySQL's time goes to 838 hours and below zero");
}

MappedType bit_type(Engine source, const LogicalType& type) {
  if (is_varying_bits(type)) {
    MappedType varying =
        mapped(TypeKind::kBit, sized("varbit", type.length), sized("bit varying", type.length));
    varying.type.length = type.length;
    return varying;
  }
  // PostgreSQL's own may have come back by way of SQLite.
  const bool flag = source == Engine::kMysql || bare_name(type) == "bit_integer";
  if (flag && type.length.value_or(1) == 1) return mapped(TypeKind::kBoolean, "boolean");
  MappedType bits = mapped(TypeKind::kBit, sized("bit", type.length));
  bits.type.length = type.length;
  return bits;
}

MappedType json_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  if (name == "json" || name == "jsonb") return mapped(TypeKind::kJson, "jsonb");
  // MariaDB's and SQLite's JSON is text: json keeps repeated keys and U+0000.
  return mapped(TypeKind::kJson, "json");
}

MappedType labels_type(const LogicalType& type) {
  MappedType text = mapped(TypeKind::kText, "text");
  text.only_labels = type.labels;
  return widened(text, "text with a CHECK of the enum's labels");
}

MappedType array_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  MappedType array = mapped(TypeKind::kArray, name.ends_with("[]") ? name : "text[]");
  array.type.element = type.element;
  return array;
}

MappedType other_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  if (name == "inet6" || name == "inet4") return mapped(TypeKind::kOther, "inet");
  constexpr const char* kOwn[] = {"inet",
                                  "cidr",
                                  "macaddr",
                                  "macaddr8",
                                  "xml",
                                  "tsvector",
                                  "tsquery",
                                  "point",
                                  "line",
                                  "lseg",
                                  "box",
                                  "path",
                                  "polygon",
                                  "circle",
                                  "int4range",
                                  "int8range",
                                  "numrange",
                                  "tsrange",
                                  "tstzrange",
                                  "daterange",
                                  "pg_lsn",
                                  "oid",
                                  "int4multirange",
                                  "int8multirange",
                                  "nummultirange",
                                  "tsmultirange",
                                  "tstzmultirange",
                                  "datemultirange",
                                  "time with time zone",
                                  "hstore"};
  const bool own = std::any_of(std::begin(kOwn), std::end(kOwn),
                               [&](const char* known) { return name == known; });
  if (own) return mapped(TypeKind::kOther, name);
  MappedType text = mapped(TypeKind::kText, "text");
  return unsupported(text, "PostgreSQL has no type " + type.declared + "; text as it is printed");
}

MappedType own_type(const LogicalType& type) {
  MappedType same = mapped(type.kind, type.declared);
  same.type = type;
  return same;
}

}  // namespace

MappedType to_postgres_type(Engine source, const LogicalType& type, const ColumnUse& use) {
  if (source == Engine::kPostgres && type.named.empty()) return own_type(type);
  switch (type.kind) {
    case TypeKind::kBoolean:
      return mapped(TypeKind::kBoolean, "boolean");
    case TypeKind::kInteger:
      return integer_type(source, type, use);
    case TypeKind::kDecimal:
      return decimal(type.precision, type.scale);
    case TypeKind::kFloat32:
      return mapped(TypeKind::kFloat32, "real");
    case TypeKind::kFloat64:
      return mapped(TypeKind::kFloat64, "double precision");
    case TypeKind::kDynamic:
    case TypeKind::kText:
      return text_type(type);
    case TypeKind::kBytes:
      return mapped(TypeKind::kBytes, "bytea");
    case TypeKind::kDate:
      return mapped(TypeKind::kDate, "date");
    case TypeKind::kTime:
      return time_type(source, type);
    case TypeKind::kTimestamp:
      return with_fraction(TypeKind::kTimestamp, source, type, "timestamp",
                           "timestamp without time zone");
    case TypeKind::kTimestampTz:
      return with_fraction(TypeKind::kTimestampTz, source, type, "timestamptz",
                           "timestamp with time zone");
    case TypeKind::kInterval:
      return mapped(TypeKind::kInterval, "interval");
    case TypeKind::kUuid:
      return mapped(TypeKind::kUuid, "uuid");
    case TypeKind::kJson:
      return json_type(type);
    case TypeKind::kEnum:
      return labels_type(type);
    case TypeKind::kSet: {
      MappedType array = mapped(TypeKind::kArray, "text[]");
      array.type.element = TypeKind::kText;
      return widened(array, "an array of the set's labels");
    }
    case TypeKind::kBit:
      return bit_type(source, type);
    case TypeKind::kArray:
      return array_type(type);
    case TypeKind::kSpatial: {
      MappedType bytes = mapped(TypeKind::kBytes, "bytea");
      return widened(bytes, "SRID in four bytes, then WKB");
    }
    case TypeKind::kOther:
      return other_type(type);
  }
  return mapped(TypeKind::kText, "text");
}

// Source: postgresql.org/docs/15 "SQL Key Words": types that cannot be names of functions or types.
bool is_postgres_word(std::string_view type) {
  constexpr std::array<std::string_view, 20> kWords = {
      "bigint",  "bit",   "boolean",  "char",    "character", "dec",      "decimal",
      "double",  "float", "int",      "integer", "interval",  "national", "nchar",
      "numeric", "real",  "smallint", "time",    "timestamp", "varchar"};
  return std::find(kWords.begin(), kWords.end(), type) != kWords.end();
}

}  // namespace crossload::dialect
