#include <algorithm>
#include <array>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

// Source: dev.mysql.com "Data Types", 9.x; mariadb.com the same.
constexpr int kMostDecimalDigits = 65;
constexpr int kMostDecimals = 30;
constexpr std::int64_t kMostBits = 64;
constexpr std::int64_t kMostChar = 255;
// Of utf8mb4, in a row of 65,535 bytes.
constexpr std::int64_t kMostVarchar = 16'383;
constexpr std::int64_t kWidestCharacter = 4;

MappedType integer(const char* sql, int bits, bool is_unsigned = false) {
  MappedType type = mapped(TypeKind::kInteger, sql);
  type.type.bits = bits;
  type.type.is_unsigned = is_unsigned;
  return type;
}

MappedType integer_type(const LogicalType& type) {
  const bool is_unsigned = type.is_unsigned;
  const int bits = type.bits == 0 ? 64 : type.bits;
  if (bits <= 8) return integer(is_unsigned ? "tinyint unsigned" : "tinyint", 8, is_unsigned);
  if (bits <= 16) return integer(is_unsigned ? "smallint unsigned" : "smallint", 16, is_unsigned);
  if (bits <= 32) return integer(is_unsigned ? "int unsigned" : "int", 32, is_unsigned);
  return integer(is_unsigned ? "bigint unsigned" : "bigint", 64, is_unsigned);
}

MappedType boolean_type() {
  MappedType type = integer("tinyint(1)", 8);
  return widened(type, "MySQL's boolean is an integer of one byte");
}

MappedType decimal(int precision, int scale) {
  MappedType type = mapped(TypeKind::kDecimal, sized("decimal", precision, scale));
  type.type.precision = precision;
  type.type.scale = scale;
  return type;
}

MappedType decimal_type(const LogicalType& type) {
  if (type.precision) {
    int precision = *type.precision;
    int scale = type.scale.value_or(0);
    // numeric(3,-2) and numeric(2,5) of PostgreSQL.
    if (scale < 0) precision -= std::exchange(scale, 0);
    precision = std::max(precision, scale);
    if (precision <= kMostDecimalDigits && scale <= kMostDecimals) {
      return decimal(precision, scale);
    }
  }
  MappedType widest = decimal(kMostDecimalDigits, kMostDecimals);
  return lossy(widest, "at most 35 digits before and 30 behind the point; others are rejected");
}

MappedType varchar(std::int64_t length) {
  MappedType type = mapped(TypeKind::kText, sized("varchar", length));
  type.type.length = length;
  return type;
}

// Text without a length: what a key takes is short.
MappedType long_text(const ColumnUse& use) {
  if (!use.in_key) return mapped(TypeKind::kText, "longtext");
  const auto room = static_cast<std::int64_t>(use.key_room);
  MappedType text = varchar(room);
  if (use.longest_key && *use.longest_key <= use.key_room) {
    return widened(text, "a key of MySQL takes texts of " + std::to_string(room) +
                             " characters; the longest has " + std::to_string(*use.longest_key));
  }
  return lossy(text, "a key of MySQL takes texts of " + std::to_string(room) +
                         " characters; longer ones are rejected");
}

MappedType text_type(const LogicalType& type, const ColumnUse& use) {
  if (!type.length || *type.length < 1 || bare_name(type).ends_with("text")) {
    return long_text(use);
  }
  if (use.in_key && static_cast<std::uint64_t>(*type.length) > use.key_room) {
    return long_text(use);
  }
  if (is_padded_text(type) && *type.length <= kMostChar) {
    MappedType text = mapped(TypeKind::kText, sized("char", type.length));
    text.type.length = type.length;
    return text;
  }
  return *type.length <= kMostVarchar ? varchar(*type.length) : long_text(use);
}

MappedType bytes_type(const LogicalType& type, const ColumnUse& use) {
  const std::string name = bare_name(type);
  const bool fixed = name.find("binary") != std::string::npos && type.length;
  if (fixed) {
    const bool padded = !name.starts_with("varbinary");
    MappedType bytes =
        mapped(TypeKind::kBytes, sized(padded ? "binary" : "varbinary", type.length));
    bytes.type.length = type.length;
    return bytes;
  }
  if (!use.in_key) return mapped(TypeKind::kBytes, "longblob");
  const auto room = static_cast<std::int64_t>(use.key_room) * kWidestCharacter;
  MappedType bytes = mapped(TypeKind::kBytes, sized("varbinary", room));
  bytes.type.length = room;
  const std::string takes = "a key of MySQL takes " + std::to_string(room) + " bytes; ";
  const auto& profile = use.profile;
  if (profile && profile->blobs > 0 && !profile->sampled &&
      profile->longest_blob <= static_cast<std::uint64_t>(room)) {
    return widened(bytes, takes + "the longest has " + std::to_string(profile->longest_blob));
  }
  return lossy(bytes, takes + "longer values are rejected");
}

MappedType with_fraction(TypeKind kind, const LogicalType& type, const char* name) {
  const int digits = std::min(type.precision.value_or(6), 6);
  MappedType result = mapped(kind, digits == 0 ? name : sized(name, digits));
  result.type.precision = digits;
  return result;
}

MappedType uuid_type(const TargetTraits& target, const ColumnUse& use) {
  const bool fits = !use.profile || use.profile->odd_uuids == 0;
  if (target.mariadb && fits) return mapped(TypeKind::kUuid, "uuid");
  MappedType text =
      mapped(TypeKind::kText, "char(36) CHARACTER SET ascii COLLATE ascii_bin", "char(36)");
  text.type.length = 36;
  text.type.charset = "ascii";
  return widened(text, "text of 36 characters");
}

MappedType json_type(const LogicalType& type, const TargetTraits& target) {
  if (target.mariadb) {
    MappedType text = mapped(TypeKind::kJson, "json", "longtext");
    return widened(text, "text that is checked to be JSON");
  }
  MappedType json = mapped(TypeKind::kJson, "json");
  if (bare_name(type) == "jsonb") {
    return lossy(json, "numbers that no double holds are rejected");
  }
  return lossy(json, "numbers that no double holds and keys that stand twice are rejected");
}

std::string label_list(const std::vector<std::string>& labels) {
  std::string list;
  for (const std::string& label : labels) {
    if (!list.empty()) list += ",";
    list += dialect_for(Engine::kMysql).literal(label);
  }
  return list;
}

bool fits_enum(const std::vector<std::string>& labels) {
  constexpr std::size_t kMostLabels = 65'535;
  constexpr std::size_t kMostLabelBytes = 255;
  if (labels.empty() || labels.size() > kMostLabels) return false;
  // Blanks at the end of a label are dropped; backslashes depend on the mode.
  return std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
    return label.size() <= kMostLabelBytes && !label.ends_with(' ') &&
           label.find('\\') == std::string::npos && label.find('\0') == std::string::npos;
  });
}

MappedType enum_type(const LogicalType& type) {
  if (fits_enum(type.labels)) {
    MappedType made = mapped(TypeKind::kEnum, "enum(" + label_list(type.labels) + ")");
    made.type.declared = made.sql;
    made.type.labels = type.labels;
    return made;
  }
  MappedType text = varchar(255);
  text.only_labels = type.labels;
  return widened(text, "text with a CHECK of the enum's labels");
}

MappedType bit_type(const LogicalType& type, const ColumnUse& use) {
  const std::int64_t length = type.length.value_or(is_varying_bits(type) ? 0 : 1);
  if (!is_varying_bits(type) && length <= kMostBits) {
    MappedType bits = mapped(TypeKind::kBit, sized("bit", length));
    bits.type.length = length;
    return bits;
  }
  MappedType text = length > 0 && length <= kMostVarchar ? varchar(length) : long_text(use);
  return widened(text, "text of 0 and 1");
}

MappedType text_of(std::int64_t length, const char* note) {
  MappedType text = varchar(length);
  return widened(text, note);
}

MappedType spatial(const char* name) {
  return mapped(TypeKind::kSpatial, name);
}

MappedType other_type(const LogicalType& type, const TargetTraits& target, const ColumnUse& use) {
  const std::string name = bare_name(type);
  const char* const printed = "text as PostgreSQL prints it";
  if (name == "inet" || name == "cidr") return text_of(49, printed);
  if (name == "macaddr" || name == "macaddr8") return text_of(23, printed);
  if (name == "time with time zone") return text_of(32, printed);
  if (name == "pg_lsn") return text_of(32, printed);
  if (name == "oid" || name == "xid" || name == "cid") return integer("int unsigned", 32, true);
  if (name == "hstore") return json_type(type, target);
  if (name == "point") return spatial("point");
  if (name == "lseg") return spatial("linestring");
  if (name == "polygon") return spatial("polygon");
  if (name == "inet6" || name == "inet4") {
    return target.mariadb ? mapped(TypeKind::kOther, name) : text_of(39, "text of the address");
  }
  MappedType text = long_text(use);
  return unsupported(text, "MySQL has no type " + type.declared + "; text as it is printed");
}

// Types that only one of MySQL and MariaDB has.
bool is_foreign(const LogicalType& type, const TargetTraits& target) {
  const std::string name = bare_name(type);
  constexpr std::array<std::string_view, 3> kMariadb = {"uuid", "inet6", "inet4"};
  if (target.mariadb) return name == "vector" || name == "geomcollection";
  if (type.kind == TypeKind::kJson) return name != "json";  // MariaDB's is a text.
  return std::find(kMariadb.begin(), kMariadb.end(), name) != kMariadb.end();
}

MappedType own_type(const LogicalType& type) {
  MappedType same = mapped(type.kind, type.declared);
  same.type = type;
  return same;
}

MappedType foreign_type(const LogicalType& type, const TargetTraits& target, const ColumnUse& use) {
  if (type.kind == TypeKind::kUuid) return uuid_type(target, use);
  if (type.kind == TypeKind::kJson) return json_type(type, target);
  if (type.kind == TypeKind::kOther) return other_type(type, target, use);
  if (type.kind == TypeKind::kSpatial) return spatial("geometrycollection");
  return bytes_type(type, use);
}

MappedType zoned_type(const LogicalType& type) {
  MappedType datetime = with_fraction(TypeKind::kTimestamp, type, "datetime");
  return widened(datetime, "the time in UTC; MySQL's timestamp ends in 2038");
}

}  // namespace

MappedType to_mysql_type(Engine source, const LogicalType& type, const TargetTraits& target,
                         const ColumnUse& use) {
  if (source == Engine::kMysql) {
    return is_foreign(type, target) ? foreign_type(type, target, use) : own_type(type);
  }
  switch (type.kind) {
    case TypeKind::kBoolean:
      return boolean_type();
    case TypeKind::kInteger:
      return bare_name(type) == "year" ? own_type(type) : integer_type(type);
    case TypeKind::kDecimal:
      return decimal_type(type);
    case TypeKind::kFloat32:
      return mapped(TypeKind::kFloat32, "float");
    case TypeKind::kFloat64:
      return mapped(TypeKind::kFloat64, "double");
    case TypeKind::kDynamic:
    case TypeKind::kText:
      return text_type(type, use);
    case TypeKind::kBytes:
      return bytes_type(type, use);
    case TypeKind::kDate:
      return mapped(TypeKind::kDate, "date");
    case TypeKind::kTime:
      return with_fraction(TypeKind::kTime, type, "time");
    case TypeKind::kTimestamp:
      return with_fraction(TypeKind::kTimestamp, type, "datetime");
    case TypeKind::kTimestampTz:
      return zoned_type(type);
    case TypeKind::kInterval:
      return text_of(64, "text of the ISO 8601 duration");
    case TypeKind::kUuid:
      return uuid_type(target, use);
    case TypeKind::kJson:
      return json_type(type, target);
    case TypeKind::kEnum:
      return enum_type(type);
    case TypeKind::kSet:
      return long_text(use);
    case TypeKind::kBit:
      return bit_type(type, use);
    case TypeKind::kArray: {
      MappedType json = json_type(type, target);
      return lossy(json, "arrays that do not begin at 1 are rejected");
    }
    case TypeKind::kSpatial:
      return spatial("geometry");
    case TypeKind::kOther:
      return other_type(type, target, use);
  }
  return long_text(use);
}

}  // namespace crossload::dialect
