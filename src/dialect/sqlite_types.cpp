// SQLite keeps any declared name; its affinity comes from parts of it: INT before CHAR, CLOB and
// TEXT before BLOB before REAL, FLOA and DOUB. So names are chosen that say what the column means
// and still give the affinity that keeps its values, and that are read back by
// meaning_of_sqlite_name.

#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "crossload/base/strings.h"

#include "type_names.h"

namespace crossload::dialect {
namespace {

struct NamedKind {
  std::string_view name;
  TypeKind kind;
  std::string_view meaning;  ///< Declared type of the engine that has it; empty: of the kind.
};

// Names that stand for one kind, with or without sizes behind them.
constexpr auto kNames = std::to_array<NamedKind>({
    {"DECIMAL_TEXT", TypeKind::kDecimal, ""},
    {"DATE_TEXT", TypeKind::kDate, ""},
    {"TIME_TEXT", TypeKind::kTime, ""},
    {"DATETIME_TEXT", TypeKind::kTimestamp, ""},
    {"TIMESTAMPTZ_TEXT", TypeKind::kTimestampTz, ""},
    {"DURATION_TEXT", TypeKind::kInterval, ""},
    {"UUID_TEXT", TypeKind::kUuid, ""},
    {"JSON_TEXT", TypeKind::kJson, ""},
    {"JSONB_TEXT", TypeKind::kJson, "jsonb"},
    {"ENUM_TEXT", TypeKind::kText, ""},
    {"SET_TEXT", TypeKind::kText, ""},
    {"BIT_TEXT", TypeKind::kBit, "bit"},
    {"VARBIT_TEXT", TypeKind::kBit, "bit varying"},
    {"BIT_INTEGER", TypeKind::kBit, ""},
    {"FLOAT32", TypeKind::kFloat32, ""},
    {"BINARY_BLOB", TypeKind::kBytes, "binary"},
    {"VARBINARY_BLOB", TypeKind::kBytes, "varbinary"},
    {"SPATIAL_BLOB", TypeKind::kSpatial, ""},
    {"HSTORE_TEXT", TypeKind::kOther, "hstore"},
    {"INET_TEXT", TypeKind::kOther, "inet"},
    {"INET6_TEXT", TypeKind::kOther, "inet6"},
    {"CIDR_TEXT", TypeKind::kOther, "cidr"},
    {"MACADDR_TEXT", TypeKind::kOther, "macaddr"},
    {"MACADDR8_TEXT", TypeKind::kOther, "macaddr8"},
    {"XML_TEXT", TypeKind::kOther, "xml"},
    {"TSVECTOR_TEXT", TypeKind::kOther, "tsvector"},
    {"TSQUERY_TEXT", TypeKind::kOther, "tsquery"},
    {"TIMETZ_TEXT", TypeKind::kOther, "time with time zone"},
    {"PG_LSN_TEXT", TypeKind::kOther, "pg_lsn"},
    {"OID_TEXT", TypeKind::kOther, "oid"},
    {"PT_TEXT", TypeKind::kOther, "point"},
    {"LINE_TEXT", TypeKind::kOther, "line"},
    {"LSEG_TEXT", TypeKind::kOther, "lseg"},
    {"BOX_TEXT", TypeKind::kOther, "box"},
    {"PATH_TEXT", TypeKind::kOther, "path"},
    {"POLYGON_TEXT", TypeKind::kOther, "polygon"},
    {"CIRCLE_TEXT", TypeKind::kOther, "circle"},
    {"I4RANGE_TEXT", TypeKind::kOther, "int4range"},
    {"I8RANGE_TEXT", TypeKind::kOther, "int8range"},
    {"NUMRANGE_TEXT", TypeKind::kOther, "numrange"},
    {"TSRANGE_TEXT", TypeKind::kOther, "tsrange"},
    {"TSTZRANGE_TEXT", TypeKind::kOther, "tstzrange"},
    {"DATERANGE_TEXT", TypeKind::kOther, "daterange"},
    {"I4MULTIRANGE_TEXT", TypeKind::kOther, "int4multirange"},
    {"I8MULTIRANGE_TEXT", TypeKind::kOther, "int8multirange"},
    {"NUMMULTIRANGE_TEXT", TypeKind::kOther, "nummultirange"},
    {"TSMULTIRANGE_TEXT", TypeKind::kOther, "tsmultirange"},
    {"TSTZMULTIRANGE_TEXT", TypeKind::kOther, "tstzmultirange"},
    {"DATEMULTIRANGE_TEXT", TypeKind::kOther, "datemultirange"},
    {"OTHER_TEXT", TypeKind::kText, ""},
});

struct NamedElement {
  std::string_view name;
  std::string_view array;  ///< PostgreSQL's.
  TypeKind element;
};

constexpr auto kArrays = std::to_array<NamedElement>({
    {"ARRAY_BOOL_TEXT", "boolean[]", TypeKind::kBoolean},
    {"ARRAY_I2_TEXT", "smallint[]", TypeKind::kInteger},
    {"ARRAY_I4_TEXT", "integer[]", TypeKind::kInteger},
    {"ARRAY_I8_TEXT", "bigint[]", TypeKind::kInteger},
    {"ARRAY_F4_TEXT", "real[]", TypeKind::kFloat32},
    {"ARRAY_F8_TEXT", "double precision[]", TypeKind::kFloat64},
    {"ARRAY_DECIMAL_TEXT", "numeric[]", TypeKind::kDecimal},
    {"ARRAY_UUID_TEXT", "uuid[]", TypeKind::kUuid},
    {"ARRAY_DATE_TEXT", "date[]", TypeKind::kDate},
    {"ARRAY_DATETIME_TEXT", "timestamp without time zone[]", TypeKind::kTimestamp},
    {"ARRAY_TIMESTAMPTZ_TEXT", "timestamp with time zone[]", TypeKind::kTimestampTz},
    {"ARRAY_JSON_TEXT", "json[]", TypeKind::kJson},
    {"ARRAY_JSONB_TEXT", "jsonb[]", TypeKind::kJson},
    {"ARRAY_TEXT", "text[]", TypeKind::kText},
});

MappedType named(std::string sql) {
  std::string declared = sql;
  return mapped(TypeKind::kDynamic, std::move(sql), std::move(declared));
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

MappedType integer_type(Engine source, const LogicalType& type) {
  if (bare_name(type) == "year") return named("YEAR");
  if (source == Engine::kMysql && is_tinyint1(type)) return named("TINYINT(1)");
  const char* name = "BIGINT";
  if (type.bits > 0 && type.bits <= 8) name = "TINYINT";
  if (type.bits > 8 && type.bits <= 16) name = "SMALLINT";
  if (type.bits > 16 && type.bits <= 24) name = "MEDIUMINT";
  if (type.bits > 24 && type.bits <= 32) name = "INTEGER";
  if (!type.is_unsigned) return named(name);
  MappedType made = named(std::string(name) + " UNSIGNED");
  if (type.bits < 64) return made;
  return lossy(made, "integers above 9223372036854775807 are rejected");
}

MappedType text_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  if (name.ends_with("text")) return named(upper(name));
  if (!type.length) return named("TEXT");
  return named(sized(is_padded_text(type) ? "CHAR" : "VARCHAR", type.length));
}

MappedType bytes_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  if (name.ends_with("blob")) return named(upper(name));
  if (name == "binary") return named(sized("BINARY_BLOB", type.length));
  if (name == "varbinary") return named(sized("VARBINARY_BLOB", type.length));
  return named("BLOB");
}

MappedType bit_type(Engine source, const LogicalType& type) {
  constexpr std::int64_t kIntegerBits = 63;
  if (is_varying_bits(type)) return named(sized("VARBIT_TEXT", type.length));
  // MySQL's bit strings are numbers.
  if (source == Engine::kMysql && type.length.value_or(1) <= kIntegerBits) {
    return named(sized("BIT_INTEGER", type.length.value_or(1)));
  }
  return named(sized("BIT_TEXT", type.length.value_or(1)));
}

MappedType array_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  for (const NamedElement& array : kArrays) {
    if (array.array == name) {
      MappedType made = named(std::string(array.name));
      return widened(made, "JSON text");
    }
  }
  MappedType made = named("ARRAY_TEXT");
  return widened(made, "JSON text");
}

MappedType other_type(const LogicalType& type) {
  const std::string name = bare_name(type);
  for (const NamedKind& known : kNames) {
    if (known.kind == TypeKind::kOther && known.meaning == name) {
      MappedType made = named(std::string(known.name));
      return widened(made, name == "hstore" ? "JSON text" : "text as PostgreSQL prints it");
    }
  }
  MappedType made = named("OTHER_TEXT");
  return unsupported(made, "SQLite has no type " + type.declared + "; text as it is printed");
}

MappedType spelled(const char* name, const LogicalType& type) {
  return named(sized(name, type.precision));
}

MappedType labels_type(const LogicalType& type) {
  MappedType made = named("ENUM_TEXT");
  made.only_labels = type.labels;
  return widened(made, "text with a CHECK of the enum's labels");
}

// The numbers in brackets; SQLite's catalog does not tell them all apart.
std::vector<int> sizes_of(const LogicalType& declared) {
  std::vector<int> sizes;
  const std::string_view text = declared.declared;
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return sizes;
  for (const std::string& part : split(text.substr(open + 1, text.find(')') - open - 1), ',')) {
    const std::string_view digits = trim(part);
    int size = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (failure != std::errc() || end != digits.data() + digits.size()) return {};
    sizes.push_back(size);
  }
  return sizes;
}

void set_sizes(LogicalType& type, const std::vector<int>& sizes) {
  if (sizes.empty()) return;
  switch (type.kind) {
    case TypeKind::kDecimal:
      type.precision = sizes[0];
      type.scale = sizes.size() > 1 ? sizes[1] : 0;
      return;
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
    case TypeKind::kInterval:
      type.precision = sizes[0];
      return;
    case TypeKind::kBit:
    case TypeKind::kBytes:
      type.length = sizes[0];
      return;
    default:
      return;
  }
}

}  // namespace

std::optional<LogicalType> meaning_of_sqlite_name(const LogicalType& declared) {
  const std::string name = upper(bare_name(declared));
  LogicalType type;
  for (const NamedKind& known : kNames) {
    if (known.name != name) continue;
    type.kind = known.kind;
    type.declared = known.meaning.empty() ? ascii_lower(declared.declared) : known.meaning;
    set_sizes(type, sizes_of(declared));
    return type;
  }
  for (const NamedElement& array : kArrays) {
    if (array.name != name) continue;
    type.kind = TypeKind::kArray;
    type.declared = array.array;
    type.element = array.element;
    return type;
  }
  return std::nullopt;
}

MappedType to_sqlite_type(Engine source, const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kDynamic:
      return named(type.declared);
    case TypeKind::kBoolean:
      return named("BOOLEAN");
    case TypeKind::kInteger:
      return integer_type(source, type);
    case TypeKind::kDecimal:
      return named(sized("DECIMAL_TEXT", type.precision, type.scale));
    case TypeKind::kFloat32:
      return named("FLOAT32");
    case TypeKind::kFloat64:
      return named("DOUBLE");
    case TypeKind::kText:
      return text_type(type);
    case TypeKind::kBytes:
      return bytes_type(type);
    case TypeKind::kDate:
      return named("DATE_TEXT");
    case TypeKind::kTime:
      return spelled("TIME_TEXT", type);
    case TypeKind::kTimestamp:
      return spelled("DATETIME_TEXT", type);
    case TypeKind::kTimestampTz:
      return spelled("TIMESTAMPTZ_TEXT", type);
    case TypeKind::kInterval:
      return spelled("DURATION_TEXT", type);
    case TypeKind::kUuid:
      return named("UUID_TEXT");
    case TypeKind::kJson:
      return named(bare_name(type) == "jsonb" ? "JSONB_TEXT" : "JSON_TEXT");
    case TypeKind::kEnum:
      return labels_type(type);
    case TypeKind::kSet: {
      MappedType made = named("SET_TEXT");
      return widened(made, "text of the set's labels");
    }
    case TypeKind::kBit:
      return bit_type(source, type);
    case TypeKind::kArray:
      return array_type(type);
    case TypeKind::kSpatial: {
      MappedType made = named("SPATIAL_BLOB");
      return widened(made, "SRID in four bytes, then WKB");
    }
    case TypeKind::kOther:
      return other_type(type);
  }
  return named("TEXT");
}

}  // namespace crossload::dialect
