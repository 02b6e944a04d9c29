#pragma once

#include <cstdint>
#include <string_view>

#include <libpq-fe.h>

#include "crossload/model/schema.h"

namespace crossload::driver::postgres {

inline constexpr Oid kMoney = 790;
inline constexpr Oid kFirstUserOid = 16'384;  ///< Below: made by initdb.

/// A type that every server has under the same number.
struct BuiltinType {
  Oid oid = 0;
  std::string_view name;  ///< As format_type() spells it without modifiers.
  TypeKind kind = TypeKind::kOther;
  int bits = 0;  ///< Integers.
};

/// nullptr for a type that is none of these; its values are text as the server prints it.
/// Source: src/include/catalog/pg_type.dat of PostgreSQL 15; the numbers never change.
const BuiltinType* builtin_type(Oid oid);

}  // namespace crossload::driver::postgres
