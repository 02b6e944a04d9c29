#pragma once

#include <cstddef>
#include <string>

#include "handles.h"

namespace crossload::driver::mysql {

/// The canonical form in which a result column's values travel; see TypeKind.
enum class Form {
  kSigned,
  kUnsigned,
  kFloat,
  kDouble,
  kDate,
  kTime,
  kTimestamp,
  kTimestampTz,
  kText,
  kBytes,
  kBit,
};

struct ResultForm {
  Form form = Form::kText;
  unsigned int digits = 0;  ///< Of a fraction of seconds.
  std::size_t bits = 0;     ///< kBit.
};

/// The form of a column of a result. Pure.
ResultForm form_of(const MYSQL_FIELD& field);

/// True where the client library can fetch values of the type over the binary protocol.
bool is_fetchable(const MYSQL_FIELD& field);

/// The type as it stands in a declaration, near enough for people; empty for an expression.
std::string declared_type(const MYSQL_FIELD& field);

/// Appends the canonical text of a date, time or timestamp to `text`.
void format_temporal(const MYSQL_TIME& time, const ResultForm& form, std::string& text);

/// Appends the '0' and '1' of a BIT value, as many as the column has.
void format_bits(const unsigned char* bytes, std::size_t size, std::size_t bits, std::string& text);

}  // namespace crossload::driver::mysql
