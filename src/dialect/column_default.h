#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

enum class DefaultKind {
  kNull,
  kNumber,
  kString,
  kBoolean,  ///< text: "true", "false".
  kBits,     ///< text: "0101".
  kBytes,    ///< text: "00ff", their hexadecimal digits.
  kNow,
  kToday,
};

/// A default that every engine can have.
struct SimpleDefault {
  DefaultKind kind = DefaultKind::kNull;
  std::string text;
};

/// Reads a default of a column as an engine prints it; nullopt for any other expression.
std::optional<SimpleDefault> parse_default(Engine source, TypeKind column, std::string_view sql);

/// It as the target's column takes it: what stands behind DEFAULT, empty where it needs none.
/// nullopt: this column cannot have it.
std::optional<std::string> default_sql(const SimpleDefault& value, const MappedType& type,
                                       const TargetTraits& target);

/// A default of the same engine: MySQL wants brackets that MariaDB does not print.
std::string own_default_sql(const std::string& sql, const MappedType& type,
                            const TargetTraits& target);

}  // namespace crossload::dialect
