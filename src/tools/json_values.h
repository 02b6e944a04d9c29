#pragma once

#include <cstddef>
#include <limits>

#include "crossload/driver/row_io.h"
#include "crossload/mcp/tool.h"
#include "crossload/model/row_batch.h"
#include "crossload/model/value.h"

namespace crossload::tools {

using mcp::Json;

inline constexpr std::size_t kWholeCell = std::numeric_limits<std::size_t>::max();

/// A cell as JSON that every reader understands exactly: integers beyond 2^53, NaN and infinities
/// are strings, bytes and text that is not UTF-8 are {"base64"}. A cell of more than `max_chars`
/// characters becomes {"text" or "base64" (its head), "truncated":true, "chars" or "bytes"}.
Json cell_json(const RowBatch& batch, std::size_t row, std::size_t column,
               std::size_t max_chars = kWholeCell);

/// A bound parameter from JSON: null, true/false (1/0), numbers, strings, {"base64":"..."}.
/// Throws: Error kInvalidArgument naming the parameter, counted from 1.
Value parameter_value(const Json& json, std::size_t position);

struct RowLimits {
  std::size_t rows = 100;
  std::size_t cell_chars = kWholeCell;
  std::size_t bytes = kWholeCell;  ///< Of the rows' JSON; at least one row is taken.
};

/// Rows of a result with what was left out.
struct RowsJson {
  Json columns = Json::array();  ///< [{"name","type"}].
  Json rows = Json::array();     ///< [[cell, ...], ...].
  bool truncated = false;        ///< Exact: there is at least one row more.
  bool cut_by_size = false;      ///< The byte limit ended it, not the row limit.
  std::size_t cut_cells = 0;
};

/// Takes rows up to the limits, and looks at one more so that `truncated` is exact.
RowsJson collect_rows(driver::RowReader& reader, const RowLimits& limits);

}  // namespace crossload::tools
