#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "crossload/driver/row_io.h"
#include "crossload/model/row_batch.h"

namespace crossload::driver::postgres {

// COPY's binary format: the server need not parse what it is sent. Source: PostgreSQL 15 manual,
// COPY, "Binary Format"; src/backend/utils/adt/*.c, the functions named *recv.

/// How values of a type are sent. Only of types whose binary form is the same on every server.
enum class BinaryForm {
  kBoolean,
  kInt2,
  kInt4,
  kInt8,
  kFloat4,
  kFloat8,
  kText,
  kBytes,
  kUuid,
  kDate,
  kTime,
  kTimestamp,
  kTimestampTz,
  kNumeric,
  kJsonb,
};

/// nullopt for a type that has none.
std::optional<BinaryForm> binary_form(Oid type);

/// The forms of a request's columns, whose types the server says are `types`; nullopt where one has
/// none, and all rows are to be sent as text.
std::optional<std::vector<BinaryForm>> binary_forms(const WriteRequest& request,
                                                    const std::vector<Oid>& types);

extern const std::string kBinaryHeader;
extern const std::string kBinaryTrailer;

enum class BinaryResult {
  kDone,
  kNeedsText,  ///< A value that only the server's own reader of text can judge.
  kNul,        ///< Text with a NUL character, which the server cannot hold.
};

/// Appends a cell with its length. Where the result is not kDone, what was appended is left.
BinaryResult append_binary(std::string& out, BinaryForm form, const RowBatch& batch,
                           std::size_t row, std::size_t column);

/// Appends the number of fields that a row begins with.
void append_field_count(std::string& out, std::size_t fields);

}  // namespace crossload::driver::postgres
