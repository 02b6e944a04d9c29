#include "pairs.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "json_target.h"
#include "label_targets.h"
#include "number_targets.h"
#include "spatial_target.h"
#include "sqlite_target.h"
#include "temporal_targets.h"
#include "text_target.h"

namespace crossload::convert {
namespace {

using Kinds = std::initializer_list<TypeKind>;

bool is_one_of(TypeKind kind, const Kinds& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Kinds that have values which the target's kind has too, beside the kind itself, text, and what
// SQLite stores value by value.
bool has_common_values(TypeKind from, TypeKind to, const RuleSet& rules) {
  using enum TypeKind;
  const bool number = is_one_of(from, {kBoolean, kInteger, kDecimal, kFloat32, kFloat64});
  switch (to) {
    case kDynamic:
    case kText:
    case kOther:
      return from != kSpatial;
    case kBoolean:
      return is_one_of(from, {kInteger, kDecimal, kBit, kEnum});
    case kInteger:
      return number || from == kBit || from == kOther;
    case kDecimal:
    case kFloat32:
    case kFloat64:
      return number || from == kOther;
    case kBytes:
      return is_one_of(from, {kSpatial, kUuid});
    case kDate:
    case kTimestamp:
    case kTimestampTz:
      return is_one_of(from, {kDate, kTimestamp, kTimestampTz}) ||
             (number && from != kBoolean && rules.chosen(Rule::kEpoch));
    case kTime:
    case kInterval:
      return is_one_of(from, {kTime, kInterval});
    case kUuid:
      return from == kBytes;
    case kJson:
      return number || is_one_of(from, {kArray, kSet, kOther});
    case kEnum:
      return is_one_of(from, {kSet, kBoolean, kInteger, kOther});
    case kSet:
      return is_one_of(from, {kEnum, kArray});
    case kBit:
      return is_one_of(from, {kBoolean, kInteger});
    case kArray:
      return is_one_of(from, {kJson, kSet});
    case kSpatial:
      return is_one_of(from, {kBytes, kOther});
  }
  return false;
}

void check_kinds(const Pair& pair) {
  const TypeKind from = pair.from().kind;
  const TypeKind to = pair.to().kind;
  if (from == to || from == TypeKind::kDynamic || from == TypeKind::kText) return;
  if (from == TypeKind::kSpatial && to == TypeKind::kOther && is_geometric(pair.to())) return;
  if (pair.target.engine == Engine::kSqlite || has_common_values(from, to, pair.rules)) return;
  throw Error(ErrorCode::kColumnMismatch,
              "no value of " + pair.source.column.name + " (" + pair.from().declared + ") fits " +
                  pair.target.column.name + " (" + pair.to().declared + ")")
      .suggest("change the type of the target's column, or leave the column out");
}

// A boolean of SQLite, which may be stored as a word, in what MySQL has for booleans.
bool is_flag(const Pair& pair) {
  return pair.source.engine == Engine::kSqlite && pair.target.engine == Engine::kMysql &&
         ascii_lower(pair.from().declared).starts_with("bool") &&
         ascii_lower(pair.to().declared).starts_with("tinyint(1)");
}

std::unique_ptr<CellConversion> to_text_or_other(const Pair& pair) {
  if (is_hstore(pair.to()) && !is_hstore(pair.from())) {
    return text_conversion(nullptr, json_to_hstore(), {});
  }
  if (may_be_empty_enum(pair)) return from_enum(pair, text_form(pair));
  if (pair.from().kind == TypeKind::kSpatial) return spatial_to_geometric(pair);
  return to_text(pair);
}

}  // namespace

std::unique_ptr<CellConversion> make_cell_conversion(const Pair& pair) {
  check_kinds(pair);
  if (pair.target.engine == Engine::kSqlite) {
    return pair.source.engine == Engine::kSqlite ? nullptr : to_sqlite(pair);
  }
  switch (pair.to().kind) {
    case TypeKind::kBoolean:
      return to_boolean(pair);
    case TypeKind::kInteger:
      return is_flag(pair) ? to_boolean(pair) : to_integer(pair);
    case TypeKind::kDecimal:
      return to_decimal(pair);
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
      return to_float(pair);
    case TypeKind::kDynamic:
    case TypeKind::kText:
    case TypeKind::kOther:
      return to_text_or_other(pair);
    case TypeKind::kBytes:
      return to_bytes(pair);
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      return to_moment(pair);
    case TypeKind::kTime:
      return to_time(pair);
    case TypeKind::kInterval:
      return to_interval(pair);
    case TypeKind::kUuid:
      return to_uuid(pair);
    case TypeKind::kJson:
      return to_json(pair);
    case TypeKind::kEnum:
      return to_enum(pair);
    case TypeKind::kSet:
      return to_set(pair);
    case TypeKind::kBit:
      return to_bit(pair);
    case TypeKind::kArray:
      return to_array(pair);
    case TypeKind::kSpatial:
      return to_spatial(pair);
  }
  return nullptr;
}

}  // namespace crossload::convert
