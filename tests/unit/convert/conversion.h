#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crossload/convert/converter.h"

namespace crossload::convert {

/// One side of a pair, spelled in a line: P(TypeKind::kDecimal, "numeric(5,2)").digits(5, 2).
struct TypeOf : Side {
  TypeOf(Engine side, TypeKind kind, const std::string& declared);
  TypeOf& length(std::int64_t value);
  TypeOf& digits(int precision, std::optional<int> scale = std::nullopt);
  TypeOf& bits(int value, bool is_unsigned = false);
  TypeOf& labels(std::vector<std::string> value);
  TypeOf& charset(const std::string& value);
  TypeOf& element(TypeKind value);
  TypeOf& not_null();
  TypeOf& strict();
};

TypeOf P(TypeKind kind, const std::string& declared);  ///< PostgreSQL.
TypeOf M(TypeKind kind, const std::string& declared);  ///< MySQL and MariaDB.
TypeOf S(const std::string& declared);                 ///< SQLite, typed by value.

/// What becomes of a value: "i:1" (int64), "u:1" (uint64), "d:0.5", "t:text", "b:hex", "NULL",
/// "!code" for a reject, "!COLUMN_MISMATCH" where there is no converter for the pair.
std::string converted(const Side& from, const Side& to, const Value& value,
                      const ColumnRules& rules = {});

/// A value, where it goes, and what must become of it.
struct Case {
  const char* name;
  Side from;
  Side to;
  Value in;
  std::string out;
  ColumnRules rules = {};
};
void check(const std::vector<Case>& cases);

/// The same for a value as converted() writes it.
std::string spelled(const Value& value);

}  // namespace crossload::convert
