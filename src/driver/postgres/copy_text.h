#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/row_batch.h"

#include "cell_text.h"

namespace crossload::driver::postgres {

// COPY's text format. Source: PostgreSQL 15 manual, COPY, "Text Format".

/// Appends one line that the server wrote as a row of the batch; the line ends in a newline.
/// `scratch` is memory that is reused. Throws: Error kSqlError for a line that is not well formed.
void append_line(RowBatch& batch, const std::vector<CellForm>& forms, std::string_view line,
                 std::string& scratch);

/// Appends text as it stands within a field. False: the text holds a NUL character, which no text
/// of the server can; what was appended so far is left.
bool escape_text(std::string& out, std::string_view text);
/// Appends bytes as a field of type bytea.
void escape_bytes(std::string& out, std::string_view bytes);

}  // namespace crossload::driver::postgres
