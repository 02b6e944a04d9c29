#pragma once

#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// Rows of one statement. Values keep their storage class; text comes as its bytes, whatever they
/// hold.
class SqliteRowReader : public RowReader {
 public:
  /// `columns`: how many of the statement's columns the batches have. The statement is bound
  /// already.
  SqliteRowReader(Session& session, StatementHandle statement, std::size_t columns);

  /// Runs the statement up to its first row, or to its end where it has none.
  void start();

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return affected_rows_; }

 private:
  struct Cell {
    CellKind kind = CellKind::kNull;
    std::int64_t number = 0;
    double real = 0;
    const char* data = nullptr;
    std::size_t size = 0;
  };

  bool advance();
  std::size_t load_row();
  void append_row(RowBatch& batch) const;

  Session& session_;
  StatementHandle statement_;
  std::vector<ResultColumn> columns_;
  std::vector<Cell> row_;
  bool on_row_ = false;  ///< A row was fetched and is not in any batch yet.
  bool done_ = false;
  std::int64_t changes_before_ = 0;
  std::uint64_t affected_rows_ = 0;
};

}  // namespace crossload::driver::sqlite
