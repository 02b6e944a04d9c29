#include "builtin_types.h"

#include <algorithm>
#include <array>

namespace crossload::driver::postgres {
namespace {

constexpr auto kTypes = std::to_array<BuiltinType>({
    {16, "boolean", TypeKind::kBoolean},
    {17, "bytea", TypeKind::kBytes},
    {18, "\"char\"", TypeKind::kOther},
    {19, "name", TypeKind::kText},
    {20, "bigint", TypeKind::kInteger, 64},
    {21, "smallint", TypeKind::kInteger, 16},
    {23, "integer", TypeKind::kInteger, 32},
    {25, "text", TypeKind::kText},
    {26, "oid", TypeKind::kOther},
    {114, "json", TypeKind::kJson},
    {142, "xml", TypeKind::kOther},
    {600, "point", TypeKind::kOther},
    {650, "cidr", TypeKind::kOther},
    {700, "real", TypeKind::kFloat32},
    {701, "double precision", TypeKind::kFloat64},
    {kMoney, "money", TypeKind::kOther},
    {829, "macaddr", TypeKind::kOther},
    {869, "inet", TypeKind::kOther},
    {1000, "boolean[]", TypeKind::kArray},
    {1005, "smallint[]", TypeKind::kArray},
    {1007, "integer[]", TypeKind::kArray},
    {1009, "text[]", TypeKind::kArray},
    {1015, "character varying[]", TypeKind::kArray},
    {1016, "bigint[]", TypeKind::kArray},
    {1022, "double precision[]", TypeKind::kArray},
    {1042, "character", TypeKind::kText},
    {1043, "character varying", TypeKind::kText},
    {1082, "date", TypeKind::kDate},
    {1083, "time without time zone", TypeKind::kTime},
    {1114, "timestamp without time zone", TypeKind::kTimestamp},
    {1184, "timestamp with time zone", TypeKind::kTimestampTz},
    {1186, "interval", TypeKind::kInterval},
    {1231, "numeric[]", TypeKind::kArray},
    {1266, "time with time zone", TypeKind::kOther},
    {1560, "bit", TypeKind::kBit},
    {1562, "bit varying", TypeKind::kBit},
    {1700, "numeric", TypeKind::kDecimal},
    {2205, "regclass", TypeKind::kOther},
    {2249, "record", TypeKind::kOther},
    {2278, "void", TypeKind::kOther},
    {2950, "uuid", TypeKind::kUuid},
    {2951, "uuid[]", TypeKind::kArray},
    {3614, "tsvector", TypeKind::kOther},
    {3615, "tsquery", TypeKind::kOther},
    {3802, "jsonb", TypeKind::kJson},
    {3904, "int4range", TypeKind::kOther},
    {3906, "numrange", TypeKind::kOther},
    {3908, "tsrange", TypeKind::kOther},
    {3910, "tstzrange", TypeKind::kOther},
    {3912, "daterange", TypeKind::kOther},
    {3926, "int8range", TypeKind::kOther},
    {4072, "jsonpath", TypeKind::kOther},
});

}  // namespace

const BuiltinType* builtin_type(Oid oid) {
  const auto found =
      std::lower_bound(kTypes.begin(), kTypes.end(), oid,
                       [](const BuiltinType& type, Oid id) { return type.oid < id; });
  return found != kTypes.end() && found->oid == oid ? &*found : nullptr;
}

}  // namespace crossload::driver::postgres
