#pragma once

#include <cstddef>
#include <string_view>

#include "crossload/model/row_batch.h"
#include "crossload/model/schema.h"

namespace crossload::driver::postgres {

/// How the server's text of a value becomes a cell.
enum class CellForm { kText, kBoolean, kInteger, kFloat32, kFloat64, kBytes };

/// The cell form that values of a kind have in batches.
CellForm form_of(TypeKind kind);

/// Appends a value that the server wrote as text under the session's settings (UTC, ISO dates and
/// intervals, bytea as hex). Throws: Error kSqlError where the text is not what the form asks for.
void append_cell(RowBatch& batch, std::size_t column, CellForm form, std::string_view text);

}  // namespace crossload::driver::postgres
