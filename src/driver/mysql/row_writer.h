#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "insert.h"
#include "insert_sql.h"
#include "keyed_write.h"
#include "session.h"
#include "skip_insert.h"
#include "write_plan.h"

namespace crossload::driver::mysql {

/// Inserts rows by statements of many rows each; a statement that fails is narrowed down to its bad
/// row, by the row number of the message or by halves.
class MysqlRowWriter : public RowWriter {
 public:
  MysqlRowWriter(Session& session, WriteRequest request);
  WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override;

 private:
  /// Rows that go in the next statement, and what is wrong with the row behind them.
  struct Group {
    std::size_t rows = 0;
    std::optional<BadCell> bad;
  };

  Group next_group(const RowBatch& batch, std::size_t row, std::size_t last) const;
  /// Carries one statement out; its error, and then nothing of it is in the target.
  std::optional<Error> try_rows(const RowBatch& batch, std::size_t row, std::size_t rows,
                                WriteOutcome& outcome);
  std::optional<Error> changed_value();
  void narrow_down(const Error& error, std::size_t row, std::size_t rows);
  bool is_skip(const Error& error) const;
  WriteFailure failure_of(const BadCell& bad, std::size_t row) const;
  WriteFailure failure_of(Error error, std::size_t row) const;
  void check_transaction() const;

  Session& session_;
  WriteRequest request_;
  std::vector<WriteColumn> columns_;
  ConflictPlan conflicts_;
  std::unique_ptr<Insert> insert_;
  std::optional<KeyedWrite> keyed_;
  std::optional<SkipInsert> skip_;      ///< Once a duplicate was met.
  std::size_t group_rows_;              ///< So many at most in the next statement.
  std::optional<std::size_t> suspect_;  ///< A row that a message named.
  std::size_t bad_before_ = 0;          ///< A bad row lies before this one; 0: not known.
};

}  // namespace crossload::driver::mysql
