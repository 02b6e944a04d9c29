#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::convert {

// What a column's type says beyond its kind.

/// True where the declared type begins with the word, letters of any case.
bool declared_as(const LogicalType& type, std::string_view word);
/// True where the declared type has the text in it, letters of any case.
bool declared_with(const LogicalType& type, std::string_view part);

inline constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

/// Characters that a text column takes.
std::uint64_t most_characters(Engine engine, const LogicalType& type);
/// Bytes that a column of text or bytes takes.
std::uint64_t most_bytes(Engine engine, const LogicalType& type);
/// Blanks or zero bytes are put behind what is shorter: char(n), binary(n).
bool is_padded(Engine engine, const LogicalType& type);

/// Decimals of the seconds.
int second_digits(Engine engine, const LogicalType& type);
/// MySQL's TIMESTAMP, which ends in 2038.
bool is_mysql_timestamp(Engine engine, const LogicalType& type);
bool is_year(const LogicalType& type);
/// A JSON type that keeps what the text means, not the text: jsonb, MySQL's JSON.
bool is_parsed_json(Engine engine, const LogicalType& type);
bool is_varying_bits(const LogicalType& type);

}  // namespace crossload::convert
