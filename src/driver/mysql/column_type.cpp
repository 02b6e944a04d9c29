#include "column_type.h"

#include <algorithm>
#include <array>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::driver::mysql {
namespace {

struct NamedKind {
  std::string_view name;
  TypeKind kind;
  int bits = 0;
};
constexpr auto kKinds = std::to_array<NamedKind>({
    {"tinyint", TypeKind::kInteger, 8},
    {"smallint", TypeKind::kInteger, 16},
    {"mediumint", TypeKind::kInteger, 24},
    {"int", TypeKind::kInteger, 32},
    {"bigint", TypeKind::kInteger, 64},
    {"year", TypeKind::kInteger, 16},
    {"decimal", TypeKind::kDecimal},
    {"float", TypeKind::kFloat32},
    {"double", TypeKind::kFloat64},
    {"char", TypeKind::kText},
    {"varchar", TypeKind::kText},
    {"tinytext", TypeKind::kText},
    {"text", TypeKind::kText},
    {"mediumtext", TypeKind::kText},
    {"longtext", TypeKind::kText},
    {"binary", TypeKind::kBytes},
    {"varbinary", TypeKind::kBytes},
    {"tinyblob", TypeKind::kBytes},
    {"blob", TypeKind::kBytes},
    {"mediumblob", TypeKind::kBytes},
    {"longblob", TypeKind::kBytes},
    // As its bytes: the text that the server prints has six digits a number.
    {"vector", TypeKind::kBytes},
    {"date", TypeKind::kDate},
    {"time", TypeKind::kTime},
    {"datetime", TypeKind::kTimestamp},
    {"timestamp", TypeKind::kTimestampTz},
    {"enum", TypeKind::kEnum},
    {"set", TypeKind::kSet},
    {"json", TypeKind::kJson},
    {"bit", TypeKind::kBit},
    {"uuid", TypeKind::kUuid},
    {"geometry", TypeKind::kSpatial},
    {"point", TypeKind::kSpatial},
    {"linestring", TypeKind::kSpatial},
    {"polygon", TypeKind::kSpatial},
    {"multipoint", TypeKind::kSpatial},
    {"multilinestring", TypeKind::kSpatial},
    {"multipolygon", TypeKind::kSpatial},
    {"geometrycollection", TypeKind::kSpatial},
    {"geomcollection", TypeKind::kSpatial},
});

bool holds(std::string_view text, std::string_view part) {
  return ascii_lower(text).find(part) != std::string::npos;
}

char unescaped_char(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '0':
      return '\0';
    case 'Z':
      return '\x1a';
    default:
      return c;
  }
}

std::string quoted(const std::string& text) {
  return dialect::dialect_for(Engine::kMysql).literal(text);
}

bool is_bare_constant(TypeKind kind) {
  return kind == TypeKind::kInteger || kind == TypeKind::kDecimal || kind == TypeKind::kFloat32 ||
         kind == TypeKind::kFloat64 || kind == TypeKind::kBit;
}

}  // namespace

LogicalType type_of(const ColumnRow& row) {
  LogicalType type;
  type.declared = row.column_type;
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const NamedKind& kind) {
    return kind.name == row.data_type;
  });
  type.kind = found == kKinds.end() ? TypeKind::kOther : found->kind;
  type.bits = found == kKinds.end() ? 0 : found->bits;
  switch (type.kind) {
    case TypeKind::kInteger:
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
      type.is_unsigned = holds(row.column_type, "unsigned") || row.data_type == "year";
      break;
    case TypeKind::kDecimal:
      type.is_unsigned = holds(row.column_type, "unsigned");
      type.precision = row.precision;
      type.scale = row.scale;
      break;
    case TypeKind::kText:
    case TypeKind::kJson:
    case TypeKind::kBytes:
      type.length = row.length;
      type.charset = row.charset;
      break;
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      type.precision = row.fraction.value_or(0);
      break;
    case TypeKind::kEnum:
    case TypeKind::kSet:
      type.labels = labels_of(row.column_type);
      type.charset = row.charset;
      break;
    case TypeKind::kBit:
      type.length = row.precision.value_or(1);
      break;
    case TypeKind::kSpatial:
      type.srid = row.srid;
      break;
    default:
      break;
  }
  return type;
}

std::vector<std::string> labels_of(std::string_view column_type) {
  std::vector<std::string> labels;
  std::size_t at = column_type.find('(');
  while (at < column_type.size()) {
    at = column_type.find('\'', at);
    if (at == std::string_view::npos) break;
    std::string label;
    for (++at; at < column_type.size(); ++at) {
      if (column_type[at] == '\'') {
        if (at + 1 >= column_type.size() || column_type[at + 1] != '\'') break;
        ++at;
      } else if (column_type[at] == '\\' && at + 1 < column_type.size()) {
        label += unescaped_char(column_type[++at]);
        continue;
      }
      label += column_type[at];
    }
    labels.push_back(std::move(label));
    ++at;
  }
  return labels;
}

std::optional<std::string> default_sql_of(const ColumnRow& row, const LogicalType& type,
                                          bool mariadb) {
  if (!row.default_text || holds(row.extra, "virtual generated") ||
      holds(row.extra, "stored generated")) {
    return std::nullopt;
  }
  const std::string& text = *row.default_text;
  if (mariadb) {
    // What nullable columns without a default of their own have.
    if (ascii_iequals(text, "null")) return std::nullopt;
    return text;
  }
  if (holds(row.extra, "default_generated")) {
    const bool now = holds(text.substr(0, text.find('(')), "current_timestamp");
    return now ? text : "(" + unescaped(text) + ")";
  }
  if (is_bare_constant(type.kind) || (type.kind == TypeKind::kBytes && text.starts_with("0x"))) {
    return text;
  }
  return quoted(text);
}

std::string on_update_of(std::string_view extra) {
  constexpr std::string_view kLead = "on update ";
  const std::size_t found = ascii_lower(extra).find(kLead);
  if (found == std::string::npos) return {};
  const std::string_view rest = extra.substr(found + kLead.size());
  return std::string(rest.substr(0, rest.find_first_of(" ,")));
}

std::string json_check_column(std::string_view expression) {
  constexpr std::string_view kLead = "json_valid(`";
  constexpr std::string_view kEnd = "`)";
  if (!ascii_lower(expression).starts_with(kLead) || !expression.ends_with(kEnd)) return {};
  expression.remove_prefix(kLead.size());
  expression.remove_suffix(kEnd.size());
  std::string column;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] == '`') {
      if (i + 1 >= expression.size() || expression[i + 1] != '`') return {};
      ++i;
    }
    column += expression[i];
  }
  return column;
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    result += escaped ? unescaped_char(text[++i]) : text[i];
  }
  return result;
}

}  // namespace crossload::driver::mysql
