#include "type_catalog.h"

#include <utility>

#include "builtin_types.h"
#include "queries.h"
#include "result_rows.h"

namespace crossload::driver::postgres {
namespace {

// The header of a length that type modifiers carry. Source: src/include/c.h VARHDRSZ.
constexpr int kHeader = 4;
constexpr int kNoPrecision = 0xFFFF;

// Source: src/backend/utils/adt/numeric.c make_numeric_typmod().
void set_decimal(LogicalType& logical, int modifier) {
  if (modifier < kHeader) return;
  const int packed = modifier - kHeader;
  logical.precision = (packed >> 16) & 0xFFFF;
  logical.scale = ((packed & 0x7FF) ^ 1024) - 1024;
}

void set_modifier(LogicalType& logical, Oid type, int modifier) {
  switch (logical.kind) {
    case TypeKind::kDecimal:
      set_decimal(logical, modifier);
      return;
    case TypeKind::kText:
      if (modifier >= kHeader) logical.length = modifier - kHeader;
      return;
    case TypeKind::kBit:
      if (modifier >= 0) logical.length = modifier;
      return;
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      if (modifier >= 0) logical.precision = modifier;
      return;
    case TypeKind::kInterval:
      if (modifier >= 0 && (modifier & kNoPrecision) != kNoPrecision) {
        logical.precision = modifier & kNoPrecision;
      }
      return;
    default:
      break;
  }
  if (type == kMoney) {
    logical.kind = TypeKind::kDecimal;
    logical.precision = 19;
    logical.scale = 2;
  }
}

}  // namespace

TypeCatalog::TypeCatalog(Session& session, Oid relation) {
  const ResultHandle rows = session.ask(
      queries::kTypes, {relation == 0 ? Parameter() : Parameter(std::to_string(relation))});
  for (const Row row : rows_of(rows)) {
    Entry& entry = types_[static_cast<Oid>(row.number(0))];
    entry.schema = row.string(1);
    entry.name = row.string(2);
    entry.type = row.text(3).empty() ? 'b' : row.text(3).front();
    entry.base = static_cast<Oid>(row.number(4));
    entry.base_modifier = static_cast<int>(row.number(5));
    entry.element = static_cast<Oid>(row.number(6));
    entry.labels = row.list(7);
  }
}

LogicalType TypeCatalog::logical(Oid type, int modifier, std::string declared) const {
  LogicalType logical;
  logical.kind = TypeKind::kOther;
  logical.declared = std::move(declared);
  fill(logical, type, modifier);
  return logical;
}

void TypeCatalog::fill(LogicalType& logical, Oid type, int modifier) const {
  const auto found = types_.find(type);
  if (found == types_.end()) return;
  const Entry& entry = found->second;
  const bool made_by_user = entry.type == 'd' || entry.type == 'e' || entry.type == 'c' ||
                            (entry.type == 'r' && type >= kFirstUserOid);
  if (made_by_user && logical.named.empty()) logical.named = entry.schema + "." + entry.name;
  if (entry.type == 'd') return fill(logical, entry.base, entry.base_modifier);
  if (entry.type == 'e') {
    logical.kind = TypeKind::kEnum;
    logical.labels = entry.labels;
    return;
  }
  if (entry.element != 0) {
    LogicalType element;
    element.kind = TypeKind::kOther;
    fill(element, entry.element, -1);
    logical.kind = TypeKind::kArray;
    logical.element = element.kind;
    if (logical.named.empty()) logical.named = element.named;
    return;
  }
  // citext compares otherwise than text, but holds the same.
  if (type >= kFirstUserOid && entry.name == "citext") logical.kind = TypeKind::kText;
  if (const BuiltinType* builtin = builtin_type(type)) {
    logical.kind = builtin->kind;
    logical.bits = builtin->bits;
    // char(n) without a length has one character; its modifier is always there.
    set_modifier(logical, type, modifier);
  }
}

}  // namespace crossload::driver::postgres
