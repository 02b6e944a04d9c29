#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

/// "name(n)", "name(p,s)", "name" without numbers.
std::string sized(std::string_view name, std::optional<std::int64_t> first = std::nullopt,
                  std::optional<std::int64_t> second = std::nullopt);

/// The declared type in lower case without what stands in brackets: "character varying".
std::string bare_name(const LogicalType& type);
/// True where the declared type begins with the word, letters of any case.
bool is_declared(const LogicalType& type, std::string_view word);
bool is_padded_text(const LogicalType& type);
bool is_varying_bits(const LogicalType& type);
bool is_tinyint1(const LogicalType& type);

/// SQLite: a declared length is a promise only where the values keep it, all of them known.
bool keeps_length(const LogicalType& declared, const ColumnProfile& profile);

/// A mapped type of a kind, spelled `sql` and described as `described`.
MappedType mapped(TypeKind kind, std::string sql, std::string described = "");
MappedType& lossy(MappedType& type, std::string note);
MappedType& widened(MappedType& type, std::string note);
MappedType& unsupported(MappedType& type, std::string note);

/// PostgreSQL's grammar has the type: its name always means the system's.
bool is_postgres_word(std::string_view type);

// The types of one engine. `type` is no kDynamic.
MappedType to_postgres_type(Engine source, const LogicalType& type, const ColumnUse& use);
MappedType to_mysql_type(Engine source, const LogicalType& type, const TargetTraits& target,
                         const ColumnUse& use);
MappedType to_sqlite_type(Engine source, const LogicalType& type);

}  // namespace crossload::dialect
