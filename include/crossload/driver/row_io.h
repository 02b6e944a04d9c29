#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/model/row_batch.h"
#include "crossload/model/schema.h"
#include "crossload/model/value.h"

namespace crossload::driver {

struct ReadRequest {
  TableName table;
  std::vector<std::string> columns;  ///< In batch order.
  std::vector<std::string> key;  ///< Read in this order; empty: in any order, from the beginning.
  std::vector<Value> after;      ///< Go on behind the row with this key; empty: from the beginning.
};

/// Where the key's values lie in a batch read by `request`: columns of the batch, in key order. Key
/// columns that are not among request.columns follow behind them.
std::vector<std::size_t> key_positions(const ReadRequest& request);

struct BatchLimits {
  std::size_t max_rows = 50'000;
  std::size_t max_bytes = std::size_t{8} << 20;  ///< Reached, not passed by more than one row.
};

struct ResultColumn {
  std::string name;
  std::string declared_type;  ///< Empty where the engine does not say.
};

/// A stream of rows with bounded memory. Thread: that of its connection.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual const std::vector<ResultColumn>& columns() const = 0;
  /// Resets the batch and fills it up to the limits. False: the stream is at its end and the batch
  /// is empty. Throws: Error when the stream broke; a broken stream never looks like its end.
  virtual bool read(RowBatch& batch, const BatchLimits& limits) = 0;
  /// Rows changed by the statement (INSERT, UPDATE, DELETE).
  virtual std::uint64_t affected_rows() const = 0;
};

enum class ConflictMode { kError, kSkip, kUpdate };

struct WriteRequest {
  Table table;                       ///< The target table as the catalog describes it.
  std::vector<std::string> columns;  ///< Target columns.
  /// Where the value of each lies in the batch; empty: in the same order, from the first.
  std::vector<std::size_t> cells = {};
  ConflictMode on_conflict = ConflictMode::kError;
  std::vector<std::string>
      conflict_key;  ///< The primary key or only unique key; for skip and update.

  /// The batch's column that holds the values of columns[column].
  std::size_t cell(std::size_t column) const { return cells.empty() ? column : cells[column]; }
};

/// Rows that the target refused because of what is in them.
struct WriteFailure {
  std::size_t first = 0;  ///< The bad row is one of [first, last) of the batch.
  std::size_t last = 0;
  std::string code;  ///< Reject code: not_null, unique, check, foreign_key, datatype, too_big, ...
  std::string column;  ///< Empty where the server does not say.
  Error error;
  bool transaction_lost =
      false;  ///< The server undid the whole transaction; start the batch again.
};

/// What became of rows [first, last) of a write.
struct WriteOutcome {
  std::size_t rows_done =
      0;  ///< That many from `first` on are dealt with; the rest is not in the target.
  std::uint64_t written = 0;  ///< Of those: inserted or updated.
  std::uint64_t skipped = 0;  ///< Of those: left out by ConflictMode::kSkip.
  std::optional<WriteFailure> failure;
};

/// Writes rows inside the caller's transaction. Thread: that of its connection.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  /// Writes rows [first, last) until done or one is refused; failure->first is then
  /// first + rows_done at the earliest. Cells have the form that their target column's TypeKind
  /// asks for. Throws: Error for anything that is not a row's fault (disk full, lock, lost
  /// connection, cancelled).
  virtual WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) = 0;
};

}  // namespace crossload::driver
